"""A child process with a real window over the fake engine: does some work and waits to be killed.

Usage: ``killed_window.py DATA PHOTO…``; prints a line once its session file holds the work.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from gui.app import Application  # noqa: E402
from gui.bridge.settings import Settings  # noqa: E402
from gui.models.session_file import decode  # noqa: E402
from tests.fakes.fake_service import FakeService  # noqa: E402


def main(data: Path, photos: list[Path]) -> None:
    app = QApplication(sys.argv[:1])
    desk = Application(app, FakeService, Settings(data / "window.ini"))
    desk.start(photos)
    when(lambda: desk.session.current is not None and bool(desk.session.current.faces), work, desk)
    app.exec()


def work(desk: Application) -> None:
    """Three steps, one of them undone; then wait until they are in the file."""
    entry = desk.session.current
    assert entry is not None
    desk.age_face.set_target(61)
    desk.session.history.seal()
    desk.age_face.set_target(70)
    desk.session.correct_age(entry, 1, 40.0)
    desk.undo_edits.undo()
    file = desk.settings.folder / "session.json"

    def saved() -> bool:
        if not file.is_file():
            return False
        record = decode(file.read_text(encoding="utf-8"))
        return any(len(photo.steps) == 3 and photo.position == 2 for photo in record.photos)

    when(saved, say_so, desk)


def say_so(_desk: Application) -> None:
    sys.stdout.write("saved\n")
    sys.stdout.flush()


def when(ready: Callable[[], bool], then: Callable[[Application], None], desk: Application) -> None:
    timer = QTimer(desk)

    def look() -> None:
        if ready():
            timer.stop()
            then(desk)

    timer.timeout.connect(look)
    timer.start(20)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
