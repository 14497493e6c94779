"""Undo and redo in the window, by keys, mouse and the list of steps."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.app import Application
from tests.gui.conftest import wait_for
from tests.gui.steps import LEFT, opened

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def steps(desk: Application) -> list[str]:
    assert desk.session.current is not None
    return [step.text for step in desk.session.history.steps(desk.session.current)]


def test_keys_undo_and_redo_what_the_tabs_did(
    desk: Application, qtbot: QtBot, astronaut: Path
) -> None:
    window, entry = desk.window, opened(desk, qtbot, astronaut)
    assert not window.undo.isEnabled()
    window.panel.tabs.tab(6).click()
    window.panel.tabs.tab(7).click()
    assert len(steps(desk)) == 2
    wait_for(qtbot, lambda: entry.result_is_current)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, CTRL)
    assert window.panel.tabs.chosen == 6
    assert window.redo.isEnabled()
    wait_for(qtbot, lambda: entry.result_is_current)
    assert entry.result is not None
    assert entry.result.faces[0].request.target == entry.edits[1].target
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, CTRL)
    assert not entry.edits
    assert not window.export.isEnabled()
    QTest.keyClick(window.canvas, Qt.Key.Key_Y, CTRL)
    assert window.panel.tabs.chosen == 6


def test_undo_works_from_the_age_field(desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    """A number field would take Ctrl+Z for its own text."""
    entry = opened(desk, qtbot, astronaut)
    field = desk.window.panel.exact
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "61")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert entry.edits[1].target == 61
    desk.session.history.seal()
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert not entry.edits
    assert field.value() == 34


def test_a_drag_of_the_dial_is_one_step(desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    opened(desk, qtbot, astronaut)
    dial = desk.window.panel.dial
    middle = QPoint(dial.width() // 2, dial.height() // 2)
    for end in (60, 30):
        QTest.mousePress(dial, LEFT, NONE, middle)
        for x in range(5, end, 5):
            QTest.mouseMove(dial, middle + QPoint(x, 0))
        QTest.mouseRelease(dial, LEFT, NONE, middle + QPoint(end, 0))
    assert len(steps(desk)) == 2, "the second drag is a step of its own"


def test_a_drag_that_rests_stays_one_step(desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    opened(desk, qtbot, astronaut)
    strength = desk.window.panel.strength
    desk.window.panel.tabs.tab(7).click()
    strength.setSliderDown(True)
    strength.setValue(70)
    desk.session.history._pause.timeout.emit()
    strength.setValue(40)
    strength.setSliderDown(False)
    assert steps(desk)[1:] == ["Strength of face 1: 40 %"]


def test_a_click_in_the_list_goes_to_that_step(
    desk: Application, qtbot: QtBot, astronaut: Path
) -> None:
    window, entry = desk.window, opened(desk, qtbot, astronaut)
    for number in (5, 6, 7):
        window.panel.tabs.tab(number).click()
    window.history.trigger()
    popup = desk.undo_edits.popup
    wait_for(qtbot, popup.isVisible)
    view = popup.steps
    names = [view.model().index(row, 0).data() for row in range(view.model().rowCount())]
    assert names == ["The photo as it was opened", *steps(desk)]
    first = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), LEFT, NONE, first)
    assert desk.session.history.position(entry) == 1
    assert window.panel.tabs.chosen == 5
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert not entry.edits
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()


def test_the_menu_says_what_would_be_undone(
    desk: Application, qtbot: QtBot, astronaut: Path
) -> None:
    opened(desk, qtbot, astronaut)
    desk.age_face.set_target(61)
    assert desk.window.undo.text() == "&Undo “Face 1 at 61”"
    desk.window.undo.trigger()
    assert desk.window.undo.text() == "&Undo"
    assert desk.window.redo.toolTip() == "Redo “Face 1 at 61” (Ctrl+Y)"
    assert ("Ctrl+Z", "Undo") in desk.window.shortcut_rows()


def test_a_chosen_face_stays_chosen_when_faces_are_found_again(
    desk: Application, qtbot: QtBot, astronaut: Path
) -> None:
    entry = opened(desk, qtbot, astronaut)
    faces = entry.faces
    assert faces is not None
    desk.age_face.set_target(61)
    wait_for(qtbot, lambda: entry.result_is_current)
    desk.session.set_faces(entry, faces)
    assert entry.selected == 1
    assert entry.edits
