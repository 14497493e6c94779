"""The judges of an evaluation, as what they must be able to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.evaluation.expression import Expression
from engine.evaluation.subjects import Crops

CHUNK = 32
ReadsAges = Callable[[Crops], Sequence[float]]
"""S×S×3 uint8 RGB crops → years each."""


class ReadsIdentity(Protocol):
    """See :class:`engine.evaluation.identity.IdentityJudge`."""

    def embed(self, rgb: NDArray[np.uint8], points: FloatArray) -> FloatArray:
        """H×W×3 uint8 sRGB and its five points (5, 2) → unit vector."""


class ReadsFromOutside(Protocol):
    """See :class:`engine.evaluation.outside.OutsideJudge`."""

    def read(self, crops: Sequence[NDArray[np.uint8]]) -> tuple[NDArray[np.float64], list[str]]:
        """Crops → years (N,) and "female"/"male" each."""


@dataclass(frozen=True, slots=True)
class Judges:
    """Who reads what off a crop.

    Attributes:
        own: an age network of this project's.
        identity: whether it is the same person.
        outside: an age and gender judge that nobody here trained.
        expression: expression and pose, ``None`` where no face is found.
        features: crops → (N, D) float32, for distances between sets of pictures.
        inception: the same over Inception-v3, where its weights are at hand.
    """

    own: ReadsAges
    identity: ReadsIdentity
    outside: ReadsFromOutside
    expression: Callable[[NDArray[np.uint8]], Expression | None]
    features: Callable[[Crops], FloatArray]
    inception: Callable[[Crops], FloatArray] | None = None

    def own_of(self, crops: Crops) -> NDArray[np.float64]:
        """The own age network on any number of crops → years (N,)."""
        return np.array([age for part in _chunks(crops) for age in self.own(part)], np.float64)

    def features_of(self, crops: Crops) -> FloatArray:
        """Features of any number of crops, one or more → (N, D)."""
        return np.concatenate([self.features(part) for part in _chunks(crops)])

    def inception_of(self, crops: Crops) -> FloatArray | None:
        """The same over Inception-v3, if it is there."""
        read = self.inception
        return np.concatenate([read(part) for part in _chunks(crops)]) if read else None


def _chunks(crops: Crops) -> list[Crops]:
    return [crops[at : at + CHUNK] for at in range(0, len(crops), CHUNK)]
