"""Scores in words."""

from __future__ import annotations

import pytest

from engine.domain import SAME_PERSON
from engine.inference.verdict import judge, overshoot


@pytest.mark.parametrize(
    ("before", "after", "target", "reached"),
    [
        (30, 62, 70, True),  # within eight years
        (30, 61.9, 70, False),
        (30, 78, 70, True),  # beyond, as near
        (30, 85, 70, False),
        (60, 28, 20, True),
        (60, 28.1, 20, False),
        (60, 5, 20, False),
        (30, 30, 30, True),
        (30, 45, 30, False),  # nothing was asked for, much was done
        (30, 10, 70, False),  # the wrong way
    ],
)
def test_the_age_is_reached_or_not(
    before: float, after: float, target: float, reached: bool
) -> None:
    scores = judge(before, after, target, 1.0)
    assert scores.reached is reached
    assert ("reached the age" in scores.verdict) is reached
    assert (scores.age_before, scores.age_after) == (before, after)


def test_how_far_it_fell_short() -> None:
    assert judge(30, 50, 70, 1.0).verdict == "same person, fell 20 years short"


def test_how_far_it_went_too_far() -> None:
    assert judge(30, 85, 70, 1.0).verdict == "same person, went 15 years too far"


@pytest.mark.parametrize(
    ("identity", "same"), [(SAME_PERSON, True), (SAME_PERSON - 1e-6, False), (-1.0, False)]
)
def test_the_threshold_belongs_to_the_same_person(identity: float, same: bool) -> None:
    scores = judge(30, 70, 70, identity)
    assert scores.same_person is same
    assert scores.verdict.startswith("same person" if same else "identity doubtful")


@pytest.mark.parametrize(
    ("before", "after", "target", "years"),
    [(30, 85, 70, 15), (60, 5, 20, -15), (30, 60, 70, 0), (60, 28, 20, 0), (30, 20, 70, 0)],
)
def test_how_far_beyond(before: float, after: float, target: float, years: float) -> None:
    assert overshoot(judge(before, after, target, 1.0), target) == years
