"""Use case: paste photos from the clipboard, as files or as pixels."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage

from gui.bridge.messages import Messages
from gui.bridge.naming import free_name
from gui.controllers.open_photos import OpenPhotos
from gui.jobs.file_keeper import FileKeeper


class PastePhotos(QObject):
    """Opens what is pasted; pixels get a file of their own first, as PNG, off the GUI thread."""

    def __init__(
        self,
        open_photos: OpenPhotos,
        files: FileKeeper,
        messages: Messages,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_photos = open_photos
        self._files = files
        self._messages = messages
        self._folder = folder
        self._awaited: set[Path] = set()
        files.written.connect(self._on_written)
        files.failed.connect(self._on_failed)

    def paste(self) -> None:
        """Take what is on the clipboard; say so if it is no photo."""
        clipboard = QGuiApplication.clipboard()
        mime = clipboard.mimeData()
        paths = [Path(u.toLocalFile()) for u in mime.urls() if u.isLocalFile()] if mime else []
        if paths:
            self._open_photos.add(paths)
        elif mime and mime.hasImage() and not clipboard.image().isNull():
            self._keep(clipboard.image())
        else:
            self._messages.info(
                self.tr("There is no photo on the clipboard; copy a file or a picture first.")
            )

    def _keep(self, image: QImage) -> None:
        name = datetime.now().strftime("pasted-%Y%m%d-%H%M%S.png")  # the user's own clock
        path = free_name(self._folder / name, self._awaited)
        self._awaited.add(path)
        self._files.write_picture(path, image)

    def _on_written(self, path: Path) -> None:
        if path in self._awaited:
            self._awaited.remove(path)
            self._open_photos.add([path])

    def _on_failed(self, path: Path, reason: str) -> None:
        if path in self._awaited:
            self._awaited.remove(path)
            sentence = self.tr("The pasted picture cannot be saved, so it is not opened.")
            self._messages.error(sentence, f"{path}: {reason}")
