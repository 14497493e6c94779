"""Faces and 478 landmarks by MediaPipe's Tasks FaceLandmarker.

Source: Kartynnik et al., "Real-time Facial Surface Geometry from Monocular Video on Mobile
GPUs" (2019), and Google's published ``face_landmarker.task`` (float16, Apache-2.0).
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import FaceError
from engine.faces.detector import RawFace
from engine.faces.mediapipe_runtime import Tasks, load_tasks

LANDMARKS = 478
BLENDSHAPES = 52
_MIN_CONFIDENCE = 0.4


class MediaPipeDetector:
    """A :class:`engine.faces.detector.Detector` over MediaPipe. One thread an instance.

    A landmarker is made at the first use of each ``max_faces``, and kept. ``close`` it: one
    that is left to the garbage collector at interpreter exit complains.
    """

    def __init__(self, asset: Path) -> None:
        """``asset`` is the ``face_landmarker.task`` file, verified by the caller."""
        self._asset = asset.read_bytes()
        self._landmarkers: dict[int, Any] = {}
        self._tasks: Tasks | None = None

    def detect(self, rgb: NDArray[np.uint8], *, max_faces: int = 1) -> tuple[RawFace, ...]:
        """Faces in an H×W×3 uint8 RGB picture; see the protocol. Raises FaceError."""
        landmarker = self._landmarkers.get(max_faces) or self._create(max_faces)
        assert self._tasks is not None
        height, width = rgb.shape[:2]
        try:
            found = landmarker.detect(self._tasks.to_image(rgb))
        except RuntimeError as error:
            raise FaceError(
                "The face detector failed on this photo; please report it.",
                code="face.detector_failed",
            ) from error
        shapes = found.face_blendshapes
        return tuple(
            _raw_face(points, shapes[i] if i < len(shapes) else [], width, height)
            for i, points in enumerate(found.face_landmarks)
        )

    def close(self) -> None:
        """Free the native landmarkers; the next use makes them anew."""
        for landmarker in self._landmarkers.values():
            landmarker.close()
        self._landmarkers.clear()

    def __enter__(self) -> MediaPipeDetector:
        """Use as a context manager to close on the way out."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def _create(self, max_faces: int) -> Any:
        self._tasks = load_tasks()
        options = self._tasks.vision.FaceLandmarkerOptions(
            base_options=self._tasks.base_options(model_asset_buffer=self._asset),
            num_faces=max_faces,
            min_face_detection_confidence=_MIN_CONFIDENCE,
            min_face_presence_confidence=_MIN_CONFIDENCE,
            output_face_blendshapes=True,
        )
        landmarker = self._tasks.vision.FaceLandmarker.create_from_options(options)
        self._landmarkers[max_faces] = landmarker
        return landmarker


def _raw_face(points: Any, shapes: Any, width: int, height: int) -> RawFace:
    xyz = np.array([(p.x, p.y, p.z) for p in points], np.float32)
    landmarks = xyz[:, :2] * np.array([width, height], np.float32) - np.float32(0.5)
    blend = np.zeros(BLENDSHAPES, np.float32)
    for position, shape in enumerate(shapes[:BLENDSHAPES]):
        blend[position] = shape.score
    return RawFace(landmarks=landmarks, depth=xyz[:, 2] * width, blendshapes=blend)
