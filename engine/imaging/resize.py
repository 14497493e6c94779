"""Shrink a whole picture in its own depth. Any thread."""

from __future__ import annotations

import numpy as np

from engine.domain import PixelArray


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
    import cv2

    factor = longest / max(height, width)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    smaller = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return smaller.astype(np.uint16) if pixels.dtype == np.uint16 else smaller.astype(np.uint8)
