"""Faces as photos have them besides upright ones: rolled past lying, cut by the edge, printed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.domain import Face
from engine.faces.detector import Detector
from engine.faces.search import find_faces
from tests.unit.faces.scenes import Pixels, Placed, background, compose, sample


def off(face: Face, x: float, y: float) -> float:
    """Distance of a face's middle from a place, in units of the face."""
    middle = (face.box.x + face.box.w / 2, face.box.y + face.box.h / 2)
    return float(np.hypot(middle[0] - x, middle[1] - y)) / face.size


@pytest.mark.parametrize(("source", "roll"), [(0, 120), (1, -135), (0, 150), (1, 165), (1, -105)])
def test_a_face_rolled_past_lying_is_found_with_its_roll(
    detector: Detector, source: int, roll: int
) -> None:
    photo = compose(background(900, 1200), [Placed(source, 600, 450, 260, roll)])
    (face,) = find_faces(photo, detector)
    assert off(face, 600, 450) < 0.15
    assert abs((face.roll - roll + 180) % 360 - 180) < 8
    assert face.obstacle is None


@pytest.mark.parametrize(
    ("x", "y"), [(52, 450), (1148, 450), (600, 68), (600, 826), (70, 90), (1130, 800)]
)
def test_a_face_cut_by_the_photo_s_edge_is_found_whole(
    detector: Detector, x: float, y: float
) -> None:
    """A quarter of it lies outside; its landmarks go on there."""
    photo = compose(background(900, 1200), [Placed(1, x, y, 220)])
    (face,) = find_faces(photo, detector)
    assert off(face, x, y) < 0.15
    assert face.size == pytest.approx(220, rel=0.2)
    assert face.obstacle is None


def poster(photo: Pixels, corners: list[tuple[int, int]]) -> Pixels:
    """A black-and-white print with a white border, hung aslant at four corners of the photo."""
    pixels = sample(1)[0]
    grey = np.repeat(pixels.mean(2, keepdims=True), 3, 2)
    dots = 14 * np.sign(np.sin(np.indices(grey.shape[:2]).sum(0) * np.pi / 2 + 0.3))
    sheet = np.pad(
        np.clip(40 + 0.8 * (grey + dots[..., None]), 0, 255).astype(np.uint8),
        ((30, 30), (30, 30), (0, 0)),
        constant_values=235,
    )
    height, width = sheet.shape[:2]
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    size = (photo.shape[1], photo.shape[0])
    hung = cv2.warpPerspective(sheet, matrix, size, flags=cv2.INTER_AREA)
    where = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)
    return np.where(where[..., None] > 127, hung, photo).astype(np.uint8)


def test_a_face_on_a_poster_is_found_beside_a_real_one(detector: Detector) -> None:
    photo = compose(background(900, 1400), [Placed(0, 1000, 500, 240)])
    photo = poster(photo, [(150, 120), (520, 180), (500, 700), (130, 650)])
    on_poster, real = sorted(find_faces(photo, detector), key=lambda face: face.box.x)
    assert off(real, 1000, 500) < 0.15
    assert 250 < on_poster.box.x + on_poster.box.w / 2 < 400
    assert on_poster.obstacle is None
