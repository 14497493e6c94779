"""A crop shows each place of the photo where its matrix says, neither mirrored nor aliased."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces import landmarks as lm
from engine.faces.align import align, template_matrix, warp
from engine.faces.template import PORTRAIT
from engine.imaging.geometry import invert, resizing, similarity_from_points, transform_points
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, landmarks, picture


def similarity(scale: float, degrees: float, x: float, y: float) -> NDArray[np.float64]:
    """Crop pixel → photo pixel: a face turned, scaled and put with its corner at (x, y)."""
    angle = np.radians(degrees)
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    return np.array([[cos, -sin, x], [sin, cos, y]])


def face_at(to_photo: NDArray[np.float64], size: int) -> FloatArray:
    """478 landmarks of a face that fits the template exactly, somewhere in a photo."""
    points = np.random.default_rng(0).uniform(0, size, (478, 2))
    points[list(PORTRAIT.indices)] = PORTRAIT.pixels(size)
    return transform_points(to_photo, points).astype(np.float32)


def centroid(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    y, x = np.mgrid[: grey.shape[0], : grey.shape[1]]
    return np.array([(x * grey).sum(), (y * grey).sum()]) / grey.sum()


def blob(shape: tuple[int, int], x: float, y: float, sigma: float) -> NDArray[np.uint8]:
    yy, xx = np.mgrid[: shape[0], : shape[1]]
    grey = 250 * np.exp(-((xx - x) ** 2 + (yy - y) ** 2) / (2 * sigma**2))
    return np.repeat(np.rint(grey).astype(np.uint8)[..., None], 3, 2)


@settings(max_examples=40, deadline=None)
@given(
    scale=st.floats(0.2, 12),
    degrees=st.floats(-180, 180),
    x=st.floats(-50, 3000),
    y=st.floats(-50, 3000),
    size=st.sampled_from([64, 128, 256]),
)
def test_landmarks_land_on_the_template(
    scale: float, degrees: float, x: float, y: float, size: int
) -> None:
    points = face_at(similarity(scale, degrees, x, y), size)
    matrix = template_matrix(points, PORTRAIT, size)
    landed = transform_points(matrix, points)[list(PORTRAIT.indices)]
    assert np.abs(landed - PORTRAIT.pixels(size)).max() < 0.5
    assert np.linalg.det(matrix[:, :2]) > 0


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
def test_real_faces_come_near_the_template(name: str) -> None:
    face = align(picture(name), landmarks(name), PORTRAIT, 128)
    off = np.hypot(*(face.landmarks[list(PORTRAIT.indices)] - PORTRAIT.pixels(128)).T)
    assert off.max() < 12
    assert face.pixels.shape == (128, 128, 3)
    assert face.template == "portrait-v1"
    assert np.allclose(face.landmarks, transform_points(face.matrix, landmarks(name)), atol=1e-3)


def test_a_mirrored_face_is_never_mirrored_back() -> None:
    points = face_at(similarity(2, 10, 40, 30), 128)
    points[:, 0] = 500 - points[:, 0]
    assert np.linalg.det(template_matrix(points, PORTRAIT, 128)[:, :2]) > 0


@pytest.mark.parametrize("degrees", [0, 90, 180, -37])
@pytest.mark.parametrize("scale", [0.6, 1.0, 3.0])
def test_what_is_left_and_red_stays_left_and_red(degrees: float, scale: float) -> None:
    to_photo = similarity(scale, degrees, 300, 300)
    photo = np.full((700, 700, 3), 90, np.uint8)
    corners = {"red": (40, 30, 0), "green": (88, 30, 1), "blue": (40, 98, 2)}
    yy, xx = np.mgrid[:700, :700]
    for x, y, channel in corners.values():
        px, py = transform_points(to_photo, [(x, y)])[0]
        photo[np.hypot(xx - px, yy - py) < 6 * scale, channel] = 250
    crop = align(photo, face_at(to_photo, 128), PORTRAIT, 128).pixels
    for x, y, channel in corners.values():
        shown = crop[y, x]
        assert shown[channel] > 200, "in its own channel"
        assert np.delete(shown, channel).max() < 130
    assert crop[98, 88].max() < 130, "the fourth corner has no dot"


@pytest.mark.parametrize("scale", [0.25, 0.5, 0.8, 1.0, 1.3, 1.5, 2.0, 3.7, 8.0])
@pytest.mark.parametrize("degrees", [0, 33, 180])
def test_a_dot_is_where_the_matrix_says(scale: float, degrees: float) -> None:
    """Half a pixel lost in shrinking, cutting or turning would show."""
    middle = 64 * scale * np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    across = np.array([-middle[1], middle[0]])
    half = max(150, int(100 * scale))
    corner = np.array([half, half]) - middle - across
    matrix = invert(similarity(scale, degrees, *corner))
    spot = np.array([[half + 9.3 * scale, half - 5.6 * scale]])
    photo = blob((2 * half, 2 * half), *spot[0], sigma=max(1.5, 2.5 * scale))
    crop = warp(photo, matrix, 128).astype(np.float64)[..., 0]
    wanted = transform_points(matrix, spot)[0]
    assert np.hypot(*(centroid(crop) - wanted)) < 0.1


@pytest.mark.parametrize("period", [2, 3])
@pytest.mark.parametrize("factor", [2.5, 4.0, 9.3])
def test_a_large_face_is_shrunk_without_aliasing(factor: float, period: int) -> None:
    y, x = np.mgrid[:1300, :1300]
    checker = ((x // (period - 1) + y // (period - 1)) % 2 * 255).astype(np.uint8)
    photo = np.repeat(checker[..., None], 3, 2)
    crop = warp(photo, resizing(1 / factor), 128).astype(float)[4:-4, 4:-4]
    assert abs(crop.mean() - 127.5) < 3
    assert crop.std() < (40 if factor < 3 else 25), "grey, not stripes"


@pytest.mark.parametrize("scale", [0.08, 0.3, 0.69, 0.71, 1.0, 2.0])
def test_the_crops_rim_is_as_right_as_its_middle(scale: float) -> None:
    """A slope is a slope up to the last pixel: nothing is mirrored in that the photo has."""
    y, x = np.mgrid[:1300, :1300].astype(np.float32)
    photo = np.repeat(np.rint(40 + x * 0.08 + y * 0.05).astype(np.uint8)[..., None], 3, 2)
    matrix = invert(similarity(1 / scale, 17, 600 - 20 / scale, 600 - 40 / scale))
    crop = warp(photo, matrix, 64).astype(np.float64)[..., 0]
    yy, xx = np.mgrid[:64, :64]
    at = transform_points(invert(matrix), np.stack([xx.ravel(), yy.ravel()], 1))
    wanted = (40 + at[:, 0] * 0.08 + at[:, 1] * 0.05).reshape(64, 64)
    assert np.abs(crop - wanted).max() < 1.6


def test_beyond_the_photo_it_is_mirrored_in() -> None:
    random = np.random.default_rng(0)
    photo = random.integers(0, 256, (80, 80, 3), dtype=np.uint8)
    crop = warp(photo, np.array([[1.0, 0, 20], [0, 1.0, 0]]), 64)
    assert np.array_equal(crop[:, 20:], photo[:64, :44])
    assert np.array_equal(crop[:, 19], photo[:64, 1])
    assert np.array_equal(crop[:, 10], photo[:64, 10])


def test_a_face_wholly_outside_gives_a_crop_all_the_same() -> None:
    photo = np.full((50, 50, 3), 77, np.uint8)
    assert warp(photo, np.array([[1.0, 0, 500], [0, 1.0, 500]]), 32).tolist() == (
        np.full((32, 32, 3), 77).tolist()
    )


def test_the_photo_is_not_touched() -> None:
    photo = np.array(picture(ASTRONAUT))
    before = photo.copy()
    align(photo, landmarks(ASTRONAUT), PORTRAIT, 64)
    assert np.array_equal(photo, before)


def test_the_five_points_run_from_left_to_right() -> None:
    points = lm.five_points(landmarks(ASTRONAUT))
    left, right, nose, mouth_left, mouth_right = points
    assert left[0] < nose[0] < right[0]
    assert mouth_left[0] < mouth_right[0]
    assert max(left[1], right[1]) < nose[1] < min(mouth_left[1], mouth_right[1])
    assert points.dtype == np.float32
    assert similarity_from_points(points, points) == pytest.approx(np.eye(2, 3), abs=1e-6)
