"""What random things and backgrounds look like: plain, striped, or cut out of other pictures."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.training.heads.labels import Pixels

Colours = NDArray[np.float32]
"""F×F×3 RGB in 0..255."""
_DARK, _MIDDLE, _LIGHT = (5, 60), (60, 180), (180, 250)


def cutting(pictures: Pixels, random: np.random.Generator) -> Colours:
    """A part of one of ``pictures`` (N, F, F, 3), or all of it, blown up to F×F."""
    picture = pictures[random.integers(len(pictures))]
    side = len(picture)
    part = min(int(side * random.uniform(0.25, 1.2)), side)
    x, y = random.integers(0, side - part + 1, 2)
    small = np.asarray(picture[y : y + part, x : x + part], np.float32)
    cut = np.asarray(cv2.resize(small, (side, side), interpolation=cv2.INTER_LINEAR), np.float32)
    if random.random() < 0.5:
        cut = np.asarray(cv2.GaussianBlur(cut, (0, 0), random.uniform(0.5, 6)), np.float32)
    return np.ascontiguousarray(cut[:, ::-1] if random.random() < 0.3 else cut, np.float32)


def fabric(pictures: Pixels, random: np.random.Generator) -> Colours:
    """A cloth or another surface, with light and folds on it."""
    side = pictures.shape[1]
    plain = random.random() >= 0.5
    cloth = _plain(side, random) if plain else cutting(pictures, random)
    rows, columns = np.mgrid[:side, :side] / side - 0.5
    angle = random.uniform(0, 2 * np.pi)
    light = 1 + random.uniform(0, 0.9) * (columns * np.cos(angle) + rows * np.sin(angle))
    coarse = random.normal(0, 1, (random.integers(3, 12),) * 2)
    folds = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
    light = light * (1 + random.uniform(0, 0.25) * folds)
    grain = random.normal(0, random.uniform(0, 7), (side, side, 1))
    return np.asarray(np.clip(cloth * light[..., None] + grain, 0, 255), np.float32)


def background(pictures: Pixels, random: np.random.Generator) -> Colours:
    """What stands behind a head: mostly a part of another picture."""
    return cutting(pictures, random) if random.random() < 0.7 else fabric(pictures, random)


def _plain(side: int, random: np.random.Generator) -> Colours:
    """One colour, more often a grey than a bright one, sometimes striped."""
    if random.random() < 0.4:
        colour = random.uniform(0, 255, 3)
    else:
        span = (_DARK, _MIDDLE, _LIGHT)[random.integers(3)]
        colour = random.uniform(*span) + random.normal(0, 6, 3)
    cloth = np.full((side, side, 3), colour, np.float32)
    if random.random() < 0.4:
        angle, pace = random.uniform(0, np.pi), random.uniform(0.05, 1.2)
        rows, columns = np.mgrid[:side, :side]
        wave = np.sin((columns * np.cos(angle) + rows * np.sin(angle)) * pace)
        cloth += (wave[..., None] * random.normal(0, 14, 3)).astype(np.float32)
    return cloth
