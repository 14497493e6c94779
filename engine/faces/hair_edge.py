"""How much of each pixel at hair's edge is hair: strands that a parser's soft outline runs over.

Where both hair and what lies beside it are known nearby, a pixel's colour tells how much of it is
which: its place on the line between the two local mean colours, as in Y.-Y. Chuang et al., "A
Bayesian Approach to Digital Matting", CVPR 2001, with means alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray

_SURE, _NONE = 0.95, 0.05
_AROUND, _REACH, _SOFT = 0.03, 0.004, 0.0014  # in shares of the picture's side
_COARSE = 4
_SKIN, _SOME, _THIN = 0.012, 0.4, 0.8  # where so much skin is near, so much of the outline stays
_KNOWN = 0.02  # least share of the surroundings that has to be hair, and not hair
_ALIKE = 0.06  # distance of the two colours, in full range, below which they tell little
_OFF = 0.1  # distance from the line at which a pixel begins to be something else


def matted(
    pixels: NDArray[np.uint8], hair: FloatArray, skin: FloatArray, shown: NDArray[np.bool_]
) -> FloatArray:
    """Hair with its edge by colour, where colour tells.

    At the skin the soft outline mostly stays: hair thins out there, and a hard edge shows.

    Args:
        pixels: S×S×3 uint8 RGB.
        hair: S×S float32 in 0..1, softly outlined.
        skin: the same for skin.
        shown: S×S, False beside the photo.

    Returns:
        S×S float32 in 0..1; ``hair`` itself where hair and its surroundings look alike, where
        only one of them is near, and inside.
    """
    import cv2

    side = len(hair)
    colour = pixels.astype(np.float32) / np.float32(255)

    def near(part: NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
        weight = part.astype(np.float32)
        planes = np.dstack([colour * weight[..., None], weight])
        few = max(side // _COARSE, 8)  # what is so smooth needs no more
        small = cv2.resize(planes, (few, few), interpolation=cv2.INTER_AREA)
        around = cv2.resize(cv2.GaussianBlur(small, (0, 0), _AROUND * few), (side, side))
        mean = around[..., :3] / np.maximum(around[..., 3:], 1e-4)
        return np.asarray(mean, np.float32), np.asarray(around[..., 3], np.float32)

    reach = cv2.GaussianBlur((hair > _NONE).astype(np.float32), (0, 0), _REACH * side)
    band = (reach > 0) & (hair < _SURE)
    inside, inner = (plane[band] for plane in near(hair > _SURE))
    beside, outer = (plane[band] for plane in near((hair < _NONE) & shown))
    line, here = inside - beside, colour[band] - beside
    apart = (line * line).sum(1)
    along = np.clip((here * line).sum(1) / np.maximum(apart, 1e-6), 0, 1)
    off = np.sqrt(((here - along[:, None] * line) ** 2).sum(1))
    face = cv2.GaussianBlur(skin, (0, 0), _SKIN * side)[band]
    trust = apart / (apart + np.float32(_ALIKE**2)) * np.clip(2 - off / _OFF, 0, 1)
    trust *= (np.minimum(inner, outer) > _KNOWN) * np.clip(2 * reach[band], 0, 1)
    trust *= 1 - _THIN * np.clip(face / _SOME, 0, 1)
    soft = hair.copy()
    soft[band] = along
    soft = np.asarray(cv2.GaussianBlur(soft, (0, 0), max(_SOFT * side, 0.3)), np.float32)
    out = hair.copy()
    out[band] += trust * (soft[band] - hair[band])
    return np.asarray(out, np.float32)
