"""Writes docs/images/window-*.png: the window's main states, as a user would reach them.

Run from the repository root: ``python tests/visual/take_screenshots.py --engine real``. Without
a display set ``QT_QPA_PLATFORM=offscreen``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QPoint, Qt  # noqa: E402
from PySide6.QtGui import QPainter, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402

from engine.service import ServiceFactory  # noqa: E402
from gui.app import Application  # noqa: E402
from gui.bridge import translation  # noqa: E402
from gui.bridge.settings import EXPORT_FOLDER, Settings  # noqa: E402
from gui.views.canvas_paint import CompareMode  # noqa: E402

SAMPLES = tuple(ROOT / "resources" / "samples" / n for n in ("astronaut.png", "grace_hopper.jpg"))
PATIENCE_MS = 180_000


class Photographer:
    """Brings one window into its states and takes their pictures."""

    def __init__(self, app: QApplication, factory: ServiceFactory, out: Path, work: Path) -> None:
        self._out = out
        self._work = work
        settings = Settings(work / "window.ini")
        self.desk = Application(app, factory, settings, samples=SAMPLES)
        self.desk.window.resize(1280, 820)
        self.desk.start()

    def take_all(self) -> None:
        """Every state, light and dark."""
        for theme in ("light", "dark"):
            self.desk.theme.choose(theme)
            self._take_empty(theme)
            self._take_aged(theme)
            self._take_export(theme)
            self._take_failed(theme)
            for entry in self.desk.session.gallery.entries:
                self.desk.open_photos.remove(entry)
        self.desk.window.close()

    def _take_empty(self, theme: str) -> None:
        self._until(lambda: self.desk.session.device is not None)
        self._save(f"window-empty-{theme}.png")

    def _take_aged(self, theme: str) -> None:
        window, session = self.desk.window, self.desk.session
        self.desk.open_photos.add(SAMPLES)
        self._until(self._tabs_are_full)
        self._save(f"window-opened-{theme}.png")
        tab = window.panel.tabs.tab(len(window.panel.tabs.names) - 1)
        QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
        window.canvas.setFocus()
        self._until(lambda: session.current is not None and session.current.result_is_current)
        self._save(f"window-after-{theme}.png")
        window.modes[CompareMode.SPLIT].trigger()
        window.canvas.zoom_to_face()
        self._save(f"window-split-{theme}.png")
        window.modes[CompareMode.AFTER].trigger()

    def _take_export(self, theme: str) -> None:
        window = self.desk.window
        self.desk.settings.set(EXPORT_FOLDER, str(self._work))
        window.export.trigger()
        dialogs: list[QDialog] = []
        self._until(lambda: bool(dialogs or dialogs.extend(_open_dialogs())))
        self._save(f"window-export-{theme}.png", dialogs[0])
        dialogs[0].reject()

    def _take_failed(self, theme: str) -> None:
        broken = self._work / "holiday.jpg"
        broken.write_bytes(b"not a photo")
        self.desk.open_photos.add([broken])
        stage, failed = self.desk.window.stage, self.desk.window.failed
        self._until(lambda: stage.currentWidget() is failed)
        self._save(f"window-failed-{theme}.png")
        self.desk.window.banner.hide()

    def _tabs_are_full(self) -> bool:
        tabs = self.desk.window.panel.tabs
        names = tabs.names
        return bool(names) and all(tabs.tab(n).has_image for n in range(len(names) + 1))

    def _until(self, done: Callable[[], bool]) -> None:
        patience = QDeadlineTimer(PATIENCE_MS)
        while not done() and not patience.hasExpired():
            QTest.qWait(20)
        if not done():
            raise TimeoutError("the window did not come into the state to be photographed")

    def _save(self, name: str, dialog: QDialog | None = None) -> None:
        QTest.qWait(400)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        window = self.desk.window
        picture: QPixmap = window.grab()
        if dialog is not None:
            painter = QPainter(picture)
            at = QPoint(window.width() - dialog.width(), window.height() - dialog.height()) / 2
            painter.drawPixmap(at, dialog.grab())
            painter.end()
        picture.save(str(self._out / name))


def _open_dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def _factory(name: str) -> ServiceFactory:
    if name == "real":
        from engine.inference.pipeline import build_service

        return build_service
    from tests.fakes.fake_service import FakeService

    return FakeService


def main() -> int:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("real", "fake"), default="real")
    parser.add_argument("--language", default=translation.SOURCE)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    translation.install(app, ROOT / "resources" / "translations", arguments.language)
    with tempfile.TemporaryDirectory() as work:
        Photographer(app, _factory(arguments.engine), arguments.out, Path(work)).take_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
