"""Whether two pictures show the same person, by SFace (OpenCV Zoo, Apache-2.0).

Source: Y. Zhong et al., "SFace: Sigmoid-Constrained Hypersphere Loss for Robust Face
Recognition", IEEE TIP 2021; the threshold is the one published with the network.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.imaging.geometry import similarity_from_points

SIDE = 112
# Where SFace was trained to find eye centres, nose tip and mouth corners in its 112-px crop.
FIVE_POINTS = np.array(
    [
        (38.2946, 51.6963),
        (73.5318, 51.5014),
        (56.0252, 71.7366),
        (41.5493, 92.3655),
        (70.7299, 92.2041),
    ],
    np.float64,
)


class IdentityJudge:
    """SFace embeddings through OpenCV. One thread an instance."""

    def __init__(self, asset: Path) -> None:
        """``asset`` is SFace's ONNX file, verified by the caller."""
        self._asset = asset
        self._recogniser: Any = self._load()

    def rest(self) -> None:
        """Free the network; the next ``embed`` loads it again."""
        self._recogniser = None

    def _load(self) -> Any:
        import cv2

        return cv2.FaceRecognizerSF.create(str(self._asset), "")

    def embed(self, rgb: NDArray[np.uint8], points: FloatArray) -> FloatArray:
        """H×W×3 uint8 sRGB and its five points (5, 2) in pixels → unit vector (128,)."""
        import cv2

        matrix = similarity_from_points(points, FIVE_POINTS)
        crop = cv2.warpAffine(rgb, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
        bgr = cv2.cvtColor(crop, cv2.COLOR_RGB2BGR)
        self._recogniser = self._recogniser or self._load()
        vector = np.asarray(self._recogniser.feature(bgr), np.float32).reshape(-1)
        unit: FloatArray = vector / max(float(np.linalg.norm(vector)), 1e-9)
        return unit


def similarity_of(a: FloatArray, b: FloatArray) -> float:
    """Cosine of two unit embeddings, -1..1; the same person at ``SAME_PERSON`` or above."""
    return float(np.clip(a @ b, -1, 1))
