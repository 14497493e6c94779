"""Changes within an EXIF block that leave every other byte where it was.

Offsets inside maker notes would break if anything moved, so values are overwritten in place and
only what grows is put at the end. Blocks are as in :mod:`engine.imaging.metadata`: a prefix and a
TIFF structure (EXIF 2.32, section 4.5). A block that cannot be followed stays as it is. Pure
functions; any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.metadata import EXIF_PREFIX

_BASE = len(EXIF_PREFIX)
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_WIDTH, _HEIGHT = 0xA002, 0xA003
_JPEG_START, _JPEG_LENGTH = 0x0201, 0x0202
_STRIP_START, _STRIP_LENGTH = 0x0111, 0x0117
_SHORT, _LONG = 3, 4
THUMBNAIL = 160
"""Longest side of a thumbnail, pixels."""
_QUALITIES = (85, 75, 60, 45, 30)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One field: where its twelve bytes are, and its tag, type, count and value's bytes."""

    at: int
    tag: int
    kind: int
    count: int
    value_at: int
    length: int


class _Block:
    """A block being changed."""

    def __init__(self, exif: bytes) -> None:
        """Raises ValueError for what is no block."""
        order = {b"II*\0": "little", b"MM\0*": "big"}.get(exif[_BASE : _BASE + 4])
        if order is None or not exif.startswith(EXIF_PREFIX):
            raise ValueError("no EXIF block")
        self.order: Literal["little", "big"] = "little" if order == "little" else "big"
        self.data = bytearray(exif)

    def number(self, at: int, size: int) -> int:
        """Raises ValueError beyond the end."""
        if at < 0 or at + size > len(self.data):
            raise ValueError("points out of the block")
        return int.from_bytes(self.data[at : at + size], self.order)

    def put(self, at: int, size: int, value: int) -> None:
        self.data[at : at + size] = value.to_bytes(size, self.order)

    def blank(self, at: int, length: int) -> None:
        """Overwrite with zeros."""
        end = min(at + length, len(self.data))
        self.data[at:end] = bytes(max(0, end - at))

    def first(self) -> int:
        """Where the first directory is."""
        return _BASE + self.number(_BASE + 4, 4)

    def link_of(self, directory: int) -> int:
        """Where the link to the next directory stands."""
        return directory + 2 + 12 * self.number(directory, 2)

    def entries(self, directory: int) -> Iterator[_Entry]:
        for index in range(self.number(directory, 2)):
            at = directory + 2 + 12 * index
            tag, kind, count = self.number(at, 2), self.number(at + 2, 2), self.number(at + 4, 4)
            length = _SIZES.get(kind, 1) * count
            value_at = at + 8 if length <= 4 else _BASE + self.number(at + 8, 4)
            yield _Entry(at, tag, kind, count, value_at, length)

    def find(self, directory: int, tag: int) -> _Entry | None:
        return next((entry for entry in self.entries(directory) if entry.tag == tag), None)

    def value(self, entry: _Entry) -> int:
        """Its first number."""
        return self.number(entry.value_at, _SIZES.get(entry.kind, 1))

    def sub(self, tag: int) -> int | None:
        """The directory that a field of the first one points to."""
        entry = self.find(self.first(), tag)
        return None if entry is None else _BASE + self.value(entry)


def _patched(exif: bytes, change: Callable[[_Block], None]) -> bytes:
    try:
        block = _Block(exif)
        change(block)
    except ValueError:
        return exif
    return bytes(block.data)


def with_size(exif: bytes, width: int, height: int) -> bytes:
    """PixelXDimension and PixelYDimension, where they are there, set to the result's size."""

    def change(block: _Block) -> None:
        directory = block.sub(_EXIF_IFD)
        if directory is None:
            return
        for tag, value in ((_WIDTH, width), (_HEIGHT, height)):
            entry = block.find(directory, tag)
            if entry is not None and entry.count == 1 and entry.kind in (_SHORT, _LONG):
                size = _SIZES[entry.kind]
                if value < 1 << 8 * size:
                    block.put(entry.value_at, size, value)

    return _patched(exif, change)


def without_place(exif: bytes) -> bytes:
    """The block without its GPS directory: overwritten with zeros, its field taken out."""

    def change(block: _Block) -> None:
        first = block.first()
        pointer = block.find(first, _GPS_IFD)
        if pointer is None:
            return
        directory = _BASE + block.value(pointer)
        found = list(block.entries(directory))
        for entry in found:
            block.blank(entry.value_at, entry.length)
        block.blank(directory, 2 + 12 * len(found) + 4)
        _take_out(block, first, pointer)

    return _patched(exif, change)


def _take_out(block: _Block, directory: int, entry: _Entry) -> None:
    """Close the gap in the directory; its link moves with the fields behind."""
    end = block.link_of(directory) + 4
    block.data[entry.at : end - 12] = block.data[entry.at + 12 : end]
    block.blank(end - 12, 12)
    block.put(directory, 2, block.number(directory, 2) - 1)


def with_thumbnail(exif: bytes, picture: Callable[[], NDArray[np.uint8]]) -> bytes:
    """The block with its thumbnail, where it has one, made anew; the old one's bytes are gone.

    Args:
        exif: the block.
        picture: gives the result, H×W×3 sRGB, at any size; asked only where there is one to make.
    """

    def change(block: _Block) -> None:
        link = block.link_of(block.first())
        where = block.number(link, 4)
        if where == 0:
            return
        directory = _BASE + where
        start, length = block.find(directory, _JPEG_START), block.find(directory, _JPEG_LENGTH)
        if start is None or length is None:
            _drop(block, directory, link)
            return
        at, room = _BASE + block.value(start), block.value(length)
        block.blank(at, room)
        thumbnail = _thumbnail(picture(), room)
        if len(thumbnail) > room:
            at = len(block.data)
            block.data += thumbnail
            block.put(start.value_at, 4, at - _BASE)
        else:
            block.data[at : at + len(thumbnail)] = thumbnail
        block.put(length.value_at, _SIZES.get(length.kind, 4), len(thumbnail))

    return _patched(exif, change)


def _drop(block: _Block, directory: int, link: int) -> None:
    """Unlink an uncompressed thumbnail and overwrite its pixels."""
    starts, lengths = block.find(directory, _STRIP_START), block.find(directory, _STRIP_LENGTH)
    if starts is not None and lengths is not None:
        for index in range(min(starts.count, lengths.count)):
            sizes = _SIZES.get(starts.kind, 4), _SIZES.get(lengths.kind, 4)
            at = block.number(starts.value_at + index * sizes[0], sizes[0])
            block.blank(_BASE + at, block.number(lengths.value_at + index * sizes[1], sizes[1]))
    block.put(link, 4, 0)


def _thumbnail(pixels: NDArray[np.uint8], room: int) -> bytes:
    """A small JPEG, if it can be no longer than ``room``."""
    picture = Image.fromarray(pixels)
    picture.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.BOX, reducing_gap=3.0)
    data = b""
    for quality in _QUALITIES:
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        data = buffer.getvalue()
        if len(data) <= room:
            break
    return data
