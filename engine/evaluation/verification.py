"""Identity as face verification counts it: rates at a threshold, and the threshold itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import SAME_PERSON, FloatArray

FALSE_MATCHES = 0.001
GAPS = ((0.0, 20.0), (20.0, 30.0), (30.0, 40.0), (40.0, 100.0))


def impostors(embeddings: FloatArray) -> NDArray[np.float64]:
    """Unit vectors (N, D) of N people → cosines of all N·(N-1)/2 pairs."""
    count = len(embeddings)
    cosines = embeddings.astype(np.float64) @ embeddings.astype(np.float64).T
    return np.asarray(cosines[np.triu_indices(count, 1)])


def threshold_at(impostor: NDArray[np.float64], false_matches: float) -> float | None:
    """The lowest cosine that at most a share ``false_matches`` of impostor pairs reaches.

    ``None`` where there are too few pairs to tell: fewer than ten at or above it.
    """
    allowed = int(len(impostor) * false_matches)
    if allowed < 10:
        return None
    return float(np.nextafter(np.sort(impostor)[-allowed - 1], 2))


def verification(
    cosine: NDArray[np.float64], gap: NDArray[np.float64], impostor: NDArray[np.float64]
) -> dict[str, Any]:
    """Rates of results that count as the same person.

    Args:
        cosine: (R,) similarity of each result to its source.
        gap: (R,) years between them.
        impostor: cosines of pairs of different real people.

    Returns:
        ``same_person`` by gap and ``same_person_to_30`` at the published threshold;
        ``at_false_matches`` with the threshold measured here and the rates at it.
    """
    strict = threshold_at(impostor, FALSE_MATCHES)
    same = cosine >= SAME_PERSON
    return {
        "same_person": by_gap(same, gap),
        "same_person_to_30": float(same[gap <= 30].mean()) if (gap <= 30).any() else None,
        "at_false_matches": {
            "share": FALSE_MATCHES,
            "threshold": strict,
            "same_person": {} if strict is None else by_gap(cosine >= strict, gap),
        },
    }


def by_gap(
    values: NDArray[Any], gap: NDArray[np.float64], gaps: Sequence[tuple[float, float]] = GAPS
) -> dict[str, float]:
    """Means of ``values`` where the gap in years lies in each range; empty ones are left out."""
    inside = {f"{low:.0f}-{high:.0f}": (gap >= low) & (gap < high) for low, high in gaps}
    return {name: float(values[here].mean()) for name, here in inside.items() if here.any()}
