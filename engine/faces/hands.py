"""Hands before a face: finding them around it, and the silhouette that they cover.

A hand is looked for where a face was found, in an upright crop around it. Ears, collars and
noses are taken for hands now and then, so a hand counts only if it is seen again in two of three
other crops, is as large as a hand is beside a face, and has its wrist outside the face.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces import landmarks as lm
from engine.faces import pose, views
from engine.imaging.shown import Picture

_SIDE = 320
# The crop's side in units of the face, and degrees that it is turned by.
_FIRST = (2.0, 0.0)
_FURTHER = ((2.0, -12.0), (1.75, 10.0), (2.4, 15.0))
_SEEN_AGAIN = 2
_MAX_SHIFT = 0.4  # between two looks, in units of the hand
_SMALLEST, _LARGEST = 0.3, 1.5  # a hand's span in units of the face's
_WRIST_OUTSIDE = 0.03  # in units of the face
_FINGERS = ((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (17, 18, 19, 20))
_PALM = (0, 1, 5, 9, 13, 17)
_WRIST, _MIDDLE_BASE, _INDEX_BASE, _LITTLE_BASE = 0, 9, 5, 17
# In units of the palm's length, as an adult hand's are.
_FINGER_RADIUS, _THUMB_RADIUS, _PALM_RADIUS, _ARM_RADIUS = 0.12, 0.13, 0.13, 0.26
_ARM_LENGTH, _PALM_WIDTHS, _FINGER_LENGTHS = 0.6, 1.35, 0.9


class HandFinder(Protocol):
    """Finds hands with their landmarks in one picture. One thread a finder."""

    def find(self, rgb: NDArray[np.uint8]) -> tuple[FloatArray, ...]:
        """(21, 2) float32 pixels each, MediaPipe's order, of an H×W×3 uint8 RGB picture."""

    def close(self) -> None:
        """Free native resources; the next ``find`` makes them anew."""


def hands_before(
    photo: Picture, landmarks: FloatArray, finder: HandFinder
) -> tuple[FloatArray, ...]:
    """Hands that may lie before a face.

    Args:
        photo: H×W×3 uint8 RGB, 0..255; not written to.
        landmarks: (478, 2) float32, the face's, in pixels of ``photo``.
        finder: used on the calling thread, once where there is no hand, else four times.

    Returns:
        (21, 2) float32 each, in pixels of ``photo``.

    Raises:
        FaceError: if the finder failed.
    """
    oval = landmarks[list(lm.FACE_OVAL)]
    extent = pose.face_extent(landmarks)
    hands = [
        hand for hand in _look(photo, landmarks, finder, _FIRST) if _may_cover(hand, oval, extent)
    ]
    if not hands:
        return ()
    looks = [_look(photo, landmarks, finder, crop) for crop in _FURTHER]
    return tuple(hand for hand in hands if _times_seen(hand, looks) >= _SEEN_AGAIN)


def hand_mask(hand: FloatArray, size: int) -> FloatArray:
    """A hand's silhouette: fingers as thick lines, palm and wrist filled.

    Args:
        hand: (21, 2) float32 in pixels of the crop.
        size: side of the crop in pixels.

    Returns:
        size×size float32 in 0..1, antialiased, not feathered.
    """
    import cv2

    canvas = np.zeros((size, size), np.uint8)
    length = _palm_length(hand)
    shift = 4
    fixed = np.rint(np.clip(hand, -4 * size, 5 * size) * (1 << shift)).astype(np.int32)

    def draw(points: NDArray[np.int32], radius: float, *, closed: bool = False) -> None:
        width = max(1, round(2 * radius * length))
        cv2.polylines(canvas, [points], closed, 255, width, cv2.LINE_AA, shift)

    for finger in _FINGERS:
        draw(fixed[list(finger)], _THUMB_RADIUS if finger[0] == 1 else _FINGER_RADIUS)
    palm = fixed[list(_PALM)]
    cv2.fillPoly(canvas, [palm], 255, cv2.LINE_AA, shift)
    draw(palm, _PALM_RADIUS, closed=True)
    away = hand[_WRIST] - hand[_MIDDLE_BASE]
    away = away / max(float(np.linalg.norm(away)), 1e-6) * _ARM_LENGTH * length
    arm = np.stack([hand[_WRIST], hand[_WRIST] + away])
    draw(np.rint(np.clip(arm, -4 * size, 5 * size) * (1 << shift)).astype(np.int32), _ARM_RADIUS)
    return np.asarray(canvas, np.float32) / np.float32(255)


def _look(
    photo: Picture, landmarks: FloatArray, finder: HandFinder, view: tuple[float, float]
) -> list[FloatArray]:
    """Hands seen in a crop around the face, in pixels of the photo."""
    around, turn = view
    middle = (landmarks.min(0) + landmarks.max(0)) / 2
    extent, roll = pose.face_extent(landmarks), pose.roll_degrees(landmarks)
    crop = views.near_crop(photo, middle, around * extent, roll + turn, _SIDE)
    return [views.map_points(hand, crop.to_photo) for hand in finder.find(crop.pixels)]


def _may_cover(hand: FloatArray, oval: FloatArray, extent: float) -> bool:
    """Whether a hand reaches over the face's oval, with its wrist outside, and has its size."""
    import cv2

    span = pose.face_extent(hand)
    if not _SMALLEST * extent <= span <= _LARGEST * extent:
        return False
    outline = oval.reshape(-1, 1, 2)
    depth = [cv2.pointPolygonTest(outline, tuple(map(float, point)), True) for point in hand]
    reach = _FINGER_RADIUS * _palm_length(hand)
    return max(depth) > -reach and depth[_WRIST] < -_WRIST_OUTSIDE * extent


def _times_seen(hand: FloatArray, looks: list[list[FloatArray]]) -> int:
    return sum(any(_is_same(hand, other) for other in look) for look in looks)


def _is_same(one: FloatArray, other: FloatArray) -> bool:
    """Whether two looks saw the same hand in the same place."""
    distance = float(np.linalg.norm(one - other, axis=1).mean())
    return distance < _MAX_SHIFT * pose.face_extent(one)


def _palm_length(hand: FloatArray) -> float:
    """From the wrist to the middle finger's base, as it would be were the hand not tilted."""

    def apart(a: int, b: int) -> float:
        return float(np.linalg.norm(hand[a] - hand[b]))

    middle = apart(9, 10) + apart(10, 11) + apart(11, 12)
    return max(
        apart(_WRIST, _MIDDLE_BASE),
        _PALM_WIDTHS * apart(_INDEX_BASE, _LITTLE_BASE),
        _FINGER_LENGTHS * middle,
    )
