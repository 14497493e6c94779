"""What the judges read off every result, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.evaluation.expression import Expression
from engine.evaluation.identity import similarity_of
from engine.evaluation.judges import CHUNK, Judges
from engine.evaluation.subjects import AgeCrops, Crops, ValidationFaces
from engine.tasks import Progress, no_progress

_OUTSIDE_MASK = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What was read off the faces as they are; one entry a face.

    Attributes:
        own, outside: years.
        gender: 0 male, 1 female, as the outside judge says.
        embedding: (N, D) unit vectors.
        expression: ``None`` where no face was found.
    """

    own: NDArray[np.float64]
    outside: NDArray[np.float64]
    gender: NDArray[np.int64]
    embedding: FloatArray
    expression: list[Expression | None]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """What was read off every result; one entry a face and target.

    Attributes:
        row, target: which face, at which years.
        own, outside: years.
        gender: 0 male, 1 female, as the outside judge says.
        cosine: similarity to the source.
        expression: mean absolute change of the blendshapes; NaN where no face was found.
        pose: larger change of roll and yaw in degrees; NaN where no face was found.
        background: mean absolute change where the mask is closed, as a share of range.
        features: (R, F) float32.
        inception: (R, D) float32 where Inception-v3 is at hand.
    """

    row: NDArray[np.int64]
    target: NDArray[np.float64]
    own: NDArray[np.float64]
    outside: NDArray[np.float64]
    gender: NDArray[np.int64]
    cosine: NDArray[np.float64]
    expression: NDArray[np.float64]
    pose: NDArray[np.float64]
    background: NDArray[np.float64]
    features: FloatArray
    inception: FloatArray | None


@dataclass(slots=True)
class _Columns:
    row: list[int] = field(default_factory=list)
    target: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    outside: list[float] = field(default_factory=list)
    gender: list[int] = field(default_factory=list)
    cosine: list[float] = field(default_factory=list)
    expression: list[float] = field(default_factory=list)
    pose: list[float] = field(default_factory=list)
    background: list[float] = field(default_factory=list)
    features: list[FloatArray] = field(default_factory=list)
    inception: list[FloatArray] = field(default_factory=list)

    def whole(self) -> Readings:
        columns: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        features, seen = np.concatenate(columns.pop("features")), columns.pop("inception")
        inception = np.concatenate(seen) if seen else None
        single = {name: np.array(values) for name, values in columns.items()}
        return Readings(**single, features=features, inception=inception)


def read_before(faces: ValidationFaces, judges: Judges) -> Before:
    """Judge the faces as they are."""
    years, genders = judges.outside.read(faces.crops)
    pairs = zip(faces.crops, faces.points, strict=True)
    return Before(
        own=judges.own_of(faces.crops),
        outside=years,
        gender=_codes(genders),
        embedding=np.stack([judges.identity.embed(crop, points) for crop, points in pairs]),
        expression=[judges.expression(crop) for crop in faces.crops],
    )


def read_results(
    faces: ValidationFaces,
    before: Before,
    age_crops: AgeCrops,
    judges: Judges,
    targets: Sequence[float],
    progress: Progress = no_progress,
) -> Readings:
    """Age every face to every target and judge the results."""
    count, columns = len(faces.crops), _Columns()
    rounds = len(targets) * -(-count // CHUNK)
    for number, (target, rows) in enumerate(
        (t, range(at, min(at + CHUNK, count))) for t in targets for at in range(0, count, CHUNK)
    ):
        progress(number / rounds, f"target {target:.0f}")
        aged = age_crops(list(rows), target)
        columns.row.extend(rows)
        columns.target.extend([target] * len(rows))
        _read_ages(columns, aged, judges)
        columns.features.append(judges.features(aged))
        if judges.inception is not None:
            columns.inception.append(judges.inception(aged))
        for row, crop in zip(rows, aged, strict=True):
            _read_kept(columns, faces, before, row, crop, judges)
    return columns.whole()


def _read_ages(columns: _Columns, aged: Crops, judges: Judges) -> None:
    years, genders = judges.outside.read(aged)
    columns.own.extend(float(age) for age in judges.own(aged))
    columns.outside.extend(float(age) for age in years)
    columns.gender.extend(_codes(genders).tolist())


def _read_kept(
    columns: _Columns,
    faces: ValidationFaces,
    before: Before,
    row: int,
    crop: NDArray[np.uint8],
    judges: Judges,
) -> None:
    after = judges.identity.embed(crop, faces.points[row])
    columns.cosine.append(similarity_of(before.embedding[row], after))
    shapes = pose = float("nan")
    was, now = before.expression[row], judges.expression(crop)
    if was is not None and now is not None:
        shapes = float(np.abs(now.blendshapes - was.blendshapes).mean())
        pose = float(np.abs(now.pose - was.pose).max())
    columns.expression.append(shapes)
    columns.pose.append(pose)
    outside = faces.masks[row] < _OUTSIDE_MASK
    change = np.abs(crop[outside].astype(np.float32) - faces.crops[row][outside])
    columns.background.append(float(change.mean()) / 255 if change.size else 0.0)


def _codes(genders: Sequence[str]) -> NDArray[np.int64]:
    return np.array([{"male": 0, "female": 1}[gender] for gender in genders], np.int64)
