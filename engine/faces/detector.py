"""What a face detector must do, independent of who does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class RawFace:
    """One face as a detector saw it in the picture it was given.

    Attributes:
        landmarks: (478, 2) float32, pixels of that picture (integer = pixel centre).
        depth: (478,) float32, MediaPipe's relative z in pixels, smaller is nearer.
        blendshapes: (52,) float32 expression coefficients 0..1, MediaPipe's order.
    """

    landmarks: FloatArray
    depth: FloatArray
    blendshapes: FloatArray


class Detector(Protocol):
    """Finds faces with landmarks in one picture. Not thread-safe: one thread a detector."""

    def detect(self, rgb: NDArray[np.uint8], *, max_faces: int = 1) -> tuple[RawFace, ...]:
        """Faces in an H×W×3 uint8 RGB picture, in no particular order; empty where none is."""

    def close(self) -> None:
        """Free native resources; the next ``detect`` makes them anew."""
