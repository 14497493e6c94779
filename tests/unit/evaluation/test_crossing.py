"""How much of the way from one part of life to the other results come."""

from __future__ import annotations

import numpy as np
import pytest

from engine.domain import FloatArray
from engine.evaluation.crossing import COMPONENTS, Looks, crossings

YOUNG, OLD, COUNT = 25.0, 70.0, 400


def looks(years: float, at: float, count: int = COUNT, seed: int = 0) -> Looks:
    """Features around ``at`` in the first of 100 values."""
    features = np.random.default_rng(seed).standard_normal((count, 100)).astype(np.float32)
    features[:, 0] += np.float32(at)
    return Looks(features, np.full(count, years))


def joined(*parts: Looks) -> Looks:
    return Looks(
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.years for part in parts]),
    )


def share_of(way: float, count: int = COUNT) -> dict[str, float] | None:
    """Young faces lie at 0, old ones at 10; results of young ones come ``way`` of it."""
    untouched = looks(YOUNG, 0.0, count, seed=1)
    made = Looks(untouched.features + 10 * way * first(), np.full(count, OLD))
    real = joined(looks(YOUNG, 0.0, seed=2), looks(OLD, 10.0, 2 * COUNT, seed=3))
    found = crossings(untouched, made, np.full(count, YOUNG), real)
    assert found["old_to_young"] is None, "nobody old was aged"
    return found["young_to_old"]


def first() -> FloatArray:
    axis = np.zeros(100, np.float32)
    axis[0] = 1
    return axis


@pytest.mark.parametrize("way", [0.0, 0.5, 0.8])
def test_what_is_left_of_the_way(way: float) -> None:
    found = share_of(way)
    assert found is not None
    floor = found["floor"]
    left = (found["made"] - floor) / (found["untouched"] - floor)
    assert left == pytest.approx((1 - way) ** 2, abs=0.08)
    assert found["share"] == pytest.approx(found["made"] / found["untouched"])


def test_all_of_the_way_is_as_near_as_real_faces_are() -> None:
    found = share_of(1.0)
    assert found is not None
    assert found["made"] < 1.5 * found["floor"]
    assert found["share"] < 0.1


def test_results_at_other_ages_and_of_other_faces_do_not_count() -> None:
    untouched = looks(YOUNG, 0.0, seed=1)
    made = Looks(untouched.features + 10 * first(), np.full(COUNT, OLD))
    real = joined(looks(YOUNG, 0.0, seed=2), looks(OLD, 10.0, 2 * COUNT, seed=3))
    astray = joined(made, Looks(made.features + 90, np.full(COUNT, 45.0)))
    source = np.full(2 * COUNT, YOUNG)
    assert crossings(untouched, astray, source, real) == crossings(
        untouched, made, source[:COUNT], real
    )


def test_too_few_faces_are_none() -> None:
    assert share_of(0.5, 2 * COMPONENTS - 1) is None
    assert share_of(0.5, 2 * COMPONENTS) is not None
