"""Photos composed from the samples' faces, so that every face's place and turn is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.paths import samples_dir

Pixels = NDArray[np.uint8]

# File, centre and longer side of the face's landmarks in it.
_SOURCES = (("astronaut.png", (224.9, 124.1), 105.6), ("grace_hopper.jpg", (262.2, 233.0), 202.4))


@dataclass(frozen=True)
class Placed:
    """One face of a scene: sample, centre, size, roll (clockwise degrees), flip, brightness."""

    source: int
    x: float
    y: float
    size: float
    roll: float = 0.0
    flip: bool = False
    gain: float = 1.0

    def matrix(self) -> NDArray[np.float64]:
        """2×3, pixels of the sample → pixels of the scene."""
        _, (cx, cy), size = sample(self.source)
        turn = cv2.getRotationMatrix2D((0, 0), -self.roll, self.size / size)
        mirror = np.diag([-1.0, 1.0]) if self.flip else np.eye(2)
        linear = turn[:, :2] @ mirror
        return np.column_stack([linear, np.array([self.x, self.y]) - linear @ np.array([cx, cy])])


@cache
def sample(index: int) -> tuple[Pixels, tuple[float, float], float]:
    """A sample's pixels, and its face's centre and size."""
    name, centre, size = _SOURCES[index]
    bgr = cv2.imread(str(samples_dir() / name))
    assert bgr is not None
    return np.asarray(bgr[..., ::-1], np.uint8), centre, size


def background(height: int, width: int, seed: int = 0) -> Pixels:
    """Blotches of many colours under grain."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(40, 215, (height // 40 + 2, width // 40 + 2, 3), np.uint8)
    smooth = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = rng.normal(0, 6, (height, width, 1))
    return np.clip(smooth + grain, 0, 255).astype(np.uint8)


def compose(canvas: Pixels, faces: list[Placed]) -> Pixels:
    """Paste the faces, each with its hair and chin, softly into a copy of the canvas."""
    scene = canvas.copy()
    for face in faces:
        _paste(scene, face)
    return scene


def _paste(scene: Pixels, face: Placed) -> None:
    pixels, _, size = sample(face.source)
    if size > face.size:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.4 * size / face.size), np.uint8)
    reach = int(face.size)
    left, top = max(0, int(face.x) - reach), max(0, int(face.y) - reach)
    patch = scene[top : int(face.y) + reach, left : int(face.x) + reach]
    height, width = patch.shape[:2]
    matrix = face.matrix()
    matrix[:, 2] -= [left, top]
    warped = cv2.warpAffine(pixels, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    oval = np.zeros((height, width), np.float32)
    axes = (face.size * 1.25, face.size * 1.5)
    cv2.ellipse(oval, ((face.x - left, face.y - top), axes, face.roll), 1.0, -1)
    weight = cv2.GaussianBlur(oval, (0, 0), max(1.0, face.size * 0.03))[..., None]
    bright = np.clip(warped.astype(np.float32) * face.gain, 0, 255)
    patch[:] = np.rint(patch * (1 - weight) + bright * weight).astype(np.uint8)


def group(seed: int, height: int, width: int, sizes: tuple[float, float]) -> list[Placed]:
    """Thirty faces in five loose rows, each of its own size, roll, side and brightness."""
    rng = np.random.default_rng(seed)
    faces = []
    for row in range(5):
        for column in range(6):
            shift = rng.uniform(-0.1, 0.1, 2)
            faces.append(
                Placed(
                    source=int(rng.integers(2)),
                    x=(column + 0.5 + shift[0]) * width / 6,
                    y=(row + 0.5 + shift[1]) * height / 5,
                    size=rng.uniform(*sizes),
                    roll=rng.uniform(-40, 40),
                    flip=bool(rng.integers(2)),
                    gain=rng.uniform(0.7, 1.2),
                )
            )
    return faces
