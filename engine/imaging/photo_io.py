"""Open a photo file: upright RGB pixels in their own bit depth, with profile and metadata.

The file's header is checked before anything is decoded, so that a small file which claims
gigabytes is refused at once. May be called from any thread, one call at a time.
"""

from __future__ import annotations

import hashlib
import stat
import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image, TiffImagePlugin
from PIL.ImageFile import ImageFile

from engine.domain import Photo
from engine.errors import PhotoError, Sentence
from engine.imaging import decode
from engine.imaging.metadata import (
    carried_along,
    exif_orientation,
    normalise_exif,
    upright_exif,
)

MAX_PIXELS = 250_000_000
MAX_FILE_BYTES = 2 * 1024**3
_PNG_MAX_RATIO = 1040  # deflate cannot shrink more than 1032 times
_TIFF_STRUCTURE = frozenset(
    {
        *range(254, 260),  # kind, size, depth, compression
        *(262, 266, 273, 274, *range(277, 280), 284),  # photometry, orientation, strips, planes
        *(317, 320, *range(322, 326), 330, 332, 338, 339, 347),  # predictor, palette, tiles
        *(*range(512, 516), *range(529, 533)),  # JPEG inside TIFF
        *(700, 33723, 34377, 34675, 52545),  # XMP, IPTC, Photoshop, ICC, C2PA
    }
)

READABLE = ("JPEG", "PNG", "WebP", "TIFF", "BMP", "GIF", "HEIC", "AVIF")
"""The formats :func:`load_photo` opens, as a user knows them."""


def load_photo(path: Path) -> Photo:
    """Decode a photo file.

    Args:
        path: a JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC or AVIF file; the first picture counts.

    Returns:
        Upright RGB pixels, uint8 or uint16, marked read-only. Grey becomes RGB; CMYK and grey
        with a profile of their own become sRGB, with a notice.

    Raises:
        PhotoError: ``photo.missing``, ``.folder``, ``.empty``, ``.not_an_image``,
            ``.truncated``, ``.too_large`` or ``.unreadable``.
    """
    data = _read(path)
    kind = sniff(data)
    if kind is None:
        raise PhotoError(
            f"{path.name} is not a photo that can be opened. "
            f"Choose a {', '.join(READABLE[:-1])} or {READABLE[-1]} file.",
            code="photo.not_an_image",
            name=path.name,
            formats=", ".join(READABLE),
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on odd metadata
        image = _open(data, kind, path.name)
        _check_claim(image, data, path.name)
        return _decode(image, data, path)


def sniff(data: bytes) -> str | None:
    """Pillow's name of the format that the first bytes announce; ``None`` if no known one."""
    for magic, kind in (
        (b"\xff\xd8\xff", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"GIF87a", "GIF"),
        (b"GIF89a", "GIF"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"II+\0", "TIFF"),
        (b"MM\0+", "TIFF"),
    ):
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return "AVIF" if data[8:12] in (b"avif", b"avis") else "HEIF"
    # "BM" alone also begins plain texts: the header's own size settles it.
    bitmap_header = int.from_bytes(data[14:18], "little")
    return "BMP" if data[:2] == b"BM" and bitmap_header in (12, 40, 52, 56, 64, 108, 124) else None


def _read(path: Path) -> bytes:
    name = path.name or str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise PhotoError(
                f"{name} is a folder. Choose a photo in it.", code="photo.folder", name=name
            )
        if not stat.S_ISREG(status.st_mode):
            raise PhotoError(f"{name} is not a regular file.", code="photo.unreadable", name=name)
        if status.st_size > MAX_FILE_BYTES:
            raise _too_large(name, f"{status.st_size / 1e9:.1f} GB")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise PhotoError(
            f"{path} does not exist. Check the name and the folder.",
            code="photo.missing",
            name=name,
        ) from error
    except (OSError, ValueError) as error:
        raise PhotoError(
            f"{name} cannot be read: {getattr(error, 'strerror', None) or error}. "
            "Check that you may open it.",
            code="photo.unreadable",
            name=name,
        ) from error
    if not data:
        raise PhotoError(
            f"{name} is empty (0 bytes). Choose an intact copy.", code="photo.empty", name=name
        )
    return data


def _open(data: bytes, kind: str, name: str) -> ImageFile:
    """Parse the header only."""
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow's own guard would refuse real 200 MP photos
    try:
        return Image.open(BytesIO(data), formats=[kind])
    except Image.DecompressionBombError as error:
        raise _too_large(name, "more") from error
    except Exception as error:
        raise _truncated(name) from error


def _check_claim(image: ImageFile, data: bytes, name: str) -> None:
    """Refuse sizes that are out of bounds or that the file cannot hold."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_large(name, f"{width} × {height} pixels")
    if image.format == "PNG" and width * height > 8 * _PNG_MAX_RATIO * len(data):
        raise _truncated(name)


def _decode(image: ImageFile, data: bytes, path: Path) -> Photo:
    try:
        decode.load_checked(image, data)
        exif = normalise_exif(_exif_of(image))
        turn = _orientation(image, exif)
        planes = decode.planes(image, data, turn)
    except MemoryError as error:
        raise _too_large(path.name, f"{image.width} × {image.height} pixels") from error
    except decode.UnsupportedPixelsError as error:
        raise PhotoError(
            f"{path.name} has pixels of the kind {error}, which photos do not use. "
            "Save it with 8 or 16 bits a channel.",
            code="photo.unreadable",
            name=path.name,
        ) from error
    except Exception as error:
        raise _truncated(path.name) from error
    xmp = image.info.get("xmp")
    return Photo(
        pixels=planes.rgb,
        sha256=hashlib.sha256(data).hexdigest(),
        format="JPEG" if image.format == "MPO" else str(image.format),
        path=path,
        alpha=planes.alpha,
        icc=planes.icc,
        exif=upright_exif(exif),
        xmp=xmp.encode() if isinstance(xmp, str) else xmp or None,
        **carried_along(image),
        notices=(*planes.notices, *_frame_notice(image)),
    )


def _exif_of(image: ImageFile) -> bytes | None:
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return _exif_of_tiff(image)
    exif = image.info.get("exif")
    if exif is None and "Raw profile type exif" in image.info:
        return image.getexif().tobytes()
    return bytes(exif) if exif else None


def _exif_of_tiff(image: TiffImagePlugin.TiffImageFile) -> bytes | None:
    """A TIFF's own tags as an EXIF block, less those that describe how its pixels are stored."""
    exif = image.getexif()
    for sub in (0x8769, 0x8825):  # EXIF, GPS: read now, or they would be written as offsets
        if sub in exif:
            exif.get_ifd(sub)
    for tag in list(exif):
        if tag in _TIFF_STRUCTURE:
            del exif[tag]
    return exif.tobytes() if len(exif) else None


def _orientation(image: ImageFile, exif: bytes | None) -> int:
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        value = int(image.tag_v2.get(274, 1))
        return value if 1 <= value <= 8 else 1
    return exif_orientation(exif)


def _frame_notice(image: ImageFile) -> tuple[str, ...]:
    if not getattr(image, "is_animated", False):
        return ()
    return (Sentence("The file holds several pictures; only the first is used.", "notice.frames"),)


def _too_large(name: str, claim: str) -> PhotoError:
    return PhotoError(
        f"{name} is too large to open: it claims {claim}; "
        f"the limit is {MAX_PIXELS // 1_000_000} megapixels. Make it smaller first.",
        code="photo.too_large",
        name=name,
        limit=MAX_PIXELS // 1_000_000,
    )


def _truncated(name: str) -> PhotoError:
    return PhotoError(
        f"{name} is damaged or cut short and cannot be opened. Copy it again from its source.",
        code="photo.truncated",
        name=name,
    )
