"""Where a face lies and how it is turned, read off its landmarks. Pure geometry."""

from __future__ import annotations

import math

import numpy as np

from engine.domain import Box, FloatArray
from engine.faces import landmarks as lm


def landmark_box(landmarks: FloatArray) -> Box:
    """The tight axis-aligned box around (n, 2) landmarks, in their pixels."""
    low, high = landmarks.min(0), landmarks.max(0)
    return Box(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))


def face_extent(landmarks: FloatArray) -> float:
    """The longer side of the landmarks' box in pixels."""
    box = landmark_box(landmarks)
    return max(box.w, box.h)


def roll_degrees(landmarks: FloatArray) -> float:
    """In-plane rotation in degrees, positive clockwise, -180..180.

    The direction of the line through the outer eye corners is averaged with the perpendicular
    of the line from forehead to chin, each weighted by its length: in a turned head the eyes
    draw together and their line says little, the other one still stands.
    """
    eyes = landmarks[lm.RIGHT_EYE_OUTER] - landmarks[lm.LEFT_EYE_OUTER]
    down = landmarks[lm.CHIN] - landmarks[lm.FOREHEAD_TOP]
    x, y = float(eyes[0] + down[1]), float(eyes[1] - down[0])
    return math.degrees(math.atan2(y, x))


def yaw_degrees(landmarks: FloatArray, depth: FloatArray) -> float:
    """Left-right turn in degrees, 0 frontal, positive turns to the image's right.

    The line between the cheeks lies across the head; its slope into the picture is the turn.

    Args:
        landmarks: (478, 2) pixels.
        depth: (478,) relative depth in the same pixels, smaller is nearer.
    """
    across = float(np.hypot(*(landmarks[lm.CHEEK_RIGHT] - landmarks[lm.CHEEK_LEFT])))
    away = float(depth[lm.CHEEK_RIGHT] - depth[lm.CHEEK_LEFT])
    return math.degrees(math.atan2(away, across))


def is_plausible(landmarks: FloatArray) -> bool:
    """Whether the landmarks lie as a face's do: eyes above mouth above chin, none collapsed.

    Measured in the face's own axes, so that any roll passes. Profiles pass too: only the
    order along the face's height and the extents are asked for.
    """
    angle = math.radians(roll_degrees(landmarks))
    cos, sin = math.cos(angle), math.sin(angle)
    upright = landmarks @ np.array([[cos, -sin], [sin, cos]], np.float32)
    width, height = np.ptp(upright[:, 0]), np.ptp(upright[:, 1])
    if height < 1 or not 0.35 <= width / height <= 1.6:
        return False
    eyes = upright[[lm.LEFT_EYE_OUTER, lm.RIGHT_EYE_OUTER], 1].mean()
    mouth = upright[[lm.MOUTH_LEFT, lm.MOUTH_RIGHT], 1].mean()
    heights = [upright[lm.FOREHEAD_TOP, 1], eyes, mouth, upright[lm.CHIN, 1]]
    return bool(np.all(np.diff(heights) > 0.02 * height))
