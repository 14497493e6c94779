"""What cannot be done is one sentence in the window, and the rest goes on."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from pytestqt.qtbot import QtBot

from engine.errors import EngineError
from gui.app import Application
from gui.bridge.messages import Level
from gui.bridge.roles import PhotoState
from tests.fakes.fake_service import TINY, FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import wait_for
from tests.gui.steps import drop, export_dialog, opened


def test_without_a_model_the_photo_is_still_shown(
    desk: Application, qtbot: QtBot, astronaut: Path, messages: RecordingMessages
) -> None:
    desk._on_models(())
    assert any("No ageing model" in s for s in messages.sentences(Level.ERROR))
    entry = opened(desk, qtbot, astronaut)
    assert entry.faces
    desk.age_face.set_target(60)
    assert not entry.edits


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
