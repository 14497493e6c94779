"""Matrices: similarity from points, inverse, composition, the half-pixel rule."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imaging import geometry
from tests.unit.imaging.pictures import similarity

MATRICES = st.builds(
    similarity,
    st.floats(0.05, 20),
    st.floats(-180, 180),
    st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
    st.tuples(st.floats(0, 256), st.floats(0, 256)),
)
POINTS = np.array([[10.0, 20.0], [90.5, 22.25], [50.0, 70.0], [12.0, 95.0]])


@given(MATRICES)
def test_similarity_is_found_again_from_point_pairs(matrix: np.ndarray) -> None:
    found = geometry.similarity_from_points(POINTS, geometry.transform_points(matrix, POINTS))
    np.testing.assert_allclose(found, matrix, rtol=1e-6, atol=1e-5)


def test_similarity_never_mirrors() -> None:
    mirrored = POINTS * [-1, 1]
    found = geometry.similarity_from_points(POINTS, mirrored)
    assert np.linalg.det(found[:, :2]) > 0


@pytest.mark.parametrize(
    ("source", "target"),
    [(POINTS, POINTS[:2]), (POINTS[:1], POINTS[:1]), (np.ones((3, 2)), POINTS[:3])],
)
def test_similarity_refuses_what_it_cannot_solve(source: np.ndarray, target: np.ndarray) -> None:
    with pytest.raises(ValueError, match="point"):
        geometry.similarity_from_points(source, target)


@given(MATRICES)
def test_invert_undoes(matrix: np.ndarray) -> None:
    there = geometry.transform_points(matrix, POINTS)
    back = geometry.transform_points(geometry.invert(matrix), there)
    np.testing.assert_allclose(back, POINTS, atol=1e-5)


def test_invert_refuses_singular_and_infinite() -> None:
    for matrix in (np.zeros((2, 3)), np.full((2, 3), np.nan)):
        with pytest.raises(ValueError, match="invert"):
            geometry.invert(matrix)


def test_compose_applies_the_first_first() -> None:
    turn = similarity(2, 90, (0, 0), (0, 0))
    both = geometry.compose(geometry.translation(1, 0), turn)
    np.testing.assert_allclose(geometry.transform_points(both, [[0, 0]]), [[0, 2]], atol=1e-12)


@pytest.mark.parametrize("factor", [2, 8])
def test_resizing_agrees_with_opencv_on_where_pixels_go(factor: int) -> None:
    ramp = np.tile(np.arange(16, dtype=np.float32), (16, 1))
    large = cv2.resize(ramp, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR)
    x = geometry.transform_points(geometry.resizing(factor), [[5.0, 5.0]])[0, 0]
    low = int(np.floor(x))
    value = large[9, low] + (large[9, low + 1] - large[9, low]) * (x - low)
    assert value == pytest.approx(5.0, abs=1e-4)


def test_scale_of() -> None:
    assert geometry.scale_of(similarity(3.5, 31, (5, 6), (7, 8))) == pytest.approx(3.5)
    assert geometry.scale_of(geometry.identity()) == 1
