"""Open a photo file: upright RGB pixels in their own bit depth, with profile and metadata.

The file's header is checked before anything is decoded, so that a small file which claims
gigabytes is refused at once. May be called from any thread, one call at a time.
"""

from __future__ import annotations

import hashlib
import stat
import warnings
from pathlib import Path

from engine.domain import Photo
from engine.errors import PhotoError
from engine.imaging import jxl_files, pillow_files, raw_files, refusals
from engine.imaging.formats import READABLE, sniff
from engine.imaging.metadata import upright_exif
from engine.imaging.refusals import MAX_PIXELS
from engine.imaging.upright import Contents

MAX_FILE_BYTES = 2 * 1024**3


def load_photo(path: Path) -> Photo:
    """Decode a photo file.

    Args:
        path: a file of one of :data:`engine.imaging.formats.READABLE`; the first picture counts.

    Returns:
        Upright RGB pixels, uint8 or uint16, marked read-only. Grey becomes RGB with a profile
        that means the same; CMYK and Lab become sRGB and camera raw is developed, with a notice.

    Raises:
        PhotoError: ``photo.missing``, ``.folder``, ``.empty``, ``.not_an_image``,
            ``.truncated``, ``.too_large``, ``.unreadable``, ``.pixels``, ``.raw`` or ``.package``.
    """
    data = _read(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on odd metadata
        return _load(data, path)


def _load(data: bytes, path: Path) -> Photo:
    kind = sniff(data)
    if kind is None:
        raise PhotoError(
            f"{path.name} is not a photo that can be opened. "
            f"Choose a {', '.join(READABLE[:-1])} or {READABLE[-1]} file.",
            code="photo.not_an_image",
            name=path.name,
            formats=", ".join(READABLE),
        )
    contents = _contents(data, kind, path.name)
    return Photo(
        pixels=contents.planes.rgb,
        sha256=hashlib.sha256(data).hexdigest(),
        format=contents.format,
        path=path,
        alpha=contents.planes.alpha,
        icc=contents.planes.icc,
        exif=upright_exif(contents.exif),
        xmp=contents.xmp,
        **contents.along,
        notices=(*contents.planes.notices, *contents.notices),
    )


def _contents(data: bytes, kind: str, name: str) -> Contents:
    """What the format's reader finds; its failures as PhotoErrors."""
    try:
        match kind:
            case "RAW":
                return raw_files.read(data, MAX_PIXELS)
            case "JXL":
                return jxl_files.read(data, MAX_PIXELS)
        return pillow_files.read(data, kind, MAX_PIXELS)
    except Exception as error:
        raise refusals.refused(error, name) from error


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
            raise refusals.too_large(name, f"{status.st_size / 1e9:.1f} GB")
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
