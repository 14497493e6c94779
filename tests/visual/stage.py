"""Brings one window into its states, as a user would, and takes its picture."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from engine.service import ServiceFactory
from gui.app import Application
from gui.bridge import settings as keys
from gui.bridge.messages import Level, Message
from gui.bridge.settings import Settings
from gui.models.photo_entry import PhotoEntry
from tests.fakes.fake_service import KNOWN_FACES, FakeService

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = tuple(ROOT / "resources" / "samples" / n for n in ("astronaut.png", "grace_hopper.jpg"))
TOGETHER = "together.png"
HOME = "~"
"""What dialogs show for the home folder: a folder of this name in the one that the stage is in."""
_PATIENCE_MS = 300_000
_SHADE = 70


@contextlib.contextmanager
def staged(
    app: QApplication,
    factory: ServiceFactory,
    size: tuple[int, int] = (1280, 820),
    *,
    settling_ms: int = 400,
) -> Iterator[Stage]:
    """A stage in a folder that is gone afterwards; until then it is the working directory."""
    with tempfile.TemporaryDirectory(prefix="agelens-") as work, contextlib.chdir(work):
        stage = Stage(app, factory, Path(work), size, settling_ms=settling_ms)
        try:
            yield stage
        finally:
            stage.close()


class Stage:
    """A window over an engine, its own settings, and photos in a folder of their own.

    Args:
        app: Qt's application object.
        factory: builds the engine.
        work: an empty folder, and the working directory while the stage is used.
        size: of the window, pixels.
        settling_ms: how long to wait for what moves before each picture.
    """

    def __init__(
        self,
        app: QApplication,
        factory: ServiceFactory,
        work: Path,
        size: tuple[int, int],
        *,
        settling_ms: int,
    ) -> None:
        self.work = work
        self.pictures = work / HOME / "Pictures"
        self._settling_ms = settling_ms
        self._make_photos()
        settings = Settings(work / "window.ini")
        settings.set(keys.CACHE_FOLDER, f"{HOME}/.cache/agelens/thumbnails")
        for folder in (keys.EXPORT_FOLDER, keys.BATCH_FOLDER):
            settings.set(folder, f"{HOME}/Pictures")
        self.desk = Application(app, factory, settings, samples=self.photos[:2])
        self.window = self.desk.window
        self.window.resize(*size)
        self.desk.start()
        self.until(lambda: self.desk.session.device is not None)

    def close(self) -> None:
        """End the window and its worker."""
        self.window.close()
        for one in (self.window, self.desk):
            one.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # -- what a user does

    def show(self, *paths: Path) -> None:
        """Have just these photos open, in this order, and the last one shown with its previews."""
        entries = self.desk.session.gallery.entries
        if [entry.path for entry in entries] != list(paths):
            self.desk.open_photos.remove_all(entries)
            self.desk.open_photos.add(paths)
        self.window.banner.hide()
        self.desk.open_photos.show(self.entry(paths[-1]))
        self.until(self.settled)

    def entry(self, path: Path) -> PhotoEntry:
        """The gallery's entry of a photo."""
        return next(e for e in self.desk.session.gallery.entries if e.path == path)

    def age(self, target: float = 66.0) -> None:
        """Age the chosen face of the shown photo, if it is not that old already."""
        entry = self.desk.session.current
        assert entry is not None
        asked = entry.edits.get(entry.selected or 0)
        if asked is None or asked.target != target:
            self.desk.age_face.set_target(target)
        self.until(lambda: entry.result_is_current)

    def settled(self) -> bool:
        """Whether everything that is made behind the scenes for the shown photo is there."""
        tabs, entry = self.window.panel.tabs, self.desk.session.current
        if entry is None or entry.faces is None:
            return False
        if entry.face is None or entry.face.obstacle is not None:
            return True
        names = tabs.names
        full = bool(names) and all(tabs.tab(n).has_image for n in range(len(names) + 1))
        return full and (not entry.edits or entry.result_is_current)

    def until(self, done: Callable[[], bool]) -> None:
        """Let Qt run until something is so. Raises TimeoutError."""
        patience = QDeadlineTimer(_PATIENCE_MS)
        while not done() and not patience.hasExpired():
            QTest.qWait(20)
        if not done():
            raise TimeoutError("the window did not come into the state to be photographed")

    def dialog(self) -> QDialog:
        """Wait for a dialog."""
        self.until(lambda: any(isinstance(w, QDialog) for w in self.over()))
        return next(w for w in self.over() if isinstance(w, QDialog))

    def over(self) -> list[QWidget]:
        """Dialogs and popups over the window."""
        return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.window]

    @staticmethod
    def notice(sentence: str) -> Message:
        """Something to say above the photo."""
        return Message(Level.INFO, sentence)

    # -- its picture

    def grab(self) -> QImage:
        """The window with what lies over it, as it looks at rest."""
        QTest.qWait(self._settling_ms)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        picture = self.window.grab().toImage()
        painter = QPainter(picture)
        for widget in self.over():
            self._paint_over(painter, widget, picture.rect())
        painter.end()
        return picture

    def _paint_over(self, painter: QPainter, widget: QWidget, room: QRect) -> None:
        """A dialog in the middle of a darkened window, under its title; a popup where it is."""
        if not isinstance(widget, QDialog):
            painter.drawPixmap(widget.pos() - self.window.pos(), widget.grab())
            return
        painter.fillRect(room, QColor(0, 0, 0, _SHADE))
        colours, bar = self.desk.theme.colours, 34
        place = QRect(QPoint(0, 0), widget.size())
        place.moveCenter(room.center() + QPoint(0, bar // 2))
        frame = place.adjusted(0, -bar, 0, 0)
        painter.fillRect(frame.adjusted(-1, -1, 1, 1), QColor(colours.line))
        painter.fillRect(frame, QColor(colours.raised))
        painter.setPen(QColor(colours.text))
        title = QRect(frame.left(), frame.top(), frame.width(), bar)
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, widget.windowTitle())
        painter.drawPixmap(place.topLeft(), widget.grab())

    # -- what is photographed

    def _make_photos(self) -> None:
        self.pictures.mkdir(parents=True)
        one, other = (Image.open(path).convert("RGB") for path in SAMPLES)
        for path in SAMPLES:
            (self.pictures / path.name).write_bytes(path.read_bytes())
        scale = one.height / other.height
        other = other.resize((round(other.width * scale), one.height), Image.Resampling.LANCZOS)
        together = Image.new("RGB", (one.width + other.width, one.height))
        together.paste(one, (0, 0))
        together.paste(other, (one.width, 0))
        together.save(self.pictures / TOGETHER)
        Image.linear_gradient("L").convert("RGB").save(self.pictures / "wall.png")
        (self.pictures / "holiday.jpg").write_bytes(b"not a photo")
        self.photos: Sequence[Path] = [
            self.pictures / name for name in (SAMPLES[0].name, SAMPLES[1].name, TOGETHER)
        ]


def fake_engine() -> FakeService:
    """An engine without models that knows the faces of every photo above."""
    one, other = KNOWN_FACES["astronaut.png"], KNOWN_FACES["grace_hopper.jpg"]
    with Image.open(SAMPLES[0]) as left, Image.open(SAMPLES[1]) as right:
        scale, shift = left.height / right.height, left.width
    (x, y, w, h), age, obstacle = other[0]
    moved = ((x * scale + shift, y * scale, w * scale, h * scale), age, obstacle)
    return FakeService(faces={**KNOWN_FACES, TOGETHER: (*one, moved)})


def to_pillow(picture: QImage) -> Image.Image:
    """The same pixels for Pillow."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    size = (rgb.width(), rgb.height())
    return Image.frombuffer("RGB", size, bytes(rgb.constBits()), "raw", "RGB", rgb.bytesPerLine())
