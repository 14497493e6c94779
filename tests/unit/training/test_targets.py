"""Targets: in range, mixed in the shares asked for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.training.targets import draw_targets

COUNT = 4000


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 2**31))
def test_every_target_is_an_age_the_model_knows(uniform: float, far: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    source = random.uniform(8, 90, 50).astype(np.float32)
    real = random.uniform(0, 110, 50).astype(np.float32)
    target = draw_targets(random, source, real, uniform=uniform, far=far)
    assert target.dtype == np.float32
    assert target.shape == source.shape
    assert target.min() >= 10
    assert target.max() <= 80


def drawn(uniform: float, far: float, age: float) -> np.ndarray:  # type: ignore[type-arg]
    source, real = np.full(COUNT, age, np.float32), np.full(COUNT, 33.0, np.float32)
    return draw_targets(np.random.default_rng(1), source, real, uniform=uniform, far=far)


def test_shares() -> None:
    assert (drawn(0, 0, 60) == 33).all()
    assert 0.56 < np.mean(drawn(0.4, 0, 60) == 33) < 0.64
    even = drawn(1, 0, 60)
    assert np.histogram(even, 7, (10, 80))[0].min() > COUNT / 7 * 0.8


def test_far_targets_lie_in_the_other_part_of_life() -> None:
    young, old = drawn(0, 1, 20), drawn(0, 1, 70)
    assert young.min() >= 45
    assert young.max() > 75
    assert old.max() <= 35
    assert old.min() < 14
    assert 0.26 < np.mean(drawn(0, 0.3, 70) != 33) < 0.34
