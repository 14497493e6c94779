"""A child process with a real window over the fake engine: does some work and waits to be killed.

``python -m tests.gui.killed_window DATA PHOTO…`` from the checkout prints a line once its session
file holds the work.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gui.app import Application
from gui.bridge.settings import Settings
from gui.models.session_file import decode
from tests.fakes.fake_service import FakeService


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
