"""Small pictures on disk, named by the content of their photos. Used on one thread at a time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QByteArray, QSaveFile
from PySide6.QtGui import QImage, QImageWriter

_SUFFIX = ".jpg"
_NAME = re.compile(rf"[0-9a-f]{{64}}{re.escape(_SUFFIX)}")
_QUALITY = 85
_SPARE = 0.8  # what is left of the limit after pruning, so that it is not done at every file


class ThumbnailCache:
    """A folder of small pictures that stays below a size.

    A photo that is moved or renamed keeps its thumbnail; one that is changed gets a new one.
    What was not used for longest goes first. A cache that cannot be written does without.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit = limit_bytes
        self._total: int | None = None  # bytes in the folder, once they were counted

    def key(self, photo: Path) -> str:
        """What tells the photo's content from all others. Raises OSError."""
        with photo.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def get(self, key: str) -> QImage:
        """The picture of that key; null where there is none."""
        file = self._file(key)
        image = QImage(str(file)) if file.is_file() else QImage()
        if not image.isNull():
            with contextlib.suppress(OSError):
                os.utime(file)
        return image

    def put(self, key: str, image: QImage) -> None:
        """Keep a picture, whole or not at all; one that can be seen through is not kept."""
        if image.isNull() or image.hasAlphaChannel() or self._limit <= 0:
            return
        file = self._file(key)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        target = QSaveFile(str(file))
        if not target.open(QSaveFile.OpenModeFlag.WriteOnly):
            return
        writer = QImageWriter(target, QByteArray(b"jpeg"))
        writer.setQuality(_QUALITY)
        if writer.write(image):
            target.commit()
        else:
            target.cancelWriting()
        with contextlib.suppress(OSError):
            self._count(file.stat().st_size)

    def _count(self, size: int) -> None:
        """Note what was written; the folder is read through only at first and where it is full."""
        self._total = self.size() if self._total is None else self._total + size
        if self._total > self._limit:
            self.prune()

    def prune(self) -> None:
        """Delete what was not used for longest until the folder is well below its limit."""
        files = []
        for file in self._files():
            with contextlib.suppress(OSError):
                about = file.stat()
                files.append((about.st_mtime, about.st_size, file))
        total = sum(size for _when, size, _file in files)
        full = total > self._limit
        for _when, size, file in sorted(files) if full else ():
            if total <= self._limit * _SPARE:
                break
            with contextlib.suppress(OSError):
                file.unlink()
                total -= size
        self._total = total

    def clear(self) -> None:
        """Delete every picture; nothing else in the folder is touched."""
        for file in self._files():
            with contextlib.suppress(OSError):
                file.unlink()
        self._total = None

    def size(self) -> int:
        """Bytes in use."""
        total = 0
        for file in self._files():
            with contextlib.suppress(OSError):
                total += file.stat().st_size
        return total

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}{_SUFFIX}"

    def _files(self) -> Iterator[Path]:
        for folder in self._folder.glob("[0-9a-f][0-9a-f]"):
            with contextlib.suppress(OSError):
                yield from (file for file in folder.iterdir() if _NAME.fullmatch(file.name))
