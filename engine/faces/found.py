"""A face as a search found it, in pixels of the photo, and what is told of it to the user."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.domain import Face, FloatArray
from engine.faces import pose, quality, views
from engine.faces.detector import RawFace
from engine.imaging.shown import Picture

_SAME_DISTANCE = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A face in photo pixels: landmarks (478, 2), depth (478,) and how sure the search is."""

    landmarks: FloatArray
    depth: FloatArray
    score: float

    @property
    def centre(self) -> FloatArray:
        """(2,) the middle of the landmarks' box."""
        middle: FloatArray = (self.landmarks.min(0) + self.landmarks.max(0)) / 2
        return middle

    @property
    def extent(self) -> float:
        """The longer side of the landmarks' box."""
        return pose.face_extent(self.landmarks)


def is_same(one: Found, other: Found) -> bool:
    """Whether two findings are one face: centres close by, or one inside the other's middle."""
    distance = float(np.hypot(*(one.centre - other.centre)))
    return distance < _SAME_DISTANCE * max(one.extent, other.extent)


def describe(photo: Picture, found: Found, index: int) -> Face:
    """What is told of a face: box, turn, sharpness and, where it cannot be aged, why."""
    box = pose.landmark_box(found.landmarks)
    yaw = pose.yaw_degrees(found.landmarks, found.depth)
    return Face(
        index=index,
        box=box,
        landmarks=found.landmarks,
        score=found.score,
        roll=pose.roll_degrees(found.landmarks),
        yaw=yaw,
        sharpness=quality.sharpness(photo, found.landmarks),
        obstacle=quality.obstacle(index, max(box.w, box.h), yaw),
    )


def to_photo(raw: RawFace, view: views.View) -> Found:
    """A detector's answer on a view, in pixels of the photo; not judged yet."""
    scale = float(np.sqrt(abs(np.linalg.det(view.to_photo[:, :2]))))
    return Found(views.map_points(raw.landmarks, view.to_photo), raw.depth * scale, 0.0)


def share_inside(points: FloatArray, shape: tuple[int, ...]) -> float:
    """The share of (n, 2) points that lie inside a picture of that shape (H, W, …), 0..1."""
    limits = np.array([shape[1], shape[0]], np.float32)
    return float(((points > -0.5) & (points < limits - 0.5)).all(1).mean())
