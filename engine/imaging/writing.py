"""Bring bytes to the disk: the whole new file is there, or what was there before.

Bytes go to a temporary file beside the target, are flushed to the disk and then take the
target's name; the folder is flushed too, so that a power cut keeps the name. May be called from
any thread.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path
from typing import NoReturn

from engine.domain import Photo
from engine.errors import ExportError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_PROBE = b"\0" * 4096


def check_place(path: Path, photo: Photo | None = None, *, overwrite: bool = False) -> None:
    """Find out before any work whether a file could be written there, whatever its format.

    Raises:
        ExportError: ``export.folder_missing``, ``export.same_as_source``, ``export.exists``,
            ``export.read_only`` or ``export.full``.
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
    _flush_folder(path.parent)


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


def _flush_folder(folder: Path) -> None:
    """Bring the new name to the disk, where folders can be flushed; the file is there anyhow."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
