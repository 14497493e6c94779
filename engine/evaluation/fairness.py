"""The same figures for women and men and for each label of race, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.ages import Calibration, Kind, age_figures, mean_of
from engine.evaluation.readings import Readings
from engine.evaluation.subjects import ValidationFaces

_RATES = ("same_person", "gender_kept")


def by_group(
    kind: Kind,
    faces: ValidationFaces,
    readings: Readings,
    calibration: Calibration,
    kept: dict[str, NDArray[np.float64]],
    targets: Sequence[float],
) -> dict[str, Any]:
    """Figures of each group.

    Args:
        kind: which labels set the groups apart; -1 is in none.
        faces: that were aged.
        readings: of every result.
        calibration: of real faces.
        kept: what else to average, one value a result (R,); NaN is left out.
        targets: years.

    Returns:
        ``groups`` by label and ``gaps``: for rates the largest minus the smallest, for errors
        the largest over the mean of the groups.
    """
    groups, labels = {}, getattr(faces, kind)
    for label in sorted({int(value) for value in labels if value >= 0}):
        mine, real = labels[readings.row] == label, calibration.of(kind, label)
        ages = [age_figures(readings, real, t, mine) for t in targets]
        biases = [abs(part["outside_bias"]) for part in ages if part["outside_bias"] is not None]
        groups[str(label)] = {
            "faces": int((labels == label).sum()),
            "own_error": mean_of(np.array([part["own_error"] for part in ages])),
            "outside_bias": mean_of(np.array(biases)),
        } | {name: mean_of(values[mine]) for name, values in kept.items()}
    return {"groups": groups, "gaps": _gaps(list(groups.values()))}


def _gaps(groups: list[dict[str, Any]]) -> dict[str, float]:
    gaps = {}
    for name in groups[0] if groups else ():
        values = [group[name] for group in groups if group[name] is not None]
        if name == "faces" or len(values) < 2:
            continue
        if name in _RATES:
            gaps[name] = max(values) - min(values)
        elif sum(values) > 0:
            gaps[name] = max(values) * len(values) / sum(values)
    return gaps
