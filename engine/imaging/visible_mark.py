"""A small line in the picture itself that says it was edited with AI. Any thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.domain import PixelArray

TEXT = "Edited with AI"
_SHARE, _SMALLEST = 0.025, 9  # of the shorter side; pixels
_SHADE = 0.55


def with_visible_mark(pixels: PixelArray) -> PixelArray:
    """A copy with the line in the lower right corner: white on a darkened strip, in any depth.

    Args:
        pixels: H×W×3 RGB, uint8 or uint16, in any colour space.
    """
    size = max(_SMALLEST, round(_SHARE * min(pixels.shape[:2])))
    letters = _letters(size)
    height, width = (min(a, b) for a, b in zip(letters.shape, pixels.shape[:2], strict=True))
    out = pixels.copy()
    corner = out[out.shape[0] - height :, out.shape[1] - width :]
    ink = letters[-height:, -width:, None]
    white = np.float32(np.iinfo(pixels.dtype).max)
    corner[...] = np.rint(corner * np.float32(_SHADE) * (1 - ink) + white * ink)
    return out


def _letters(size: int) -> NDArray[np.float32]:
    """How much ink each pixel of the strip takes, H×W, 0..1."""
    font = ImageFont.load_default(size)
    left, top, right, bottom = font.getbbox(TEXT)
    pad = size // 2
    strip = Image.new("L", (round(right - left) + 2 * pad, round(bottom - top) + 2 * pad))
    ImageDraw.Draw(strip).text((pad - left, pad - top), TEXT, fill=255, font=font)
    return np.asarray(strip, np.float32) / np.float32(255)
