"""Pictures of files, read off the GUI thread; the newest wish goes first, some stay at hand."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

_KEPT = 24


class PictureLoader(QObject):
    """Reads on one thread; a picture asked for again comes at once.

    Signals:
        loaded: a path and its picture, null where it cannot be read.
    """

    loaded = Signal(object, QImage)
    _read = Signal(object, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pictures: OrderedDict[Path, QImage] = OrderedDict()
        self._asked: set[Path] = set()
        self._turn = 0
        self._stopped = False
        self._read.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def ask(self, path: Path) -> None:
        """Ask for a picture; ``loaded`` brings it, before this returns where it is at hand."""
        picture = self._pictures.get(path)
        if picture is not None:
            self._pictures.move_to_end(path)
            self.loaded.emit(path, picture)
        elif path not in self._asked and not self._stopped:
            self._asked.add(path)
            self._turn += 1
            self._pool.start(lambda: self._read.emit(path, QImage(str(path))), self._turn)

    def stop(self) -> None:
        """Forget what waits and wait for the one that is read."""
        self._stopped = True
        self._pool.clear()
        self._pool.waitForDone()

    @Slot(object, QImage)
    def _keep(self, path: Path, picture: QImage) -> None:
        self._asked.discard(path)
        if not picture.isNull():  # one that is being written is asked for again
            self._pictures[path] = picture
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        if not self._stopped:
            self.loaded.emit(path, picture)
