"""Files of every kind that the libraries write, made from a public-domain sample picture."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from engine.domain import PixelArray
from engine.imaging.standard_profiles import (
    ADOBE_RGB,
    D65,
    DISPLAY_P3,
    Primaries,
    gamma_curve,
    matrix_profile,
    srgb_curve,
)
from tests.unit.imaging import pictures
from tests.unit.imaging.tiffs import ASCII, BYTE, SHORT, UNDEFINED, Entry, tiff_bytes

pillow_heif.register_heif_opener()
PROPHOTO: Primaries = ((0.734699, 0.265301), (0.159597, 0.840403), (0.036598, 0.000105))
D50 = (0.34567, 0.35850)
MAKER, SOURCE = "Agelens test", "an open corpus"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    f'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Source="{SOURCE}"/>'
    "</rdf:RDF></x:xmpmeta>"
).encode()
PROFILES: dict[str, bytes | None] = {
    "none": None,
    "sRGB": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    "Display P3": matrix_profile("P3", DISPLAY_P3, D65, srgb_curve()),
    "Adobe RGB": matrix_profile("Adobe", ADOBE_RGB, D65, gamma_curve(563 / 256)),
    "ProPhoto": matrix_profile("ProPhoto", PROPHOTO, D50, gamma_curve(1.8)),
    "grey": pictures.grey_profile(2.2),
    "CMYK": pictures.press_profile(),
}
_COLOUR = ("none", "sRGB", "Display P3", "Adobe RGB", "ProPhoto")


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to store a picture.

    Attributes:
        suffix: of the file, which is also what a no-op export is written as.
        write: pixels, profile, EXIF and XMP → file.
        mode: Pillow's, of what is stored.
        bits: a channel's, once opened.
        lossless: whether the very pixels come in again.
        profiles: those that fit.
        blocks: whether the format holds EXIF and XMP.
        notices: codes of what is said.
    """

    suffix: str
    write: Callable[[Case], bytes]
    mode: str = "RGB"
    bits: int = 8
    lossless: bool = True
    profiles: tuple[str, ...] = _COLOUR
    blocks: bool = True
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One file of the corpus."""

    name: str
    kind: Kind
    profile: str
    orientation: int

    @property
    def icc(self) -> bytes | None:
        """The profile's bytes."""
        return PROFILES[self.profile]

    @property
    def exif(self) -> bytes:
        """A block with a maker and the orientation."""
        exif = Image.Exif()
        exif[0x010F] = MAKER
        exif[0x0112] = self.orientation
        return exif.tobytes()

    def stored(self) -> Image.Image:
        """The picture as the file stores it, 8 bits."""
        whole = sample()
        return (whole if self.kind.mode.endswith("A") else whole.convert("RGB")).convert(
            self.kind.mode
        )

    def deep(self) -> NDArray[np.uint16]:
        """The picture as the file stores it, every channel with 16 bits that are used."""
        array = np.asarray(self.stored()).astype(np.uint16) * 257
        rest = np.random.default_rng(5).integers(0, 256, array.shape)
        return (array ^ rest.astype(np.uint16)).reshape(*array.shape[:2], -1)

    def upright(self, stored: PixelArray) -> PixelArray:
        """Stored H×W×C pixels as they shall be seen, channel by channel."""
        planes = []
        for plane in np.moveaxis(stored, 2, 0):
            picture = Image.fromarray(plane.astype(np.int32))
            picture.getexif()[0x0112] = self.orientation
            planes.append(np.asarray(ImageOps.exif_transpose(picture)))
        return np.stack(planes, axis=-1).astype(stored.dtype)


def sample() -> Image.Image:
    """A small part of the sample: a face, with half of it see-through."""
    root = Path(__file__).resolve().parents[3]
    picture = Image.open(root / "resources" / "samples" / "astronaut.png").convert("RGB")
    small = Image.fromarray(np.asarray(picture.crop((170, 60, 290, 150)).resize((60, 45))))
    y, x = np.mgrid[:45, :60]
    small.putalpha(Image.fromarray((x * 4 + y).clip(0, 255).astype(np.uint8)))
    return small


def _pillow(form: str, **options: Any) -> Callable[[Case], bytes]:
    def write(case: Case) -> bytes:
        blocks: dict[str, Any] = {"exif": case.exif, "icc_profile": case.icc}
        if form == "PNG":
            text = PngImagePlugin.PngInfo()
            text.add_itxt("XML:com.adobe.xmp", XMP.decode())
            blocks["pnginfo"] = text
        else:
            blocks["xmp"] = XMP
        if form in ("GIF", "BMP"):
            blocks = {}
        blocks = {name: value for name, value in blocks.items() if value is not None}
        buffer = io.BytesIO()
        case.stored().save(buffer, form, **blocks, **options)
        return buffer.getvalue()

    return write


def _tags(case: Case) -> dict[int, Entry]:
    tags: dict[int, Entry] = {271: (ASCII, MAKER.encode() + b"\0"), 700: (BYTE, XMP)}
    tags[274] = (SHORT, case.orientation)
    if case.icc is not None:
        tags[34675] = (UNDEFINED, case.icc)
    if case.kind.mode in ("RGBA", "LA"):
        tags[338] = (SHORT, 2)
    return tags


def _tiff(depth: type, **options: Any) -> Callable[[Case], bytes]:
    def write(case: Case) -> bytes:
        if depth is np.uint8:
            values: NDArray[Any] = np.asarray(case.stored())
            values = values.reshape(*values.shape[:2], -1)
        else:
            deep = case.deep()
            values = deep if depth is np.uint16 else (deep / 65535).astype(depth)
        photometric = {"L": 1, "CMYK": 5}.get(case.kind.mode, 2)
        return tiff_bytes(values, photometric=photometric, extra=_tags(case), **options)

    return write


def _deep_png(case: Case) -> bytes:
    data = pictures.deep_png(case.deep())
    chunks = pictures.png_chunk(b"eXIf", case.exif[6:])
    chunks += pictures.png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)
    if case.icc is not None:
        chunks += pictures.icc_chunk(case.icc)
    return data[:33] + chunks + data[33:]


def _deep_heic(case: Case) -> bytes:
    deep = case.deep()
    mode = f"{case.kind.mode};16"
    picture = pillow_heif.from_bytes(mode=mode, size=(60, 45), data=deep.tobytes())
    buffer = io.BytesIO()
    blocks = {"exif": case.exif, "xmp": XMP} | ({"icc_profile": case.icc} if case.icc else {})
    picture.save(buffer, quality=97, chroma=444, **blocks)
    return buffer.getvalue()


def _deep_avif(bits: int) -> Callable[[Case], bytes]:
    def write(case: Case) -> bytes:
        values = case.deep()[..., ::-1] >> (16 - bits)
        options = [cv2.IMWRITE_AVIF_DEPTH, bits, cv2.IMWRITE_AVIF_QUALITY, 100]
        return bytes(cv2.imencode(".avif", values, options)[1].tobytes())

    return write


_RGB = Kind(".png", _pillow("PNG"))
_GREY = ("none", "grey")
_HEIC = {"quality": 97, "chroma": 444}
_AVIF = {"quality": 97, "subsampling": "4:4:4", "speed": 9}
KINDS: dict[str, Kind] = {
    "jpeg": Kind(".jpg", _pillow("JPEG", quality=95), lossless=False),
    "jpeg 4:4:4 progressive": Kind(
        ".jpg", _pillow("JPEG", quality=97, subsampling=0, progressive=True), lossless=False
    ),
    "jpeg grey": Kind(".jpg", _pillow("JPEG", quality=95), "L", lossless=False, profiles=_GREY),
    "jpeg CMYK": Kind(
        ".jpg",
        _pillow("JPEG", quality=95),
        "CMYK",
        lossless=False,
        profiles=("none", "CMYK"),
        notices=("notice.cmyk",),
    ),
    "png": _RGB,
    "png alpha": replace(_RGB, mode="RGBA"),
    "png grey": replace(_RGB, mode="L", profiles=_GREY),
    "png grey alpha": replace(_RGB, mode="LA", profiles=_GREY),
    "png palette": replace(_RGB, mode="P"),
    "png one bit": replace(_RGB, mode="1", profiles=_GREY),
    "png 16": replace(_RGB, write=_deep_png, bits=16),
    "png 16 alpha": replace(_RGB, write=_deep_png, mode="RGBA", bits=16),
    "png 16 grey": replace(_RGB, write=_deep_png, mode="L", bits=16, profiles=_GREY),
    "png 16 grey alpha": replace(_RGB, write=_deep_png, mode="LA", bits=16, profiles=_GREY),
    "tiff": Kind(".tif", _tiff(np.uint8)),
    "tiff tiled": Kind(".tif", _tiff(np.uint8, tile=32, deflate=True)),
    "tiff planes": Kind(".tif", _tiff(np.uint8, planar=True)),
    "tiff alpha": Kind(".tif", _tiff(np.uint8), "RGBA"),
    "tiff grey": Kind(".tif", _tiff(np.uint8), "L", profiles=_GREY),
    "tiff CMYK": Kind(
        ".tif", _tiff(np.uint8), "CMYK", profiles=("none", "CMYK"), notices=("notice.cmyk",)
    ),
    "tiff LZW": Kind(".tif", _pillow("TIFF", compression="tiff_lzw"), blocks=False),
    "tiff 16": Kind(".tif", _tiff(np.uint16), bits=16),
    "tiff 16 tiled": Kind(".tif", _tiff(np.uint16, tile=16), bits=16),
    "tiff 16 planes": Kind(".tif", _tiff(np.uint16, planar=True, deflate=True), bits=16),
    "tiff 16 alpha": Kind(".tif", _tiff(np.uint16), "RGBA", bits=16),
    "tiff 16 grey": Kind(".tif", _tiff(np.uint16), "L", bits=16, profiles=_GREY),
    "tiff float": Kind(".tif", _tiff(np.float32), bits=16, notices=("notice.float",)),
    "webp": Kind(".webp", _pillow("WEBP", quality=95), lossless=False),
    "webp lossless": Kind(".webp", _pillow("WEBP", lossless=True)),
    "webp alpha": Kind(".webp", _pillow("WEBP", lossless=True, exact=True), "RGBA"),
    "heic": Kind(".heic", _pillow("HEIF", **_HEIC), lossless=False),
    "heic alpha": Kind(".heic", _pillow("HEIF", **_HEIC), "RGBA", lossless=False),
    "heic 10": Kind(".heic", _deep_heic, bits=16, lossless=False),
    "avif": Kind(".avif", _pillow("AVIF", **_AVIF), lossless=False),
    "avif alpha": Kind(".avif", _pillow("AVIF", **_AVIF), "RGBA", lossless=False),
    "avif 10": Kind(
        ".avif", _deep_avif(10), bits=16, lossless=False, profiles=("none",), blocks=False
    ),
    "avif 12": Kind(
        ".avif", _deep_avif(12), bits=16, lossless=False, profiles=("none",), blocks=False
    ),
    "bmp": Kind(".bmp", _pillow("BMP"), profiles=("none",), blocks=False),
    "gif": Kind(".gif", _pillow("GIF"), "P", profiles=("none",), blocks=False),
}


def cases() -> Iterator[Case]:
    """Every kind × profile × orientation (where a file can say one)."""
    for name, kind in KINDS.items():
        for profile in kind.profiles:
            for orientation in range(1, 9) if kind.blocks else (1,):
                yield Case(name, kind, profile, orientation)


def few() -> Iterator[Case]:
    """Every kind, profile and orientation, but not all of their combinations."""
    for number, (name, kind) in enumerate(KINDS.items()):
        profile = kind.profiles[-1 if number % 3 else 0]
        yield Case(name, kind, profile, 1 + (3 * number) % 8 if kind.blocks else 1)
