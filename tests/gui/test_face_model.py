"""The list of faces, the faces of drawn boxes, and what undo does to them; without widgets."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.modeltest import ModelTester

from engine.domain import EYES, SKIN, AgeRequest, Box
from gui.bridge.image_convert import Pyramid, cut_square, to_array
from gui.bridge.roles import FaceRole, FaceState
from gui.models.edits import Edits
from gui.models.face_model import FaceModel
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from tests.fakes.fake_faces import make_face
from tests.fakes.fake_service import CONTINUOUS, TINY

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
DRAWN = Box(200, 50, 60, 60)


@pytest.fixture
def session(qapp: object) -> Session:
    session = Session()
    session.set_models((CONTINUOUS,))
    return session


@pytest.fixture
def entry(session: Session) -> PhotoEntry:
    entry = session.gallery.add([Path("/photos/a.jpg")])[0]
    session.show(entry)
    faces = (
        make_face(1, (10, 20, 60, 70), 34.0),
        make_face(2, (90, 20, 50, 60), 47.0),
        make_face(3, (150, 20, 9, 9), 20.0, TINY),
    )
    session.set_faces(entry, faces)
    session.select(1)
    return entry


@pytest.fixture
def model(entry: PhotoEntry) -> FaceModel:
    model = FaceModel()
    model.show(entry)
    return model


def told(model: FaceModel, role: int) -> list[object]:
    return [model.index(row).data(role) for row in range(model.rowCount())]


def test_it_is_a_proper_model(
    model: FaceModel, session: Session, entry: PhotoEntry, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    session.add_face(entry, DRAWN, make_face(4, (205, 55, 50, 50), 52.0))
    model.show(entry)
    model.show(None)
    assert model.rowCount() == 0
    assert model.data(QModelIndex()) is None


def test_it_says_what_becomes_of_each_face(
    model: FaceModel, session: Session, entry: PhotoEntry
) -> None:
    assert told(model, FaceRole.NUMBER) == [1, 2, 3]
    plain, blocked = FaceState.PLAIN, FaceState.BLOCKED
    assert told(model, FaceRole.STATE) == [plain, plain, blocked]
    changes: list[int] = []
    model.dataChanged.connect(lambda *_: changes.append(1))
    session.edit(entry, AgeRequest(1, 70.0))
    session.skip_faces(entry, [2], True)
    session.correct_age(entry, 1, 41.0)
    model.show(entry)
    assert changes
    assert told(model, FaceRole.STATE) == [FaceState.AGED, FaceState.SKIPPED, blocked]
    assert told(model, FaceRole.AGE) == [41.0, 47.0, 20.0]
    assert told(model, FaceRole.CORRECTED) == [True, False, False]
    assert told(model, ACCESSIBLE) == [
        "Face 1, 41 years old, aged to 70",
        "Face 2, looks about 47, skipped",
        f"Face 3, looks about 20, {TINY}",
    ]


def test_a_drawn_face_comes_and_goes_with_undo(session: Session, entry: PhotoEntry) -> None:
    told_faces: list[int] = []
    session.faces_changed.connect(lambda: told_faces.append(len(entry.faces or ())))
    assert entry.next_number == 4
    session.add_face(entry, DRAWN, make_face(4, (205, 55, 50, 50), 52.0))
    assert entry.selected == 4
    session.edit(entry, AgeRequest(4, 70.0))
    session.history.group.undo()
    session.history.group.undo()
    assert [face.index for face in entry.faces or ()] == [1, 2, 3]
    assert entry.selected is None
    session.history.group.redo()
    session.history.group.redo()
    assert entry.edits[4].target == 70.0
    assert told_faces == [4, 3, 4], "told once each time, not with every edit"


def test_a_drawn_face_waits_for_its_box_to_be_looked_into(
    session: Session, entry: PhotoEntry
) -> None:
    session.change(entry, "restored", Edits(boxes={4: DRAWN}))
    assert len(entry.faces or ()) == 3
    session.refill_box(entry, DRAWN, make_face(9, (205, 55, 50, 50), 52.0))
    assert [face.index for face in entry.faces or ()] == [1, 2, 3, 4]


def test_boxes_and_regions_survive_json_and_other_numbers() -> None:
    request = AgeRequest(5, 60.0, regions=frozenset({SKIN, EYES}), shares=((SKIN, 0.5),))
    edits = Edits().with_box(4, DRAWN).with_box(5, Box(1, 2, 30, 40)).with_request(request)
    assert Edits.from_json(json.loads(json.dumps(edits.to_json()))) == edits
    old = {"requests": [{"face": 1, "target": 60.0}]}
    assert Edits.from_json(old).requests[1] == AgeRequest(1, 60.0)
    other = edits.renumbered({1: 2, 2: 1, 3: 3})
    assert other.boxes == edits.boxes, "drawn faces keep their numbers, behind the others"
    assert other.requests[5] == request
    more = edits.renumbered({1: 1, 2: 2, 3: 5})
    assert sorted(more.boxes) == [6, 7]
    assert more.requests[7].regions == request.regions


def test_several_faces_are_one_step(session: Session, entry: PhotoEntry) -> None:
    session.toggle(2)
    assert (entry.selected, entry.beside) == (1, frozenset({2}))
    session.edit(entry, AgeRequest(1, 60.0), AgeRequest(2, 60.0))
    assert session.history.group.undoText() == "Face 1, 2 at 60"
    session.history.group.undo()
    assert not entry.edits
    session.toggle(1)
    assert (entry.selected, entry.beside) == (2, frozenset()), "the first one was let go"
    session.toggle(2)
    assert entry.selected == 2, "the last one stays"


def test_a_crop_is_upright_and_from_its_place(qapp: object) -> None:
    pixels = np.full((1400, 2000, 3), 90, np.uint8)
    pixels[600:700, 1000:1200] = (250, 20, 20)  # right of the middle; above it once upright
    picture = Pyramid.of_pixels(pixels)
    crop = cut_square(picture, QPointF(1000, 650), 400, 90.0, 80)
    assert crop.size() == QImage(80, 80, QImage.Format.Format_RGB32).size()
    cut = to_array(crop)
    assert (cut[10:35, 35:45, 0] > 200).all()
    assert (cut[50:, :, 0] < 120).all()
    edge = cut_square(picture, QPointF(0, 0), 400, 0.0, 80)
    assert edge.pixelColor(5, 5) == QColor(128, 128, 128), "beside the photo there is nothing"
