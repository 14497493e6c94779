"""The real detector, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.faces.search import find_faces
from engine.models.assets import LANDMARKER, asset
from tests.unit.faces.scenes import sample


@pytest.fixture(scope="session")
def detector() -> Iterator[MediaPipeDetector]:
    with MediaPipeDetector(asset(LANDMARKER)) as made:
        # MediaPipe's threads start here rather than within the first test.
        find_faces(sample(1)[0], made)
        yield made
