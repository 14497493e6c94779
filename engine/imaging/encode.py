"""From arrays to the bytes of a file, one function a format. Nothing here touches the disk.

Encoding into memory first means that a failure to encode leaves nothing behind, and that a
failure to write is the system's own error with its own number. Any thread.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin, TiffImagePlugin, features

from engine.domain import PixelArray
from engine.errors import Sentence
from engine.imaging.color import to_8_bits
from engine.imaging.metadata import EXIF_PREFIX

_FULL_CHROMA_FROM = 90
_JPEG_SEGMENT = 65_500
_TIFF_ROWS = 64
_SUB_DIRECTORIES = (0x8769, 0x8825)


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What a file shall hold.

    Attributes:
        pixels: H×W×3 RGB, uint8 or uint16.
        alpha: H×W in the dtype of ``pixels``, or ``None``.
        icc: profile of the pixels, ``None`` for sRGB.
        exif: block with its ``Exif`` prefix, or ``None``.
        xmp: packet, or ``None``.
        quality: 1..100 for lossy formats.
        notices: filled with sentences on what the format could not take.
    """

    pixels: PixelArray
    alpha: PixelArray | None = None
    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    quality: int = 95
    notices: list[str] = field(default_factory=list)

    @property
    def deep(self) -> bool:
        """Whether the channels have 16 bits."""
        return bool(self.pixels.dtype == np.uint16)

    def picture(self, *, alpha: bool) -> Image.Image:
        """An 8-bit Pillow picture; without ``alpha`` transparency is laid on white."""
        if self.deep:
            self.notices.append(
                Sentence(
                    "The 16-bit colours were rounded to 8 bits for this format.", "notice.rounded"
                )
            )
        if self.alpha is None:
            return Image.fromarray(to_8_bits(self.pixels))
        if alpha:
            return Image.fromarray(np.dstack([to_8_bits(self.pixels), to_8_bits(self.alpha)]))
        self.notices.append(
            Sentence(
                "This format has no transparency; the photo was laid on white.", "notice.on_white"
            )
        )
        return Image.fromarray(_on_white(self.pixels, self.alpha))


def _on_white(pixels: PixelArray, alpha: PixelArray) -> NDArray[np.uint8]:
    out = to_8_bits(pixels).copy()
    for row, cover in zip(out, to_8_bits(alpha), strict=True):
        share = cover[:, None].astype(np.float32) / 255
        row[...] = np.rint(row * share + 255 * (1 - share))
    return out


def _extras(content: Content) -> dict[str, Any]:
    """The metadata that is there, under the names Pillow's writers know."""
    named = {"icc_profile": content.icc, "exif": content.exif, "xmp": content.xmp}
    return {name: value for name, value in named.items() if value}


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def encode_jpeg(content: Content) -> bytes:
    """JPEG, full chroma resolution from quality 90."""
    extras = _extras(content)
    for name, what in (("exif", "EXIF"), ("xmp", "XMP")):
        if len(extras.get(name, b"")) > _JPEG_SEGMENT:
            del extras[name]
            text = f"The {what} block is too long for a JPEG and was left out."
            content.notices.append(Sentence(text, "notice.too_long", what=what))
    subsampling = 0 if content.quality >= _FULL_CHROMA_FROM else 2
    picture = content.picture(alpha=False)
    return _saved(picture, "JPEG", quality=content.quality, subsampling=subsampling, **extras)


def encode_webp(content: Content) -> bytes:
    """WebP; lossless at quality 100."""
    picture = content.picture(alpha=True)
    options = _extras(content) | {"quality": content.quality, "method": 4}
    if content.quality == 100:
        options |= {"lossless": True, "quality": 50, "exact": True}
    return _saved(picture, "WEBP", **options)


def encode_avif(content: Content) -> bytes:
    """AVIF, 8 bits, full chroma resolution from quality 90."""
    chroma = "4:4:4" if content.quality >= _FULL_CHROMA_FROM else "4:2:0"
    options = _extras(content) | {"quality": content.quality, "subsampling": chroma, "speed": 8}
    return _saved(content.picture(alpha=True), "AVIF", **options)


def encode_heic(content: Content) -> bytes:
    """HEIC, 8 bits, full chroma resolution from quality 90."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    chroma = 444 if content.quality >= _FULL_CHROMA_FROM else 420
    options = _extras(content) | {"quality": content.quality, "chroma": chroma}
    options["enc_params"] = {"preset": "ultrafast"}  # x265's default takes a minute for 12 MP
    return _saved(content.picture(alpha=True), "HEIF", **options)


def encode_bmp(content: Content) -> bytes:
    """BMP: 8-bit pixels and nothing else."""
    if _extras(content):
        content.notices.append(
            Sentence(
                "BMP holds no colour profile, EXIF, XMP or AI marking; they were left out.",
                "notice.bmp",
            )
        )
    return _saved(content.picture(alpha=False), "BMP")


def encode_png(content: Content) -> bytes:
    """PNG in the pixels' own depth."""
    if content.deep:
        return _encode_deep_png(content)
    extras = _extras(content)
    xmp = extras.pop("xmp", None)
    if xmp:
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", xmp.decode("utf-8", "replace"))
        extras["pnginfo"] = text
    return _saved(content.picture(alpha=True), "PNG", compress_level=4, **extras)


def _encode_deep_png(content: Content) -> bytes:
    """16-bit PNG from OpenCV, with metadata chunks put behind the header (PNG, 3rd edition)."""
    import cv2

    planes = [content.pixels[..., ::-1]]
    if content.alpha is not None:
        planes.append(content.alpha[..., None])
    done, encoded = cv2.imencode(".png", np.concatenate(planes, axis=2))
    if not done:
        raise OSError("the PNG encoder failed")
    data = encoded.tobytes()
    header_end = 8 + 12 + 13  # signature; length, name, checksum; IHDR
    chunks = b""
    if content.icc:
        chunks += _chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(content.icc))
    if content.exif:
        chunks += _chunk(b"eXIf", content.exif.removeprefix(EXIF_PREFIX))
    if content.xmp:
        chunks += _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + content.xmp)
    return data[:header_end] + chunks + data[header_end:]


def _chunk(name: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(name + body)
    return len(body).to_bytes(4, "big") + name + body + checksum.to_bytes(4, "big")


def encode_tiff(content: Content) -> bytes:
    """TIFF 6.0 in the pixels' own depth: strips, horizontal predictor, deflate."""
    alpha = [] if content.alpha is None else [content.alpha[..., None]]
    planes = np.concatenate([content.pixels, *alpha], axis=2)
    height, width, channels = planes.shape
    strips = [_strip(planes[top : top + _TIFF_ROWS]) for top in range(0, height, _TIFF_ROWS)]
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
    for tag, block in ((700, content.xmp), (34675, content.icc)):
        if block:
            tags.tagtype[tag] = 1 if tag == 700 else 7
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
