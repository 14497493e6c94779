"""Which age each face of a batch is asked for."""

from __future__ import annotations

from typing import Any

import numpy as np

Years = np.ndarray[Any, np.dtype[np.float32]]

YOUNGEST, OLDEST = 10.0, 80.0
FAR_YOUNG, FAR_OLD = (10.0, 35.0), (45.0, 80.0)


def draw_targets(
    random: np.random.Generator, source: Years, real: Years, *, uniform: float, far: float
) -> Years:
    """Years (B,) for faces of ``source`` years (B,), from three ways to draw.

    Args:
        random: chance.
        source: the faces' own ages.
        real: ages of other real faces (B,), for targets that are spread as those are.
        uniform: share of targets drawn evenly from 10..80 instead of from ``real``.
        far: share of targets drawn, before that, from the other part of life: 45..80 for those
            under 45 and 10..35 for the others.
    """
    count = len(source)
    even = random.uniform(YOUNGEST, OLDEST, count)
    target = np.where(random.random(count) < uniform, even, real.clip(YOUNGEST, OLDEST))
    other = np.where(
        source < FAR_OLD[0], random.uniform(*FAR_OLD, count), random.uniform(*FAR_YOUNG, count)
    )
    return np.where(random.random(count) < far, other, target).astype(np.float32)
