"""Several faces in the whole window: strip, choice, skipping, ages, boxes that are drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.domain import EYES, HAIR, SKIN, Box
from gui.app import Application
from gui.bridge.messages import Level
from gui.bridge.regions import DEFAULT
from gui.models.photo_entry import PhotoEntry
from tests.fakes.fake_service import FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import wait_for

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PLACES = ((40.0, 60.0, 80.0, 90.0), (180.7, 71.8, 89.5, 105.6))
HIDDEN = (330.0, 300.0, 70.0, 80.0)


@pytest.fixture
def group(desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path) -> PhotoEntry:
    """A photo with two faces that are found and one that is not."""
    service.faces["astronaut.png"] = tuple(
        (place, 30.0 + number, None) for number, place in enumerate(PLACES)
    )
    service.hidden["astronaut.png"] = (HIDDEN,)
    desk.open_photos.add([astronaut])
    entry = desk.session.current
    assert entry is not None
    quiet(desk, qtbot, lambda: entry.faces is not None)
    return entry


def quiet(desk: Application, qtbot: QtBot, done: Callable[[], bool] = lambda: True) -> None:
    """Wait until something is so and nothing is left to do."""
    runner = desk.runner
    wait_for(qtbot, lambda: done() and runner.running is None and runner.waiting == 0)


def draw(desk: Application, box: tuple[float, float, float, float]) -> None:
    """Take the tool and draw a box given in photo pixels."""
    canvas = desk.window.canvas
    desk.window.add_face.trigger()
    x, y, w, h = box
    corners = (QPointF(x, y), QPointF(x + w, y + h))
    start, end = (canvas._view.to_widget(corner).toPoint() for corner in corners)
    QTest.mousePress(canvas, LEFT, NONE, start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, NONE, end)


def test_faces_chosen_together_are_aged_together(
    desk: Application, qtbot: QtBot, group: PhotoEntry
) -> None:
    canvas, strip = desk.window.canvas, desk.window.strip
    at = [canvas.face_position(number).toPoint() for number in (1, 2)]
    QTest.mouseClick(canvas, LEFT, NONE, at[0])
    QTest.mouseClick(canvas, LEFT, CONTROL, at[1])
    assert (group.selected, group.beside) == (1, frozenset({2}))
    rows = sorted(index.row() for index in strip.list.selectedIndexes())
    assert rows == [0, 1], "the strip marks what the canvas chose"
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: group.result_is_current)
    assert {n: r.target for n, r in group.edits.items()} == {1: 74.5, 2: 74.5}
    assert group.photo is not None
    assert group.result is not None
    changed = (group.result.pixels != group.photo.pixels).any(2)
    assert changed[90:120, 60:100].mean() > 0.3
    assert changed[110:140, 200:250].mean() > 0.3
    desk.undo_edits.undo()
    assert not group.edits, "it was one step"
    QTest.mouseClick(canvas, LEFT, CONTROL, at[0])
    assert (group.selected, group.beside) == (2, frozenset())


def test_choosing_in_the_strip_by_mouse_and_keys(desk: Application, group: PhotoEntry) -> None:
    faces = desk.window.strip.list
    first, second = (faces.visualRect(faces.model().index(row, 0)).center() for row in (0, 1))
    QTest.mouseClick(faces.viewport(), LEFT, NONE, first)
    assert group.selected == 1
    QTest.keyClick(faces, Qt.Key.Key_Right)
    assert group.selected == 2
    QTest.mouseClick(faces.viewport(), LEFT, CONTROL, first)
    assert {group.selected, *group.beside} == {1, 2}
    QTest.mouseClick(faces.viewport(), LEFT, NONE, second)
    assert (group.selected, group.beside) == (2, frozenset())
    desk.window.all_faces.trigger()
    assert (group.selected, group.beside) == (2, frozenset({1}))


def test_a_skipped_face_is_left_out_everywhere(
    desk: Application, qtbot: QtBot, group: PhotoEntry
) -> None:
    desk.window.all_faces.trigger()
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: group.result_is_current)
    desk.choose_face.choose(1)
    desk.window.skip_face.trigger()
    assert desk.window.strip.skip.isChecked()
    assert list(group.edits) == [2], "what exports and batches take"
    wait_for(qtbot, lambda: group.result_is_current)
    assert group.photo is not None
    assert group.result is not None
    face = (slice(60, 150), slice(40, 120))
    assert np.array_equal(group.result.pixels[face], group.photo.pixels[face])
    desk.window.all_faces.trigger()
    desk.window.panel.tabs.tab(6).click()
    assert list(group.edits) == [2], "a choice of many does not take a skipped face in"
    desk.choose_face.choose(1)
    desk.window.skip_face.trigger()
    assert sorted(group.edits) == [1, 2]
    assert group.edits[1].target == 74.5, "with what was asked for it"


def test_a_corrected_age_is_where_ageing_starts(
    desk: Application, qtbot: QtBot, group: PhotoEntry, service: FakeService
) -> None:
    desk.choose_face.choose(2)
    quiet(desk, qtbot)
    strip, panel = desk.window.strip, desk.window.panel
    assert strip.age.value() == 31
    strip.age.setValue(45)
    assert panel.dial.value() == 45, "the dial starts there"
    service.requests.clear()
    panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: group.result_is_current)
    assert group.edits[2].source == 45.0
    assert service.requests[-1].source == 45.0
    assert "45" in panel._subtitle.text()
    strip.estimate.click()
    assert group.edits[2].source is None
    assert strip.age.value() == 31
    desk.undo_edits.undo()
    assert strip.age.value() == 45, "undo shows in the strip"


def test_a_missed_face_is_found_inside_a_box(
    desk: Application, qtbot: QtBot, group: PhotoEntry, messages: RecordingMessages
) -> None:
    draw(desk, (310, 280, 110, 120))
    quiet(desk, qtbot, lambda: len(group.faces or ()) == 3)
    assert group.selected == 3
    assert not desk.window.strip.add.isChecked(), "the tool is put down"
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: group.result_is_current)
    assert group.photo is not None
    assert group.result is not None
    changed = (group.result.pixels != group.photo.pixels).any(2)
    assert changed[320:360, 345:385].mean() > 0.3
    assert not messages.sentences(Level.ERROR)
    desk.undo_edits.undo()
    desk.undo_edits.undo()
    assert len(group.faces or ()) == 2
    assert group.selected in {1, 2}


def test_a_box_without_a_face_ends_in_a_sentence(
    desk: Application, qtbot: QtBot, group: PhotoEntry, messages: RecordingMessages
) -> None:
    draw(desk, (20, 400, 60, 60))
    quiet(desk, qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert messages.sentences(Level.ERROR) == ["No face was found inside the box."]
    assert len(group.faces or ()) == 2
    draw(desk, PLACES[1])
    quiet(desk, qtbot, lambda: bool(messages.sentences(Level.INFO)))
    assert "face 2" in messages.sentences(Level.INFO)[-1]
    assert len(group.faces or ()) == 2
    assert group.selected == 2


def test_a_box_is_drawn_and_left_by_keys(
    desk: Application, qtbot: QtBot, group: PhotoEntry
) -> None:
    canvas, tool = desk.window.canvas, desk.window.canvas._tool
    desk.window.add_face.trigger()
    assert desk.window.strip.add.isChecked()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    first = tool.box
    assert first.center() == QPointF(256, 256)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert tool.box.left() > first.left()
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert tool.box.height() > first.height()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not tool.active
    assert not desk.window.strip.add.isChecked()
    desk.window.add_face.trigger()
    canvas._tool.begin(QPointF(320, 290))
    canvas._tool.stretch(QPointF(410, 390))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    quiet(desk, qtbot, lambda: len(group.faces or ()) == 3)


def test_a_slip_of_the_hand_is_no_box(
    desk: Application, group: PhotoEntry, service: FakeService
) -> None:
    draw(desk, (300, 300, 3, 2))
    assert desk.window.canvas._tool.active, "the tool stays in hand"
    assert "find_face_in" not in [name for name, _thread in service.calls]


def test_boxes_of_an_earlier_session_are_looked_into_again(
    desk: Application, qtbot: QtBot, group: PhotoEntry
) -> None:
    box = Box(310, 280, 110, 120)
    desk.session.change(group, "restored", group.asked.with_box(3, box))
    assert len(group.faces or ()) == 2
    assert group.detected is not None
    desk.session.set_faces(group, group.detected)
    quiet(desk, qtbot, lambda: len(group.faces or ()) == 3)


def test_regions_hold_for_previews_and_photo(
    desk: Application, qtbot: QtBot, group: PhotoEntry, service: FakeService
) -> None:
    panel = desk.window.panel
    desk.choose_face.choose(2)
    panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: group.result_is_current)
    panel.regions.sliders[SKIN].setValue(0)
    assert group.edits[2].regions == {EYES, HAIR}
    wait_for(qtbot, lambda: group.result_is_current)
    assert service.requests[-1].regions == {EYES, HAIR}
    assert group.photo is not None
    assert group.result is not None
    changed = (group.result.pixels != group.photo.pixels).any(2)
    assert not changed[150:180, 180:270].any(), "the skin band of the fake face"
    assert changed[90:115, 200:250].any()
    desk.choose_face.choose(1)
    panel.tabs.tab(7).click()
    assert group.edits[1].regions == {EYES, HAIR}, "as strength, they hold for the next face"
    desk.undo_edits.undo()
    desk.undo_edits.undo()
    desk.choose_face.choose(2)
    assert panel.regions.shares == DEFAULT


def test_screen_readers_hear_before_and_after(
    desk: Application, qtbot: QtBot, group: PhotoEntry
) -> None:
    desk.choose_face.choose(2)
    canvas = desk.window.canvas
    assert canvas.accessibleDescription() == "Face 2, looks about 31, chosen; faces in all: 2"
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: group.result_is_current)
    assert "31 before" in canvas.accessibleDescription()
    assert "The same person" in canvas.accessibleDescription()


def test_the_hand_of_the_pointer(desk: Application, group: PhotoEntry) -> None:
    canvas = desk.window.canvas
    at = canvas.face_position(1).toPoint()
    plain = canvas.grab().toImage()
    QTest.mouseMove(canvas, QPoint(3, 3))
    QTest.mouseMove(canvas, at)
    assert canvas._scene.hovered == 1
    assert canvas.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert canvas.grab().toImage() != plain, "the box under the pointer stands out"
