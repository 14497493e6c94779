"""What the service refuses, and by which code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.domain import SKIN, AgeRequest, Box, Face, Photo
from engine.errors import AgeError, Cancelled, FaceError, ModelError
from engine.inference.pipeline import AgingPipeline, build_service
from engine.tasks import CancelToken
from tests.unit.inference.parts import code_of


@pytest.mark.parametrize("target", [9.9, 80.1, float("nan")])
def test_a_target_that_the_model_lacks(
    service: AgingPipeline, photo: Photo, face: Face, target: float
) -> None:
    with pytest.raises(AgeError, match="10 to 80") as caught:
        service.age_face(photo, face, AgeRequest(1, target))
    assert code_of(caught) == "age.range"


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (AgeRequest(1, 70.0, source=200.0), "age.range"),
        (AgeRequest(1, 70.0, strength=1.5), "age.strength"),
        (AgeRequest(1, 70.0, strength=-0.1), "age.strength"),
    ],
)
def test_other_numbers_out_of_range(
    service: AgingPipeline, photo: Photo, face: Face, request_: AgeRequest, code: str
) -> None:
    with pytest.raises(AgeError) as caught:
        service.age_face(photo, face, request_)
    assert code_of(caught) == code


def test_a_face_with_an_obstacle(service: AgingPipeline, photo: Photo, face: Face) -> None:
    small = replace(face, obstacle="Face 1 is 9 pixels across; at least 40 are needed.")
    with pytest.raises(FaceError, match="9 pixels") as caught:
        service.age_face(photo, small, AgeRequest(1, 70.0))
    assert code_of(caught) == "face.obstacle"


def test_a_face_that_is_not_there(service: AgingPipeline, photo: Photo, face: Face) -> None:
    with pytest.raises(FaceError, match="no face 2") as caught:
        service.age_photo(photo, [face], [AgeRequest(2, 70.0)])
    assert code_of(caught) == "face.unknown"


def test_an_unknown_model(service: AgingPipeline, photo: Photo, face: Face) -> None:
    for name in ("third", "age"):
        with pytest.raises(ModelError) as caught:
            service.age_face(photo, face, AgeRequest(1, 70.0), model=name)
        assert code_of(caught) == "model.unknown"


def test_a_box_without_a_face(service: AgingPipeline, photo: Photo) -> None:
    with pytest.raises(FaceError, match="inside the box") as caught:
        service.find_face_in(photo, Box(20, 300, 80, 80), index=2)
    assert code_of(caught) == "face.none_in_box"


def test_a_region_that_is_not_there(service: AgingPipeline, photo: Photo, face: Face) -> None:
    with pytest.raises(FaceError, match="'ears'") as caught:
        service.age_face(photo, face, AgeRequest(1, 70.0, regions=frozenset({SKIN, "ears"})))
    assert code_of(caught) == "face.region"


def test_a_share_beyond_all_of_it(service: AgingPipeline, photo: Photo, face: Face) -> None:
    with pytest.raises(AgeError, match="out of range") as caught:
        service.age_face(photo, face, AgeRequest(1, 70.0, shares=((SKIN, 1.5),)))
    assert code_of(caught) == "age.strength"
    with pytest.raises(FaceError, match="'ears'"):
        service.age_face(photo, face, AgeRequest(1, 70.0, shares=(("ears", 0.5),)))


def test_a_service_without_weights(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        build_service("cpu", tmp_path)
    assert code_of(caught) == "model.manifest_missing"


def test_cancelling(service: AgingPipeline, photo: Photo, face: Face) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        service.age_photo(photo, [face], [AgeRequest(1, 70.0)], cancel=token)
    with pytest.raises(Cancelled):
        service.find_faces(photo, cancel=token)
