"""The pictures that the face search shows its detector: shrunk, padded, tiled, turned.

Every view carries the matrix that takes its pixels back to the photo's, so that whoever finds
something in it need not know how it was made. Integer coordinates are pixel centres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.imaging.shown import Picture

Matrix = NDArray[np.float64]
Pixels = NDArray[np.uint8]

_WORK_SIDE = 2048
_BAND_PIXELS = 1 << 22
_TILE_PIXELS = 224
_OVERLAP = 1 / 3
_PADDING = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A picture and the way back.

    Attributes:
        pixels: H×W×3 uint8 RGB.
        to_photo: 2×3, pixels of the view → pixels of the photo.
    """

    pixels: Pixels
    to_photo: Matrix

    def window(self, x: int, y: int, w: int, h: int) -> View:
        """The rectangle at (x, y), sharing memory with this view."""
        return View(self.pixels[y : y + h, x : x + w], _then(_scale_shift(1, x, y), self.to_photo))

    def padded(self) -> View:
        """With a grey border of a quarter of the longer side, so that edges are no obstacle."""
        h, w = self.pixels.shape[:2]
        pad = round(_PADDING * max(h, w))
        canvas = np.full((h + 2 * pad, w + 2 * pad, 3), 128, np.uint8)
        canvas[pad : pad + h, pad : pad + w] = self.pixels
        return View(canvas, _then(_scale_shift(1, -pad, -pad), self.to_photo))

    def turned(self, quarters: int) -> View:
        """Rotated counter-clockwise by ``quarters`` × 90°, without resampling."""
        h, w = self.pixels.shape[:2]
        back: dict[int, list[list[float]]] = {
            0: [[1, 0, 0], [0, 1, 0]],
            1: [[0, -1, w - 1], [1, 0, 0]],
            2: [[-1, 0, w - 1], [0, -1, h - 1]],
            3: [[0, 1, 0], [-1, 0, h - 1]],
        }
        turn = np.array(back[quarters % 4], np.float64)
        return View(np.rot90(self.pixels, quarters), _then(turn, self.to_photo))

    def shrunk(self, factor: int) -> View:
        """Every ``factor``×``factor`` pixels averaged into one; a rest at the far edges is cut."""
        if factor == 1:
            return self
        import cv2

        h, w = (max(1, side // factor) for side in self.pixels.shape[:2])
        source = self.pixels[: h * factor, : w * factor]
        small = cv2.resize(source, (w, h), interpolation=cv2.INTER_AREA)
        half = (factor - 1) / 2
        return View(
            np.asarray(small, np.uint8), _then(_scale_shift(factor, half, half), self.to_photo)
        )

    def from_photo(self, points: FloatArray) -> FloatArray:
        """(n, 2) photo pixels → pixels of this view."""
        linear, shift = self.to_photo[:, :2], self.to_photo[:, 2]
        return np.asarray((points - shift) @ np.linalg.inv(linear).T, np.float32)


def map_points(points: FloatArray, matrix: Matrix) -> FloatArray:
    """(n, 2) points through a 2×3 matrix."""
    return np.asarray(points @ matrix[:, :2].T + matrix[:, 2], np.float32)


def working_view(photo: Picture) -> View:
    """A copy of the photo, at most 2,048 pixels on its longer side, made in bands of rows."""
    height, width = photo.shape[:2]
    factor = math.ceil(max(height, width) / _WORK_SIDE)
    out = np.empty((max(1, height // factor), max(1, width // factor), 3), np.uint8)
    rows = max(1, _BAND_PIXELS // (width * factor))
    for top in range(0, len(out), rows):
        band = slice(top * factor, min(top + rows, len(out)) * factor)
        part = View(photo[band, 0:width], _scale_shift(1, 0, 0))
        out[top : top + rows] = part.shrunk(factor).pixels
    half = (factor - 1) / 2
    return View(out, _scale_shift(factor, half, half))


def level_view(work: View, level: int) -> View:
    """The working copy shrunk so that a tile of this level has about 224 pixels a side."""
    return work.shrunk(max(1, int(_tile_side(work, level) / _TILE_PIXELS)))


def level_exists(work: View, level: int) -> bool:
    """Whether tiles of this level would still have enough pixels to hold a findable face."""
    return level == 0 or _tile_side(work, level) >= _TILE_PIXELS / 2


def tiles(image: View, level: int) -> Iterator[View]:
    """Overlapping squares that cover the picture; their side is its longer side / 2**level."""
    h, w = image.pixels.shape[:2]
    side = math.ceil(max(h, w) / 2**level)
    for y in _starts(h, side):
        for x in _starts(w, side):
            yield image.window(x, y, min(side, w), min(side, h))


def upright_crop(source: View, centre: FloatArray, extent: float, roll: float, side: int) -> View:
    """A square around a face, rotated upright.

    Args:
        source: where the pixels come from.
        centre: (2,) photo pixels.
        extent: side of the square in photo pixels.
        roll: the face's rotation in degrees, positive clockwise.
        side: side of the crop in its own pixels; what lies outside the photo is grey.
    """
    import cv2

    angle, scale = math.radians(roll), extent / side
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    middle = (side - 1) / 2
    to_photo = np.array([[cos, -sin, 0], [sin, cos, 0]], np.float64)
    to_photo[:, 2] = centre - to_photo[:, :2] @ np.array([middle, middle])
    to_source = _then(to_photo, _inverse(source.to_photo))
    crop = cv2.warpAffine(
        source.pixels,
        to_source,
        (side, side),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(128, 128, 128),
    )
    return View(np.asarray(crop, np.uint8), to_photo)


def near_crop(photo: Picture, middle: FloatArray, extent: float, roll: float, side: int) -> View:
    """:func:`upright_crop` of a photo of any size, without aliasing.

    Only the square's neighbourhood is copied, averaged down where it is large.
    """
    limits = np.array([photo.shape[1], photo.shape[0]])
    reach = extent * 0.75 + 2  # a turned square's corners lie this far out
    x0, y0 = np.clip(middle - reach, 0, limits - 1).astype(int).tolist()
    x1, y1 = np.clip(middle + reach, 1, limits).astype(int).tolist()
    part = photo[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
    near = View(part, _scale_shift(1, x0, y0))
    return upright_crop(near.shrunk(max(1, int(extent / side))), middle, extent, roll, side)


def _tile_side(work: View, level: int) -> float:
    return float(max(work.pixels.shape[:2]) / 2**level)


def _starts(length: int, side: int) -> list[int]:
    """Where windows of ``side`` begin so that they cover ``length`` and overlap by a third."""
    if side >= length:
        return [0]
    count = math.ceil((length - side) / (side * (1 - _OVERLAP))) + 1
    return [round(i * (length - side) / (count - 1)) for i in range(count)]


def _scale_shift(scale: float, x: float, y: float) -> Matrix:
    return np.array([[scale, 0, x], [0, scale, y]], np.float64)


def _then(first: Matrix, second: Matrix) -> Matrix:
    """``second`` after ``first``."""
    linear = second[:, :2] @ first[:, :2]
    return np.column_stack([linear, second[:, :2] @ first[:, 2] + second[:, 2]])


def _inverse(matrix: Matrix) -> Matrix:
    linear = np.linalg.inv(matrix[:, :2])
    return np.column_stack([linear, -linear @ matrix[:, 2]])
