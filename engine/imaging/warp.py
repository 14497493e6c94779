"""Turn and scale a part of a picture without aliasing. Any thread."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from engine.domain import PixelArray
from engine.imaging.geometry import (
    Matrix,
    compose,
    invert,
    scale_of,
    stretching,
    transform_points,
    translation,
)
from engine.imaging.shown import Picture

_SHRINK_BELOW = 0.7


def warped(source: Picture | PixelArray, matrix: Matrix, size: tuple[int, int]) -> PixelArray:
    """The part of a picture that a 2×3 picture → part matrix takes into the part's rectangle.

    Cuts the neighbourhood, shrinks it by area to near the part's scale, then warps; only that
    neighbourhood is ever copied. What lies outside the picture is mirrored in.

    Args:
        source: H×W or H×W×3, uint8 or uint16.
        matrix: a similarity.
        size: width and height of the part in pixels.

    Returns:
        The part in the picture's depth.

    Raises:
        ValueError: the matrix cannot be inverted.
    """
    import cv2

    wide, high = size
    corners = transform_points(invert(matrix), [[0, 0], [wide, 0], [0, high], [wide, high]])
    height, width = source.shape[:2]
    x0, y0 = np.clip(np.floor(corners.min(0)) - 4, 0, [width - 1, height - 1]).astype(int)
    x1, y1 = np.clip(np.ceil(corners.max(0)) + 5, [x0 + 1, y0 + 1], [width, height]).astype(int)
    patch: PixelArray = source[y0:y1, x0:x1]
    to_part = compose(translation(x0, y0), matrix)
    scale = scale_of(matrix)
    if scale < _SHRINK_BELOW:
        full = (patch.shape[1], patch.shape[0])
        shrunk = [max(1, round(side * scale)) for side in full]
        patch = _like(cv2.resize(patch, shrunk, interpolation=cv2.INTER_AREA), patch)
        to_part = compose(stretching(full[0] / shrunk[0], full[1] / shrunk[1]), to_part)
    part = cv2.warpAffine(
        patch, to_part, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
    )
    return _like(part, patch)


def _like(made: NDArray[Any], source: PixelArray) -> PixelArray:
    """What OpenCV made, typed as what it was made of, whose depth it has."""
    kind = np.uint16 if source.dtype == np.uint16 else np.uint8
    return cast(PixelArray, made.astype(kind, copy=False))
