"""From arrays to the bytes of a file, one function a format. Nothing here touches the disk.

Encoding into memory first means that a failure to encode leaves nothing behind, and that a
failure to write is the system's own error with its own number. Any thread.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin, TiffImagePlugin, features

from engine.errors import Sentence
from engine.imaging.content import Content, extras_of, saved
from engine.imaging.encode_jpeg import FULL_CHROMA_FROM, encode_jpeg
from engine.imaging.metadata import EXIF_PREFIX, iptc_record
from engine.imaging.png_chunks import XMP_KEYWORD, chunk, with_chunks

_TIFF_ROWS = 64
_THREADS = min(4, os.cpu_count() or 1)
_SUB_DIRECTORIES = (0x8769, 0x8825)


def encode_webp(content: Content) -> bytes:
    """WebP; lossless at quality 100."""
    picture = content.picture(alpha=True)
    options = extras_of(content) | {"quality": content.quality, "method": 4}
    if content.quality == 100:
        options |= {"lossless": True, "quality": 50, "exact": True}
    return saved(picture, "WEBP", **options)


def encode_avif(content: Content) -> bytes:
    """AVIF, 8 bits, full chroma resolution from quality 90."""
    chroma = "4:4:4" if content.quality >= FULL_CHROMA_FROM else "4:2:0"
    options = extras_of(content) | {"quality": content.quality, "subsampling": chroma, "speed": 8}
    return saved(content.picture(alpha=True), "AVIF", **options)


def encode_heic(content: Content) -> bytes:
    """HEIC, 8 bits, full chroma resolution from quality 90."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    chroma = 444 if content.quality >= FULL_CHROMA_FROM else 420
    options = extras_of(content) | {"quality": content.quality, "chroma": chroma}
    options["enc_params"] = {"preset": "ultrafast"}  # x265's default takes a minute for 12 MP
    return saved(content.picture(alpha=True), "HEIF", **options)


def encode_bmp(content: Content) -> bytes:
    """BMP: 8-bit pixels and nothing else."""
    if extras_of(content):
        content.notices.append(
            Sentence(
                "BMP holds no colour profile, EXIF, XMP or AI marking; they were left out.",
                "notice.bmp",
            )
        )
    return saved(content.picture(alpha=False), "BMP")


def encode_png(content: Content) -> bytes:
    """PNG in the pixels' own depth."""
    if content.deep:
        return _encode_deep_png(content)
    extras = extras_of(content)
    xmp = extras.pop("xmp", None)
    if xmp:
        text = PngImagePlugin.PngInfo()
        text.add_itxt(XMP_KEYWORD.decode(), xmp.decode("utf-8", "replace"))
        extras["pnginfo"] = text
    extras |= {"dpi": content.dpi} if content.dpi else {}
    data = saved(content.picture(alpha=True), "PNG", compress_level=4, **extras)
    return with_chunks(data, content.texts or b"")


def _encode_deep_png(content: Content) -> bytes:
    """16-bit PNG from OpenCV, with metadata chunks put behind the header (PNG, 3rd edition)."""
    import cv2

    planes = [content.pixels[..., ::-1]]
    if content.alpha is not None:
        planes.append(content.alpha[..., None])
    done, encoded = cv2.imencode(".png", np.concatenate(planes, axis=2))
    if not done:
        raise OSError("the PNG encoder failed")
    chunks = content.texts or b""
    if content.dpi:
        metre = [round(one / 0.0254) for one in content.dpi]
        chunks += chunk(b"pHYs", struct.pack(">LLB", *metre, 1))
    if content.icc:
        chunks += chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(content.icc))
    if content.exif:
        chunks += chunk(b"eXIf", content.exif.removeprefix(EXIF_PREFIX))
    if content.xmp:
        chunks += chunk(b"iTXt", XMP_KEYWORD + bytes(5) + content.xmp)
    return with_chunks(encoded.tobytes(), chunks)


def encode_tiff(content: Content) -> bytes:
    """TIFF 6.0 in the pixels' own depth: strips, horizontal predictor, deflate."""
    height, width = content.pixels.shape[:2]
    channels = 3 if content.alpha is None else 4

    def strip(top: int) -> bytes:
        rows: NDArray[Any] = content.pixels[top : top + _TIFF_ROWS]
        if content.alpha is not None:
            rows = np.dstack([rows, content.alpha[top : top + _TIFF_ROWS]])
        return _strip(rows)

    with ThreadPoolExecutor(_THREADS) as pool:  # deflate works outside of Python's lock
        strips = list(pool.map(strip, range(0, height, _TIFF_ROWS)))
    sizes = [len(strip) for strip in strips]
    starts = [0, *accumulate(sizes[:-1])]
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    _copy_exif(content.exif, tags)
    for tag, value in (
        (256, width),
        (257, height),
        (258, (16 if content.deep else 8,) * channels),
        (259, 8),  # deflate
        (262, 2),  # RGB
        (273, tuple(starts)),  # Pillow adds the directory's own length
        (277, channels),
        (278, _TIFF_ROWS),
        (279, tuple(sizes)),
        (317, 2),  # horizontal differences
    ):
        tags[tag] = value
    if channels == 4:
        tags[338] = 2  # alpha that colours are not multiplied by
    if content.dpi and 282 not in tags:
        for tag, one in zip((282, 283), content.dpi, strict=True):
            tags[tag] = TiffImagePlugin.IFDRational(one)
        tags[296] = 2  # inches
    record = iptc_record(content.resources) if content.resources else None
    for tag, kind, block in (
        (700, 1, content.xmp),
        (33723, 7, record),
        (34377, 1, content.resources),
        (34675, 7, content.icc),
    ):
        if block:
            tags.tagtype[tag] = kind
            tags[tag] = block
    buffer = BytesIO()
    tags.save(buffer)
    return b"".join([buffer.getvalue(), *strips])


def _strip(rows: NDArray[Any]) -> bytes:
    """Each pixel as its difference to the left neighbour, wrapping round; then deflate."""
    differences = rows.copy()
    differences[:, 1:] -= rows[:, :-1]
    return zlib.compress(differences.astype(rows.dtype.newbyteorder("<")).tobytes(), 4)


def _copy_exif(block: bytes | None, tags: TiffImagePlugin.ImageFileDirectory_v2) -> None:
    """Put an EXIF block's tags into a TIFF's own directory, where TIFF keeps them."""
    exif = Image.Exif()
    exif.load(block or b"")
    for tag, value in exif.items():
        tags[tag] = exif.get_ifd(tag) if tag in _SUB_DIRECTORIES else value


@dataclass(frozen=True, slots=True)
class Format:
    """A format to write: how, and the longest side it can hold."""

    encode: Callable[[Content], bytes]
    max_side: int
    xmp: bool = True


def _available() -> dict[str, Format]:
    jpeg, tiff = Format(encode_jpeg, 65_500), Format(encode_tiff, 2**31)
    formats = {".jpg": jpeg, ".jpeg": jpeg, ".png": Format(encode_png, 2**31 - 1)}
    formats |= {".tif": tiff, ".tiff": tiff, ".bmp": Format(encode_bmp, 2**31 - 1, xmp=False)}
    if features.check("webp"):
        formats[".webp"] = Format(encode_webp, 16_383)
    if features.check("avif"):
        formats[".avif"] = Format(encode_avif, 65_536)
    heic = Format(encode_heic, 16_384)
    return formats | {".heic": heic, ".heif": heic}


FORMATS = _available()
"""Suffix in lower case → format."""
