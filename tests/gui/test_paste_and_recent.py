"""Pasting files and pixels, and opening again what was opened lately."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Application
from gui.bridge import settings as keys
from gui.bridge.messages import Level
from gui.controllers.recent_photos import KEPT
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import wait_for
from tests.gui.steps import opened


def names(desk: Application) -> list[str]:
    return [a.toolTip() for a in desk.window.recent_menu.actions() if a.text()][:-1]


def test_pasted_pixels_become_a_photo(desk: Application, qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 200, 30))
    image.setPixelColor(3, 4, QColor(255, 0, 0))
    QApplication.clipboard().setImage(image)
    for count in (1, 2):
        desk.window.paste.trigger()
        wait_for(qtbot, lambda count=count: desk.session.gallery.rowCount() == count)
    first, second = desk.session.gallery.entries
    assert first.path != second.path
    assert first.path.parent == tmp_path / "pasted"
    with Image.open(first.path) as written:
        pixels = np.array(written.convert("RGB"))
    assert pixels.shape == (30, 40, 3)
    assert pixels[4, 3].tolist() == [255, 0, 0]
    assert pixels[0, 0].tolist() == [10, 200, 30]
    wait_for(qtbot, lambda: second.faces is not None and desk.runner.running is None)


def test_pasted_files_are_opened_where_they_lie(
    desk: Application, qtbot: QtBot, astronaut: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(astronaut))])
    QApplication.clipboard().setMimeData(mime)
    desk.window.paste.trigger()
    entry = desk.session.current
    assert entry is not None
    assert entry.path == astronaut
    wait_for(qtbot, lambda: entry.faces is not None and desk.runner.running is None)


def test_a_clipboard_without_a_photo_says_so(
    desk: Application, messages: RecordingMessages
) -> None:
    QApplication.clipboard().setText("hello")
    desk.window.paste.trigger()
    assert any("clipboard" in s for s in messages.sentences(Level.INFO))
    assert not desk.session.gallery.entries


def test_a_full_disk_is_told_when_pasting(
    desk: Application, qtbot: QtBot, tmp_path: Path, messages: RecordingMessages
) -> None:
    (tmp_path / "pasted").write_text("in the way")
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QApplication.clipboard().setImage(image)
    desk.window.paste.trigger()
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert "pasted" in messages.sentences(Level.ERROR)[0]
    assert not desk.session.gallery.entries


def test_what_was_opened_lately_can_be_opened_again(
    desk: Application, qtbot: QtBot, astronaut: Path, hopper: Path
) -> None:
    assert not desk.window.recent_menu.isEnabled()
    opened(desk, qtbot, astronaut)
    opened(desk, qtbot, hopper)
    assert names(desk) == [str(hopper), str(astronaut)]
    desk.open_photos.remove(desk.session.gallery.entries[0])
    desk.window.recent_menu.actions()[1].trigger()
    entry = desk.session.current
    assert entry is not None
    assert entry.path == astronaut
    assert names(desk) == [str(astronaut), str(hopper)]
    wait_for(qtbot, lambda: entry.faces is not None and desk.runner.running is None)
    desk.window.recent_menu.actions()[-1].trigger()
    assert not desk.window.recent_menu.isEnabled()
    assert desk.lasting.recent.paths == []


def test_a_recent_photo_that_is_gone_leaves_the_list(
    desk: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = tmp_path / "mine.png"
    Image.new("RGB", (60, 40), "teal").save(photo)
    entry = opened(desk, qtbot, photo)
    desk.open_photos.remove(entry)
    photo.unlink()
    desk.window.recent_menu.actions()[0].trigger()
    wait_for(qtbot, lambda: desk.window.stage.currentWidget() is desk.window.failed)


@pytest.mark.parametrize("spoiled", ["", "{", "3", '{"a": 1}'])
def test_a_spoiled_list_is_an_empty_one(desk: Application, spoiled: str) -> None:
    desk.settings.set(keys.RECENT, spoiled)
    assert desk.lasting.recent.paths == []


def test_the_list_stays_short(desk: Application, tmp_path: Path) -> None:
    desk.open_photos.asked.emit([tmp_path / f"{number}.png" for number in range(40)])
    assert len(desk.lasting.recent.paths) == KEPT
    assert desk.lasting.recent.paths[0].name == "0.png"
