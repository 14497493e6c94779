"""Finding every face of a photo: one that fills the frame, thirty of a group, rolled ones.

The detector's short-range BlazeFace sees 128×128 pixels and misses faces below about 15 % of
what it is shown. So the photo is shown whole with a border, then in overlapping tiles of a
half, a quarter, an eighth of its side, then turned. What was found is looked at again in an
upright crop of its own, which gives precise landmarks and throws out what is no face; then it
is painted over in the working copy, so that later tiles spend nothing on it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np

from engine.domain import Face
from engine.errors import Sentence
from engine.faces import landmarks as lm
from engine.faces import pose, views
from engine.faces.detector import Detector
from engine.faces.found import Found, describe, is_same, share_inside, to_photo
from engine.imaging.shown import Picture
from engine.tasks import CancelToken, Progress, no_progress

_MANY = 12
LOOKING = Sentence("Looking for faces", "work.looking")
# A pass is a level of tiles (sides of 1/2**level) and a turn in quarters anticlockwise.
Step = tuple[int, int]
_PASSES: tuple[Step, ...] = ((0, 0), (1, 0), (2, 0), (0, 1), (0, 3), (0, 2))
_DEEPER: dict[Step, Step] = {
    (2, 0): (3, 0),
    (0, 1): (1, 1),
    (1, 1): (2, 1),
    (0, 3): (1, 3),
    (1, 3): (2, 3),
    (0, 2): (1, 2),
}
_CROP_SIDE = 320
_CROP_FRACTION, _SECOND_FRACTION = 0.5, 0.4
_SECOND_TURN = 15.0
# Landmarks of real faces moved by 0.2 to 2 % of the face between the two looks, those of
# cap badges, shirt prints and glasses by 4 % or more, or were not found again.
_MAX_SHIFT = 0.1
_MIN_SCORE, _MIN_SCORE_ROLLED = 0.5, 0.75
_ROLLED = 60.0
# A face that is read the wrong way up moves more than this between the looks.
_SURE = 0.93
_MIN_INSIDE = 0.6
_LARGE = 0.15


def find_faces(
    photo: Picture,
    detector: Detector,
    *,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> tuple[Face, ...]:
    """Find the faces of an upright photo.

    Args:
        photo: H×W×3 uint8 RGB, 0..255; not written to.
        detector: used on the calling thread.
        cancel: checked before every tile.
        progress: told after every pass.

    Returns:
        Faces numbered from 1 in reading order, with roll, yaw, sharpness and, where one cannot
        be aged, the obstacle; landmarks in pixels of ``photo``.

    Raises:
        Cancelled: if ``cancel`` was set.
        FaceError: if the detector failed.
    """
    search = _Search(photo, detector, cancel or CancelToken())
    search.run(progress or no_progress)
    return tuple(
        describe(photo, found, index)
        for index, found in enumerate(in_reading_order(search.found), start=1)
    )


class _Search:
    """One search's state: the working copy with painted-over faces, and what was found."""

    def __init__(self, photo: Picture, detector: Detector, cancel: CancelToken) -> None:
        self.found: list[Found] = []
        self._photo = photo
        self._work = views.working_view(photo)
        self._clean = views.View(self._work.pixels.copy(), self._work.to_photo)
        self._detector = detector
        self._cancel = cancel
        self._may_be_upside_down = True

    def run(self, progress: Progress) -> None:
        """Upright to the quarter tiles, then turned; deeper or more where that may pay."""
        steps = list(_PASSES)
        done = 0
        while steps:
            step = steps.pop(0)
            before = len(self.found)
            self._scan(*step)
            steps = self._follow_up(step, len(self.found) - before) + steps
            if self._way_up_is_known():
                steps = [one for one in steps if one[1] == 0]
            done += 1
            progress(done / (done + len(steps)), LOOKING)

    def _follow_up(self, step: Step, new: int) -> list[Step]:
        """The pass that a pass calls for: smaller tiles where faces came up, or none at all did."""
        if step not in _DEEPER:
            return []
        sideways = step in ((0, 1), (0, 3))
        return [_DEEPER[step]] if new or sideways or not self.found else []

    def _way_up_is_known(self) -> bool:
        """Whether a large upright face tells how the photo was held."""
        large = _LARGE * max(self._photo.shape)
        return any(
            face.extent > large and abs(pose.roll_degrees(face.landmarks)) < _ROLLED
            for face in self.found
        )

    def _scan(self, level: int, turn: int) -> None:
        if not views.level_exists(self._work, level):
            return
        for view in self._views(level, turn):
            self._cancel.check()
            for raw in self._detector.detect(view.pixels, max_faces=_MANY):
                self._consider(to_photo(raw, view), view)

    def _views(self, level: int, turn: int) -> Iterator[views.View]:
        image = views.level_view(self._work, level)
        if level == 0:
            yield image.padded().turned(turn)
            return
        for tile in views.tiles(image, level):
            if not self._inside_known(tile):
                yield tile.turned(turn)

    def _inside_known(self, tile: views.View) -> bool:
        """Whether a tile lies inside a found face, where there is nothing to look for."""
        h, w = tile.pixels.shape[:2]
        corners = np.array([[0, 0], [w, h]], np.float32)
        low, high = views.map_points(corners, tile.to_photo)
        middle, side = (low + high) / 2, float(max(high - low))
        return any(
            side < face.extent and np.hypot(*(middle - face.centre)) < face.extent / 2
            for face in self.found
        )

    def _consider(self, candidate: Found, view: views.View) -> None:
        """Look at a candidate again and keep it if it is a face that is not known yet."""
        if not pose.is_plausible(candidate.landmarks) or self._known(candidate):
            return
        face = self._refine(candidate)
        if face is None or self._known(face):
            return
        self.found.append(face)
        for painted in (self._work, view):
            _paint_over(painted, face)

    def _known(self, face: Found) -> bool:
        return any(is_same(face, other) for other in self.found)

    def _refine(self, candidate: Found) -> Found | None:
        """The candidate seen again, upright and at the landmark model's own size."""
        face = self._confirm(candidate)
        if self._may_be_upside_down and face is not None and face.score < _SURE:
            other = self._confirm(candidate, turn=180.0)
            self._may_be_upside_down = other is not None and other.score > face.score
            if self._may_be_upside_down:
                face = other
        return face

    def _confirm(self, candidate: Found, turn: float = 0.0) -> Found | None:
        """Two looks at a candidate; a face's landmarks stay where they are, others jump."""
        face = self._look_closely(candidate, turn, _CROP_FRACTION)
        second = face and self._look_closely(face, _SECOND_TURN, _SECOND_FRACTION)
        if face is None or second is None or not pose.is_plausible(face.landmarks):
            return None
        score = max(0.0, 1.0 - _shift(face, second) / _MAX_SHIFT)
        rolled = abs(pose.roll_degrees(face.landmarks)) > _ROLLED
        if score < (_MIN_SCORE_ROLLED if rolled else _MIN_SCORE):
            return None
        if share_inside(face.landmarks, self._photo.shape) < _MIN_INSIDE:
            return None
        return dataclasses.replace(face, score=score)

    def _look_closely(self, face: Found, turn: float, fraction: float) -> Found | None:
        """Detect a face anew where it is known to be, in a crop of its own."""
        extent = face.extent / fraction
        coarse = extent / _CROP_SIDE > self._work.to_photo[0, 0]
        roll = pose.roll_degrees(face.landmarks) + turn
        if coarse:
            crop = views.upright_crop(self._clean, face.centre, extent, roll, _CROP_SIDE)
        else:
            crop = views.near_crop(self._photo, face.centre, extent, roll, _CROP_SIDE)
        for limit in (1, _MANY):
            raws = self._detector.detect(crop.pixels, max_faces=limit)
            seen = [to_photo(raw, crop) for raw in raws]
            if not seen:
                return None
            nearest = min(seen, key=lambda other: float(np.hypot(*(other.centre - face.centre))))
            if is_same(face, nearest):
                return nearest
        return None


def in_reading_order(faces: Sequence[Found]) -> list[Found]:
    """Rows from top to bottom, each from left to right.

    A face belongs to the row above if its centre lies less than half a face below the centre
    of the row's first face.
    """
    rows: list[list[Found]] = []
    for face in sorted(faces, key=lambda f: float(f.centre[1])):
        if rows and face.centre[1] - rows[-1][0].centre[1] < rows[-1][0].extent / 2:
            rows[-1].append(face)
        else:
            rows.append([face])
    return [face for row in rows for face in sorted(row, key=lambda f: float(f.centre[0]))]


def _shift(one: Found, other: Found) -> float:
    """Mean distance of two findings' landmarks, in units of the larger face."""
    distance = np.linalg.norm(one.landmarks - other.landmarks, axis=1).mean()
    return float(distance) / max(one.extent, other.extent)


def _paint_over(view: views.View, face: Found) -> None:
    """Fill the face's oval with its mean colour, in place."""
    import cv2

    oval = np.rint(view.from_photo(face.landmarks[list(lm.FACE_OVAL)])).astype(np.int32)
    mask = np.zeros(view.pixels.shape[:2], np.uint8)
    cv2.fillPoly(mask, [oval], 255)
    colour = cv2.mean(view.pixels, mask)[:3]
    view.pixels[mask > 0] = np.rint(colour).astype(np.uint8)
