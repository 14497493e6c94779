"""The gallery and the session without a widget."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester

from engine.domain import AgeRequest, Photo
from gui.bridge.image_convert import Pyramid, to_qimage
from gui.bridge.roles import GalleryRole, PhotoState
from gui.models.gallery_model import GalleryModel
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from tests.fakes.fake_faces import make_aged, make_face
from tests.fakes.fake_service import CONTINUOUS, GROUPED

PATHS = [Path(f"/photos/{name}.jpg") for name in "abcd"]


@pytest.fixture
def model(qapp: object) -> GalleryModel:
    return GalleryModel()


def photo() -> Photo:
    pixels = np.random.default_rng(1).integers(0, 256, (200, 200, 3), dtype=np.uint8)
    return Photo(pixels, "0" * 64, "PNG", Path("/photos/a.jpg"))


def test_it_keeps_qts_promises(model: GalleryModel) -> None:
    failing = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, failing)
    entries = model.add(PATHS)
    model.changed(entries[1])
    model.set_thumbnail(PATHS[2], QImage(8, 8, QImage.Format.Format_RGB32))
    model.remove(entries[0])
    model.remove(entries[3])
    assert model.rowCount() == 2
    del tester


def test_a_photo_is_there_once(model: GalleryModel) -> None:
    first = model.add(PATHS[:2])
    again = model.add([PATHS[1], PATHS[2], PATHS[2]])
    assert model.rowCount() == 3
    assert again[0] is first[1]


def test_thumbnails_are_asked_for_once_and_only_when_shown(model: GalleryModel) -> None:
    asked: list[Path] = []
    model.thumbnail_wanted.connect(asked.append)
    model.add(PATHS)
    assert asked == []
    for _ in range(3):
        model.index(2).data(Qt.ItemDataRole.DecorationRole)
    assert asked == [PATHS[2]]


def test_a_photo_that_has_no_thumbnail_shows_none(model: GalleryModel) -> None:
    model.add(PATHS)
    model.set_thumbnail(PATHS[0], QImage())
    assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    assert not model.has_thumbnail(PATHS[0])


def test_state_and_faces_are_readable(model: GalleryModel) -> None:
    entry = model.add(PATHS)[0]
    entry.state = PhotoState.AGED
    entry.faces = (make_face(1, (10, 10, 50, 60), 30.0),)
    index = model.index(0)
    assert index.data(GalleryRole.STATE) is PhotoState.AGED
    assert index.data(GalleryRole.FACES) == 1
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "a.jpg, 1 face, aged, not exported"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "b.jpg, not opened yet"
    assert "1 face, aged" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_only_a_few_photos_keep_their_pixels(qapp: object) -> None:
    session = Session()
    entries = session.gallery.add(PATHS)
    for entry in entries:
        session.show(entry)
        session.set_photo(entry, photo(), Pyramid(to_qimage(photo().pixels)))
    assert [entry.photo is not None for entry in entries] == [False, True, True, True]


def test_at_rest_only_the_photo_in_sight_keeps_its_pixels(qapp: object) -> None:
    session = Session()
    entries = session.gallery.add(PATHS[:3])
    for entry in entries:
        session.show(entry)
        session.set_photo(entry, photo(), Pyramid(to_qimage(photo().pixels)))
    session.rest()
    assert [entry.photo is not None for entry in entries] == [False, False, True]


def test_few_thumbnails_stay_in_memory_and_others_are_asked_for_again(model: GalleryModel) -> None:
    paths = [Path(f"/photos/{number}.jpg") for number in range(1_000)]
    model.add(paths)
    for path in paths:
        model.set_thumbnail(path, QImage(320, 240, QImage.Format.Format_RGB32))
    kept = [path for path in paths if model.has_thumbnail(path)]
    assert len(kept) * 320 * 240 * 4 < 50e6
    assert kept == paths[-len(kept) :]
    asked: list[Path] = []
    model.thumbnail_wanted.connect(asked.append)
    model.index(0).data(Qt.ItemDataRole.DecorationRole)
    assert asked == [paths[0]]


def test_rows_are_found_by_their_photo(model: GalleryModel) -> None:
    entries = model.add(PATHS)
    model.remove(entries[1])
    model.remove(entries[1])  # it is gone already
    assert [model.row_of(entry) for entry in entries] == [0, -1, 1, 2]
    (again,) = model.add([PATHS[1]])
    assert model.row_of(again) == 3
    assert model.row_of(entries[1]) == -1, "another one of the same file"
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last, _roles: changed.append(first.row()))
    model.set_thumbnail(PATHS[2], QImage(8, 8, QImage.Format.Format_RGB32))
    assert changed == [1]


def test_clearing_the_last_edit_forgets_the_result(qapp: object) -> None:
    session = Session()
    entry = session.gallery.add(PATHS)[0]
    session.show(entry)
    session.edit(entry, AgeRequest(1, 60))
    assert entry.state is PhotoState.AGED
    session.clear_edit(entry, 1)
    assert entry.state is PhotoState.READY
    assert entry.result is None


def test_another_model_makes_results_old(qapp: object) -> None:
    session = Session()
    entry = session.gallery.add(PATHS)[0]
    session.set_models((CONTINUOUS, GROUPED))
    before = entry.edit_stamp
    session.choose_model(GROUPED.name)
    assert entry.edit_stamp > before
    session.choose_model("unknown")
    assert session.card is GROUPED


def test_near_previews_take_the_asked_strength() -> None:
    entry = PhotoEntry(PATHS[0])
    face = make_face(1, (60, 60, 80, 90), 30.0)
    entry.faces = (face,)
    entry.keep_preview("m", make_aged(photo(), face, AgeRequest(1, 60)))
    asked = AgeRequest(1, 63, strength=0.4)
    near = entry.preview_near("m", asked)
    assert near is not None
    assert near.request.strength == 0.4
    assert entry.preview_near("m", AgeRequest(1, 75)) is None
    assert entry.preview_near("other", asked) is None
    assert entry.preview("m", asked) is None


def test_previews_are_bounded() -> None:
    entry = PhotoEntry(PATHS[0])
    face = make_face(1, (60, 60, 80, 90), 30.0)
    aged = make_aged(photo(), face, AgeRequest(1, 60))
    from dataclasses import replace

    for strength in range(100):
        entry.keep_preview("m", replace(aged, request=AgeRequest(1, 60, strength=strength / 100)))
    assert len(entry.previews) == 64
    assert entry.preview("m", AgeRequest(1, 60, strength=0.99)) is not None
