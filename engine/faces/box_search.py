"""Finding the one face that a user has drawn a box around, where the search of a photo missed it.

The detector is shown the box enlarged and brought to its own size, then turned. The user vouches
for the place, so less is asked of a face here than of one that a search came up with.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator

import numpy as np

from engine.domain import Box, Face
from engine.errors import FaceError
from engine.faces import pose, views
from engine.faces.detector import Detector
from engine.faces.found import Found, describe, is_same, share_inside, to_photo
from engine.imaging.shown import Picture
from engine.tasks import CancelToken

_SIDE = 320
_FRACTIONS = (0.6, 0.4, 0.85, 0.25)  # the box's share of what the detector is shown
_TURNS = (0.0, 45.0, -45.0, 90.0, -90.0, 180.0)
_MANY = 12  # as the search: one more landmarker would be made for another number
_REFINED_FRACTION = 0.5
_SMALLEST, _LARGEST = 0.25, 1.8  # a face's extent in units of the box's longer side
_SLACK = 0.1
_MAX_SHIFT = 0.12  # between two looks, in units of the face; see search
_MIN_INSIDE = 0.4


def find_face_in(
    photo: Picture,
    box: Box,
    detector: Detector,
    *,
    index: int = 1,
    cancel: CancelToken | None = None,
) -> Face:
    """Find the face inside a box; of several, the one nearest to its middle.

    Args:
        photo: H×W×3 uint8 RGB, 0..255; not written to.
        box: pixels of ``photo``; it may reach beyond its edges.
        detector: used on the calling thread.
        index: the number that the face gets.
        cancel: checked before every look.

    Returns:
        The face with landmarks in pixels of ``photo``, without an age.

    Raises:
        Cancelled: if ``cancel`` was set.
        FaceError: ``face.box_outside`` if the box lies beside the photo, ``face.none_in_box`` if
            no face lies inside.
    """
    token = cancel or CancelToken()
    _check_box(box, photo.shape)
    for fraction in _FRACTIONS:
        for turn in _TURNS:
            token.check()
            found = _look(photo, box, detector, fraction, turn)
            if found is not None:
                return describe(photo, found, index)
    raise FaceError(
        "No face was found inside the box; draw it around the whole head, or choose a larger "
        "or sharper photo of this person.",
        code="face.none_in_box",
    )


def _check_box(box: Box, shape: tuple[int, ...]) -> None:
    height, width = shape[:2]
    across = min(box.x + box.w, width) - max(box.x, 0)
    down = min(box.y + box.h, height) - max(box.y, 0)
    if not (across > 0 and down > 0):
        raise FaceError(
            "The box lies outside the photo; draw it around a face.", code="face.box_outside"
        )


def _look(
    photo: Picture, box: Box, detector: Detector, fraction: float, turn: float
) -> Found | None:
    """One look at the enlarged box; a face seen there is looked at again, upright."""
    middle = np.array([box.x + box.w / 2, box.y + box.h / 2], np.float32)
    side = max(box.w, box.h)
    crop = views.near_crop(photo, middle, side / fraction, turn, _SIDE)
    seen = [to_photo(raw, crop) for raw in detector.detect(crop.pixels, max_faces=_MANY)]
    for candidate in sorted(seen, key=lambda one: math.dist(one.centre, middle)):
        if _lies_in(candidate, box) and pose.is_plausible(candidate.landmarks):
            for face in _confirmed(photo, candidate, detector):
                if _lies_in(face, box):
                    return face
    return None


def _confirmed(photo: Picture, candidate: Found, detector: Detector) -> Iterator[Found]:
    """The candidate seen upright at the landmark model's own size, if it stays where it was."""
    roll = pose.roll_degrees(candidate.landmarks)
    extent = candidate.extent / _REFINED_FRACTION
    crop = views.near_crop(photo, candidate.centre, extent, roll, _SIDE)
    for raw in detector.detect(crop.pixels, max_faces=1):
        face = to_photo(raw, crop)
        if not (is_same(face, candidate) and pose.is_plausible(face.landmarks)):
            continue
        distance = np.linalg.norm(face.landmarks - candidate.landmarks, axis=1).mean()
        shift = float(distance) / max(face.extent, candidate.extent)
        inside = share_inside(face.landmarks, photo.shape)
        if shift < _MAX_SHIFT and inside >= _MIN_INSIDE:
            yield dataclasses.replace(face, score=1.0 - shift / _MAX_SHIFT)


def _lies_in(face: Found, box: Box) -> bool:
    """Whether a face's middle is inside the box and its size is one that was meant."""
    side = max(box.w, box.h)
    x, y = (float(v) for v in face.centre)
    slack = _SLACK * side
    inside = (
        box.x - slack <= x <= box.x + box.w + slack and box.y - slack <= y <= box.y + box.h + slack
    )
    return inside and _SMALLEST <= face.extent / side <= _LARGEST
