"""The session comes back: after closing, after a kill, with files missing or changed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.domain import AgeRequest, Box
from gui.app import Application
from gui.bridge.messages import Level
from gui.bridge.roles import PhotoState
from gui.jobs.file_keeper import write_atomically
from gui.models.edits import Edits
from gui.models.face_match import match_faces, overlap
from gui.models.history import Step
from gui.models.photo_entry import PhotoEntry
from gui.models.session_file import PhotoRecord, decode, encode
from tests.fakes.fake_faces import make_face
from tests.fakes.fake_service import GROUPED, FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import ROOT, OpenWindow, wait_for


def current(desk: Application, qtbot: QtBot) -> PhotoEntry:
    wait_for(qtbot, lambda: desk.session.current is not None)
    entry = desk.session.current
    assert entry is not None
    wait_for(qtbot, lambda: entry.faces is not None and desk.runner.running is None)
    return entry


def test_a_killed_window_comes_back(
    tmp_path: Path, open_window: OpenWindow, qtbot: QtBot, astronaut: Path, hopper: Path
) -> None:
    """A real process, killed without a chance to say goodbye."""
    command = [sys.executable, "-m", "tests.gui.killed_window"]
    command += [str(path) for path in (tmp_path, astronaut, hopper)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "saved\n"
        child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    assert child.returncode != 0

    desk = open_window()
    entry = current(desk, qtbot)
    assert [e.path for e in desk.session.gallery.entries] == [astronaut, hopper]
    assert entry.path == astronaut
    assert entry.selected == 1
    assert entry.edits == {1: AgeRequest(1, 70.0)}
    wait_for(qtbot, lambda: entry.result_is_current)
    desk.window.undo.trigger()
    assert entry.edits[1].target == 61
    desk.window.redo.trigger()
    desk.window.redo.trigger()
    assert entry.asked.ages == {1: 40.0}
    assert not desk.window.redo.isEnabled()


def test_closing_saves_what_was_done_a_moment_ago(
    open_window: OpenWindow, qtbot: QtBot, astronaut: Path
) -> None:
    desk = open_window(astronaut)
    current(desk, qtbot)
    desk.age_face.set_target(66)
    desk.session.choose_model(GROUPED.name)
    desk.window.close()
    again = open_window()
    assert current(again, qtbot).asked.requests[1].target == 66
    assert again.session.card is not None
    assert again.session.card.name == GROUPED.name


def test_an_exported_photo_stays_exported(
    open_window: OpenWindow, qtbot: QtBot, astronaut: Path
) -> None:
    desk = open_window(astronaut)
    entry = current(desk, qtbot)
    desk.age_face.set_target(66)
    wait_for(qtbot, lambda: entry.result_is_current)
    desk.session.set_state(entry, PhotoState.EXPORTED)
    assert current(open_window(), qtbot).state is PhotoState.EXPORTED


def test_a_removed_photo_does_not_come_back(
    open_window: OpenWindow, qtbot: QtBot, astronaut: Path, hopper: Path
) -> None:
    desk = open_window(astronaut, hopper)
    current(desk, qtbot)
    desk.window.remove.trigger()
    again = open_window()
    assert [entry.path for entry in again.session.gallery.entries] == [hopper]


def test_missing_files_are_one_sentence_and_nothing_else_is_lost(
    tmp_path: Path,
    open_window: OpenWindow,
    qtbot: QtBot,
    astronaut: Path,
    hopper: Path,
    messages: RecordingMessages,
) -> None:
    photos = [Path(shutil.copy(photo, tmp_path / photo.name)) for photo in (astronaut, hopper)]
    desk = open_window(*photos)
    current(desk, qtbot)
    desk.age_face.set_target(66)
    desk.window.close()
    photos[1].unlink()
    again = open_window()
    assert current(again, qtbot).edits[1].target == 66
    gone = again.session.gallery.entries[1]
    wait_for(qtbot, lambda: gone.state is PhotoState.FAILED)
    (sentence,) = messages.sentences(Level.WARNING)
    assert "grace_hopper.jpg" in sentence
    shutil.copy(hopper, photos[1])
    again.open_photos.show(gone)
    again.open_photos.retry()
    wait_for(qtbot, lambda: gone.faces is not None)


def test_a_file_that_is_no_session_is_set_aside(
    tmp_path: Path, open_window: OpenWindow, messages: RecordingMessages
) -> None:
    (tmp_path / "session.json").write_text("{half")
    desk = open_window()
    assert not desk.session.gallery.entries
    assert any("last session" in sentence for sentence in messages.sentences(Level.WARNING))
    assert (tmp_path / "session.unreadable.json").read_text() == "{half"


def test_faces_are_known_again_by_their_boxes(
    open_window: OpenWindow,
    qtbot: QtBot,
    service: FakeService,
    astronaut: Path,
    messages: RecordingMessages,
) -> None:
    left, middle, right = ((x, 90.0, 80.0, 100.0) for x in (30.0, 180.0, 340.0))
    service.faces["astronaut.png"] = tuple((box, 30.0, None) for box in (left, middle))
    desk = open_window(astronaut)
    entry = current(desk, qtbot)
    desk.choose_face.choose(2)
    desk.age_face.set_target(66)
    desk.choose_face.choose(1)
    desk.age_face.set_target(20)
    desk.choose_face.choose(2)
    desk.window.close()
    # Another program now finds the middle face first, a new one second, and misses the left one.
    service.faces["astronaut.png"] = tuple((box, 30.0, None) for box in (middle, right))
    again = open_window()
    entry = current(again, qtbot)
    assert entry.selected == 1
    assert entry.edits == {1: AgeRequest(1, 66.0)}
    assert any("not found again" in s for s in messages.sentences(Level.WARNING))
    again.window.undo.trigger()
    again.window.undo.trigger()
    assert not entry.edits


def test_faces_chosen_beside_come_back(
    open_window: OpenWindow, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    boxes = [(x, 90.0, 80.0, 100.0) for x in (30.0, 180.0, 340.0)]
    service.faces["astronaut.png"] = tuple((box, 30.0, None) for box in boxes)
    desk = open_window(astronaut)
    current(desk, qtbot)
    desk.session.select(3, {1, 2})
    desk.window.close()
    # Another program misses the left face and counts anew.
    service.faces["astronaut.png"] = tuple((box, 30.0, None) for box in boxes[1:])
    entry = current(open_window(), qtbot)
    assert (entry.selected, entry.beside) == (2, {1})


def test_a_folder_that_cannot_be_written_to_is_told_once(
    tmp_path: Path,
    open_window: OpenWindow,
    qtbot: QtBot,
    astronaut: Path,
    messages: RecordingMessages,
) -> None:
    desk, file = open_window(astronaut), tmp_path / "session.json"
    current(desk, qtbot)
    wait_for(qtbot, file.is_file)
    file.unlink()
    file.mkdir()  # nothing can be put in its place
    for age in (50, 60, 70):
        desk.age_face.set_target(age)
        desk.lasting.session.save()
    wait_for(qtbot, lambda: any("cannot be saved" in s for s in messages.sentences(Level.WARNING)))
    desk.window.close()
    said = [s for s in messages.sentences(Level.WARNING) if "cannot be saved" in s]
    assert len(said) == 1


def test_records_survive_the_file() -> None:
    record = PhotoRecord(
        path=Path("/photos/größe „a“.jpg"),
        sha256="ab" * 32,
        exported=True,
        selected=2,
        boxes={1: Box(1, 2, 3, 4), 2: Box(5, 6, 7, 8)},
        start=Edits(skipped=frozenset({1})),
        steps=(Step("Face 2 at 60", Edits({2: AgeRequest(2, 60.0)}, frozenset({1}))),),
        position=1,
    )
    text = encode([record.to_json(), record.to_json()], record.path, "delta")
    session = decode(text)
    assert session.photos == (record, record)
    assert (session.current, session.model, session.spoiled) == (record.path, "delta", 0)


def test_a_spoiled_record_costs_only_itself() -> None:
    good = PhotoRecord(Path("/photos/a.jpg"))
    data = json.loads(encode([good.to_json()] * 3, None, ""))
    data["photos"][1] = {"path": 3, "steps": [{"text": "no edits"}]}
    session = decode(json.dumps(data))
    assert len(session.photos) == 2
    assert session.spoiled == 1


def test_writing_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    target = tmp_path / "new" / "session.json"
    write_atomically(target, b"one")
    write_atomically(target, b"two")
    assert target.read_bytes() == b"two"
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_atomically(tmp_path / "folder", b"three")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "new"]


def test_matching_faces() -> None:
    boxes = [(0.0, 0.0, 10.0, 10.0), (20.0, 0.0, 10.0, 10.0), (40.0, 0.0, 10.0, 10.0)]
    found = [make_face(n, box, 30.0) for n, box in enumerate(boxes, start=1)]
    known = {face.index: face.box for face in found}
    assert match_faces(known, found) == {1: 1, 2: 2, 3: 3}
    moved = [make_face(1, boxes[1], 30.0), make_face(2, boxes[2], 30.0)]
    assert match_faces(known, moved) == {2: 1, 3: 2}
    assert match_faces(known, []) == {}
    assert overlap(Box(0, 0, 10, 10), Box(5, 0, 10, 10)) == pytest.approx(1 / 3)
    assert overlap(Box(0, 0, 0, 0), Box(0, 0, 0, 0)) == 0.0
