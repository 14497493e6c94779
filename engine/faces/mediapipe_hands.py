"""Hands and their 21 landmarks by MediaPipe's Tasks HandLandmarker.

Source: Zhang et al., "MediaPipe Hands: On-device Real-time Hand Tracking" (2020), and Google's
published ``hand_landmarker.task`` (float16, Apache-2.0).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.errors import FaceError
from engine.faces.mediapipe_runtime import Tasks, load_tasks

_MANY = 4
_MIN_CONFIDENCE = 0.4


class MediaPipeHands:
    """A :class:`engine.faces.hands.HandFinder` over MediaPipe. One thread an instance.

    The landmarker is made at the first use. ``close`` it: one that is left to the garbage
    collector at interpreter exit complains.
    """

    def __init__(self, asset: Path) -> None:
        """``asset`` is the ``hand_landmarker.task`` file, verified by the caller; read at use."""
        self._asset = asset
        self._made: tuple[Any, Tasks] | None = None

    def find(self, rgb: NDArray[np.uint8]) -> tuple[FloatArray, ...]:
        """(21, 2) float32 pixels a hand; see the protocol. Raises FaceError."""
        landmarker, tasks = self._made or self._create()
        height, width = rgb.shape[:2]
        try:
            found = landmarker.detect(tasks.to_image(rgb))
        except RuntimeError as error:
            raise FaceError(
                "The face detector failed on this photo; please report it.",
                code="face.detector_failed",
            ) from error
        size = np.array([width, height], np.float32)
        return tuple(
            np.array([(p.x, p.y) for p in hand], np.float32) * size - np.float32(0.5)
            for hand in found.hand_landmarks
        )

    def close(self) -> None:
        """Free the native landmarker; the next use makes it anew."""
        if self._made is not None:
            self._made[0].close()
        self._made = None

    def _create(self) -> tuple[Any, Tasks]:
        tasks = load_tasks()
        options = tasks.vision.HandLandmarkerOptions(
            base_options=tasks.base_options(**self._where()),
            num_hands=_MANY,
            min_hand_detection_confidence=_MIN_CONFIDENCE,
            min_hand_presence_confidence=_MIN_CONFIDENCE,
        )
        self._made = tasks.vision.HandLandmarker.create_from_options(options), tasks
        return self._made

    def _where(self) -> dict[str, str | bytes]:
        """The file by its path, which takes 25 MB less than by its bytes.

        MediaPipe opens no path with letters beyond ASCII on Windows.
        """
        path = str(self._asset)
        if path.isascii():
            return {"model_asset_path": path}
        return {"model_asset_buffer": self._asset.read_bytes()}
