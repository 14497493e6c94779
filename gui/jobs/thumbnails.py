"""Thumbnails and folder listings, made off the GUI thread beside the service's worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

THUMBNAIL = QSize(320, 240)


def read_thumbnail(path: Path) -> QImage:
    """Decode a small upright picture; a null picture for what Qt's readers do not know."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return fit_thumbnail(reader.read())


def fit_thumbnail(image: QImage) -> QImage:
    """Shrink a picture to a thumbnail's size, keeping its shape. Safe on any thread."""
    if image.isNull():
        return image
    return image.scaled(
        THUMBNAIL,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def list_photos(folder: Path, suffixes: frozenset[str]) -> list[Path]:
    """Photos directly inside a folder, by name; unreadable folders give nothing."""
    try:
        return sorted(p for p in folder.iterdir() if p.suffix.lower() in suffixes and p.is_file())
    except OSError:
        return []


class ThumbnailLoader(QObject):
    """Reads thumbnails and folders on a pool of one thread; answers on the GUI thread."""

    loaded = Signal(object, QImage)
    listed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stopping = False

    def load(self, path: Path) -> None:
        """Ask for a thumbnail; ``loaded`` brings it, null if it cannot be made."""
        self._run(lambda: self.loaded.emit(path, read_thumbnail(path)))

    def list_folder(self, folder: Path, suffixes: frozenset[str]) -> None:
        """Ask for a folder's photos; ``listed`` brings them."""
        self._run(lambda: self.listed.emit(folder, list_photos(folder, suffixes)))

    def stop(self) -> None:
        """Forget what waits and wait for the one that runs."""
        self._stopping = True
        self._pool.clear()
        self._pool.waitForDone()

    def _run(self, work: Callable[[], None]) -> None:
        if not self._stopping:
            self._pool.start(work)
