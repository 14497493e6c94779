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
        share = cv2.GaussianBlur(weight, (0, 0), _AROUND * side)
        total = cv2.GaussianBlur(colour * weight[..., None], (0, 0), _AROUND * side)
        mean = total / np.maximum(share, 1e-4)[..., None]
        return np.asarray(mean, np.float32), np.asarray(share, np.float32)

    inside, inner = near(hair > _SURE)
    beside, outer = near((hair < _NONE) & shown)
    line = inside - beside
    apart = (line * line).sum(2)
    along = ((colour - beside) * line).sum(2) / np.maximum(apart, 1e-6)
    along = np.asarray(np.clip(along, 0, 1), np.float32)
    off = np.sqrt(((colour - beside - along[..., None] * line) ** 2).sum(2))
    trust = apart / (apart + np.float32(_ALIKE**2)) * np.clip(2 - off / _OFF, 0, 1)
    trust = trust * (np.minimum(inner, outer) > _KNOWN) * (hair < _SURE)
    reach = cv2.GaussianBlur((hair > _NONE).astype(np.float32), (0, 0), _REACH * side)
    trust = trust * np.clip(2 * reach, 0, 1)
    face = cv2.GaussianBlur(skin, (0, 0), _SKIN * side)
    trust = trust * (1 - _THIN * np.clip(face / _SOME, 0, 1))
    soft = cv2.GaussianBlur(along, (0, 0), max(_SOFT * side, 0.3))
    return np.asarray(hair + trust * (soft - hair), np.float32)
