"""The real detector on real pixels."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.faces import landmarks as lm
from engine.faces.mediapipe_detector import LANDMARKS, MediaPipeDetector
from engine.models.assets import LANDMARKER, asset
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, picture


@pytest.fixture(scope="module")
def detector() -> Iterator[MediaPipeDetector]:
    with MediaPipeDetector(asset(LANDMARKER)) as made:
        for max_faces in (1, 2):  # each keeps a thread until it is closed
            made.detect(np.zeros((64, 64, 3), np.uint8), max_faces=max_faces)
        yield made


LEAN = """
import sys
import numpy as np
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.models.assets import LANDMARKER, asset
with MediaPipeDetector(asset(LANDMARKER)) as detector:
    detector.detect(np.zeros((64, 64, 3), np.uint8))
assert not [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]
import matplotlib.pyplot
assert callable(matplotlib.pyplot.figure)
"""


def test_it_does_not_bring_matplotlib_along() -> None:
    """And who wants it later gets it."""
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", LEAN], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


# Read off the photos by eye: the pupils, left and right in the picture.
EYES = {ASTRONAUT: ((203, 101), (247, 104)), HOPPER: ((221, 191), (306, 186))}


@pytest.mark.parametrize("name", EYES)
def test_it_finds_the_face_and_its_eyes(detector: MediaPipeDetector, name: str) -> None:
    (face,) = detector.detect(picture(name))
    assert face.landmarks.shape == (LANDMARKS, 2)
    assert face.depth.shape == (LANDMARKS,)
    assert face.landmarks.dtype == face.depth.dtype == np.float32
    for ring, seen in zip((lm.LEFT_EYE, lm.RIGHT_EYE), EYES[name], strict=True):
        assert np.hypot(*(face.landmarks[list(ring)].mean(0) - seen)) < 4
    assert face.depth[lm.NOSE_TIP] < face.depth[[lm.CHEEK_LEFT, lm.CHEEK_RIGHT]].min()


def test_expressions_are_shares(detector: MediaPipeDetector) -> None:
    (face,) = detector.detect(picture(ASTRONAUT))
    assert face.blendshapes.shape == (52,)
    assert face.blendshapes.min() >= 0
    assert 0.5 < face.blendshapes.max() <= 1, "she smiles"


def test_nothing_in_noise_or_in_grey(detector: MediaPipeDetector) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (240, 320, 3), dtype=np.uint8)
    assert detector.detect(noise) == ()
    assert detector.detect(np.full((100, 100, 3), 128, np.uint8)) == ()


def test_landmarks_follow_the_picture_to_the_pixel(detector: MediaPipeDetector) -> None:
    """Twice as large, every place is at 2 x + 0.5: pixel centres, not corners."""
    (small,) = detector.detect(picture(HOPPER))
    double = np.repeat(np.repeat(picture(HOPPER), 2, 0), 2, 1)
    (large,) = detector.detect(double)
    off = large.landmarks - (2 * small.landmarks + 0.5)
    assert np.abs(off.mean(0)).max() < 1.0


def test_more_faces_only_where_asked_for(detector: MediaPipeDetector) -> None:
    two = np.concatenate([picture(ASTRONAUT)[:256, 100:356]] * 2, axis=1)
    assert len(detector.detect(two)) == 1
    found = detector.detect(two, max_faces=2)
    assert len(found) == 2
    left, right = sorted(float(face.landmarks[:, 0].mean()) for face in found)
    assert right - left == pytest.approx(256, abs=4)


def test_any_memory_layout(detector: MediaPipeDetector) -> None:
    upside = np.ascontiguousarray(picture(ASTRONAUT)[::-1])[::-1]
    assert not upside.flags.c_contiguous
    (straight,), (flipped) = detector.detect(picture(ASTRONAUT)), detector.detect(upside)
    assert np.array_equal(straight.landmarks, flipped[0].landmarks)


def test_closing_twice_and_using_it_again() -> None:
    detector = MediaPipeDetector(asset(LANDMARKER))
    detector.close()
    assert len(detector.detect(picture(ASTRONAUT))) == 1
    detector.close()
    detector.close()
