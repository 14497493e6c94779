"""The whole window over the fake engine, used as a person uses it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.domain import AgeGroup
from gui.app import Application
from gui.bridge.roles import PhotoState
from gui.views.canvas_paint import CompareMode
from tests.fakes.fake_service import CONTINUOUS, GROUPED, FakeService
from tests.gui.conftest import wait_for
from tests.gui.steps import LEFT, drop, export_dialog, opened


def test_from_sample_to_file(desk: Application, qtbot: QtBot, tmp_path: Path) -> None:
    """Open a sample, click its face, choose a tab, export, read the file back."""
    window, session = desk.window, desk.session
    assert window.stage.currentWidget() is window.empty
    QTest.mouseClick(window.empty.cards[0], LEFT)
    wait_for(qtbot, lambda: session.current is not None and session.current.faces is not None)
    entry = session.current
    assert entry is not None
    original = hashlib.sha256(entry.path.read_bytes()).hexdigest()

    desk.choose_face.choose(None)
    at = window.canvas.face_position(1).toPoint()
    QTest.mouseClick(window.canvas, LEFT, Qt.KeyboardModifier.NoModifier, at)
    assert entry.selected == 1

    wait_for(qtbot, lambda: window.panel.tabs.tab(7).has_image)
    QTest.mouseClick(window.panel.tabs.tab(6), LEFT)
    wait_for(qtbot, lambda: entry.result_is_current)
    assert entry.edits[1].target == pytest.approx(64.5)
    assert window.panel.tabs.chosen == 6

    window.export.trigger()
    dialog = export_dialog(qtbot)
    assert dialog.switches.mark_ai.isChecked()
    dialog.name.setText("older.png")
    dialog.folder.setText(str(tmp_path))
    QTest.mouseClick(dialog.export_button, LEFT)
    target = tmp_path / "older.png"
    wait_for(qtbot, lambda: entry.state is PhotoState.EXPORTED)

    with Image.open(target) as image:
        written = np.array(image)
    assert entry.result is not None
    assert np.array_equal(written, entry.result.pixels)
    assert entry.photo is not None
    changed = np.any(written != entry.photo.pixels, axis=2)
    assert changed[100:150, 190:260].mean() > 0.5
    assert not changed[300:].any()
    assert hashlib.sha256(entry.path.read_bytes()).hexdigest() == original


def test_a_folder_brings_its_photos(desk: Application, qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("b.png", "a.png"):
        Image.new("RGB", (40, 30), "teal").save(tmp_path / name)
    (tmp_path / "notes.txt").write_text("hello")
    drop(desk, tmp_path)
    wait_for(qtbot, lambda: desk.session.gallery.rowCount() == 2)
    assert [e.path.name for e in desk.session.gallery.entries] == ["a.png", "b.png"]
    wait_for(qtbot, lambda: desk.runner.running is None and desk.runner.waiting == 0)


def test_tabs_come_from_the_card(desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    panel = desk.window.panel
    assert panel.tabs.names == [group.name for group in CONTINUOUS.groups]
    opened(desk, qtbot, astronaut)
    panel.models.setCurrentIndex(1)
    assert panel.tabs.names == [group.name for group in GROUPED.groups]
    assert panel.dial.isHidden() or not panel.dial.isVisible()
    wait_for(qtbot, lambda: panel.tabs.tab(5).has_image)


def test_a_model_nobody_here_knows(desk: Application) -> None:
    from dataclasses import replace

    odd = (AgeGroup("teen", 13, 19), AgeGroup("elder", 66, 90))
    desk.session.set_models((replace(CONTINUOUS, groups=odd, age_min=13, age_max=90),))
    assert desk.window.panel.tabs.names == ["teen", "elder"]
    assert (desk.window.panel.dial.minimum(), desk.window.panel.dial.maximum()) == (13, 90)


def test_removing_from_the_gallery_deletes_nothing(
    desk: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = tmp_path / "mine.png"
    Image.new("RGB", (60, 40), "teal").save(photo)
    opened(desk, qtbot, photo)
    desk.window.remove.trigger()
    assert photo.is_file()
    assert desk.session.gallery.rowCount() == 0
    assert desk.window.stage.currentWidget() is desk.window.empty


def test_tab_walks_through_the_faces_and_then_leaves(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    service.faces["astronaut.png"] = tuple(
        ((40.0 + 150 * n, 100.0, 90.0, 100.0), 30.0 + n, None) for n in range(3)
    )
    entry = opened(desk, qtbot, astronaut)
    canvas = desk.window.canvas
    desk.choose_face.choose(1)
    canvas.setFocus()
    seen = []
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
        seen.append(entry.selected)
    assert seen == [2, 3]
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert entry.selected == 3
    QTest.keyClick(canvas, Qt.Key.Key_Backtab)
    assert entry.selected == 2


def test_space_holds_the_photo_as_it_was(desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    entry = opened(desk, qtbot, astronaut)
    canvas = desk.window.canvas
    canvas.set_show_faces(False)
    plain = canvas.grab().toImage()
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: entry.result_is_current)
    aged = canvas.grab().toImage()
    face = canvas.face_position(1).toPoint()
    box = (face.x() - 20, face.y() - 20, 40, 40)
    assert aged.copy(*box) != plain.copy(*box)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert canvas.grab().toImage().copy(*box) == plain.copy(*box)
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.grab().toImage().copy(*box) == aged.copy(*box)


def test_the_divider_can_be_dragged(desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    entry = opened(desk, qtbot, astronaut)
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: entry.result_is_current)
    canvas = desk.window.canvas
    desk.window.modes[CompareMode.SPLIT].trigger()
    moved: list[float] = []
    canvas.divider_moved.connect(moved.append)
    canvas.set_divider(0.5)
    handle = QPoint(canvas.width() // 2, canvas.height() // 2)
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, LEFT, none, handle)
    QTest.mouseMove(canvas, handle - QPoint(90, 0))
    QTest.mouseRelease(canvas, LEFT, none, handle - QPoint(90, 0))
    assert moved[-1] < 0.45


def test_original_takes_the_ageing_back(desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    entry = opened(desk, qtbot, astronaut)
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: entry.result_is_current)
    desk.window.panel.tabs.tab(0).click()
    assert not entry.edits
    assert entry.result is None
    assert not desk.window.export.isEnabled()


def test_scores_are_shown_in_words(desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    entry = opened(desk, qtbot, astronaut)
    desk.window.panel.tabs.tab(6).click()
    wait_for(qtbot, lambda: entry.result_is_current)
    assert "34 before" in desk.window.panel.scores.accessibleName()
    assert "same person" in desk.window.panel.scores.accessibleName()


def test_the_device_says_why(desk: Application, qtbot: QtBot) -> None:
    wait_for(qtbot, lambda: desk.session.device is not None)
    assert desk.window.job_bar.device.text() == "CPU"
    assert "No CUDA device" in desk.window.job_bar.device.toolTip()
