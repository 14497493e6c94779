"""The soft mask of what may change in an aligned face, drawn from its landmarks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces import landmarks as lm

_GROW_SIDES, _GROW_TOP = 1.06, 1.16
_FEATHER = 0.035
_EYE_FEATHER = 0.008
_BORDER = 0.06


def face_mask(landmarks: FloatArray, size: int) -> FloatArray:
    """Face oval with forehead, feathered, less the eyes' interior and the open mouth.

    Args:
        landmarks: (478, 2) float32 in crop pixels.
        size: side of the crop in pixels.

    Returns:
        size×size float32 in 0..1; 0 on the crop's border.
    """
    return region_mask(landmarks, size) * border_ramp(size)


def region_mask(landmarks: FloatArray, size: int) -> FloatArray:
    """:func:`face_mask` without its fall to 0 at the border (training crops it later)."""
    oval = fill([_grown_oval(landmarks)], size, _FEATHER * size)
    openings = [landmarks[list(ring)] for ring in (lm.LEFT_EYE, lm.RIGHT_EYE, lm.INNER_LIPS)]
    closed = fill(openings, size, max(_EYE_FEATHER * size, 0.8))
    return oval * (1 - closed)


def border_ramp(size: int) -> FloatArray:
    """size×size float32: 0 on the outermost pixels, smoothly 1 from 6 % inwards."""
    distance = np.minimum(np.arange(size), np.arange(size)[::-1]) / (_BORDER * size)
    t = np.clip(distance, 0, 1)
    edge = (t * t * (3 - 2 * t)).astype(np.float32)
    ramp: FloatArray = np.minimum(edge[:, None], edge[None, :])
    return ramp


def _grown_oval(landmarks: FloatArray) -> FloatArray:
    """The oval pushed out from the eyes' line: a little aside, more over the forehead."""
    points = landmarks[list(lm.FACE_OVAL)].astype(np.float64)
    centre = (landmarks[lm.LEFT_EYE_INNER] + landmarks[lm.RIGHT_EYE_INNER]) / 2.0
    up = centre - landmarks[lm.CHIN]
    up = up / max(float(np.linalg.norm(up)), 1e-6)
    offset = points - centre
    height = np.clip(offset @ up, 0, None)
    grown = centre + offset * _GROW_SIDES
    grown += np.outer(height * (_GROW_TOP - _GROW_SIDES), up)
    return np.asarray(grown, np.float32)


def fill(shapes: Sequence[NDArray[np.float32]], size: int, feather: float) -> FloatArray:
    """Polygons ((n, 2) crop pixels) as a size×size mask 0..1, blurred by ``feather`` pixels."""
    import cv2

    shift = 4
    canvas = np.zeros((size, size), np.uint8)
    for shape in shapes:
        fixed = np.rint(shape * (1 << shift)).astype(np.int32)
        cv2.fillPoly(canvas, [fixed], 255, lineType=cv2.LINE_AA, shift=shift)
    soft = cv2.GaussianBlur(canvas.astype(np.float32) / 255.0, (0, 0), feather)
    return np.asarray(soft, np.float32)
