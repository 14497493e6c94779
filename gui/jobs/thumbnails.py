"""Thumbnails and folder listings, made off the GUI thread beside the service's worker."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from gui.jobs.courtesy import THUMBNAILS, step_back
from gui.jobs.thumbnail_cache import ThumbnailCache

THUMBNAIL = QSize(320, 240)


def read_thumbnail(path: Path) -> QImage:
    """Decode a small upright picture; a null picture for what Qt's readers do not know."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():  # the reader lets other Python threads work while it scales
        turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
        room = THUMBNAIL.transposed() if turned else THUMBNAIL
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return fit_thumbnail(reader.read())


def fit_thumbnail(image: QImage) -> QImage:
    """Shrink a picture to a thumbnail's size, keeping its shape. Safe on any thread."""
    size = image.size()
    if image.isNull() or size == size.scaled(THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio):
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
    """Reads thumbnails and folders on a pool of one thread; answers on the GUI thread.

    Of the thumbnails that wait the newest goes first, which is what is in sight now. What is
    made once lies in the cache for the next start.
    """

    loaded = Signal(object, QImage)
    listed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._pool.start(partial(step_back, THUMBNAILS))
        self._lock = threading.Lock()
        self._waiting: list[Path] = []
        self._cache: ThumbnailCache | None = None
        self._stopping = False

    def use_cache(self, cache: ThumbnailCache | None) -> None:
        """Keep thumbnails there from now on, or nowhere."""
        with self._lock:
            self._cache = cache

    def load(self, path: Path) -> None:
        """Ask for a thumbnail; ``loaded`` brings it, null if it cannot be made."""
        if self._stopping:
            return
        with self._lock:
            self._waiting.append(path)
        self._pool.start(self._make_next)

    def keep(self, path: Path, image: QImage) -> None:
        """Put a picture that was made elsewhere into the cache."""
        self._run(lambda: self._put(path, image))

    def list_folder(self, folder: Path, suffixes: frozenset[str]) -> None:
        """Ask for a folder's photos; ``listed`` brings them."""
        self._run(lambda: self.listed.emit(folder, list_photos(folder, suffixes)), first=True)

    def clear_cache(self) -> None:
        """Delete every thumbnail on disk, behind what waits."""
        with self._lock:
            cache = self._cache
        if cache is not None:
            self._run(cache.clear)

    def stop(self) -> None:
        """Forget what waits and wait for the one that runs."""
        self._stopping = True
        self._pool.clear()
        self._pool.waitForDone()

    def _run(self, work: Callable[[], None], *, first: bool = False) -> None:
        if not self._stopping:
            self._pool.start(work, 1 if first else 0)

    # -- on the pool's thread

    def _make_next(self) -> None:
        with self._lock:
            path, cache = self._waiting.pop(), self._cache
        self.loaded.emit(path, _cached_thumbnail(path, cache))

    def _put(self, path: Path, image: QImage) -> None:
        with self._lock:
            cache = self._cache
        if cache is not None:
            with contextlib.suppress(OSError):
                cache.put(cache.key(path), image)


def _cached_thumbnail(path: Path, cache: ThumbnailCache | None) -> QImage:
    if cache is None:
        return read_thumbnail(path)
    try:
        key = cache.key(path)
    except OSError:
        return QImage()
    image = cache.get(key)
    if image.isNull():
        image = read_thumbnail(path)
        cache.put(key, image)
    return image
