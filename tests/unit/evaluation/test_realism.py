"""Distances between sets whose distance is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.evaluation.realism import frechet_distance, kernel_distance, realism, standardised


def cloud(count: int, seed: int, *, shift: float = 0.0, spread: float = 1.0) -> np.ndarray:  # type: ignore[type-arg]
    drawn = np.random.default_rng(seed).normal(shift, spread, (count, 6))
    return drawn.astype(np.float32)


def test_frechet_of_gaussians() -> None:
    """6 dimensions, means 2 apart in each, deviations 1 and 3: 6·2² + 6·(3-1)² = 48."""
    found = frechet_distance(cloud(60_000, 1), cloud(60_000, 2, shift=2, spread=3))
    assert found == pytest.approx(48, rel=0.02)


def test_kernel_by_hand() -> None:
    a, b = np.array([[1.0, 0], [0, 1]]), np.array([[1.0, 1], [1, 1]])
    # within a: (0/2+1)³ = 1; within b: (2/2+1)³ = 8; between: (1/2+1)³ = 3.375
    assert kernel_distance(a, b) == pytest.approx(1 + 8 - 2 * 3.375)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 4))
def test_further_sets_are_further_apart(seed: int, shift: float) -> None:
    real = cloud(200, seed)
    near, far = cloud(200, seed + 1, shift=shift / 4), cloud(200, seed + 2, shift=shift)
    assert frechet_distance(real, far) > frechet_distance(real, near) >= 0
    assert kernel_distance(real, far) > kernel_distance(real, near)
    assert frechet_distance(real, real) == pytest.approx(0, abs=1e-6)


def test_the_floor_stands_beside_the_distance() -> None:
    found = realism(cloud(150, 3, shift=1), cloud(300, 4))
    assert found is not None
    assert found.frechet > 5 * found.frechet_floor
    assert abs(found.kernel_floor) < 0.2 * found.kernel


def test_too_few_real_faces_tell_nothing() -> None:
    assert realism(cloud(100, 5), cloud(15, 6)) is None
    assert realism(cloud(100, 5), cloud(16, 6)) is not None


def test_every_value_weighs_the_same_after_standardising() -> None:
    reference = cloud(500, 7) * np.array([1, 1, 1, 1, 1, 1000], np.float32) + 5
    scaled = standardised(reference, reference)
    np.testing.assert_allclose(scaled.mean(0), 0, atol=1e-4)
    np.testing.assert_allclose(scaled.std(0), 1, atol=1e-4)
    constant = np.ones((5, 6), np.float32)
    assert np.isfinite(standardised(constant, constant)).all()
