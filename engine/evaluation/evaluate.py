"""The figures of a model: the same faces, targets and judges for every one.

Nothing here knows a network: the model is a callable that ages crops, the own estimator a
callable that reads ages, so that training and inference can both be judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import SAME_PERSON, FloatArray
from engine.evaluation.identity import IdentityJudge, similarity_of
from engine.evaluation.outside import OutsideJudge
from engine.tasks import Progress, no_progress

Crops = list[NDArray[np.uint8]]
AgeCrops = Callable[[Sequence[int], float], Crops]
"""``age_crops(rows, target)``: the validation faces in ``rows`` at ``target`` years."""
ReadAges = Callable[[Crops], Sequence[float]]

TARGETS = (15.0, 25.0, 35.0, 45.0, 55.0, 65.0, 75.0)
_CHUNK = 32
_GAPS = ((0.0, 20.0), (20.0, 30.0), (30.0, 40.0), (40.0, 100.0))


@dataclass(frozen=True, slots=True, eq=False)
class ValidationFaces:
    """Faces that no training saw.

    Attributes:
        crops: S×S×3 uint8 RGB each.
        points: (N, 5, 2) float32 SFace points in crop pixels.
        ages: (N,) labels in years.
        genders: (N,) 0 male, 1 female, -1 unknown.
        races: (N,) labels of the data set, -1 unknown.
    """

    crops: Crops
    points: FloatArray
    ages: NDArray[np.float32]
    genders: NDArray[np.int64]
    races: NDArray[np.int64]


@dataclass(slots=True)
class _Readings:
    """What was read off every result, one entry a face and target."""

    row: list[int] = field(default_factory=list)
    target: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    outside: list[float] = field(default_factory=list)
    cosine: list[float] = field(default_factory=list)
    gender_kept: list[float] = field(default_factory=list)


def evaluate(
    faces: ValidationFaces,
    age_crops: AgeCrops,
    read_ages: ReadAges,
    identity: IdentityJudge,
    outside: OutsideJudge,
    *,
    targets: Sequence[float] = TARGETS,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Age every face to every target and judge the results.

    Returns:
        A JSON-ready dictionary: ``faces``, ``own_error`` (mean |own estimate - target|),
        ``by_target``, ``same_person`` by age gap, ``own_age_change`` (mean absolute change of
        range when asked for its own age), ``gender_kept``, ``by_gender`` and ``by_race``.
    """
    count = len(faces.crops)
    before = [identity.embed(c, p) for c, p in zip(faces.crops, faces.points, strict=True)]
    real_age, real_gender = outside.read(faces.crops)
    readings = _Readings()
    rounds = len(targets) * -(-count // _CHUNK)
    for number, (target, rows) in enumerate(
        (t, range(at, min(at + _CHUNK, count))) for t in targets for at in range(0, count, _CHUNK)
    ):
        progress(number / rounds, f"target {target:.0f}")
        aged = age_crops(list(rows), target)
        years, genders = outside.read(aged)
        for row, crop, own, year, gender in zip(
            rows, aged, read_ages(aged), years, genders, strict=True
        ):
            readings.row.append(row)
            readings.target.append(target)
            readings.own.append(float(own))
            readings.outside.append(float(year))
            readings.cosine.append(
                similarity_of(before[row], identity.embed(crop, faces.points[row]))
            )
            readings.gender_kept.append(float(gender == real_gender[row]))
    return _summary(faces, readings, real_age, real_gender) | {
        "own_age_change": own_age_change(faces, age_crops)
    }


def own_age_change(faces: ValidationFaces, age_crops: AgeCrops) -> float:
    """Mean absolute change, as a share of range, of faces asked for the age of their label."""
    by_age: defaultdict[float, list[int]] = defaultdict(list)
    for row, age in enumerate(faces.ages):
        by_age[float(np.round(age))].append(row)
    changes = []
    for age, rows in sorted(by_age.items()):
        for at in range(0, len(rows), _CHUNK):
            part = rows[at : at + _CHUNK]
            for row, crop in zip(part, age_crops(part, age), strict=True):
                difference = crop.astype(np.float32) - faces.crops[row]
                changes.append(float(np.abs(difference).mean()) / 255)
    return float(np.mean(changes))


def _summary(
    faces: ValidationFaces,
    readings: _Readings,
    real_age: NDArray[np.float64],
    real_gender: list[str],
) -> dict[str, Any]:
    row, target = np.array(readings.row), np.array(readings.target)
    error = np.abs(np.array(readings.own) - target)
    outside, cosine = np.array(readings.outside), np.array(readings.cosine)
    same = cosine >= SAME_PERSON
    gap = np.abs(target - faces.ages[row])
    label = np.array([{"male": 0, "female": 1}[g] for g in real_gender])
    readable = (label == faces.genders)[row]
    kept = np.array(readings.gender_kept)
    by_target = {}
    for years in sorted(set(readings.target)):
        here = target == years
        decade = np.abs(faces.ages - years) <= 5
        by_target[f"{years:.0f}"] = {
            "own_error": float(error[here].mean()),
            "outside_mean": float(outside[here].mean()),
            "outside_on_real": _mean(real_age[decade]),
            "same_person": float(same[here].mean()),
            "gender_kept": _mean(kept[here & readable]),
        }
    return {
        "faces": len(faces.crops),
        "own_error": float(error.mean()),
        "by_target": by_target,
        "same_person": {
            f"{low:.0f}-{high:.0f}": float(same[(gap >= low) & (gap < high)].mean())
            for low, high in _GAPS
            if ((gap >= low) & (gap < high)).any()
        },
        "same_person_to_30": _mean(same[gap <= 30]),
        "gender_kept": _mean(kept[readable]),
        "by_gender": _by_group(faces.genders[row], error, same),
        "by_race": _by_group(faces.races[row], error, same),
    }


def _mean(values: NDArray[Any]) -> float | None:
    """``None`` where nothing was to be averaged."""
    return float(values.mean()) if values.size else None


def _by_group(
    group: NDArray[np.int64], error: NDArray[np.float64], same: NDArray[np.bool_]
) -> dict[str, dict[str, float]]:
    return {
        str(value): {
            "own_error": float(error[group == value].mean()),
            "same_person": float(same[group == value].mean()),
        }
        for value in sorted({int(v) for v in group if v >= 0})
    }
