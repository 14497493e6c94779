"""The whole service on a sample photo, with real parts and tiny random weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.domain import AgeRequest, Box, Face, Photo
from engine.imaging.geometry import transform_points
from engine.inference.pipeline import AgingPipeline, build_service
from engine.orders import ExportSpec
from engine.paths import samples_dir
from tests.unit.inference.parts import Counting, build


def outside(face_matrix: NDArray[np.float64], side: int, photo: Photo) -> NDArray[np.bool_]:
    """Which pixels of the photo no pixel of the crop touches."""
    width, height = photo.size
    grid = np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1).reshape(-1, 2)
    inside = transform_points(face_matrix, grid)
    far = (inside < -0.5) | (inside > side - 0.5)
    return far.any(1).reshape(height, width)


def test_the_one_face_has_an_age(face: Face) -> None:
    assert face.index == 1
    assert face.obstacle is None
    assert face.age is not None
    assert 0 <= face.age <= 100
    assert 170 < face.box.x < 200
    assert 60 < face.box.y < 120


def test_after_a_rest_everything_is_as_before(
    weights: Path, predictor: Counting, photo: Photo, face: Face
) -> None:
    service = build(weights, predictor)
    try:
        before = service.age_face(photo, face, AgeRequest(1, 60.0))
        service.find_faces(photo)
        service.rest()
        after = service.age_face(photo, face, AgeRequest(1, 60.0))
        (again,) = service.find_faces(photo)
    finally:
        service.close()
    assert after.scores == before.scores
    np.testing.assert_array_equal(after.change, before.change)
    assert again.box == face.box


def test_models_and_device(service: AgingPipeline) -> None:
    assert [card.name for card in service.models()] == ["first", "second"]
    assert service.device().kind == "cpu"


def test_a_face_at_another_age(service: AgingPipeline, photo: Photo, face: Face) -> None:
    aged = service.age_face(photo, face, AgeRequest(1, 70.0))
    assert aged.change.shape == (64, 64, 3)
    assert aged.mask.shape == (64, 64)
    assert (aged.mask <= aged.aligned.mask + 1e-6).all(), "nothing changes outside the face"
    assert -1 <= aged.scores.identity <= 1
    assert aged.scores.verdict
    assert not np.array_equal(aged.preview(), aged.aligned.pixels)


def test_a_further_age_is_one_decode(
    service: AgingPipeline, predictor: Counting, photo: Photo, face: Face
) -> None:
    fresh = replace(face, landmarks=face.landmarks + np.float32(0.25))
    before = predictor.encoded
    young = service.age_face(photo, fresh, AgeRequest(1, 20.0))
    assert predictor.encoded == before + 1
    old = service.age_face(photo, fresh, AgeRequest(1, 70.0))
    assert predictor.encoded == before + 1
    assert not np.array_equal(young.change, old.change)
    service.age_face(photo, fresh, AgeRequest(1, 70.0), model="second")
    assert predictor.encoded == before + 2, "another model has another encoding"


def test_the_age_now_can_be_overridden(service: AgingPipeline, photo: Photo, face: Face) -> None:
    asked = [service.age_face(photo, face, AgeRequest(1, 60.0, source=s)) for s in (20.0, 50.0)]
    assert not np.array_equal(asked[0].change, asked[1].change)


def test_a_corrected_age_is_heeded(service: AgingPipeline, photo: Photo, face: Face) -> None:
    request = AgeRequest(1, 60.0)
    asked = [service.age_face(photo, replace(face, age=age), request) for age in (20.0, 50.0)]
    assert [aged.scores.age_before for aged in asked] == [20.0, 50.0]
    assert not np.array_equal(asked[0].change, asked[1].change)


def test_a_face_without_an_age_is_estimated(
    service: AgingPipeline, photo: Photo, face: Face
) -> None:
    aged = service.age_face(photo, replace(face, age=None), AgeRequest(1, 60.0), model="second")
    assert aged.scores.age_before == pytest.approx(face.age, abs=1e-3)


def test_every_model_brings_its_own_size(service: AgingPipeline, photo: Photo, face: Face) -> None:
    assert service.age_face(photo, face, AgeRequest(1, 60.0), model="second").change.shape[0] == 128


def test_outside_the_crop_every_pixel_stays(
    service: AgingPipeline, photo: Photo, face: Face
) -> None:
    told: list[float] = []
    result = service.age_photo(
        photo, [face], [AgeRequest(1, 70.0)], progress=lambda f, message: told.append(f)
    )
    far = outside(result.faces[0].aligned.matrix, 64, photo)
    changed = (result.pixels != photo.pixels).any(2)
    assert 0.5 < far.mean() < 0.99
    assert not changed[far].any()
    assert changed[~far].mean() > 0.2
    assert result.pixels.dtype == photo.pixels.dtype
    assert result.model == "first"
    assert set(result.timings_ms) == {"age", "composite"}
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_no_strength_is_no_change(service: AgingPipeline, photo: Photo, face: Face) -> None:
    request = AgeRequest(1, 70.0, strength=0.0)
    result = service.age_photo(photo, [face], [request], model="second")  # sees what find_faces saw
    assert np.array_equal(result.pixels, photo.pixels)
    scores = result.faces[0].scores
    assert scores.age_after == pytest.approx(scores.age_before, abs=1e-3)
    assert scores.identity == pytest.approx(1, abs=1e-4)


def test_nothing_asked_for_is_no_change(service: AgingPipeline, photo: Photo, face: Face) -> None:
    result = service.age_photo(photo, [face], [])
    assert np.array_equal(result.pixels, photo.pixels)
    assert result.faces == ()


def test_a_doubtful_result_warns(service: AgingPipeline, photo: Photo, face: Face) -> None:
    result = service.age_photo(photo, [face], [AgeRequest(1, 70.0)])
    doubtful = [aged for aged in result.faces if not aged.scores.same_person]
    assert len([w for w in result.warnings if "identity doubtful" in w]) == len(doubtful)


def test_the_service_is_built_from_a_weights_folder(weights: Path, tmp_path: Path) -> None:
    made = build_service("cpu", weights)
    try:
        photo = made.open_photo(samples_dir() / "grace_hopper.jpg")
        faces = made.find_faces(photo)
        result = made.age_photo(photo, faces, [AgeRequest(faces[0].index, 30.0)])
        receipt = made.export(result, ExportSpec(tmp_path / "younger.png"))
    finally:
        made.close()
    assert np.array_equal(made.open_photo(receipt.path).pixels, result.pixels)


def test_a_face_in_a_box_is_the_face_that_the_search_finds(
    service: AgingPipeline, photo: Photo, face: Face
) -> None:
    box = Box(face.box.x - 12, face.box.y - 12, face.box.w + 24, face.box.h + 24)
    found = service.find_face_in(photo, box, index=4)
    assert found.index == 4
    assert found.age == pytest.approx(face.age, abs=3)
    assert np.abs(found.landmarks - face.landmarks).mean() < 0.02 * face.size
    aged = service.age_photo(photo, [face, found], [AgeRequest(4, 70.0)])
    assert (aged.pixels != photo.pixels).any()
