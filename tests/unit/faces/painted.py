"""A hand painted before a face: no photo of one may be given away with the project."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray

Pixels = NDArray[np.uint8]

# An open right hand, seen from its palm, fingers up: wrist at (0, 0), middle finger's base at
# (0, -1), in MediaPipe's order.
OPEN_HAND = np.array(
    [
        (0.0, 0.0),
        (-0.32, -0.22), (-0.58, -0.48), (-0.78, -0.70), (-0.95, -0.88),
        (-0.28, -0.95), (-0.36, -1.38), (-0.40, -1.64), (-0.43, -1.86),
        (0.0, -1.0), (0.0, -1.48), (0.0, -1.77), (0.0, -2.02),
        (0.24, -0.94), (0.30, -1.38), (0.33, -1.65), (0.35, -1.87),
        (0.46, -0.80), (0.57, -1.12), (0.64, -1.33), (0.69, -1.52),
    ],
    np.float32,
)  # fmt: skip
_FINGERS = ((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (17, 18, 19, 20))
_SKIN, _CREASE = np.array([214, 160, 132]), np.array([168, 108, 84])
_OVER = 2  # painted this many times as large


def placed(wrist: tuple[float, float], length: float, degrees: float = 0.0) -> FloatArray:
    """(21, 2) of the open hand: palm ``length`` pixels long, turned clockwise."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(length * OPEN_HAND @ turn.T + np.array(wrist), np.float32)


def painted_hand(
    photo: Pixels, wrist: tuple[float, float], length: float, degrees: float = 0.0
) -> tuple[Pixels, NDArray[np.bool_]]:
    """A copy of the photo with the hand and its forearm painted on, and where they lie."""
    hand = placed(wrist, length, degrees)
    height, width = photo.shape[:2]
    size = (width * _OVER, height * _OVER)
    near = cv2.resize(photo, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
    whole = np.zeros(size[::-1], np.float32)
    for outline, radius in _parts(hand, length):
        part = np.zeros(size[::-1], np.uint8)
        points = np.rint(outline * _OVER).astype(np.int32)
        if len(points) > 4:
            cv2.fillPoly(part, [points], 255)
        cv2.polylines(part, [points], len(points) > 4, 255, int(2 * radius * _OVER))
        depth = cv2.distanceTransform(part, cv2.DIST_L2, 5) / max(radius * _OVER, 1)
        round_off = np.clip(depth, 0, 1)[..., None] ** 0.5
        colour = _CREASE + (_SKIN - _CREASE) * round_off
        near = np.where(part[..., None] > 0, colour, near)
        whole = np.maximum(whole, part / 255)
    back = (width, height)
    small = cv2.resize(near.astype(np.float32), back, interpolation=cv2.INTER_AREA)
    where = cv2.resize(whole, back, interpolation=cv2.INTER_AREA)
    return np.rint(np.where(where[..., None] > 0, small, photo)).astype(np.uint8), where > 0.5


def _parts(hand: FloatArray, length: float) -> list[tuple[FloatArray, float]]:
    """Outlines with the radius they are drawn with: forearm, palm, thumb and fingers."""
    away = hand[0] + (hand[0] - hand[9]) * 3
    fingers = [(hand[list(f)], 0.1 * length) for f in _FINGERS]
    palm = (hand[[0, 1, 2, 5, 9, 13, 17]], 0.12 * length)
    return [(np.stack([hand[0], away]), 0.27 * length), palm, *fingers]
