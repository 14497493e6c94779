"""Shrink pictures in their own depth, and bring square ones to another side. Any thread."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.domain import PixelArray

Value = TypeVar("Value", np.uint8, np.float32)


def shrink(pixels: PixelArray, longest: int | None) -> PixelArray:
    """The picture with its longer side at most ``longest`` pixels, its shape kept.

    Each new pixel is the mean of those it covers.

    Args:
        pixels: H×W or H×W×3, uint8 or uint16.
        longest: 1 or more; ``None`` and what the picture does not exceed leave it as it is.
    """
    height, width = pixels.shape[:2]
    if longest is None or max(height, width) <= longest:
        return pixels
    return resized(pixels, fitting((width, height), (longest, longest)))


def fitting(size: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """Width and height of the largest picture of one shape that fits and is not larger.

    Args:
        size: width and height of the picture, pixels.
        most: of what it has to fit into.
    """
    factor = min(1.0, most[0] / size[0], most[1] / size[1])
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def resized(pixels: PixelArray, size: tuple[int, int]) -> PixelArray:
    """The picture at a width and height that do not exceed its own, as :func:`shrink` does it.

    ``pixels`` itself where it has that size.
    """
    import cv2

    if size == (pixels.shape[1], pixels.shape[0]):
        return pixels
    smaller = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return smaller.astype(np.uint16) if pixels.dtype == np.uint16 else smaller.astype(np.uint8)


def to_side(picture: NDArray[Value], side: int) -> NDArray[Value]:
    """A square S×S or S×S×C picture at another side: averaged down, smooth up."""
    import cv2

    if len(picture) == side:
        return picture
    way = cv2.INTER_AREA if side < len(picture) else cv2.INTER_CUBIC
    return cv2.resize(picture, (side, side), interpolation=way).astype(picture.dtype, copy=False)
