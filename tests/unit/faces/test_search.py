"""The face search with the real detector on photos whose faces are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.domain import Face
from engine.errors import Cancelled
from engine.faces.detector import Detector, RawFace
from engine.faces.search import find_faces
from engine.tasks import CancelToken
from tests.unit.faces.scenes import Placed, background, compose, group, sample


def middle(face: Face) -> NDArray[np.float64]:
    return np.array([face.box.x + face.box.w / 2, face.box.y + face.box.h / 2])


def assert_exactly(found: tuple[Face, ...], placed: list[Placed]) -> None:
    """Every placed face is found once, with its size and roll, and nothing else is."""
    left = list(found)
    for face in placed:
        place = np.array([face.x, face.y])
        near = [f for f in left if np.hypot(*(middle(f) - place)) < 0.15 * face.size]
        assert len(near) == 1, f"{face} was found {len(near)} times"
        assert near[0].obstacle is None
        off = (near[0].roll - face.roll + 180) % 360 - 180
        assert abs(off) < 8, f"{face} was found rolled by {near[0].roll:.0f}"
        left.remove(near[0])
    assert not left, f"no face lies at {[f.box for f in left]}"


@pytest.fixture(scope="module")
def references(detector: Detector) -> list[NDArray[np.float32]]:
    """Each sample's landmarks, found in the sample itself."""
    return [find_faces(sample(index)[0], detector)[0].landmarks for index in (0, 1)]


@pytest.mark.parametrize(("seed", "sizes"), [(0, (70.0, 200.0)), (7, (48.0, 90.0))])
def test_thirty_faces_of_a_group_are_found_once_each(
    detector: Detector, seed: int, sizes: tuple[float, float]
) -> None:
    width = 3000 if sizes[1] > 100 else 1600
    placed = group(seed, width * 2 // 3, width, sizes)
    photo = compose(background(width * 2 // 3, width, seed), placed)
    found = find_faces(photo, detector)
    assert_exactly(found, placed)
    assert [face.index for face in found] == list(range(1, 31))


@pytest.mark.parametrize("roll", [-90, -60, -30, 30, 60, 90])
@pytest.mark.parametrize("source", [0, 1])
def test_a_rolled_face_is_found_with_its_roll(detector: Detector, source: int, roll: int) -> None:
    placed = [Placed(source, 600, 450, 260, roll)]
    assert_exactly(find_faces(compose(background(900, 1200), placed), detector), placed)


@pytest.mark.parametrize("source", [0, 1])
def test_a_photo_that_lies_on_its_head_is_read_so(detector: Detector, source: int) -> None:
    placed = [Placed(source, 600, 450, 260, 180)]
    assert_exactly(find_faces(compose(background(900, 1200), placed), detector), placed)


def test_a_small_face_on_its_side_in_a_large_photo_is_found(detector: Detector) -> None:
    placed = [Placed(0, 1500, 1050, 150, 90)]
    assert_exactly(find_faces(compose(background(2200, 3000), placed), detector), placed)


@pytest.mark.parametrize("size", [300, 560, 640])
def test_a_face_that_fills_the_frame_is_found(detector: Detector, size: int) -> None:
    placed = [Placed(1, 300, 300, size)]
    assert_exactly(find_faces(compose(background(600, 600), placed), detector), placed)


def test_a_texture_holds_no_face(detector: Detector) -> None:
    assert find_faces(background(900, 1200, seed=5), detector) == ()


def test_a_face_too_small_to_age_is_found_and_says_so(detector: Detector) -> None:
    photo = compose(background(450, 600), [Placed(1, 300, 220, 30)])
    (face,) = find_faces(photo, detector)
    assert face.obstacle is not None
    assert face.obstacle.startswith("Face 1 is ")
    assert "at least 40" in face.obstacle


@pytest.mark.parametrize(
    "placed",
    [
        Placed(0, 1500.4, 900.7, 95),
        Placed(1, 2100, 400, 180, -50),
        Placed(0, 1300, 1100, 620, 35),
    ],
)
def test_landmarks_are_precise_in_pixels_of_the_photo(
    detector: Detector, references: list[NDArray[np.float32]], placed: Placed
) -> None:
    photo = compose(background(2000, 3000), [placed])
    (face,) = find_faces(photo, detector)
    matrix = placed.matrix()
    expected = references[placed.source] @ matrix[:, :2].T + matrix[:, 2]
    offset = (face.landmarks - expected).mean(0)
    assert np.abs(offset).max() < 0.01 * placed.size
    spread = np.linalg.norm(face.landmarks - expected, axis=1).mean()
    assert spread < 0.02 * placed.size


def test_mirroring_the_photo_mirrors_roll_and_yaw(detector: Detector) -> None:
    photo = compose(background(700, 700), [Placed(0, 350, 350, 250, 20)])
    (plain,) = find_faces(photo, detector)
    (mirrored,) = find_faces(np.ascontiguousarray(photo[:, ::-1]), detector)
    assert mirrored.roll == pytest.approx(-plain.roll, abs=3)
    assert mirrored.yaw == pytest.approx(-plain.yaw, abs=6)


def test_the_photo_is_not_written_to_and_progress_ends_at_one(detector: Detector) -> None:
    photo = sample(0)[0].copy()
    photo.setflags(write=False)
    told: list[float] = []
    (face,) = find_faces(photo, detector, progress=lambda fraction, _: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert face.score > 0.8
    assert face.sharpness > 100


class Blind:
    """A detector that sees nothing and counts how often it was asked."""

    def __init__(self, token: CancelToken | None = None) -> None:
        self.asked = 0
        self._token = token

    def detect(self, rgb: NDArray[np.uint8], *, max_faces: int = 1) -> tuple[RawFace, ...]:
        self.asked += 1
        if self._token is not None:
            self._token.cancel()
        return ()

    def close(self) -> None:
        pass


def test_cancelling_stops_at_the_next_tile() -> None:
    token = CancelToken()
    blind = Blind(token)
    with pytest.raises(Cancelled):
        find_faces(background(900, 1200), blind, cancel=token)
    assert blind.asked == 1


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (64, 48), (40, 4000)])
def test_odd_shapes_are_searched_without_complaint(shape: tuple[int, int]) -> None:
    blind = Blind()
    assert find_faces(np.zeros((*shape, 3), np.uint8), blind) == ()
    assert blind.asked > 0
