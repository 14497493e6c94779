"""Expression and pose of a crop, by MediaPipe's blendshapes and landmarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces.detector import Detector
from engine.faces.pose import roll_degrees, yaw_degrees


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """What a face does.

    Attributes:
        blendshapes: (52,) float32 in 0..1, MediaPipe's order.
        pose: (2,) float64, roll and yaw in degrees.
    """

    blendshapes: FloatArray
    pose: NDArray[np.float64]


class ExpressionJudge:
    """Reads expressions off crops that one face fills. One thread an instance."""

    def __init__(self, detector: Detector) -> None:
        """``detector`` stays the caller's to close."""
        self._detector = detector

    def read(self, crop: NDArray[np.uint8]) -> Expression | None:
        """S×S×3 uint8 RGB → what the face does, ``None`` where no face is found."""
        found = self._detector.detect(crop)
        if not found:
            return None
        face = found[0]
        pose = roll_degrees(face.landmarks), yaw_degrees(face.landmarks, face.depth)
        return Expression(face.blendshapes, np.array(pose))
