"""Exports at work: several photos in one go, what fails, cancel, what is remembered."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.domain import AgeRequest
from engine.errors import ExportError
from gui.app import Application
from gui.bridge import settings as keys
from gui.bridge.export_choices import Conflict, ExportChoices, ExportLook, ExportOrder
from gui.bridge.messages import Level
from gui.bridge.roles import JobRole, JobState, PhotoState
from gui.models.job_log import JobLine
from gui.models.photo_entry import PhotoEntry
from gui.views.export_dialog import ExportDialog
from tests.fakes.fake_service import FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import wait_for

LOOK = ExportLook("{number}-{name}-{age}")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def three(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, tmp_path: Path
) -> list[PhotoEntry]:
    """Three photos, each with its face asked at another age; the last one is shown."""
    entries = []
    for number, name in enumerate(("a.png", "b.png", "c.png")):
        shutil.copy(astronaut, tmp_path / name)
        service.faces[name] = service.faces["astronaut.png"]
        desk.open_photos.add([tmp_path / name])
        entry = desk.session.current
        assert entry is not None
        wait_for(qtbot, lambda entry=entry: bool(entry.faces))
        desk.session.edit(entry, AgeRequest(1, 60.0 + number))
        entries.append(entry)
    wait_for(qtbot, lambda: entries[-1].result_is_current)
    wait_for(qtbot, lambda: desk.runner.running is None and desk.runner.waiting == 0)
    return entries


def order(entries: list[PhotoEntry], folder: Path, **choices: object) -> ExportOrder:
    whole = ExportChoices(LOOK, folder, **choices)  # type: ignore[arg-type]
    return ExportOrder(tuple(entry.path for entry in entries), whole)


def lines(desk: Application) -> list[JobLine]:
    log = desk.show_jobs.log
    return [log.index(row).data(JobRole.LINE) for row in range(log.rowCount())]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_photo_gets_its_file(
    desk: Application,
    qtbot: QtBot,
    three: list[PhotoEntry],
    out: Path,
    messages: RecordingMessages,
) -> None:
    three[0].release()  # as a photo not seen for long
    desk.export_dialogs.export(order(three, out))
    wait_for(qtbot, lambda: any("3 of 3" in s for s in messages.sentences(Level.SUCCESS)))
    assert names(out) == ["001-a-60.png", "002-b-61.png", "003-c-62.png"]
    assert [entry.state for entry in three] == [PhotoState.EXPORTED] * 3
    assert three[0].photo is None
    assert messages.all[-1].folder == out
    with Image.open(out / "003-c-62.png") as image:
        assert three[2].result is not None
        assert np.array_equal(np.array(image), three[2].result.pixels)
    (line,) = [line for line in lines(desk) if line.title.startswith("Export")]
    assert (line.title, line.state, line.folder) == (
        "Export 3 of 3: 003-c-62.png",
        JobState.DONE,
        out,
    )


def test_a_photo_that_fails_does_not_stop_the_rest(
    desk: Application,
    qtbot: QtBot,
    three: list[PhotoEntry],
    out: Path,
    messages: RecordingMessages,
) -> None:
    three[1].release()
    three[1].path.unlink()
    desk.export_dialogs.export(order(three, out))
    wait_for(qtbot, lambda: bool(messages.sentences(Level.WARNING)))
    (warning,) = [m for m in messages.all if m.level is Level.WARNING]
    assert warning.sentence.startswith("2 of 3 photos exported, 1 failed. ")
    assert "b.png" in warning.sentence
    assert "Traceback" in warning.details
    assert names(out) == ["001-a-60.png", "003-c-62.png"]
    assert three[1].edits
    assert three[1].state is PhotoState.AGED


def test_cancel_keeps_what_is_written_and_stops(
    desk: Application,
    qtbot: QtBot,
    service: FakeService,
    three: list[PhotoEntry],
    out: Path,
    messages: RecordingMessages,
) -> None:
    service.gate.clear()
    service.entered.clear()
    desk.export_dialogs.export(order(three, out))
    wait_for(qtbot, service.entered.is_set)
    desk.window.cancel.trigger()
    service.gate.set()
    wait_for(qtbot, lambda: desk.runner.running is None)
    assert names(out) == []
    assert any("0 of 3" in s for s in messages.sentences(Level.INFO))
    (line,) = [line for line in lines(desk) if line.title.startswith("Export")]
    assert line.state is JobState.CANCELLED
    assert [entry.state for entry in three] == [PhotoState.AGED] * 3
    desk.export_dialogs.export(order(three[:1], out))
    wait_for(qtbot, lambda: names(out) == ["001-a-60.png"])


def test_what_is_there_is_skipped_numbered_or_replaced_as_chosen(
    desk: Application,
    qtbot: QtBot,
    three: list[PhotoEntry],
    out: Path,
    messages: RecordingMessages,
) -> None:
    old = out / "002-b-61.png"
    old.write_bytes(b"mine")
    desk.export_dialogs.export(order(three, out, conflict=Conflict.SKIP))
    wait_for(qtbot, lambda: bool(messages.sentences(Level.SUCCESS)))
    assert messages.sentences(Level.SUCCESS) == ["2 of 3 photos exported, 1 skipped."]
    assert old.read_bytes() == b"mine"
    desk.export_dialogs.export(order(three, out))
    wait_for(qtbot, lambda: len(messages.sentences(Level.SUCCESS)) == 2)
    assert old.read_bytes() == b"mine"
    assert "002-b-61-2.png" in names(out)
    desk.export_dialogs.export(order(three, out, conflict=Conflict.REPLACE))
    wait_for(qtbot, lambda: len(messages.sentences(Level.SUCCESS)) == 3)
    assert old.read_bytes() != b"mine"


def test_edits_made_meanwhile_are_not_in_the_files(
    desk: Application,
    qtbot: QtBot,
    service: FakeService,
    three: list[PhotoEntry],
    out: Path,
    messages: RecordingMessages,
) -> None:
    service.gate.clear()
    desk.export_dialogs.export(order(three, out))
    desk.session.edit(three[1], AgeRequest(1, 25.0))
    service.gate.set()
    wait_for(qtbot, lambda: bool(messages.sentences(Level.SUCCESS)))
    assert "002-b-61.png" in names(out)
    assert three[1].state is PhotoState.AGED
    assert three[0].state is PhotoState.EXPORTED


def test_a_photo_of_an_earlier_session_is_looked_at_again(
    desk: Application,
    qtbot: QtBot,
    service: FakeService,
    three: list[PhotoEntry],
    out: Path,
    messages: RecordingMessages,
) -> None:
    """As after a restart: what was asked is known, pixels and faces are not."""
    first = three[0]
    first.known_boxes = first.face_boxes
    first.release()
    first.faces = first.detected = None
    desk.export_dialogs.export(order(three[:2], out))
    wait_for(qtbot, lambda: bool(messages.sentences(Level.SUCCESS)))
    assert names(out) == ["001-a-60.png", "002-b-61.png"]

    service.faces["a.png"] = ()
    first.known_boxes = first.face_boxes
    first.release()
    first.faces = first.detected = None
    desk.export_dialogs.export(order(three[:1], out))
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert "a.png" in messages.sentences(Level.ERROR)[0]


def test_another_picture_under_the_name_is_not_written_with_the_old_face(
    desk: Application,
    qtbot: QtBot,
    three: list[PhotoEntry],
    out: Path,
    messages: RecordingMessages,
) -> None:
    first = three[0]
    first.release()
    Image.new("RGB", (300, 200), "teal").save(first.path)
    desk.export_dialogs.export(order(three[:1], out))
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert "“a.png” has changed" in messages.sentences(Level.ERROR)[0]
    assert names(out) == []
    desk.open_photos.show(first)
    wait_for(qtbot, lambda: first.faces is not None and desk.runner.running is None)
    assert first.edits  # the fake finds its face again at the same place
    desk.export_dialogs.export(order(three[:1], out))
    wait_for(qtbot, lambda: first.state is PhotoState.EXPORTED)
    with Image.open(out / "001-a-60.png") as image:
        assert image.size == (300, 200)


def test_a_disk_that_fills_is_told_once(
    desk: Application,
    qtbot: QtBot,
    service: FakeService,
    three: list[PhotoEntry],
    out: Path,
    messages: RecordingMessages,
) -> None:
    service.failures["export"] = ExportError("There is no room.", code="export.full")
    desk.export_dialogs.export(order(three[2:], out))
    wait_for(qtbot, lambda: messages.sentences(Level.ERROR) == ["There is no room."])
    assert three[2].edits
    (line,) = [line for line in lines(desk) if line.state is JobState.FAILED]
    assert line.result == "There is no room."


def test_the_last_choices_are_remembered(
    desk: Application, qtbot: QtBot, three: list[PhotoEntry], out: Path
) -> None:
    look = ExportLook("{age} {name}", ".webp", 61, 2048, keep_metadata=False, mark_ai=False)
    choices = ExportChoices(look, out, Conflict.REPLACE)
    desk.export_dialogs.export(ExportOrder((three[2].path,), choices))
    wait_for(qtbot, lambda: names(out) == ["62 c.webp"])
    desk.window.export.trigger()
    dialog = desk.window.findChild(ExportDialog)
    again = dialog.order()
    assert again.choices == ExportChoices(look, out, Conflict.NUMBER)
    assert again.photos == (three[2].path,)
    dialog.presets.save_as("Small")
    dialog.reject()
    assert "Small" in desk.settings.get(keys.EXPORT_PRESETS)


def test_a_name_for_one_photo_is_not_remembered(
    desk: Application, qtbot: QtBot, three: list[PhotoEntry], out: Path
) -> None:
    choices = ExportChoices(ExportLook("grandma.png", ".png"), out)
    desk.export_dialogs.export(ExportOrder((three[2].path,), choices))
    wait_for(qtbot, lambda: names(out) == ["grandma.png"])
    assert desk.settings.get(keys.EXPORT_PATTERN) == keys.EXPORT_PATTERN.default
    assert desk.settings.get(keys.EXPORT_FORMAT) == ""


def click(desk: Application, row: int, modifier: Qt.KeyboardModifier) -> None:
    view = desk.window.gallery
    at = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, at)


def test_photos_chosen_in_the_gallery_are_ticked_and_removed_together(
    desk: Application, qtbot: QtBot, three: list[PhotoEntry]
) -> None:
    click(desk, 0, Qt.KeyboardModifier.NoModifier)
    click(desk, 2, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, lambda: desk.session.current is three[2])
    desk.window.export.trigger()
    dialog = desk.window.findChild(ExportDialog)
    assert dialog.order().photos == (three[0].path, three[2].path)
    dialog.reject()
    desk.window.remove.trigger()
    assert list(desk.session.gallery.entries) == [three[1]]
    assert desk.session.current is three[1]
    assert all(entry.path.is_file() for entry in three)
