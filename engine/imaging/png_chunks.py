"""The chunks of a PNG that Pillow and OpenCV do not carry over (PNG, 3rd edition). Any thread."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

XMP_KEYWORD = b"XML:com.adobe.xmp"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = len(_SIGNATURE) + 12 + 13  # length, name, checksum; what IHDR holds
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
# What results carry in a form of its own; ImageMagick writes it as text, too.
_HELD_ELSEWHERE = (
    XMP_KEYWORD,
    *(b"Raw profile type " + kind for kind in (b"exif", b"APP1", b"xmp", b"ic", b"8bim")),
)


def chunk(name: bytes, body: bytes) -> bytes:
    """A whole chunk: length, name, body, checksum."""
    checksum = zlib.crc32(name + body)
    return len(body).to_bytes(4, "big") + name + body + checksum.to_bytes(4, "big")


def texts_of(data: bytes) -> bytes | None:
    """The chunks of text (title, author, remarks...) as they lie in a PNG, one behind the other.

    XMP, EXIF and colour profiles in the form of text are left out, as are damaged chunks.
    """
    kept = [
        chunk(name, body) for name, body in _texts(data) if not body.startswith(_HELD_ELSEWHERE)
    ]
    return b"".join(kept) or None


def with_chunks(data: bytes, chunks: bytes) -> bytes:
    """A PNG with whole chunks put behind its header."""
    return data[:_HEADER_END] + chunks + data[_HEADER_END:]


def _texts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each undamaged chunk of text; where a file is cut short, that is the end."""
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        name, end = data[at + 4 : at + 8], at + 12 + size
        if end > len(data):
            return
        if name in _TEXTS:
            body, checksum = data[at + 8 : end - 4], data[end - 4 : end]
            if zlib.crc32(name + body) == int.from_bytes(checksum, "big"):
                yield name, body
        at = end
