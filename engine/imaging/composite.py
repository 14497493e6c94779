"""Put aged faces back into the photo at its own resolution, without resampling the photo.

For each face the change is brought to the photo's resolution inside the mask's rectangle only,
weighted and *added* to the photo's own pixels. See ``docs/adr/0002-residual-composite.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.aged import AgedFace
from engine.domain import FloatArray, Photo, PixelArray
from engine.imaging import geometry
from engine.imaging.color import Carrier, carrier_for
from engine.tasks import CancelToken

_MAX_GRID = 1024
_BAND_PIXELS = 1 << 17
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)  # Rec. 709
_BICUBIC, _BILINEAR = Image.Resampling.BICUBIC, Image.Resampling.BILINEAR


@dataclass(frozen=True, slots=True)
class _Rect:
    """Pixels x0 ≤ x < x1, y0 ≤ y < y1 of the photo."""

    x0: int
    y0: int
    x1: int
    y1: int

    def overlaps(self, other: _Rect) -> bool:
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def around(self, other: _Rect) -> _Rect:
        """The smallest rectangle that holds both."""
        return _Rect(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )

    def rows(self, top: int, bottom: int) -> _Rect:
        """The part between two rows."""
        return _Rect(self.x0, max(self.y0, top), self.x1, min(self.y1, bottom))


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """One face's contribution, on a grid about as fine as the photo.

    Attributes:
        delta: G×G×3, change × mask × strength, sRGB, ±1; without colour for a grey face.
        weight: G×G, the mask, 0..1.
        matrix: 2×3, photo pixel → grid pixel.
        rect: where in the photo the weight can be above zero.
    """

    delta: FloatArray
    weight: FloatArray
    matrix: geometry.Matrix
    rect: _Rect


def composite(
    photo: Photo, faces: Sequence[AgedFace], *, cancel: CancelToken | None = None
) -> PixelArray:
    """Add the faces' changes to the photo.

    Where masks overlap and their sum exceeds 1, each change counts by its share, so neighbours
    keep their own change and the order of ``faces`` does not matter. A face that is grey in the
    photo stays grey.

    Args:
        photo: the source; left as it is.
        faces: changes at the model's size with their photo → crop matrices.
        cancel: checked between bands of rows.

    Returns:
        A new H×W×3 array in the photo's dtype and colour space. Pixels whose change rounds to
        nothing are bit-identical.

    Raises:
        Cancelled: ``cancel`` was set.
        ValueError: a matrix that cannot be inverted.
    """
    out = photo.pixels.copy()
    carry = carrier_for(photo.icc)
    layers = [_layer(face, photo.pixels) for face in sorted(faces, key=_order)]
    for group in _groups([layer for layer in layers if layer is not None]):
        _apply_group(out, group, carry, cancel)
    return out


def _order(face: AgedFace) -> tuple[float, ...]:
    """A fixed order, so that sums of floats come out the same whatever order was given."""
    request = face.request
    return (request.face, *face.aligned.matrix.ravel().tolist(), request.target, request.strength)


def _layer(face: AgedFace, photo: PixelArray) -> _Layer | None:
    """The face's contribution; ``None`` where none of it lies in the photo."""
    size, framed = (photo.shape[1], photo.shape[0]), face.framed()
    to_frame = geometry.compose(face.aligned.matrix, geometry.translation(*framed.corner))
    mask = np.clip(framed.mask, 0, 1) * _border_ramp(framed.mask.shape[0])
    rect = _touched_rect(mask, to_frame, size)
    if rect is None or face.request.strength == 0:
        return None
    side = mask.shape[0]
    native = side / geometry.scale_of(to_frame)
    weight = np.clip(_to_grid(mask, native), 0, 1)
    weight[_to_grid(mask, native, _BILINEAR) <= 0] = 0  # a cubic kernel reaches further than that
    strength = np.float32(face.request.strength)
    channels = [_to_grid(framed.change[..., c], native) * weight * strength for c in range(3)]
    delta = np.stack(channels, axis=-1)
    if _is_grey(photo[rect.y0 : rect.y1, rect.x0 : rect.x1]):  # whatever its neighbours are
        delta[...] = (delta @ _LUMA)[..., None]
    to_grid = geometry.resizing(len(weight) / side)
    matrix = geometry.compose(to_frame, to_grid)
    return _Layer(delta, weight, matrix, rect)


def _border_ramp(side: int) -> FloatArray:
    """S×S weights that fall to 0 at the crop's border, so that its square never shows."""
    width = max(2.0, side / 32)
    index = np.arange(side, dtype=np.float32)
    ramp = np.minimum(np.minimum(index, side - 1 - index) / np.float32(width), 1)
    return np.minimum(ramp[:, None], ramp[None, :])


def _touched_rect(mask: FloatArray, matrix: geometry.Matrix, size: tuple[int, int]) -> _Rect | None:
    """The photo's rectangle around the crop's part where the mask is above zero."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows) == 0:
        return None
    left, right = columns[0] - 2, columns[-1] + 2  # a cubic kernel reaches two pixels out
    top, bottom = rows[0] - 2, rows[-1] + 2
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    points = geometry.transform_points(geometry.invert(matrix), corners)
    low = np.maximum(np.floor(points.min(axis=0)), 0).astype(int)
    high = np.minimum(np.ceil(points.max(axis=0)) + 1, size).astype(int)
    if (high <= low).any():
        return None
    return _Rect(int(low[0]), int(low[1]), int(high[0]), int(high[1]))


def _to_grid(plane: FloatArray, native: float, kernel: Image.Resampling = _BICUBIC) -> FloatArray:
    """Resample an S×S plane to a square grid for a face whose crop is ``native`` pixels wide.

    The grid is up to twice as fine as the photo, so that the linear warp that follows loses
    nothing. A face smaller than the crop is first brought down to its own size, whose
    anti-aliasing removes what the photo could not show. Pillow's bicubic kernel (a = -0.5)
    keeps ramps straight, which OpenCV's (a = -0.75) does not.
    """
    picture = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    small = max(1, round(native))
    if small < plane.shape[0]:
        picture = picture.resize((small, small), kernel)
    side = max(plane.shape[0], min(_MAX_GRID, 2 * small)) if small >= plane.shape[0] else 2 * small
    return np.array(picture.resize((side, side), kernel), np.float32)


def _groups(layers: list[_Layer]) -> list[list[_Layer]]:
    """Split into groups such that layers of different groups do not overlap."""
    groups: list[list[_Layer]] = []
    for layer in layers:
        near = [g for g in groups if any(layer.rect.overlaps(other.rect) for other in g)]
        groups = [g for g in groups if g not in near]
        groups.append([*(other for g in near for other in g), layer])
    return groups


def _apply_group(
    out: PixelArray,
    group: list[_Layer],
    carry: Carrier | None,
    cancel: CancelToken | None,
) -> None:
    """Work in bands of rows, so that memory stays small and the user can cancel."""
    whole = group[0].rect
    for layer in group[1:]:
        whole = whole.around(layer.rect)
    rows = max(16, _BAND_PIXELS // (whole.x1 - whole.x0))
    for top in range(whole.y0, whole.y1, rows):
        if cancel is not None:
            cancel.check()
        band = whole.rows(top, top + rows)
        delta = _band_delta(group, band)
        if delta is None:
            continue
        columns = np.flatnonzero((delta != 0).any(axis=0).any(axis=1))  # quicker than both at once
        if len(columns) == 0:
            continue
        first, last = int(columns[0]), int(columns[-1]) + 1
        delta = np.ascontiguousarray(delta[:, first:last])
        _add(out[band.y0 : band.y1, band.x0 + first : band.x0 + last], delta, carry)


def _band_delta(group: list[_Layer], band: _Rect) -> FloatArray | None:
    """The sRGB change in a band of the group's rectangle, H×W×3."""
    present = [layer for layer in group if layer.rect.overlaps(band)]
    if not present:
        return None
    if len(present) == 1:
        return _warp(present[0].delta, present[0].matrix, band)
    delta = np.zeros((band.y1 - band.y0, band.x1 - band.x0, 3), np.float32)
    weight = np.zeros(delta.shape[:2], np.float32)
    for layer in present:
        delta += _warp(layer.delta, layer.matrix, band)
        weight += _warp(layer.weight, layer.matrix, band)
    delta /= np.maximum(weight, 1)[..., None]
    return delta


def _warp(grid: FloatArray, matrix: geometry.Matrix, rect: _Rect) -> FloatArray:
    """Sample the grid at every pixel of the rectangle; zero outside the grid."""
    import cv2

    from_rect = geometry.compose(geometry.translation(rect.x0, rect.y0), matrix)
    size = (rect.x1 - rect.x0, rect.y1 - rect.y0)
    warped: NDArray[np.float32] = cv2.warpAffine(
        grid, from_rect, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    ).astype(np.float32, copy=False)
    return warped


def _add(region: PixelArray, delta: FloatArray, carry: Carrier | None) -> None:
    """Add in place, rounding to the nearest level and clipping to the range."""
    import cv2

    own = delta if carry is None else carry(region, delta)
    depth = cv2.CV_8U if region.dtype == np.uint8 else cv2.CV_16U
    own *= np.float32(np.iinfo(region.dtype).max)
    region[...] = cv2.add(region, own, dtype=depth)


def _is_grey(pixels: PixelArray) -> bool:
    """Whether red, green and blue agree everywhere."""
    middle = pixels[len(pixels) // 2]
    if (middle[:, 0] != middle[:, 1]).any():
        return False
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    return bool(np.array_equal(red, green) and np.array_equal(green, blue))
