"""Write results: never over an original, never half a file.

Bytes go to a temporary file beside the target, are flushed to the disk and then take the
target's name. May be called from any thread.
"""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path
from typing import NoReturn

from engine.domain import AgingResult, ExportSpec, Photo, PixelArray, Receipt
from engine.errors import ExportError, Sentence
from engine.imaging.encode import FORMATS, Content, Format
from engine.imaging.metadata import upright_xmp, without_thumbnail
from engine.imaging.provenance import mark_edited
from engine.imaging.resize import shrink

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_PROBE = b"\0" * 4096


def export_result(result: AgingResult, spec: ExportSpec) -> Receipt:
    """Write a result with the source's profile and metadata and the AI-edit marking.

    Args:
        result: pixels in the source's depth and colour space.
        spec: where and how.

    Returns:
        The path, its size, and notices on what the format could not take.

    Raises:
        ExportError: see :func:`check_target`; nothing is left behind.
    """
    check_target(spec, result.photo)
    photo, notices = result.photo, list[str]()
    pixels = shrink(result.pixels, spec.max_side)
    alpha = None if photo.alpha is None else shrink(photo.alpha, spec.max_side)
    xmp = upright_xmp(photo.xmp) if spec.keep_metadata and photo.xmp else None
    if spec.mark_ai:
        xmp, lost = mark_edited(xmp, result.model, result.faces)
        if lost:
            text = "The photo's XMP packet is damaged and was replaced."
            notices.append(Sentence(text, "notice.xmp"))
    content = Content(
        pixels=pixels,
        alpha=alpha,
        icc=photo.icc,
        exif=without_thumbnail(photo.exif) if spec.keep_metadata and photo.exif else None,
        xmp=xmp,
        quality=spec.quality,
        notices=notices,
    )
    return _write(content, spec.path, overwrite=spec.overwrite)


def write_image(
    pixels: PixelArray,
    path: Path,
    *,
    icc: bytes | None = None,
    xmp: bytes | None = None,
    quality: int = 95,
    overwrite: bool = False,
) -> Receipt:
    """Write a plain picture, such as a strip.

    Args:
        pixels: H×W×3 RGB, uint8 or uint16.
        path: the file; its suffix chooses the format.
        icc: profile of the pixels, ``None`` for sRGB.
        xmp: packet to embed, or ``None``.
        quality: 1..100 for lossy formats.
        overwrite: replace an existing file.

    Raises:
        ExportError: as :func:`check_target`.
    """
    check_target(ExportSpec(path=path, quality=quality, overwrite=overwrite))
    content = Content(pixels=pixels, icc=icc, xmp=xmp, quality=quality)
    return _write(content, path, overwrite=overwrite)


def check_target(spec: ExportSpec, photo: Photo | None = None) -> None:
    """Find out before any work whether a result could be written.

    Raises:
        ExportError: ``export.format`` (unknown suffix, photo too large for it, quality out of
            range), ``export.size``, ``export.folder_missing``, ``export.same_as_source``,
            ``export.exists``, ``export.read_only`` or ``export.full``.
    """
    path = spec.path
    chosen = _format(path)
    if spec.max_side is not None and spec.max_side < 1:
        raise ExportError("The longest side must be 1 pixel or more.", code="export.size")
    if not 1 <= spec.quality <= 100:
        text = f"Quality {spec.quality} is not between 1 and 100."
        raise ExportError(Sentence(text, "export.quality"), code="export.format")
    side = 0 if photo is None else min(max(photo.size), spec.max_side or max(photo.size))
    if side > chosen.max_side:
        raise _too_wide(path, chosen)
    check_place(path, photo, overwrite=spec.overwrite)


def check_place(path: Path, photo: Photo | None = None, *, overwrite: bool = False) -> None:
    """Find out whether a file could be written there, whatever its format.

    Raises:
        ExportError: as :func:`check_target`, less ``export.format``.
    """
    if photo is not None and photo.path is not None and _same_file(path, photo.path):
        raise ExportError(
            f"{path} is the photo itself. Originals are never overwritten: choose another name.",
            code="export.same_as_source",
            name=path.name,
        )
    if not path.parent.is_dir():
        raise ExportError(
            f"The folder {path.parent} does not exist. Create it or choose another one.",
            code="export.folder_missing",
            folder=path.parent,
        )
    _check_free(path, overwrite)
    _probe(path)


def _format(path: Path) -> Format:
    chosen = FORMATS.get(path.suffix.lower())
    if chosen is None:
        raise ExportError(
            f"{path.name} does not end in a format that can be written. "
            f"Use one of {', '.join(sorted(FORMATS))}.",
            code="export.format",
            name=path.name,
        )
    return chosen


def _too_wide(path: Path, chosen: Format) -> ExportError:
    return ExportError(
        f"The photo is too large for {path.suffix} ({chosen.max_side} pixels a side at most). "
        "Use .png or .tiff.",
        code="export.format",
        name=path.name,
    )


def _same_file(target: Path, source: Path) -> bool:
    """Whether both names lead to one file, by name, symbolic link or hard link."""
    if os.path.realpath(target) == os.path.realpath(source):
        return True
    try:
        return target.samefile(source)
    except OSError:
        return False


def _check_free(path: Path, overwrite: bool) -> None:
    if path.is_dir():
        raise ExportError(
            f"{path} is a folder. Add a file name to it.", code="export.exists", name=path.name
        )
    if not overwrite and os.path.lexists(path):
        raise ExportError(
            f"{path} exists already. Choose another name or allow overwriting.",
            code="export.exists",
            name=path.name,
        )


def _probe(path: Path) -> None:
    """Try to write a block beside the target: the only test that permissions cannot fool."""
    temporary = _temporary_beside(path)
    try:
        _write_through(temporary, _PROBE)
    except OSError as error:
        _fail(error, path)
    finally:
        temporary.unlink(missing_ok=True)


def _write(content: Content, path: Path, *, overwrite: bool) -> Receipt:
    chosen = _format(path)
    if max(content.pixels.shape[:2]) > chosen.max_side:
        raise _too_wide(path, chosen)
    try:
        data = chosen.encode(content)
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        raise ExportError(
            f"{path.name} cannot be encoded as {path.suffix}: {error}. Try .png.",
            code="export.format",
            name=path.name,
        ) from error
    write_bytes(data, path, overwrite=overwrite)
    return Receipt(path=path, size_bytes=len(data), notices=tuple(content.notices))


def write_bytes(data: bytes, path: Path, *, overwrite: bool) -> None:
    """Write a whole file beside its name, then give it the name.

    Raises ExportError: ``export.exists``, ``export.read_only`` or ``export.full``.
    """
    temporary = _temporary_beside(path)
    try:
        _write_through(temporary, data)
        _check_free(path, overwrite)
        os.replace(temporary, path)
    except OSError as error:
        _fail(error, path)
    finally:
        temporary.unlink(missing_ok=True)


def _temporary_beside(path: Path) -> Path:
    return path.with_name(f".agelens-{secrets.token_hex(6)}.part")


def _write_through(path: Path, data: bytes) -> None:
    """Create a new file and flush it to the disk."""
    binary = getattr(os, "O_BINARY", 0)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _fail(error: OSError, path: Path) -> NoReturn:
    """Turn the system's error into one that says what to do."""
    if error.errno in _FULL:
        raise ExportError(
            f"There is no room to write {path.name} in {path.parent}. "
            "Free some space or choose another folder.",
            code="export.full",
            name=path.name,
            folder=path.parent,
        ) from error
    raise ExportError(
        f"{path.name} cannot be written in {path.parent}: {error.strerror or error}. "
        "Choose a folder that you may write to.",
        code="export.read_only",
        name=path.name,
        folder=path.parent,
        reason=error.strerror or error,
    ) from error
