"""The training page in every language and direction, from the narrowest window up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Application
from tests.gui.conftest import OpenWindow, wait_for
from tests.gui.test_layouts import NARROWEST, wait_for_room
from tests.gui.test_nothing_untranslated import Brackets, left_out
from tests.gui.test_runs import add, write_run

Open = Callable[[], Application]


@pytest.fixture
def compared(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> Open:
    """Opens a window that shows two runs side by side, one of them failed."""

    def begin() -> Application:
        names = ("projected", "own_age", "low_frequency", "colour_cast", "large_change")
        for run in (write_run(tmp_path / "runs" / name, lines=6) for name in ("fourth", "fifth")):
            add(run, *({"step": 60 + n, **dict.fromkeys(names, 0.1)} for n in range(3)))
            Image.new("RGB", (64, 64), "teal").save(run / "samples-00060.jpg")
            (run / "checkpoint.pt").write_bytes(b"")
        failed = tmp_path / "runs" / "fourth" / "training.log"
        failed.write_text("# [1]\nDATA is not a prepared data set; make one first.\n")
        desk = open_window()
        desk.training.room.open_folder(str(tmp_path / "runs"))
        desk.window.training.trigger()
        wait_for(qtbot, lambda: desk.training.room.runs.rowCount() == 2)
        desk.training.room.choose(tmp_path / "runs" / "fourth")
        desk.training.room.compare(tmp_path / "runs" / "fifth")
        wait_for(qtbot, lambda: not desk.training.room.page.samples.beside.picture.isNull())
        return desk

    return begin


@pytest.mark.parametrize(
    ("language", "mirrored"), [("en", False), ("es", False), ("zh_CN", False), ("en", True)]
)
def test_everything_has_room(
    compared: Open,
    qtbot: QtBot,
    qapp: QApplication,
    speak: Callable[[str], None],
    language: str,
    mirrored: bool,
) -> None:
    speak(language)
    if mirrored:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    desk = compared()
    for width in (NARROWEST, 1280):
        desk.window.resize(width, 640)
        wait_for_room(desk.window, qtbot)
        assert desk.window.width() == width


@pytest.fixture
def brackets(qapp: QApplication) -> Iterator[None]:
    translator: QTranslator = Brackets()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_no_word_is_left_out_of_translation(
    brackets: None, compared: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = compared()
    page = desk.training.room.page
    data = {str(tmp_path / "runs"), "fourth", "fifth", "delta", "age", "projected"}
    data |= {"own age", "low frequency", "colour cast", "large change"}
    data.add("DATA is not a prepared data set; make one first.")
    assert left_out(page, data) == set()
    desk.training.room.open_folder(str(tmp_path))
    wait_for(qtbot, page.empty.isVisible)
    assert left_out(page.empty, set()) == set()
