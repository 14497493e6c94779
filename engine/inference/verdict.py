"""Scores in words: the same person or doubtful, the age reached or not."""

from __future__ import annotations

from engine.domain import SAME_PERSON, Scores

REACHED_WITHIN = 8.0


def judge(before: float, after: float, target: float, identity: float) -> Scores:
    """Scores with a verdict.

    The age counts as reached within eight years of the target: the estimator's own error on
    photographs it has not seen (5 years), with a margin.

    Args:
        before: estimated age of the source, years.
        after: estimated age of the result, years.
        target: years asked for.
        identity: cosine of the SFace embeddings.
    """
    same = identity >= SAME_PERSON
    miss = abs(after - target)
    reached = miss <= REACHED_WITHIN
    beyond = _past(before, after, target) != 0
    person = "same person" if same else "identity doubtful"
    if reached:
        age = "reached the age"
    else:
        age = f"went {miss:.0f} years too far" if beyond else f"fell {miss:.0f} years short"
    return Scores(
        age_before=before,
        age_after=after,
        identity=identity,
        same_person=same,
        reached=reached,
        verdict=f"{person}, {age}",
    )


def overshoot(scores: Scores, target: float) -> float:
    """Years (signed, after - target) that a result went beyond its target; 0 where it did not."""
    return _past(scores.age_before, scores.age_after, target)


def _past(before: float, after: float, target: float) -> float:
    return after - target if (after - target) * (target - before) > 0 else 0.0
