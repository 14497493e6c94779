"""What outlives the window: the session, recent files, pasted pictures, reports of crashes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from gui.bridge.crash import CrashHandler
from gui.bridge.messages import Messages
from gui.bridge.settings import Settings
from gui.controllers.keep_session import KeepSession
from gui.controllers.offer_report import OfferReport
from gui.controllers.open_photos import OpenPhotos
from gui.controllers.paste_photos import PastePhotos
from gui.controllers.recent_photos import RecentPhotos
from gui.jobs.file_keeper import FileKeeper
from gui.models.session import Session
from gui.views.action_window import ActionWindow


class Lasting(QObject):
    """Joins what is kept in the user's data folder, the one that the settings lie in."""

    def __init__(
        self,
        session: Session,
        open_photos: OpenPhotos,
        messages: Messages,
        settings: Settings,
        window: ActionWindow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._messages = messages
        self._open_photos = open_photos
        self._window = window
        folder = settings.folder
        self.files = FileKeeper(self)
        self.session = KeepSession(
            session, open_photos, self.files, messages, folder / "session.json", self
        )
        self.recent = RecentPhotos(open_photos, settings, window.recent_menu, self)
        self.paste = PastePhotos(open_photos, self.files, messages, folder / "pasted", self)
        window.paste.triggered.connect(lambda _checked=False: self.paste.paste())

    def start(self, crashes: CrashHandler | None = None) -> None:
        """Bring back what was kept, and offer the report of a crash."""
        self.session.start()
        if crashes is not None:
            OfferReport(crashes, self._messages, self._window).offer()

    def stop(self) -> None:
        """Write what is not written yet; returns when it is."""
        self.session.stop()
        self.files.stop()

    def welcome(self, paths: Sequence[Path]) -> None:
        """A second start hands its files over: take them and come to the front."""
        if paths:
            self._open_photos.add(paths)
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
