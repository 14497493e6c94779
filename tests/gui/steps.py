"""What a person does with the window, for tests to do the same."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Application
from gui.models.photo_entry import PhotoEntry
from gui.views.export_dialog import ExportDialog
from tests.gui.conftest import wait_for

LEFT = Qt.MouseButton.LeftButton


def opened(desk: Application, qtbot: QtBot, path: Path) -> PhotoEntry:
    """Open a photo and wait until nothing is left to do."""
    desk.open_photos.add([path])
    entry = desk.session.current
    assert entry is not None
    wait_for(qtbot, lambda: entry.faces is not None and desk.runner.running is None)
    return entry


def drop(desk: Application, *paths: Path) -> None:
    """Drop files into the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    desk.window.dropEvent(QDropEvent(QPointF(9, 9), action, mime, LEFT, none))


def export_dialog(qtbot: QtBot) -> ExportDialog:
    """Wait for the export dialog."""
    found: list[ExportDialog] = []

    def look() -> bool:
        found[:] = [
            w
            for w in QApplication.topLevelWidgets()
            if isinstance(w, ExportDialog) and w.isVisible()
        ]
        return bool(found)

    wait_for(qtbot, look)
    return found[0]
