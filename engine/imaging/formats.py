"""Which format a file's first bytes announce. Pure; any thread."""

from __future__ import annotations

from engine.imaging.tiff import is_camera_raw

READABLE = (
    *("JPEG", "PNG", "WebP", "TIFF", "BMP", "GIF", "HEIC", "AVIF"),
    *("JPEG XL", "camera raw"),
)
"""The formats that open, as a user knows them."""
CAMERA_RAW = frozenset(
    (
        *(".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dng", ".erf", ".iiq", ".kdc", ".mef", ".mos"),
        *(".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".srw", ".x3f"),
    )
)
"""Endings of camera raw files: what their results are called is decided by name."""

_MAGIC = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (0, b"\xff\x0a", "JXL"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "JXL"),
    (4, b"ftypcrx ", "RAW"),  # Canon CR3
    (0, b"FUJIFILMCCD-RAW", "RAW"),
    (0, b"IIRO", "RAW"),  # Olympus
    (0, b"IIRS", "RAW"),
    (0, b"MMOR", "RAW"),
    (0, b"IIU\0", "RAW"),  # Panasonic
    (0, b"FOVb", "RAW"),  # Sigma
    (0, b"\0MRM", "RAW"),  # Minolta
    (6, b"HEAPCCDR", "RAW"),  # Canon CRW
)
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)


def sniff(data: bytes) -> str | None:
    """Pillow's name of the format that the first bytes announce; ``None`` if no known one.

    Camera raw files are ``"RAW"``, JPEG XL is ``"JXL"``.
    """
    for place, magic, kind in _MAGIC:
        if data.startswith(magic, place):
            return kind
    if data.startswith(_TIFF):
        return "RAW" if is_camera_raw(data) else "TIFF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return "AVIF" if data[8:12] in (b"avif", b"avis") else "HEIF"
    # "BM" alone also begins plain texts: the header's own size settles it.
    bitmap = data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BITMAP_HEADERS
    return "BMP" if bitmap else None
