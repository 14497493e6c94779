r"""EXIF, XMP and Photoshop blocks; what is not understood stays byte for byte.

An EXIF block here is what a JPEG's APP1 segment holds: ``b"Exif\0\0"`` and a TIFF structure
(EXIF 2.32, section 4.5). Pure functions on bytes; any thread.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any, Literal

from PIL import TiffImagePlugin
from PIL.ImageFile import ImageFile

from engine.imaging.png_chunks import texts_of

EXIF_PREFIX = b"Exif\0\0"
_ORIENTATION = 0x0112
_SHORT = 3
_PHOTOSHOP = b"Photoshop 3.0\0"
_IPTC, _PREVIEWS = 0x0404, (0x0409, 0x040C)
_TIFF_IPTC, _TIFF_PHOTOSHOP = 33723, 34377
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


# Photoshop's image resources, which hold the IPTC record --------------------------------------


def carried_along(image: ImageFile, data: bytes) -> dict[str, Any]:
    """What else a file carries that results keep, under the names of :class:`Photo`'s fields.

    Args:
        image: opened; a PNG must be loaded.
        data: the file's bytes.
    """
    comment = image.info.get("comment") if image.format in ("JPEG", "MPO") else None
    dpi = image.info.get("dpi")
    return {
        "resources": _resources(image),
        "comment": comment if isinstance(comment, bytes) else None,
        "texts": texts_of(data) if image.format == "PNG" else None,
        "dpi": (float(dpi[0]), float(dpi[1])) if dpi and all(one > 0 for one in dpi) else None,
    }


def _resources(image: ImageFile) -> bytes | None:
    """Photoshop's image resources; an IPTC record that stands alone becomes one of them."""
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        blocks, record = (image.tag_v2.get(tag) for tag in (_TIFF_PHOTOSHOP, _TIFF_IPTC))
        if isinstance(blocks, bytes) and blocks:
            return blocks
        return _resource(_IPTC, record) if isinstance(record, bytes) and record else None
    segments = [body for name, body in getattr(image, "applist", ()) if name == "APP13"]
    parts = [body.removeprefix(_PHOTOSHOP) for body in segments if body.startswith(_PHOTOSHOP)]
    return b"".join(parts) or None


def without_previews(resources: bytes) -> bytes | None:
    """The resources less thumbnails, which would show the face as it was."""
    kept = [whole for number, whole, _ in _each_resource(resources) if number not in _PREVIEWS]
    return b"".join(kept) or None


def iptc_record(resources: bytes) -> bytes | None:
    """The IPTC record among the resources."""
    found = (body for number, _, body in _each_resource(resources) if number == _IPTC)
    return next(found, None)


def _resource(number: int, body: bytes) -> bytes:
    head = b"8BIM" + struct.pack(">HHL", number, 0, len(body))
    return head + body + b"\0" * (len(body) % 2)


def _each_resource(resources: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, whole bytes and body of each; what is damaged ends it."""
    at = 0
    while resources[at : at + 4] == b"8BIM" and at + 7 <= len(resources):
        name = 1 + resources[at + 6]
        body = at + 6 + name + name % 2 + 4
        size = int.from_bytes(resources[body - 4 : body], "big")
        end = body + size + size % 2
        if body + size > len(resources):
            return
        number = int.from_bytes(resources[at + 4 : at + 6], "big")
        yield number, resources[at:end], resources[body : body + size]
        at = end
