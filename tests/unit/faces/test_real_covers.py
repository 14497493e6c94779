"""Hands and a scarf before real faces, among them babies; places are read off the photos by eye."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.domain import AlignedFace
from engine.faces.align import align
from engine.faces.covering import Coverings
from engine.faces.detector import Detector
from engine.faces.mediapipe_hands import MediaPipeHands
from engine.faces.search import find_faces
from engine.faces.template import PORTRAIT
from engine.imaging.geometry import transform_points
from engine.models.assets import HANDS, asset
from tests.unit.faces.scenes import Pixels

PHOTOS = Path(__file__).resolve().parents[2] / "photos"
SIZE = 128
Place = tuple[int, int]


@pytest.fixture(scope="module")
def coverings() -> Iterator[Coverings]:
    hands = MediaPipeHands(asset(HANDS))
    hands.find(np.zeros((64, 64, 3), np.uint8))  # its threads start here
    made = Coverings(hands)
    yield made
    made.close()


def opened(name: str) -> Pixels:
    with Image.open(PHOTOS / name) as picture:
        return np.array(picture.convert("RGB"))


def share_kept(before: AlignedFace, after: AlignedFace, place: Place) -> float:
    """How much of the mask is left at a place of the photo."""
    x, y = np.rint(transform_points(before.matrix, [place])[0]).astype(int)
    assert before.mask[y, x] > 0.2, "the place lies on the face"
    return float(after.mask[y, x] / before.mask[y, x])


@pytest.mark.parametrize(
    ("name", "covered", "bare"),
    [
        ("hand_at_the_mouth.jpg", [(262, 262), (250, 274)], [(230, 150), (180, 215), (225, 195)]),
        ("baby_with_a_fist.jpg", [(272, 262), (280, 250)], [(230, 130), (185, 215), (222, 215)]),
        ("baby_in_a_scarf.jpg", [], [(230, 120), (190, 215), (225, 270), (260, 240)]),
    ],
)
def test_what_lies_before_a_real_face_is_left_alone_and_the_face_is_not(
    detector: Detector,
    coverings: Coverings,
    name: str,
    covered: list[Place],
    bare: list[Place],
) -> None:
    photo = opened(name)
    (face,) = find_faces(photo, detector)
    assert face.obstacle is None
    plain = align(photo, face.landmarks, PORTRAIT, SIZE)
    kept = coverings.taken_out(photo, face.landmarks, plain)
    assert [share_kept(plain, kept, place) < 0.1 for place in covered] == [True] * len(covered)
    assert [share_kept(plain, kept, place) for place in bare] == [1.0] * len(bare)
    assert kept.mask.sum() > 0.75 * plain.mask.sum()


def test_cloth_below_a_baby_s_chin_is_left_alone(detector: Detector, coverings: Coverings) -> None:
    photo = opened("baby_in_a_scarf.jpg")
    (face,) = find_faces(photo, detector)
    plain = align(photo, face.landmarks, PORTRAIT, SIZE)
    kept = coverings.taken_out(photo, face.landmarks, plain)
    gone = plain.mask - kept.mask
    y, x = np.unravel_index(gone.argmax(), gone.shape)
    red, green, blue = (int(v) for v in plain.pixels[y, x])
    assert gone.max() > 0.05
    assert green > red + 20, "it is the turquoise that has gone"
    assert blue > red + 20
