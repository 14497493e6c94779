"""The sample photos with the landmarks that the real detector finds in them."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.domain import AlignedFace, FloatArray
from engine.faces.align import align
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.faces.template import PORTRAIT
from engine.models.assets import LANDMARKER, asset
from engine.paths import samples_dir

ASTRONAUT, HOPPER = "astronaut.png", "grace_hopper.jpg"


@functools.cache
def picture(name: str) -> NDArray[np.uint8]:
    """A sample photo, H×W×3 uint8 RGB, not to be written to."""
    with Image.open(samples_dir() / name) as opened:
        pixels = np.array(opened.convert("RGB"))
    pixels.flags.writeable = False
    return pixels


@functools.cache
def landmarks(name: str) -> FloatArray:
    """(478, 2) of its one face."""
    with MediaPipeDetector(asset(LANDMARKER)) as detector:
        (face,) = detector.detect(picture(name))
    return face.landmarks


def crop(name: str, size: int = 128) -> AlignedFace:
    """Its face as the models see it."""
    return align(picture(name), landmarks(name), PORTRAIT, size)
