"""Small files of the window's own, written and looked for off the GUI thread, in order."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageWriter


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside the name and replace, so that a kill leaves the old file or the new one.

    Raises:
        OSError: if that is not possible; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


class FileKeeper(QObject):
    """One thread for files, so that what is written last is what stays.

    Signals:
        written: a file is in its place.
        failed: a file and why it could not be written.
        missing: those of the paths asked for that are no files now.
    """

    written = Signal(object)
    failed = Signal(object, str)
    missing = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stopped = False

    def write(self, path: Path, data: Callable[[], bytes]) -> None:
        """Write what ``data`` gives, called on the thread."""

        def work() -> None:
            try:
                write_atomically(path, data())
            except OSError as error:
                if not self._stopped:
                    self.failed.emit(path, str(error))
            else:
                if not self._stopped:
                    self.written.emit(path)

        self._pool.start(work)

    def write_picture(self, path: Path, image: QImage) -> None:
        """Write a picture as PNG."""
        self.write(path, lambda: _as_png(image))

    def look_for(self, paths: Sequence[Path]) -> None:
        """Find out which files are not there; answers with ``missing``, if any."""

        def work() -> None:
            gone = [path for path in paths if not path.is_file()]
            if gone and not self._stopped:
                self.missing.emit(gone)

        self._pool.start(work)

    def stop(self) -> None:
        """Finish what is asked for and say nothing more."""
        self._stopped = True
        self._pool.waitForDone()


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise OSError(writer.errorString())
    return bytes(buffer.data().data())
