"""How far results come from the looks of one part of life to those of the other.

Beside the distance of results to real faces of the age asked for stands that of the very faces
they were made of, before they were aged: what is left of the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.evaluation.realism import frechet_distance

YOUNG, OLD = (20.0, 30.0), (60.0, 200.0)
WAYS = {"young_to_old": (YOUNG, OLD), "old_to_young": (OLD, YOUNG)}
COMPONENTS = 32
_FEWEST = 2 * COMPONENTS


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """Features (N, D) of pictures and the years (N,) they stand for."""

    features: FloatArray
    years: NDArray[np.floating[Any]]

    def within(self, span: tuple[float, float]) -> NDArray[np.bool_]:
        """Which of them are of ``span``, its end left out."""
        return np.asarray((self.years >= span[0]) & (self.years < span[1]))


def crossings(
    untouched: Looks, made: Looks, source: NDArray[np.floating[Any]], real: Looks, *, seed: int = 0
) -> dict[str, dict[str, float] | None]:
    """Fréchet distances to real faces of the other part of life, over principal components.

    Of so few faces a distance over hundreds of values is mostly the sampling's own; so the
    features are reduced to the 32 directions in which the real faces differ most.

    Args:
        untouched: the faces before.
        made: the results, at their targets.
        source: age before of each result, years.
        real: other real faces.
        seed: of the draws that make the sets equally large.

    Returns:
        For both ways ``made`` and ``untouched``, the two distances, ``floor``, that between two
        halves of the real ones, and ``share``, made over untouched; ``None`` where there are
        too few faces.
    """
    mean, directions = _principal(real.features)

    def reduced(features: FloatArray) -> FloatArray:
        return np.asarray((features - mean) @ directions, np.float32)

    found: dict[str, dict[str, float] | None] = {}
    for name, (start, end) in WAYS.items():
        from_there = (source >= start[0]) & (source < start[1]) & made.within(end)
        found[name] = _shares(
            reduced(untouched.features[untouched.within(start)]),
            reduced(made.features[from_there]),
            reduced(real.features[real.within(end)]),
            np.random.default_rng(seed),
        )
    return found


def _shares(
    untouched: FloatArray, made: FloatArray, real: FloatArray, random: np.random.Generator
) -> dict[str, float] | None:
    count = min(len(untouched), len(made), len(real) // 2)
    if count < _FEWEST:
        return None

    def some(features: FloatArray) -> FloatArray:
        return features[random.permutation(len(features))[:count]]

    shuffled = real[random.permutation(len(real))]
    known, others = shuffled[:count], shuffled[count : 2 * count]
    before, after = frechet_distance(some(untouched), known), frechet_distance(some(made), known)
    return {
        "made": after,
        "untouched": before,
        "floor": frechet_distance(others, known),
        "share": after / before,
    }


def _principal(features: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean (D,) and the directions (D, 32) of the widest spread."""
    mean = features.mean(0)
    _, _, rows = np.linalg.svd(features - mean, full_matrices=False)
    return mean, np.asarray(rows[:COMPONENTS].T, np.float32)
