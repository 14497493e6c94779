"""A photo as models see it, converted to 8-bit sRGB a part at a time.

What a large, deep or wide-gamut photo costs is then the parts that somebody looks at.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.domain import PixelArray
from engine.imaging.color import to_srgb8


class Shown:
    """Rows and columns as of an H×W×3 uint8 sRGB array, never held as a whole. Any thread."""

    def __init__(self, pixels: PixelArray, icc: bytes | None) -> None:
        """``pixels``: H×W×3 RGB, uint8 or uint16, with their profile; ``None`` for sRGB."""
        self._pixels, self._icc = pixels, icc

    @property
    def shape(self) -> tuple[int, int, int]:
        """Height, width and 3."""
        height, width = self._pixels.shape[:2]
        return height, width, 3

    def __getitem__(self, part: tuple[slice, slice]) -> NDArray[np.uint8]:
        """The part in 8-bit sRGB; not to be written to: it may be the photo's own memory."""
        return to_srgb8(self._pixels[part], self._icc)


Picture = NDArray[np.uint8] | Shown
"""What faces are looked for in and cut from: only its shape and its parts are asked for."""
