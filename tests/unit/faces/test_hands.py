"""Hands before a face: found where they are, not where there are none, and drawn whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces import pose
from engine.faces.hands import hand_mask, hands_before
from engine.faces.mediapipe_hands import MediaPipeHands
from engine.faces.views import near_crop
from engine.models.assets import HANDS, asset
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, landmarks, picture
from tests.unit.faces.painted import painted_hand, placed

CHEEK = (226.0, 205.0)  # of the astronaut: the wrist below, the fingers over mouth and nose


@pytest.fixture(scope="module")
def finder() -> Iterator[MediaPipeHands]:
    made = MediaPipeHands(asset(HANDS))
    made.find(np.zeros((64, 64, 3), np.uint8))
    yield made
    made.close()


class Told:
    """A finder that is told where a hand lies in the photo, for each look."""

    def __init__(self, *looks: FloatArray | None) -> None:
        self.looks = list(looks)
        self.asked = 0

    def find(self, rgb: NDArray[np.uint8]) -> tuple[FloatArray, ...]:
        around, turn = ((2.0, 0.0), (2.0, -12.0), (1.75, 10.0), (2.4, 15.0))[self.asked]
        hand = self.looks[self.asked]
        self.asked += 1
        if hand is None:
            return ()
        face = landmarks(ASTRONAUT)
        middle, extent = (face.min(0) + face.max(0)) / 2, around * pose.face_extent(face)
        roll = pose.roll_degrees(face) + turn
        crop = near_crop(picture(ASTRONAUT), middle, extent, roll, len(rgb))
        return (crop.from_photo(hand),)

    def close(self) -> None:
        pass


def seen(*looks: FloatArray | None) -> tuple[tuple[FloatArray, ...], int]:
    told = Told(*looks)
    return hands_before(picture(ASTRONAUT), landmarks(ASTRONAUT), told), told.asked


@pytest.mark.parametrize(("wrist", "degrees"), [(CHEEK, 0.0), ((290.0, 150.0), -40.0)])
def test_a_hand_before_a_face_is_found_where_it_is(
    finder: MediaPipeHands, wrist: tuple[float, float], degrees: float
) -> None:
    photo, where = painted_hand(picture(ASTRONAUT), wrist, 62.0, degrees)
    (hand,) = hands_before(photo, landmarks(ASTRONAUT), finder)
    drawn = hand_mask(hand, 512) > 0.5
    away = placed(wrist, 62.0, degrees)
    assert np.linalg.norm(hand - away, axis=1).mean() < 14
    near = np.zeros_like(where)
    foot = int(wrist[1])
    near[max(0, foot - 130) : foot] = True  # the forearm below is drawn a little only
    assert (drawn & where & near).sum() > 0.85 * (where & near).sum()
    assert (drawn & ~where).sum() < 0.6 * where.sum()


@pytest.mark.parametrize("times", [1, 5])
def test_whichever_way_up_and_however_large_the_photo_is(
    finder: MediaPipeHands, times: int
) -> None:
    photo, where = painted_hand(picture(ASTRONAUT), CHEEK, 62.0)
    turned = np.repeat(np.repeat(photo[::-1, ::-1], times, 0), times, 1)
    last = 512 * times - 1
    points = last - (landmarks(ASTRONAUT) * times + (times - 1) / 2)
    (hand,) = hands_before(turned, points.astype(np.float32), finder)
    x, y = np.rint((last - hand) / times).astype(int).T
    assert where[y, x].mean() > 0.8, "the landmarks lie on the hand"


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
def test_a_face_without_a_hand_has_none(finder: MediaPipeHands, name: str) -> None:
    assert hands_before(picture(name), landmarks(name), finder) == ()


def test_closing_twice_and_using_it_again() -> None:
    finder = MediaPipeHands(asset(HANDS))
    finder.close()
    photo, _ = painted_hand(picture(ASTRONAUT), CHEEK, 62.0)
    assert len(finder.find(photo)) == 1
    finder.close()
    finder.close()


def test_its_file_may_lie_anywhere(tmp_path: Path) -> None:
    folder = tmp_path / "Modèle für Hände 手"
    folder.mkdir()
    finder = MediaPipeHands(Path(shutil.copy(asset(HANDS), folder)))
    photo, _ = painted_hand(picture(ASTRONAUT), CHEEK, 62.0)
    assert len(finder.find(photo)) == 1
    finder.close()


def test_a_hand_seen_in_three_of_four_looks_lies_in_the_photo_s_pixels() -> None:
    hand = placed(CHEEK, 55.0)
    (found,), asked = seen(hand, hand + np.float32(3), None, hand - np.float32(2))
    assert np.abs(found - hand).max() < 1e-2
    assert asked == 4


@pytest.mark.parametrize("again", [None, placed((120.0, 185.0), 55.0)])
def test_what_is_not_seen_again_there_is_no_hand(again: FloatArray | None) -> None:
    hand = placed(CHEEK, 55.0)
    assert seen(hand, hand, again, again) == ((), 4)


@pytest.mark.parametrize(
    "hand",
    [
        placed(CHEEK, 12.0),  # no larger than a nose
        placed((224.0, 150.0), 40.0),  # its wrist in the face
        placed((340.0, 300.0), 55.0),  # beside the face
    ],
)
def test_what_cannot_cover_the_face_is_not_asked_for_again(hand: FloatArray) -> None:
    assert seen(hand, hand, hand, hand) == ((), 1)


def test_the_silhouette_covers_palm_fingers_and_wrist() -> None:
    hand = placed((128.0, 200.0), 60.0)
    mask = hand_mask(hand, 256)
    assert mask.dtype == np.float32
    assert set(np.unique(mask[[0, -1]])) == {0.0}
    for x, y in (*hand, hand[[0, 5, 17]].mean(0), hand[0] + [0, 20]):
        assert mask[int(y), int(x)] == 1
    tip, base = hand[12], hand[9]
    across = mask[int((tip[1] + base[1]) / 2), int(tip[0]) - 20 : int(tip[0]) + 21]
    assert 10 <= across[8:33].sum() <= 20, "a finger is about a quarter of the palm wide"
    assert 0.03 < mask.mean() < 0.25


def test_the_silhouette_of_a_hand_far_outside_is_empty() -> None:
    assert not hand_mask(placed((5000.0, -4000.0), 60.0), 128).any()
