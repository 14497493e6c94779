"""Between a photo's own colour space and the sRGB that models see.

:func:`to_srgb8` makes what a model looks at. :func:`carrier_for` gives the way back: it carries
a *change* made in sRGB into the photo's space, so that a change of zero is exactly zero and
nothing of the photo itself is ever converted. Any thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engine.domain import FloatArray, PixelArray
from engine.imaging.profile import MatrixProfile, parse_profile

Carrier = Callable[[PixelArray, FloatArray], FloatArray]
"""``carry(pixels, delta)``: H×W×3 own pixels and sRGB change (±1) → own change (±1)."""

_TABLE = 4096
_BAND_PIXELS = 1 << 20


def to_srgb8(pixels: PixelArray, icc: bytes | None) -> NDArray[np.uint8]:
    """The same picture in 8-bit sRGB.

    Args:
        pixels: H×W×3 RGB, uint8 or uint16.
        icc: the pixels' profile, ``None`` for sRGB; a damaged one counts as sRGB.

    Returns:
        H×W×3 uint8; ``pixels`` itself where there is nothing to convert.
    """
    transform = None if is_srgb(icc) else _transform(icc or b"", True)
    if transform is None:
        return to_8_bits(pixels)
    out = np.empty(pixels.shape, np.uint8)
    rows = max(1, _BAND_PIXELS // pixels.shape[1])
    for top in range(0, len(pixels), rows):
        band = to_8_bits(pixels[top : top + rows])
        out[top : top + rows] = _apply(band, transform)
    return out


def to_8_bits(pixels: PixelArray) -> NDArray[np.uint8]:
    """Round 16-bit values to 8 bits (65535 → 255); 8-bit arrays come back as they are."""
    if pixels.dtype == np.uint8:
        return pixels.astype(np.uint8, copy=False)
    out = np.empty(pixels.shape, np.uint8)
    for row, result in zip(pixels, out, strict=True):
        result[...] = (row.astype(np.uint32) + 128) // 257
    return out


@lru_cache(maxsize=8)
def is_srgb(icc: bytes | None) -> bool:
    """Whether colours mean the same, within a level of 255, as without a profile."""
    if icc is None:
        return True
    transform = _transform(icc, True)
    if transform is None:
        return True
    steps = np.linspace(0, 255, 9).astype(np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    difference = _apply(colours, transform).astype(np.int16) - colours
    return int(np.abs(difference).max()) <= 1


def carrier_for(icc: bytes | None) -> Carrier | None:
    """How a change in sRGB is carried into the space of ``icc``; ``None`` where it is sRGB.

    Matrix/TRC profiles (cameras, phones, screens) are computed in floating point, smooth at any
    depth. Profiles made of tables go through 8-bit transforms there and back, and only the
    difference of the two is used: for 16-bit photos with such a profile the change is stepped.
    """
    if icc is None or is_srgb(icc):
        return None
    profile = parse_profile(icc)
    return _TableCarrier(icc) if profile is None else _MatrixCarrier(profile)


class _MatrixCarrier:
    """The change through linear light: exact matrices, tone curves from tables."""

    def __init__(self, profile: MatrixProfile) -> None:
        self._to_srgb = profile.to_srgb.astype(np.float32)
        self._from_srgb = np.linalg.inv(profile.to_srgb).astype(np.float32)
        self._curves = profile.curves
        self._inverse = np.stack([_inverse_table(curve) for curve in profile.curves])
        self._tables: dict[int, tuple[FloatArray, FloatArray]] = {}

    def __call__(self, pixels: PixelArray, delta: FloatArray) -> FloatArray:
        """Own change for an sRGB change; see :data:`Carrier`."""
        import cv2

        light, code = self._tables_for(int(np.iinfo(pixels.dtype).max))
        own = _by_channel(light, pixels)
        srgb = np.asarray(cv2.transform(own, self._to_srgb), np.float32)
        shift = srgb_decode(srgb_encode(srgb) + delta) - srgb
        change = self._encode(own + np.asarray(cv2.transform(shift, self._from_srgb), np.float32))
        change -= _by_channel(code, pixels)
        change *= np.any(
            delta, axis=2, keepdims=True
        )  # nothing stays nothing, whatever the rounding
        return change

    def _tables_for(self, top: int) -> tuple[FloatArray, FloatArray]:
        """For every level 0..top and channel: its light, and that light encoded again."""
        if top not in self._tables:
            grid, codes = np.linspace(0, 1, self._curves.shape[1]), np.arange(top + 1) / top
            columns = [np.interp(codes, grid, curve) for curve in self._curves]
            light = np.stack(columns, axis=-1).astype(np.float32)
            encoded = self._encode(light.reshape(-1, 256, 3)).reshape(light.shape)
            self._tables[top] = light, encoded
        return self._tables[top]

    def _encode(self, linear: FloatArray) -> FloatArray:
        out = np.empty(linear.shape, np.float32)
        for channel, table in enumerate(self._inverse):
            out[..., channel] = _look_up(table, np.sqrt(np.maximum(linear[..., channel], 0)))
        return out


class _TableCarrier:
    """The change through Pillow's 8-bit transforms; the way for profiles made of tables."""

    def __init__(self, icc: bytes) -> None:
        self._forth, self._back = _transform(icc, True), _transform(icc, False)

    def __call__(self, pixels: PixelArray, delta: FloatArray) -> FloatArray:
        """Own change for an sRGB change; see :data:`Carrier`."""
        if self._forth is None or self._back is None:
            return delta
        srgb = _apply(to_8_bits(pixels), self._forth)
        changed = np.clip(np.rint(srgb + delta * 255), 0, 255).astype(np.uint8)
        before = _apply(srgb, self._back).astype(np.float32)
        return (_apply(changed, self._back) - before) / np.float32(255)


def srgb_encode(linear: FloatArray) -> FloatArray:
    """Linear light to sRGB code values (IEC 61966-2-1), continued as an odd function."""
    import cv2

    size = np.abs(linear)
    curve = 1.055 * cv2.pow(size, 1 / 2.4) - 0.055
    return np.copysign(np.where(size <= 0.0031308, 12.92 * size, curve), linear)


def srgb_decode(code: FloatArray) -> FloatArray:
    """Undo :func:`srgb_encode`."""
    import cv2

    size = np.abs(code)
    curve = cv2.pow((size + np.float32(0.055)) / np.float32(1.055), 2.4)
    return np.copysign(np.where(size <= 0.04045, size / np.float32(12.92), curve), code)


def _inverse_table(curve: NDArray[np.float64]) -> FloatArray:
    """Code values at even steps of the *square root* of light, where curves are near straight."""
    light = np.linspace(0, 1, _TABLE) ** 2
    codes = np.linspace(0, 1, len(curve))
    rising, first = np.unique(curve, return_index=True)
    return np.interp(light, rising, codes[first]).astype(np.float32)


def _look_up(table: FloatArray, position: FloatArray) -> FloatArray:
    """Linear interpolation, in steps of 1/32, in a table over evenly spaced positions 0..1.

    Positions beyond the ends take the ends' values.
    """
    import cv2

    x = position * np.float32(len(table) - 1)
    row = np.zeros_like(x)
    found = cv2.remap(table[None], x, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32)


def _by_channel(table: FloatArray, pixels: PixelArray) -> FloatArray:
    """Each channel's levels replaced by that channel's column of the table."""
    out = np.empty(pixels.shape, np.float32)
    for channel in range(3):
        out[..., channel] = table[:, channel].take(pixels[..., channel])
    return out


@lru_cache(maxsize=8)
def _transform(icc: bytes, to_srgb: bool) -> ImageCms.ImageCmsTransform | None:
    """Pillow's transform between the profile and sRGB; ``None`` for a profile it cannot use."""
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(icc))
        srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        ends = (own, srgb) if to_srgb else (srgb, own)
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        return ImageCms.buildTransform(*ends, "RGB", "RGB", renderingIntent=intent)
    except (ImageCms.PyCMSError, OSError):
        return None


def _apply(pixels: NDArray[np.uint8], transform: ImageCms.ImageCmsTransform) -> NDArray[np.uint8]:
    converted = ImageCms.applyTransform(Image.fromarray(pixels), transform)
    return np.asarray(converted, np.uint8)
