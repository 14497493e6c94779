"""A face inside a box that a user drew, with the real detector on photos of known faces."""

from __future__ import annotations

import numpy as np
import pytest

from engine.domain import Box
from engine.errors import Cancelled, FaceError
from engine.faces.box_search import find_face_in
from engine.faces.detector import Detector
from engine.tasks import CancelToken
from tests.unit.faces.scenes import Placed, background, compose


def around(face: Placed, grow: float = 1.3, dx: float = 0.0) -> Box:
    side = face.size * grow
    return Box(face.x - side / 2 + dx, face.y - side / 2, side, side)


@pytest.mark.parametrize(
    "face",
    [
        Placed(0, 400, 300, 200),
        Placed(1, 900, 200, 44),
        Placed(1, 300, 500, 90, 90),
        Placed(0, 700, 400, 70, -150),
        Placed(0, 600, 430, 26),
    ],
)
@pytest.mark.parametrize("grow", [1.0, 1.7])
def test_it_is_found_where_it_is(detector: Detector, face: Placed, grow: float) -> None:
    photo = compose(background(900, 1200), [face])
    found = find_face_in(photo, around(face, grow), detector, index=7)
    middle = (found.box.x + found.box.w / 2, found.box.y + found.box.h / 2)
    assert found.index == 7
    assert np.hypot(middle[0] - face.x, middle[1] - face.y) < 0.15 * face.size
    assert abs((found.roll - face.roll + 180) % 360 - 180) < 10
    assert (found.obstacle is not None) == (face.size < 40)
    assert found.age is None


def test_a_neighbour_outside_the_box_is_not_taken(detector: Detector) -> None:
    left, right = Placed(0, 400, 400, 120), Placed(1, 540, 400, 120)
    photo = compose(background(800, 1000), [left, right])
    for face in (left, right):
        found = find_face_in(photo, around(face, 1.1), detector)
        assert abs(found.box.x + found.box.w / 2 - face.x) < 20


def test_a_large_photo_is_looked_at_small(detector: Detector) -> None:
    face = Placed(0, 2200, 1500, 1400)
    photo = compose(background(3000, 4000), [face])
    found = find_face_in(photo, around(face), detector)
    assert abs(found.box.x + found.box.w / 2 - face.x) < 0.1 * face.size


@pytest.mark.parametrize("box", [Box(100, 100, 200, 220), Box(20, 500, 60, 60), Box(0, 0, 12, 9)])
def test_a_box_without_a_face_says_so(detector: Detector, box: Box) -> None:
    with pytest.raises(FaceError, match="No face was found inside the box") as caught:
        find_face_in(background(900, 1200, seed=3), box, detector)
    assert caught.value.code == "face.none_in_box"


@pytest.mark.parametrize(
    "box", [Box(-300, 10, 200, 100), Box(50, 1000, 90, 90), Box(50, 50, 0, 20)]
)
def test_a_box_beside_the_photo_says_so(detector: Detector, box: Box) -> None:
    with pytest.raises(FaceError, match="outside the photo") as caught:
        find_face_in(background(900, 1200), box, detector)
    assert caught.value.code == "face.box_outside"


def test_cancelling(detector: Detector) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        find_face_in(background(300, 300), Box(10, 10, 99, 99), detector, cancel=token)
