"""Who is evaluated and by whom: joins a prepared set and installed models with the evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.aged import HairChange, apply_change
from engine.domain import FloatArray
from engine.evaluation.evaluate import Reference
from engine.evaluation.judges import Judges, ReadsAges
from engine.evaluation.subjects import AgeCrops, Crops, RealFaces, ValidationFaces
from engine.faces.head import around, heads_in, inner
from engine.imaging.resize import to_side
from engine.inference.hair import Hair, hair_of

if TYPE_CHECKING:
    from engine.inference.predictor import FaceCode, Predictor
    from engine.models.registry import ModelRegistry
    from engine.models.spec import ModelSpec
    from engine.training.dataset import PreparedSet

Rows = NDArray[np.int64]
_YOUNGEST, _OLDEST = 15, 75
_REAL_A_DECADE, _OUTSIDE_A_DECADE = 400, 800


def held_out(data: PreparedSet, count: int, seed: int, source: str | None = None) -> Rows:
    """Rows of sharp validation faces of 15 to 75 with a label, drawn by seed."""
    usable = data.validation & data.sharp() & (data.age >= _YOUNGEST) & (data.age <= _OLDEST)
    if source is not None:
        usable &= data.source == source
    pool = np.flatnonzero(usable)
    return np.random.default_rng(seed).choice(pool, min(count, len(pool)), replace=False)


def reference(data: PreparedSet, rows: Rows, seed: int) -> Reference:
    """Real sharp faces: held-out ones for the own judge, else any that are not in ``rows``."""
    known = data.sharp() & np.isfinite(data.age)
    others = known.copy()
    others[rows] = False
    return Reference(
        ages=_real_faces(data, _spread(data, known & data.validation, seed, _REAL_A_DECADE)),
        outside=_real_faces(data, _spread(data, others, seed, _OUTSIDE_A_DECADE)),
        looks=_real_faces(data, _spread(data, others, seed, _REAL_A_DECADE)),
    )


def validation_faces(data: PreparedSet, rows: Rows) -> ValidationFaces:
    """The chosen rows as the evaluation takes them."""
    batch = data.batch(rows)
    return ValidationFaces(
        crops=_crops(data, rows),
        points=batch.points.numpy(),
        masks=batch.mask[:, 0].numpy(),
        ages=data.age[rows],
        genders=data.gender[rows],
        races=data.race[rows],
    )


def ager(faces: ValidationFaces, predictor: Predictor, spec: ModelSpec) -> AgeCrops:
    """The model as a callable: own estimate as source age, as for a user's photo.

    A model of a smaller crop than the faces' sees them shrunk, and its change is enlarged, as it
    is for a photo.
    """
    source = [age for crop in faces.crops for age in predictor.ages([crop])]
    side, hair = spec.input_size, _hair(faces, predictor)

    def tone(row: int, target: float, code: FaceCode) -> HairChange | None:
        own = hair[row]
        return None if own is None else own.at(source[row], target, code.colour)

    def age_crops(rows: Sequence[int], target: float) -> Crops:
        seen = [to_side(faces.crops[row], side) for row in rows]
        encodings = predictor.encode(spec.name, seen)
        years = float(np.clip(target, spec.age_min, spec.age_max))
        decoded = predictor.decode(
            spec.name, encodings, [source[row] for row in rows], [years] * len(rows)
        )
        return [
            _aged(faces, row, change * mask[..., None], tone(row, years, code))
            for row, code, (change, mask) in zip(rows, encodings, decoded, strict=True)
        ]

    return age_crops


def _aged(
    faces: ValidationFaces, row: int, change: FloatArray, hair: HairChange | None
) -> NDArray[np.uint8]:
    """A face's crop with the model's change, where its mask lets it through, and the hair's."""
    crop, mask = faces.crops[row], faces.masks[row]
    side = len(crop)
    change = to_side(change, side) * mask[..., None]
    if hair is not None:
        change = change + hair.change[inner(side)]
    return apply_change(crop, change, np.ones_like(mask))


def _hair(faces: ValidationFaces, predictor: Predictor) -> list[Hair | None]:
    """The hair of each face, as far as its crop shows it."""
    if not predictor.parses:
        return [None] * len(faces.crops)
    return [
        hair_of(head) for crop in faces.crops for head in heads_in([around(crop)], predictor.parts)
    ]


def age_reader(
    registry: ModelRegistry, predictor: Predictor
) -> tuple[dict[str, str | bool], ReadsAges]:
    """Who reads ages off results: the age judge, else the estimator, which guided trainings.

    Returns ``own``, its name, and ``own_guided``, whether it is the latter; and crops → years.
    Raises ModelError.
    """
    import torch

    from engine.models.arch.age_estimator import AgeEstimator
    from engine.models.layers import channels_last

    spec = registry.judge()
    if spec is None:
        return {"own": registry.estimator().name, "own_guided": True}, predictor.ages
    network = registry.load(spec)
    assert isinstance(network, AgeEstimator)
    judge = channels_last(network)

    def ages(crops: Crops) -> list[float]:
        batch = torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).float() / 255
        with torch.inference_mode():
            return [float(years) for years in judge.age(batch)]

    return {"own": spec.name, "own_guided": False}, ages


@contextmanager
def judges(own: ReadsAges, inception: Path | None = None) -> Iterator[Judges]:
    """The judges of every evaluation; EngineError where one is not installed."""
    from engine.evaluation.expression import ExpressionJudge
    from engine.evaluation.features import ImageNetFeatures
    from engine.evaluation.identity import IdentityJudge
    from engine.evaluation.inception import InceptionFeatures
    from engine.evaluation.outside import OutsideJudge
    from engine.faces.mediapipe_detector import MediaPipeDetector
    from engine.models.assets import IMAGENET, LANDMARKER, SFACE, asset

    with MediaPipeDetector(asset(LANDMARKER)) as detector:
        yield Judges(
            own=own,
            identity=IdentityJudge(asset(SFACE)),
            outside=OutsideJudge(),
            expression=ExpressionJudge(detector).read,
            features=ImageNetFeatures(asset(IMAGENET)),
            inception=None if inception is None else InceptionFeatures(inception),
        )


def _spread(data: PreparedSet, usable: NDArray[np.bool_], seed: int, most: int) -> Rows:
    """At most so many rows of each decade from 10 to 80, drawn by seed."""
    random, chosen = np.random.default_rng(seed), []
    for low in range(10, 80, 10):
        pool = np.flatnonzero(usable & (data.age >= low) & (data.age < low + 10))
        chosen.append(random.permutation(pool)[:most])
    return np.concatenate(chosen)


def _real_faces(data: PreparedSet, rows: Rows) -> RealFaces:
    return RealFaces(_crops(data, rows), data.age[rows], data.gender[rows], data.race[rows])


def _crops(data: PreparedSet, rows: Rows) -> Crops:
    images = data.batch(rows).image.permute(0, 2, 3, 1).numpy()
    return [np.ascontiguousarray(image) for image in (images * 255).round().astype(np.uint8)]
