"""How far colours lie from those of somebody's skin or hair."""

from __future__ import annotations

import cv2
import numpy as np

from engine.domain import FloatArray
from engine.training.heads.labels import Pixels

SKIN_SPREAD = (60.0, 8.0, 8.0)
_FAR = 18.0


def in_lab(frame: Pixels) -> FloatArray:
    """A frame F×F×3 of sRGB in CIELAB: L* in 0..100, a* and b*."""
    light = np.asarray(frame / 255, np.float32)
    return np.asarray(cv2.cvtColor(light, cv2.COLOR_RGB2LAB), np.float32)


def typical(colours: FloatArray) -> FloatArray:
    """Colours (N, 3) of CIELAB without those far from most of them."""
    apart = (colours - np.median(colours, 0)) * (0.5, 1, 1)
    return np.asarray(colours[np.linalg.norm(apart, axis=1) < _FAR])


def unlike(lab: FloatArray, colours: FloatArray, spread: tuple[float, ...]) -> FloatArray:
    """Squared Mahalanobis distance of each pixel from ``colours`` (N, 3), widened by ``spread``."""
    inverse = np.linalg.inv(np.cov(colours.T) + np.diag(spread))
    apart = lab - np.median(colours, 0)
    return np.asarray(np.einsum("...i,ij,...j->...", apart, inverse, apart), np.float32)
