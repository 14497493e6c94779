"""TIFF and DNG files made by hand: kinds that no library of the project writes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHORT, LONG, ASCII, BYTE, RATIONAL, SRATIONAL, UNDEFINED = 3, 4, 2, 1, 5, 10, 7
_CODES = {SHORT: "H", LONG: "L", RATIONAL: "LL", SRATIONAL: "ll"}
Entry = tuple[int, Any]
"""A field's type and its value: bytes, or numbers."""


def _field(kind: int, value: Any) -> tuple[int, bytes]:
    """How many values, and their bytes (little-endian)."""
    if isinstance(value, bytes):
        return len(value), value
    numbers = [value] if isinstance(value, int) else list(value)
    body = struct.pack("<" + _CODES[kind][0] * len(numbers), *numbers)
    return len(numbers) // len(_CODES[kind]), body


def _blocks(
    page: NDArray[Any], planar: bool, tile: int | None
) -> tuple[list[bytes], dict[int, Entry]]:
    """The picture's strips or tiles, and the tags that describe them."""
    planes = [page[..., c : c + 1] for c in range(page.shape[2])] if planar else [page]
    height, width = page.shape[:2]
    tags: dict[int, Entry] = {284: (SHORT, 2 if planar else 1)}
    if tile is None:
        return [plane.tobytes() for plane in planes], tags | {278: (LONG, height)}
    tags |= {322: (LONG, tile), 323: (LONG, tile)}
    blocks = []
    for plane in planes:
        padding = ((0, -height % tile), (0, -width % tile), (0, 0))
        padded = np.pad(plane, padding, mode="edge")
        for y in range(0, height, tile):
            for x in range(0, width, tile):
                blocks.append(padded[y : y + tile, x : x + tile].tobytes())
    return blocks, tags


def tiff_bytes(
    *pages: NDArray[Any],
    photometric: int = 2,
    planar: bool = False,
    tile: int | None = None,
    deflate: bool = False,
    extra: Mapping[int, Entry] | None = None,
) -> bytes:
    """A little-endian TIFF of H×W×C pages, stored as they are.

    Args:
        pages: uint8, uint16, float16, float32 or float64.
        photometric: 1 grey, 2 RGB, 5 CMYK, 8 Lab, 32803 mosaic.
        planar: each channel by itself.
        tile: side of square tiles; ``None`` for one strip.
        deflate: compress the blocks.
        extra: further tags of every page.
    """
    out = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for page in pages:
        blocks, tags = _blocks(page, planar, tile)
        blocks = [zlib.compress(b) for b in blocks] if deflate else blocks
        starts = []
        for block in blocks:
            starts.append(len(out))
            out += block + b"\0" * (len(block) % 2)
        count, is_float = page.shape[2], page.dtype.kind == "f"
        tags |= {
            256: (LONG, page.shape[1]),
            257: (LONG, page.shape[0]),
            258: (SHORT, [8 * page.dtype.itemsize] * count),
            259: (SHORT, 8 if deflate else 1),
            262: (SHORT, photometric),
            (273 if tile is None else 324): (LONG, starts),
            277: (SHORT, count),
            (279 if tile is None else 325): (LONG, [len(b) for b in blocks]),
            339: (SHORT, [3 if is_float else 1] * count),
        }
        struct.pack_into("<L", out, link, len(out))
        link = _append_directory(out, tags | dict(extra or {}))
    return bytes(out)


def _append_directory(out: bytearray, tags: Mapping[int, Entry]) -> int:
    """Write one directory; gives where the link to the next one stands."""
    start = len(out)
    link = start + 2 + 12 * len(tags)
    table, rest = struct.pack("<H", len(tags)), b""
    for tag, (kind, value) in sorted(tags.items()):
        count, body = _field(kind, value)
        if len(body) > 4:
            place = link + 4 + len(rest)
            rest += body + b"\0" * (len(body) % 2)
            body = struct.pack("<L", place)
        table += struct.pack("<HHL", tag, kind, count) + body.ljust(4, b"\0")
    out += table + b"\0\0\0\0" + rest
    return link


def dng_bytes(rgb: NDArray[np.float64], *, orientation: int = 1) -> bytes:
    """A camera's raw file: a Bayer mosaic (red first) of linear light 0..1, 14 bits.

    The camera's own colours are linear sRGB's, and its white balance leaves them alone.
    """
    height, width = rgb.shape[:2]
    mosaic = np.empty((height, width, 1), np.uint16)
    for y in (0, 1):
        for x in (0, 1):
            channel = rgb[y::2, x::2, y + x]
            mosaic[y::2, x::2, 0] = np.rint(channel * 16_000 + 256)
    # DNG's matrix goes from XYZ (D65) to the camera's colours.
    matrix = [3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570]
    ratios: Sequence[int] = [n for v in matrix for n in (round(v * 10_000), 10_000)]
    extra: dict[int, Entry] = {
        254: (LONG, 0),
        271: (ASCII, b"Agelens\0"),
        272: (ASCII, b"Test camera\0"),
        274: (SHORT, orientation),
        33421: (SHORT, [2, 2]),
        33422: (BYTE, bytes([0, 1, 1, 2])),
        50706: (BYTE, bytes([1, 4, 0, 0])),
        50708: (ASCII, b"Agelens Test camera\0"),
        50714: (SHORT, 256),
        50717: (SHORT, 16_256),
        50721: (SRATIONAL, ratios),
        50728: (RATIONAL, [1, 1, 1, 1, 1, 1]),
        50778: (SHORT, 21),
    }
    return tiff_bytes(mosaic, photometric=32803, extra=extra)
