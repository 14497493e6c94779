"""What goes wrong outside the window, met with the real engine: one sentence, nothing else lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from engine import paths
from engine.domain import AgeRequest, Box
from engine.orders import ExportSpec
from gui.app import Application
from gui.bridge.export_choices import ExportChoices, ExportLook
from gui.bridge.messages import Level
from gui.bridge.roles import PhotoState
from gui.models.photo_entry import PhotoEntry
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import OpenWindow, wait_for
from tests.gui.steps import drop
from tests.limits import file_size_limit

Start = Callable[[], Application]


@pytest.fixture
def start(open_window: OpenWindow, qtbot: QtBot) -> Iterator[Start]:
    """Starts a window over the real engine, and lets that come to rest in the end."""
    from engine.inference.pipeline import build_service

    desks: list[Application] = []

    def begin() -> Application:
        desks.append(open_window(engine=lambda: build_service("cpu")))
        return desks[-1]

    yield begin
    for desk in desks:
        desk.runner.cancel_all()
        quiet(desk, qtbot)


@pytest.fixture
def mine(astronaut: Path, tmp_path: Path) -> Path:
    """A photo of one's own, to be deleted or spoiled."""
    photo = tmp_path / "mine.png"
    shutil.copy(astronaut, photo)
    return photo


def opened(desk: Application, qtbot: QtBot, path: Path) -> PhotoEntry:
    drop(desk, path)
    wait_for(qtbot, lambda: desk.session.current is not None)
    entry = desk.session.current
    assert entry is not None
    wait_for(qtbot, lambda: bool(entry.faces))
    return entry


def quiet(desk: Application, qtbot: QtBot) -> None:
    wait_for(qtbot, lambda: desk.runner.running is None and desk.runner.waiting == 0)


def errors(messages: RecordingMessages) -> list[str]:
    return messages.sentences(Level.ERROR)


def test_the_disk_fills_during_an_export(
    start: Start, qtbot: QtBot, mine: Path, messages: RecordingMessages, tmp_path: Path
) -> None:
    desk = start()
    entry = opened(desk, qtbot, mine)
    desk.session.edit(entry, AgeRequest(1, 65.0))
    wait_for(qtbot, lambda: entry.result_is_current)
    quiet(desk, qtbot)
    out = tmp_path / "out"
    out.mkdir()
    (out / "old.png").write_bytes(b"precious")
    with file_size_limit(100_000):
        desk.export_results.export(ExportSpec(out / "old.png", overwrite=True))
        wait_for(qtbot, lambda: bool(errors(messages)))
    (sentence,) = errors(messages)
    assert "no room to write old.png" in sentence
    assert desk.window.banner.isVisible()
    assert desk.window.banner.sentence.text() == sentence
    assert [path.name for path in out.iterdir()] == ["old.png"]
    assert (out / "old.png").read_bytes() == b"precious"
    assert entry.state is PhotoState.AGED
    choices = ExportChoices(ExportLook("{name}"), out)
    desk.export_results.export_photos([entry], choices)
    wait_for(qtbot, (out / "mine.png").exists)
    assert len(errors(messages)) == 1


def test_weights_that_go_away_while_it_runs(
    start: Start,
    qtbot: QtBot,
    mine: Path,
    messages: RecordingMessages,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    weights, away = tmp_path / "weights", tmp_path / "away"
    shutil.copytree(paths.weights_dir(), weights)
    monkeypatch.setenv("AGELENS_WEIGHTS", str(weights))
    desk = start()
    card = desk.session.card
    assert card is not None
    away.mkdir()
    file = weights / f"{card.name}.safetensors"
    file.rename(away / file.name)
    entry = opened(desk, qtbot, mine)
    wait_for(qtbot, lambda: bool(errors(messages)))
    quiet(desk, qtbot)
    (sentence,) = errors(messages)
    assert card.name in sentence
    assert entry.faces
    assert entry.state is PhotoState.READY
    (away / file.name).rename(file)
    desk.age_face.set_target(65)
    wait_for(qtbot, lambda: entry.result_is_current)
    assert len(errors(messages)) == 1
    shutil.rmtree(weights)  # what is loaded by now needs no file any more
    desk.age_face.set_target(20)
    wait_for(qtbot, lambda: entry.result_is_current)
    assert len(errors(messages)) == 1


def test_a_photo_that_is_deleted_while_it_is_open(
    start: Start,
    qtbot: QtBot,
    mine: Path,
    astronaut: Path,
    messages: RecordingMessages,
    tmp_path: Path,
) -> None:
    """Its pixels are in memory, so work goes on; once they are not, its page says what is wrong."""
    desk = start()
    entry = opened(desk, qtbot, mine)
    mine.unlink()
    desk.session.edit(entry, AgeRequest(1, 65.0))
    wait_for(qtbot, lambda: entry.result_is_current)
    target = tmp_path / "out.png"
    desk.export_results.export(ExportSpec(target))
    wait_for(qtbot, target.exists)
    quiet(desk, qtbot)
    desk.open_photos.show(None)
    entry.release()  # as after three more photos
    desk.open_photos.show(entry)
    window = desk.window
    wait_for(qtbot, lambda: window.stage.currentWidget() is window.failed)
    assert "mine.png" in window.failed.sentence.text()
    assert entry.edits
    shutil.copy(astronaut, mine)
    desk.open_photos.retry()
    wait_for(qtbot, lambda: entry.result_is_current)
    assert entry.edits == {1: AgeRequest(1, 65.0)}
    assert errors(messages) == []


def test_a_second_look_that_finds_no_face(
    start: Start, qtbot: QtBot, mine: Path, messages: RecordingMessages
) -> None:
    """First a box drawn around nothing, then another picture under the same name."""
    desk = start()
    entry = opened(desk, qtbot, mine)
    desk.session.edit(entry, AgeRequest(1, 65.0))
    wait_for(qtbot, lambda: entry.result_is_current)
    quiet(desk, qtbot)
    faces = entry.faces
    desk.tend_faces.add_face(Box(330, 380, 120, 100))
    wait_for(qtbot, lambda: bool(errors(messages)))
    (sentence,) = errors(messages)
    assert "box" in sentence
    assert desk.window.banner.sentence.text() == sentence
    assert entry.faces == faces
    assert entry.edits == {1: AgeRequest(1, 65.0)}
    assert entry.result_is_current

    entry.release()
    desk.session.show(None)
    Image.new("RGB", (300, 200), "teal").save(mine)
    desk.open_photos.show(entry)
    wait_for(qtbot, lambda: entry.faces == ())
    quiet(desk, qtbot)
    warnings = messages.sentences(Level.WARNING)
    assert any("mine.png" in text and "not found again" in text for text in warnings)
    assert not entry.edits
    assert not desk.window.export.isEnabled()
    assert len(errors(messages)) == 1


def test_files_that_are_no_photos(
    start: Start, qtbot: QtBot, mine: Path, messages: RecordingMessages, tmp_path: Path
) -> None:
    """Dropped together: a text file, text that calls itself a photo, half a photo, a good one."""
    text, liar, half = tmp_path / "notes.txt", tmp_path / "notes.jpg", tmp_path / "half.png"
    text.write_text("hello")
    liar.write_text("hello")
    half.write_bytes(mine.read_bytes()[:20_000])
    desk = start()
    drop(desk, text, liar, half, mine)
    (sentence,) = errors(messages)
    assert "notes.txt" in sentence
    window, gallery = desk.window, desk.session.gallery
    assert [entry.path.name for entry in gallery.entries] == ["notes.jpg", "half.png", "mine.png"]
    for entry, name in zip(gallery.entries, ("notes.jpg", "half.png"), strict=False):
        desk.open_photos.show(entry)
        wait_for(qtbot, lambda: window.stage.currentWidget() is window.failed)
        wait_for(qtbot, lambda name=name: name in window.failed.sentence.text())
    entry = opened(desk, qtbot, mine)
    assert entry.photo is not None
    assert np.asarray(entry.photo.pixels).shape == (512, 512, 3)
    assert window.stage.currentWidget() is window.canvas
    assert errors(messages) == [sentence]
