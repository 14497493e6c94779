"""Use case: open again what was opened lately."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from gui.bridge import settings as keys
from gui.bridge.settings import Settings
from gui.controllers.open_photos import OpenPhotos

KEPT = 10
_LONGEST = 60


class RecentPhotos(QObject):
    """Keeps a short list of photos and folders, and a menu of them."""

    def __init__(
        self,
        open_photos: OpenPhotos,
        settings: Settings,
        menu: QMenu,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_photos = open_photos
        self._settings = settings
        self._menu = menu
        open_photos.asked.connect(self._remember)
        menu.setToolTipsVisible(True)
        self._fill()

    @property
    def paths(self) -> list[Path]:
        """What was opened lately, the latest first."""
        try:
            known = json.loads(self._settings.get(keys.RECENT))
        except ValueError:
            return []
        return [Path(str(path)) for path in known][:KEPT] if isinstance(known, list) else []

    def clear(self) -> None:
        """Forget all."""
        self._write([])

    def _remember(self, paths: Sequence[Path]) -> None:
        self._write(list(dict.fromkeys([*paths, *self.paths]))[:KEPT])

    def _write(self, paths: Sequence[Path]) -> None:
        self._settings.set(keys.RECENT, json.dumps([str(path) for path in paths]))
        self._fill()

    def _fill(self) -> None:
        menu, paths = self._menu, self.paths
        menu.clear()
        menu.setEnabled(bool(paths))
        for number, path in enumerate(paths, start=1):
            name = _short(path).replace("&", "&&")
            action = menu.addAction(f"&{number}  {name}" if number < 10 else name)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self._open(path))
        menu.addSeparator()
        menu.addAction(self.tr("&Clear the list")).triggered.connect(self.clear)

    def _open(self, path: Path) -> None:
        """Open it; one that is gone says so and leaves the list."""
        if not path.exists():
            self._write([other for other in self.paths if other != path])
        self._open_photos.add([path])


def _short(path: Path) -> str:
    """The name with its folder, cut in the middle where it is long."""
    text = str(Path(path.parent.name) / path.name)
    if len(text) <= _LONGEST:
        return text
    half = (_LONGEST - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
