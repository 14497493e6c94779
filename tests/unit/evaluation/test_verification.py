"""Thresholds and rates of verification."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain import SAME_PERSON
from engine.evaluation.verification import by_gap, impostors, threshold_at, verification


def test_all_pairs_once() -> None:
    three = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)
    assert sorted(impostors(three)) == pytest.approx([0, 0.6, 0.8], abs=1e-6)


@given(st.integers(0, 1000), st.floats(0.001, 0.05))
def test_no_more_than_the_share_passes(seed: int, share: float) -> None:
    pairs = np.random.default_rng(seed).normal(0, 0.1, 20_000)
    threshold = threshold_at(pairs, share)
    assert threshold is not None
    assert (pairs >= threshold).mean() <= share
    assert (pairs >= threshold - 0.01).mean() > share * 0.9


def test_too_few_pairs_give_no_threshold() -> None:
    assert threshold_at(np.zeros(9_999), 0.001) is None


def test_rates_at_both_thresholds() -> None:
    impostor = np.linspace(-0.5, SAME_PERSON + 0.1, 20_001)
    cosine = np.array([SAME_PERSON - 0.01, SAME_PERSON + 0.01, 0.9, 0.9])
    found = verification(cosine, np.array([10.0, 10, 50, 60]), impostor)
    assert found["same_person"] == {"0-20": 0.5, "40-100": 1.0}
    assert found["same_person_to_30"] == 0.5
    strict = found["at_false_matches"]
    assert strict["threshold"] == pytest.approx(SAME_PERSON + 0.1, abs=1e-3)
    assert strict["same_person"] == {"0-20": 0.0, "40-100": 1.0}


def test_a_gap_belongs_to_one_range() -> None:
    values = np.arange(4.0)
    found = by_gap(values, np.array([0.0, 19.9, 20.0, 40.0]))
    assert found == {"0-20": 0.5, "20-30": 2.0, "40-100": 3.0}
