"""The figures of a model: the same faces, targets and judges for every one.

Nothing here knows a network: the model is a callable that ages crops, the own age reader a
callable that reads ages, so that training and inference can both be judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import SAME_PERSON, FloatArray
from engine.evaluation.ages import DECADE, age_figures, calibrate, did_nothing, mean_of
from engine.evaluation.crossing import Looks, crossings
from engine.evaluation.fairness import by_group
from engine.evaluation.judges import CHUNK, Judges
from engine.evaluation.readings import Before, Readings, read_before, read_results
from engine.evaluation.realism import realism, standardised
from engine.evaluation.subjects import AgeCrops, RealFaces, ValidationFaces
from engine.evaluation.verification import impostors, verification
from engine.tasks import Progress, no_progress

TARGETS = (15.0, 25.0, 35.0, 45.0, 55.0, 65.0, 75.0)
_YEAR_STEPS, _STEPPED = (13.0, 23.0, 33.0, 43.0, 53.0, 63.0, 73.0), 64


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """Real faces to compare results with.

    Attributes:
        ages: held-out ones, for what the own judge reads off real faces.
        outside: ones that are not among the faces to be aged, for what the outside judge does.
        looks: ones that are not among the faces to be aged, for distances between sets.
    """

    ages: RealFaces
    outside: RealFaces
    looks: RealFaces


def evaluate(
    faces: ValidationFaces,
    reference: Reference,
    age_crops: AgeCrops,
    judges: Judges,
    *,
    targets: Sequence[float] = TARGETS,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Age every face to every target and judge the results.

    Returns:
        A JSON-ready dictionary; docs/evaluation.md says what each figure is.
    """
    progress(0.0, "real faces")
    before = read_before(faces, judges)
    calibration = calibrate(reference.ages, reference.outside, judges)
    real_features = judges.features_of(reference.looks.crops)
    readings = read_results(faces, before, age_crops, judges, targets, progress)
    looks = (
        standardised(readings.features, real_features),
        standardised(real_features, real_features),
    )
    inception = readings.inception, judges.inception_of(reference.looks.crops)
    untouched = standardised(judges.features_of(faces.crops), real_features)
    kept = _kept(faces, before, readings)
    by_target = {
        f"{years:.0f}": age_figures(readings, calibration, years)
        | {name: mean_of(values[readings.target == years]) for name, values in kept.items()}
        | {"realism": _realism(looks, readings.target == years, reference.looks.ages, years)}
        | _inception(inception, readings.target == years, reference.looks.ages, years)
        for years in targets
    }
    gap = np.abs(readings.target - faces.ages[readings.row])
    return (
        {
            "faces": len(faces.crops),
            "own_error": float(np.abs(readings.own - readings.target).mean()),
            "outside_worst_bias": _worst([part["outside_bias"] for part in by_target.values()]),
            "by_target": by_target,
        }
        | verification(readings.cosine, gap, impostors(before.embedding))
        | {name: mean_of(values) for name, values in kept.items() if name != "same_person"}
        | {
            "did_nothing": did_nothing(readings, before),
            "own_age_change": own_age_change(faces, age_crops),
            "year_step": year_step(faces, age_crops),
            "crossing": crossings(
                Looks(untouched, faces.ages),
                Looks(looks[0], readings.target),
                faces.ages[readings.row],
                Looks(looks[1], reference.looks.ages),
            ),
            "by_gender": by_group("genders", faces, readings, calibration, kept, targets),
            "by_race": by_group("races", faces, readings, calibration, kept, targets),
        }
    )


def own_age_change(faces: ValidationFaces, age_crops: AgeCrops) -> float:
    """Mean absolute change, as a share of range, of faces asked for the age of their label."""
    by_age: defaultdict[float, list[int]] = defaultdict(list)
    for row, age in enumerate(faces.ages):
        by_age[float(np.round(age))].append(row)
    changes = []
    for age, rows in sorted(by_age.items()):
        for at in range(0, len(rows), CHUNK):
            part = rows[at : at + CHUNK]
            for row, crop in zip(part, age_crops(part, age), strict=True):
                difference = crop.astype(np.float32) - faces.crops[row]
                changes.append(float(np.abs(difference).mean()) / 255)
    return float(np.mean(changes))


def year_step(faces: ValidationFaces, age_crops: AgeCrops) -> dict[str, float]:
    """Mean absolute change from an age to the next, as a share of range: its mean and its most.

    Of the first 64 faces, over seven pairs of neighbouring ages; the most is that of one pair,
    over the faces.
    """
    count = min(_STEPPED, len(faces.crops))
    steps = []
    for years in _YEAR_STEPS:
        apart: list[float] = []
        for rows in (range(at, min(at + CHUNK, count)) for at in range(0, count, CHUNK)):
            pairs = zip(age_crops(rows, years), age_crops(rows, years + 1), strict=True)
            apart.extend(float(np.abs(b.astype(np.float32) - a).mean()) for a, b in pairs)
        steps.append(float(np.mean(apart)) / 255)
    return {"mean": float(np.mean(steps)), "most": max(steps)}


def _kept(
    faces: ValidationFaces, before: Before, readings: Readings
) -> dict[str, NDArray[np.float64]]:
    """What should not change, one value a result.

    Gender counts only where the judge read the label off the untouched face.
    """
    readable = (before.gender == faces.genders)[readings.row]
    same_gender = (readings.gender == before.gender[readings.row]).astype(np.float64)
    return {
        "same_person": (readings.cosine >= SAME_PERSON).astype(np.float64),
        "gender_kept": np.where(readable, same_gender, np.nan),
        "expression_change": readings.expression,
        "pose_change": readings.pose,
        "background_change": readings.background,
    }


def _realism(
    looks: tuple[FloatArray, FloatArray],
    results: NDArray[np.bool_],
    ages: NDArray[np.float32],
    years: float,
) -> dict[str, float] | None:
    made, real = looks
    found = realism(made[results], real[np.abs(ages - years) <= DECADE])
    return None if found is None else asdict(found)


def _inception(
    features: tuple[FloatArray | None, FloatArray | None],
    results: NDArray[np.bool_],
    ages: NDArray[np.float32],
    years: float,
) -> dict[str, dict[str, float] | None]:
    """FID and KID as they are defined, over the features as they come; one way to halve."""
    made, real = features
    if made is None or real is None:
        return {}
    found = realism(made[results], real[np.abs(ages - years) <= DECADE], splits=1)
    if found is None:
        return {"inception": None}
    return {
        "inception": {
            "fid": found.frechet,
            "fid_floor": found.frechet_floor,
            "kid": found.kernel,
            "kid_floor": found.kernel_floor,
        }
    }


def _worst(values: Sequence[float | None]) -> float | None:
    known = [abs(value) for value in values if value is not None]
    return max(known) if known else None
