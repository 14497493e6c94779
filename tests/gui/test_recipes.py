"""A recipe that is opened brings its photo, with the faces and ages it was made with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.domain import SKIN, AgeRequest, Box
from engine.imaging.recipe import recipe_text
from engine.orders import ExportSpec
from gui.app import Application
from tests.fakes.fake_service import FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import wait_for

ASKED = AgeRequest(1, 62.0, 30.0, 0.7, frozenset({SKIN}))


@pytest.fixture
def recipe(astronaut: Path, tmp_path: Path) -> Path:
    """A sidecar beside a copy of the photo, for its one face."""
    photo = tmp_path / "astronaut.png"
    if not photo.exists():
        shutil.copy(astronaut, photo)
    service = FakeService()
    opened = service.open_photo(photo)
    result = service.age_photo(opened, service.find_faces(opened), [ASKED], model="fake-delta")
    file = tmp_path / "old.agelens.json"
    text = recipe_text(result, ExportSpec(tmp_path / "old.png"), file)
    file.write_text(text, encoding="utf-8")
    return file


def is_asked(desk: Application) -> bool:
    entry = desk.session.current
    return entry is not None and entry.faces is not None and entry.edits == {1: ASKED}


def test_a_dropped_recipe_opens_its_photo_as_it_was_made(
    desk: Application, qtbot: QtBot, recipe: Path
) -> None:
    desk.window.files_dropped.emit([recipe])
    wait_for(qtbot, lambda: is_asked(desk))
    assert desk.session.current is not None
    assert desk.session.current.path == recipe.parent / "astronaut.png"
    desk.session.history.group.undo()
    assert desk.session.current.edits == {}


def test_a_photo_that_is_open_already_gets_one_more_step(
    desk: Application, qtbot: QtBot, recipe: Path
) -> None:
    desk.open_photos.add([recipe.parent / "astronaut.png"])
    wait_for(qtbot, lambda: bool(desk.session.current and desk.session.current.faces))
    desk.open_photos.add([recipe])
    wait_for(qtbot, lambda: is_asked(desk))
    assert len(desk.session.gallery.entries) == 1


def test_a_drawn_box_is_found_again(
    desk: Application, qtbot: QtBot, recipe: Path, service: FakeService
) -> None:
    data = json.loads(recipe.read_text(encoding="utf-8"))
    data["faces"][0] |= {"number": 2, "drawn": [290.0, 70.0, 60.0, 60.0]}
    recipe.write_text(json.dumps(data), encoding="utf-8")
    service.hidden["astronaut.png"] = ((300.0, 80.0, 40.0, 40.0),)
    desk.open_photos.add([recipe])
    wait_for(
        qtbot,
        lambda: bool(desk.session.current and len(desk.session.current.faces or ()) == 2),
    )
    assert desk.session.current is not None
    assert desk.session.current.asked.boxes == {2: Box(290.0, 70.0, 60.0, 60.0)}
    assert desk.session.current.edits[2].target == 62.0


@pytest.mark.parametrize("wrong", ["junk", "moved", "changed", "model"])
def test_what_does_not_fit_is_said(
    desk: Application, qtbot: QtBot, recipe: Path, messages: RecordingMessages, wrong: str
) -> None:
    data = json.loads(recipe.read_text(encoding="utf-8"))
    if wrong == "moved":
        (recipe.parent / "astronaut.png").unlink()
    if wrong == "changed":
        data["photo"]["sha256"] = "0" * 64
    if wrong == "model":
        data["model"]["name"] = "gone"
    recipe.write_text("junk" if wrong == "junk" else json.dumps(data), encoding="utf-8")
    desk.open_photos.add([recipe])
    said = {
        "junk": "no recipe",
        "moved": "is not where it was",
        "changed": "has changed since",
        "model": "gone",
    }[wrong]
    wait_for(qtbot, lambda: any(said in message.sentence for message in messages.all))
