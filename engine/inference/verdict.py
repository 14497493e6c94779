"""Scores in words: the same person or doubtful, the age reached or not."""

from __future__ import annotations

from engine.domain import Scores
from engine.evaluation.identity import SAME_PERSON

REACHED_WITHIN = 8.0


def judge(before: float, after: float, target: float, identity: float) -> Scores:
    """Scores with a verdict.

    The age counts as reached within eight years of the target, or beyond it in the direction
    asked for: that is the estimator's own error on photographs it has not seen, with a margin.

    Args:
        before: estimated age of the source, years.
        after: estimated age of the result, years.
        target: years asked for.
        identity: cosine of the SFace embeddings.
    """
    same = identity >= SAME_PERSON
    beyond = (after - target) * (target - before) > 0
    reached = beyond or abs(after - target) <= REACHED_WITHIN
    person = "same person" if same else "identity doubtful"
    age = "reached the age" if reached else f"fell {abs(target - after):.0f} years short"
    return Scores(
        age_before=before,
        age_after=after,
        identity=identity,
        same_person=same,
        reached=reached,
        verdict=f"{person}, {age}",
    )
