"""Which parts of a face may change: skin, the eyes' surroundings, hair and brows.

The three weights add up to 1 everywhere, so what one switch leaves out another would bring
back, and with all of them on the mask is what it would be without switches.
"""

from __future__ import annotations

import numpy as np

from engine.domain import EYES, FACIAL_HAIR, HAIR, SKIN, AlignedFace, FloatArray
from engine.faces import landmarks as lm
from engine.faces.mask import fill

_FEATHER, _BROW_FEATHER = 0.02, 0.012
_HAIR_REACH = 4.0  # how far the hair's polygon is pushed out from between the eyes


def weights_of(aligned: AlignedFace) -> dict[str, FloatArray]:
    """What each region and zone of a face weighs, S×S float32 in 0..1, for all its requests."""
    landmarks, size = aligned.landmarks, len(aligned.mask)
    return {**region_weights(landmarks, size), FACIAL_HAIR: facial_hair(landmarks, size)}


def region_weights(landmarks: FloatArray, size: int) -> dict[str, FloatArray]:
    """Each region's share, size×size float32 in 0..1; together 1."""
    hair = np.maximum(
        _brows(landmarks, size), fill([_above_forehead(landmarks)], size, _FEATHER * size)
    )
    around = [landmarks[list(ring)] for ring in (lm.LEFT_EYE_AREA, lm.RIGHT_EYE_AREA)]
    eyes = fill(around, size, _FEATHER * size) * (1 - hair)
    return {HAIR: hair, EYES: eyes, SKIN: np.asarray(1 - hair - eyes, np.float32)}


def facial_hair(landmarks: FloatArray, size: int) -> FloatArray:
    """Brows and where a beard grows, lips left out: size×size float32 in 0..1."""
    beard = fill([landmarks[list(lm.BEARD_AREA)]], size, _FEATHER * size)
    lips = fill([landmarks[list(lm.OUTER_LIPS)]], size, _BROW_FEATHER * size)
    return np.asarray(np.maximum(_brows(landmarks, size), beard * (1 - lips)), np.float32)


def _brows(landmarks: FloatArray, size: int) -> FloatArray:
    """Twice a blurred outline: whole out to the outline, soft beyond it."""
    outlines = [landmarks[list(ring)] for ring in (lm.LEFT_BROW, lm.RIGHT_BROW)]
    return np.asarray(np.minimum(2 * fill(outlines, size, _BROW_FEATHER * size), 1), np.float32)


def _above_forehead(landmarks: FloatArray) -> FloatArray:
    """The forehead's edge from temple to temple and the same pushed far out beyond the crop."""
    edge = landmarks[list(lm.HAIRLINE)]
    centre = (landmarks[lm.LEFT_EYE_INNER] + landmarks[lm.RIGHT_EYE_INNER]) / 2
    far = centre + (edge - centre) * _HAIR_REACH
    return np.asarray(np.concatenate([edge, far[::-1]]), np.float32)
