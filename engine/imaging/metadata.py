r"""EXIF and XMP blocks, patched in place so that everything not understood stays byte for byte.

An EXIF block here is what a JPEG's APP1 segment holds: ``b"Exif\0\0"`` and a TIFF structure
(EXIF 2.32, section 4.5). Pure functions on bytes; any thread.
"""

from __future__ import annotations

import re
import struct
from typing import Literal

EXIF_PREFIX = b"Exif\0\0"
_ORIENTATION = 0x0112
_SHORT = 3
_ENTRY_BYTES = 12

_XMP_ORIENTATION = re.compile(
    rb"(tiff:Orientation\s*=\s*[\"']|<tiff:Orientation[^>]*>\s*)[1-8]", re.ASCII
)


def normalise_exif(exif: bytes | None) -> bytes | None:
    """Give an EXIF block its prefix; ``None`` for an empty or unrecognisable one."""
    if not exif:
        return None
    body = exif.removeprefix(EXIF_PREFIX)
    return EXIF_PREFIX + body if _byte_order(body) else None


def exif_orientation(exif: bytes | None) -> int:
    """The orientation tag, 1..8; 1 where the block has none or is damaged."""
    found = _find_orientation(exif)
    if found is None or exif is None:
        return 1
    offset, order = found
    value = int.from_bytes(exif[offset : offset + 2], order)
    return value if 1 <= value <= 8 else 1


def upright_exif(exif: bytes | None) -> bytes | None:
    """The same block with the orientation tag, where there is one, set to 1."""
    found = _find_orientation(exif)
    if found is None or exif is None:
        return exif
    offset, order = found
    return exif[:offset] + (1).to_bytes(2, order) + exif[offset + 2 :]


def without_thumbnail(exif: bytes) -> bytes:
    """The same block with its thumbnail unlinked, since it would show the face as it was."""
    directory = _first_directory(exif)
    if directory is None:
        return exif
    start, count, _ = directory
    link = start + 2 + count * _ENTRY_BYTES
    if link + 4 > len(exif):
        return exif
    return exif[:link] + b"\0\0\0\0" + exif[link + 4 :]


def upright_xmp(xmp: bytes) -> bytes:
    """The same packet with ``tiff:Orientation``, where there is one, set to 1."""
    return _XMP_ORIENTATION.sub(rb"\g<1>1", xmp)


def _byte_order(tiff: bytes) -> Literal["little", "big"] | None:
    if tiff[:4] == b"II*\0":
        return "little"
    return "big" if tiff[:4] == b"MM\0*" else None


def _first_directory(exif: bytes) -> tuple[int, int, Literal["little", "big"]] | None:
    """Offset of the first directory in ``exif``, its number of entries and the byte order."""
    base = len(EXIF_PREFIX)
    order = _byte_order(exif[base:])
    if not exif.startswith(EXIF_PREFIX) or order is None:
        return None
    start = base + int.from_bytes(exif[base + 4 : base + 8], order)
    count = int.from_bytes(exif[start : start + 2], order)
    if start + 2 + count * _ENTRY_BYTES > len(exif):
        return None
    return start, count, order


def _find_orientation(exif: bytes | None) -> tuple[int, Literal["little", "big"]] | None:
    """Offset of the orientation's value in ``exif``, and the byte order."""
    directory = _first_directory(exif) if exif else None
    if directory is None or exif is None:
        return None
    start, count, order = directory
    head = struct.Struct("<HHL" if order == "little" else ">HHL")
    for entry in range(start + 2, start + 2 + count * _ENTRY_BYTES, _ENTRY_BYTES):
        if head.unpack_from(exif, entry) == (_ORIENTATION, _SHORT, 1):
            return entry + head.size, order
    return None
