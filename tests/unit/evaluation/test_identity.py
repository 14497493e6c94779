"""SFace through OpenCV on the sample photos."""

from __future__ import annotations

import numpy as np
import pytest

from engine.domain import SAME_PERSON, FloatArray
from engine.evaluation.identity import IdentityJudge, similarity_of
from engine.faces.landmarks import five_points
from engine.models.assets import SFACE, asset
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, crop, landmarks, picture


@pytest.fixture(scope="module")
def judge() -> IdentityJudge:
    return IdentityJudge(asset(SFACE))


def embed(judge: IdentityJudge, name: str, size: int = 128, gain: float = 1.0) -> FloatArray:
    face = crop(name, size)
    pixels = np.clip(face.pixels * gain, 0, 255).astype(np.uint8)
    return judge.embed(pixels, five_points(face.landmarks))


def test_a_face_is_itself(judge: IdentityJudge) -> None:
    one = embed(judge, ASTRONAUT)
    assert one.shape == (128,)
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    assert similarity_of(one, embed(judge, ASTRONAUT)) == pytest.approx(1, abs=1e-5)


def test_two_people_are_two(judge: IdentityJudge) -> None:
    assert similarity_of(embed(judge, ASTRONAUT), embed(judge, HOPPER)) < SAME_PERSON - 0.1


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
def test_other_light_is_the_same_person(judge: IdentityJudge, name: str) -> None:
    assert similarity_of(embed(judge, name), embed(judge, name, gain=1.3)) > SAME_PERSON + 0.2


def test_the_crop_it_is_read_from_hardly_matters(judge: IdentityJudge) -> None:
    whole = judge.embed(np.array(picture(HOPPER)), five_points(landmarks(HOPPER)))
    assert similarity_of(whole, embed(judge, HOPPER, size=256)) > 0.9


def test_swapped_colours_are_noticed(judge: IdentityJudge) -> None:
    face = crop(ASTRONAUT)
    points = five_points(face.landmarks)
    swapped = judge.embed(np.ascontiguousarray(face.pixels[..., ::-1]), points)
    assert similarity_of(embed(judge, ASTRONAUT), swapped) < 0.95


def test_similarity_by_hand() -> None:
    a, b = np.array([1, 0], np.float32), np.array([0.6, 0.8], np.float32)
    assert similarity_of(a, b) == pytest.approx(0.6)
    assert similarity_of(a, -a) == -1
    assert similarity_of(a * np.float32(1.001), a) == 1, "rounding never leaves -1..1"
