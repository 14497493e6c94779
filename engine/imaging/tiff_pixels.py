"""Deep TIFF pixels as OpenCV decodes them, mended where it would take them for something else.

OpenCV reads separate planes as if they were one after the other in a pixel, leaves inverted grey
inverted and colours multiplied by their alpha, and turns what Orientation says is turned.
Any thread.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging import tiff
from engine.imaging.opencv_files import decoded
from engine.imaging.upright import stored_view

_BAND = 1 << 18
_PLANE_TAGS = (
    *(tiff.WIDTH, tiff.HEIGHT, tiff.COMPRESSION, 266, tiff.ROWS),
    *(tiff.PREDICTOR, tiff.TILE_WIDTH, tiff.TILE_HEIGHT),
)
_BLOCK_TAGS = (tiff.STRIP_STARTS, tiff.STRIP_SIZES, tiff.TILE_STARTS, tiff.TILE_SIZES)


def read_pixels(data: bytes, tags: tiff.Tags) -> NDArray[Any] | None:
    """Decode a grey or RGB TIFF of 16-bit or floating-point pixels.

    Returns:
        Stored H×W×1, RGB or RGBA; ``None`` where OpenCV cannot.
    """
    if tags.get(tiff.PLANES, 1) == 2 and tags.get(tiff.SAMPLES, 1) > 1:
        array = _of_planes(data, tags)
    else:
        array = decoded(data)
        if array is not None:  # OpenCV turns TIFFs, and TIFFs alone, whatever it is told
            array = np.ascontiguousarray(stored_view(array, tiff.orientation_of(tags)))
    if array is None:
        return None
    if tags.get(tiff.PHOTOMETRIC) == tiff.WHITE_IS_ZERO:
        array = (65535 if array.dtype == np.uint16 else 1) - array
    if array.shape[2] == 4 and tags.get(tiff.EXTRA, (0,))[0] == tiff.MULTIPLIED:
        _divide_by_alpha(array)
    return array


def _of_planes(data: bytes, tags: tiff.Tags) -> NDArray[Any] | None:
    """Each plane decoded as a grey picture of its own."""
    count = int(tags.get(tiff.SAMPLES, 1))
    if count not in (3, 4) or data[2:4] not in (b"*\0", b"\0*"):
        return None
    planes = [decoded(_plane(data, tags, index, count)) for index in range(count)]
    whole = [plane for plane in planes if plane is not None]
    if len(whole) < count or len({(p.shape, p.dtype) for p in whole}) > 1:
        return None
    return np.concatenate(whole, axis=2)


def _plane(data: bytes, tags: tiff.Tags, index: int, count: int) -> bytes:
    """The same file, with a directory that shows one plane only."""
    order = "<" if data[:2] == b"II" else ">"
    fields: dict[int, list[int]] = {
        tiff.BITS: [min(tiff.bits_of(tags))],
        tiff.PHOTOMETRIC: [1],
        tiff.SAMPLES: [1],
        tiff.SAMPLE_FORMAT: [int(tags.get(tiff.SAMPLE_FORMAT, (1,))[0])],
    }
    for tag in _PLANE_TAGS:
        if tag in tags:
            fields[tag] = [int(tags[tag])]
    for tag in _BLOCK_TAGS:
        if tag in tags:
            values = [int(value) for value in tags[tag]]
            share = len(values) // count
            fields[tag] = values[index * share : (index + 1) * share]
    start = len(data) + len(data) % 2
    table, rest = struct.pack(order + "H", len(fields)), b""
    after = start + 2 + 12 * len(fields) + 4
    for tag, numbers in sorted(fields.items()):
        body = struct.pack(f"{order}{len(numbers)}L", *numbers)
        if len(numbers) > 1:
            rest, body = rest + body, struct.pack(order + "L", after + len(rest))
        table += struct.pack(order + "HHL", tag, 4, len(numbers)) + body
    head = data[:4] + struct.pack(order + "L", start)
    return b"".join([head, data[8:], b"\0" * (len(data) % 2), table, b"\0" * 4, rest])


def _divide_by_alpha(array: NDArray[Any]) -> None:
    """Take the factor of alpha out of the colours, in place."""
    top = 65535 if array.dtype == np.uint16 else 1
    rows = max(1, _BAND // array.shape[1])
    for start in range(0, len(array), rows):
        band = array[start : start + rows]
        cover = band[..., 3:].astype(np.float64)
        colour = band[..., :3] * (top / np.where(cover > 0, cover, top))
        limited = np.minimum(colour, top)
        band[..., :3] = np.rint(limited) if array.dtype == np.uint16 else limited
