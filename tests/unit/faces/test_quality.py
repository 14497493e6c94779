"""Sharpness and the reasons why a face cannot be aged."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.faces.detector import Detector
from engine.faces.quality import MAX_YAW, MIN_SIZE, obstacle, sharpness
from engine.faces.search import find_faces
from tests.unit.faces.scenes import sample


def test_a_small_face_is_refused_with_its_size_and_the_limit() -> None:
    assert obstacle(2, 24.2, 0) == "Face 2 is 24 pixels across; at least 40 are needed."
    assert obstacle(2, MIN_SIZE, 0) is None


def test_a_size_just_below_the_limit_is_not_rounded_up_to_it() -> None:
    sentence = obstacle(1, 39.8, 0)
    assert sentence == "Face 1 is 39 pixels across; at least 40 are needed."


@pytest.mark.parametrize("side", [-1, 1])
def test_a_profile_is_refused_on_either_side(side: int) -> None:
    sentence = obstacle(3, 300, side * (MAX_YAW + 15))
    assert sentence is not None
    assert sentence.startswith("Face 3 is in full profile")
    assert obstacle(3, 300, side * (MAX_YAW - 1)) is None


def test_blur_lowers_sharpness_and_size_alone_does_not(detector: Detector) -> None:
    photo = sample(1)[0]
    (face,) = find_faces(photo, detector)
    sharp = sharpness(photo, face.landmarks)
    blurred = np.asarray(cv2.GaussianBlur(photo, (0, 0), 4), np.uint8)
    assert sharpness(blurred, face.landmarks) < 0.2 * sharp
    doubled = np.asarray(cv2.resize(photo, None, fx=2, fy=2), np.uint8)
    assert sharpness(doubled, face.landmarks * 2 + 0.5) == pytest.approx(sharp, rel=0.35)
