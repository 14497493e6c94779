"""The whole window over the fake engine, used as a person uses it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.domain import AgeGroup
from engine.errors import EngineError
from gui.app import Application
from gui.bridge.messages import Level
from gui.bridge.roles import PhotoState
from gui.models.photo_entry import PhotoEntry
from gui.views.canvas_paint import CompareMode
from gui.views.export_dialog import ExportDialog
from tests.fakes.fake_service import CONTINUOUS, GROUPED, TINY, FakeService
from tests.fakes.recording_messages import RecordingMessages
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
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    desk.window.dropEvent(QDropEvent(QPointF(9, 9), action, mime, LEFT, none))


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
    assert dialog.mark_ai.isChecked()
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


def export_dialog(qtbot: QtBot) -> ExportDialog:
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


def test_without_a_model_the_photo_is_still_shown(
    desk: Application, qtbot: QtBot, astronaut: Path, messages: RecordingMessages
) -> None:
    desk._on_models(())
    assert any("No ageing model" in s for s in messages.sentences(Level.ERROR))
    entry = opened(desk, qtbot, astronaut)
    assert entry.faces
    desk.age_face.set_target(60)
    assert not entry.edits


def test_a_moving_dial_shows_the_newest(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    entry = opened(desk, qtbot, astronaut)
    wait_for(qtbot, lambda: desk.runner.running is None and desk.runner.waiting == 0)
    service.requests.clear()
    service.gate.clear()
    for age in range(41, 71):
        desk.window.panel.dial.setValue(age)
    waiting = desk.runner.waiting
    service.gate.set()
    wait_for(qtbot, lambda: entry.result_is_current)
    assert waiting <= 1
    assert [request.target for request in service.requests] == [41.0, 70.0]
    assert desk.window.panel.exact.value() == 70


def test_the_window_lives_while_the_engine_is_slow(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    """Ticks are counted while the engine stands still: the window never waits for it."""
    service.gate.clear()
    service.entered.clear()
    desk.open_photos.add([astronaut])
    wait_for(qtbot, service.entered.is_set)
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(len(ticks)))
    timer.start(1)
    wait_for(qtbot, lambda: len(ticks) >= 100)
    timer.stop()
    assert desk.runner.running is not None
    service.gate.set()
    entry = desk.session.current
    wait_for(qtbot, lambda: entry is not None and entry.faces is not None)


def test_progress_appears_only_after_a_while(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    bar = desk.window.job_bar
    wait_for(qtbot, lambda: not bar.busy)
    service.gate.clear()
    desk.open_photos.add([astronaut])
    assert not bar.busy
    wait_for(qtbot, lambda: bar.busy)
    QTest.mouseClick(bar.cancel, LEFT)
    service.gate.set()
    wait_for(qtbot, lambda: not bar.busy)


def test_a_dropped_text_file_ends_in_a_sentence(
    desk: Application, tmp_path: Path, messages: RecordingMessages
) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    drop(desk, text)
    (sentence,) = messages.sentences(Level.ERROR)
    assert "notes.txt" in sentence
    assert "JPEG" in sentence
    assert desk.session.gallery.rowCount() == 0
    assert desk.window.banner.sentence.text() == sentence


def test_a_broken_photo_says_why_in_its_place(
    desk: Application, qtbot: QtBot, tmp_path: Path, astronaut: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"this is no picture")
    drop(desk, broken)
    window = desk.window
    wait_for(qtbot, lambda: window.stage.currentWidget() is window.failed)
    assert "broken.jpg" in window.failed.sentence.text()
    entry = opened(desk, qtbot, astronaut)
    assert entry.faces
    assert window.stage.currentWidget() is window.canvas


def test_a_folder_brings_its_photos(desk: Application, qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("b.png", "a.png"):
        Image.new("RGB", (40, 30), "teal").save(tmp_path / name)
    (tmp_path / "notes.txt").write_text("hello")
    drop(desk, tmp_path)
    wait_for(qtbot, lambda: desk.session.gallery.rowCount() == 2)
    assert [e.path.name for e in desk.session.gallery.entries] == ["a.png", "b.png"]
    wait_for(qtbot, lambda: desk.runner.running is None and desk.runner.waiting == 0)


def test_a_photo_without_faces_says_so(
    desk: Application, qtbot: QtBot, tmp_path: Path, messages: RecordingMessages
) -> None:
    wall = tmp_path / "wall.png"
    Image.new("RGB", (300, 200), "teal").save(wall)
    opened(desk, qtbot, wall)
    assert any("wall.png" in s for s in messages.sentences(Level.INFO))
    assert not desk.window.panel.tabs.isEnabled()
    assert not desk.window.export.isEnabled()


def test_a_face_that_cannot_be_aged_says_why(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    service.faces["astronaut.png"] = (((20.0, 20.0, 9.0, 9.0), 30.0, TINY),)
    opened(desk, qtbot, astronaut)
    assert not desk.window.panel.dial.isEnabled()
    desk.age_face.set_target(60)
    assert "age_face" not in [name for name, _thread in service.calls]


def test_a_worker_that_raises_leaves_the_rest_working(
    desk: Application,
    qtbot: QtBot,
    service: FakeService,
    astronaut: Path,
    messages: RecordingMessages,
) -> None:
    entry = opened(desk, qtbot, astronaut)
    service.failures["age_photo"] = RuntimeError("tensor trouble")
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    (message,) = [m for m in messages.all if m.level is Level.ERROR]
    assert "tensor trouble" not in message.sentence
    assert "tensor trouble" in message.details
    desk.window.panel.tabs.tab(6).click()
    wait_for(qtbot, lambda: entry.result_is_current)


def test_a_full_disk_is_told_and_the_edit_stays(
    desk: Application,
    qtbot: QtBot,
    service: FakeService,
    astronaut: Path,
    tmp_path: Path,
    messages: RecordingMessages,
) -> None:
    entry = opened(desk, qtbot, astronaut)
    desk.window.panel.tabs.tab(7).click()
    service.failures["export"] = EngineError("The disk is full.", code="export.full")
    desk.window.export.trigger()
    dialog = export_dialog(qtbot)
    dialog.folder.setText(str(tmp_path))
    dialog.accept()
    wait_for(qtbot, lambda: messages.sentences(Level.ERROR) == ["The disk is full."])
    assert entry.state is PhotoState.AGED
    assert entry.edits


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


def test_closing_while_running(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    opened(desk, qtbot, astronaut)
    service.gate.clear()
    service.entered.clear()
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, service.entered.is_set)
    QTimer.singleShot(0, service.gate.set)
    service.gate.set()
    desk.window.close()
    assert desk.ended_cleanly
    assert service.closed


def test_a_second_photo_stops_work_on_the_first(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, hopper: Path
) -> None:
    service.gate.clear()
    service.entered.clear()
    desk.open_photos.add([astronaut])
    first = desk.session.current
    wait_for(qtbot, service.entered.is_set)
    desk.open_photos.add([hopper])
    service.gate.set()
    second = desk.session.current
    assert first is not None
    assert second is not None
    wait_for(qtbot, lambda: second.faces is not None and desk.runner.running is None)
    assert second.path == hopper
    assert first.faces is None
    desk.open_photos.show(first)
    wait_for(qtbot, lambda: first.faces is not None)


def test_a_photo_that_is_left_while_it_opens_does_not_look_at_work(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, hopper: Path
) -> None:
    service.gate.clear()
    desk.open_photos.add([hopper, astronaut])
    first, second = desk.session.gallery.entries
    wait_for(qtbot, lambda: service.calls[-1][0] == "open_photo")
    desk.open_photos.show(second)
    service.gate.set()
    wait_for(qtbot, lambda: second.faces is not None and desk.runner.running is None)
    assert first.state is PhotoState.NEW
    desk.open_photos.show(first)
    wait_for(qtbot, lambda: first.faces is not None)
    assert first.state is PhotoState.READY
