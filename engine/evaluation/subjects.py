"""Whom an evaluation is about: faces that no training saw, and real faces to compare with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray

Crops = list[NDArray[np.uint8]]
AgeCrops = Callable[[Sequence[int], float], Crops]
"""``age_crops(rows, target)``: the validation faces in ``rows`` at ``target`` years."""


@dataclass(frozen=True, slots=True, eq=False)
class ValidationFaces:
    """Faces that no training saw.

    Attributes:
        crops: S×S×3 uint8 RGB each.
        points: (N, 5, 2) float32 SFace points in crop pixels.
        masks: (N, S, S) float32 in 0..1, where a change is let through.
        ages: (N,) labels in years.
        genders: (N,) 0 male, 1 female, -1 unknown.
        races: (N,) labels of the data set, -1 unknown.
    """

    crops: Crops
    points: FloatArray
    masks: FloatArray
    ages: NDArray[np.float32]
    genders: NDArray[np.int64]
    races: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class RealFaces:
    """Untouched faces with labels, as the measure of what is normal at an age.

    Attributes:
        crops: S×S×3 uint8 RGB each.
        ages: (N,) labels in years.
        genders: (N,) 0 male, 1 female, -1 unknown.
        races: (N,) labels of the data set, -1 unknown.
    """

    crops: Crops
    ages: NDArray[np.float32]
    genders: NDArray[np.int64]
    races: NDArray[np.int64]
