"""Shapes of what lies on a head or before it: caps, scarves, microphones, masks, phones, hands."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces import landmarks as lm
from engine.training.heads.labels import Mask, Pixels

Points = NDArray[np.float64]
_NOSE, _LIP, _JAW_LEFT, _JAW_RIGHT = 4, 13, 136, 365


def cover(landmarks: FloatArray, head: Mask, random: np.random.Generator) -> FloatArray:
    """The shape F×F in 0..1 of something before a head.

    Args:
        landmarks: (478, 2) frame pixels.
        head: skin and hair, F×F; a cap hides all of them above its rim.
        random: decides everything.
    """
    frame = _Frame(landmarks)
    shares = [share for share, _draw in _KINDS]
    draw = _KINDS[random.choice(len(_KINDS), p=shares)][1]
    return np.asarray(draw(frame, head, random) / 255, np.float32)


class _Frame:
    """A face's own directions and sizes."""

    def __init__(self, landmarks: FloatArray) -> None:
        self.points: Points = landmarks.astype(np.float64)
        self.top, self.chin = self.points[lm.FOREHEAD_TOP], self.points[lm.CHIN]
        self.height = max(float(np.linalg.norm(self.top - self.chin)), 1.0)
        self.up: Points = (self.top - self.chin) / self.height
        self.along: Points = np.array([-self.up[1], self.up[0]])
        self.middle: Points = (self.top + self.chin) / 2
        across = self.points[lm.CHEEK_LEFT] - self.points[lm.CHEEK_RIGHT]
        self.width = float(np.linalg.norm(across))
        self.tilt = float(np.degrees(np.arctan2(self.along[1], self.along[0])))


def _cap(face: _Frame, head: Mask, random: np.random.Generator) -> Pixels:
    """A dome over all of the head above a curve; maybe with a brim, maybe around the neck."""
    height, up, along = face.height, face.up, face.along
    base = face.top - up * height * random.uniform(-0.05, 0.22)
    half = face.width * random.uniform(0.55, 0.68)
    lean, bow = random.uniform(-0.15, 0.15), random.uniform(-0.12, 0.2) * height
    t = np.linspace(-1, 1, 17)[:, None]
    rim = base + along * t * half + up * (lean * t * half - bow * t**2)
    turn = np.linspace(0, np.pi, 15)[:, None]
    wide, high = half * random.uniform(1, 1.12), height * random.uniform(0.35, 0.75)
    dome = base + along * np.cos(turn) * wide + up * np.sin(turn) * high
    shape = _polygon(np.concatenate([rim, dome]), len(head))
    over = cv2.dilate(head.astype(np.uint8), np.ones((3, 3))) > 0
    shape[over & _above(face, base, bow, half, len(head))] = 255
    if random.random() < 0.5:
        centre = base + up * random.uniform(-0.02, 0.06) * height
        axes = half * random.uniform(0.7, 1.5), max(2.0, height * random.uniform(0.05, 0.18))
        shape |= _ellipse(centre, axes, face.tilt, len(head))
    if random.random() < 0.35:
        shape |= _round_the_face(face, half, random, len(head))
    return shape


def _above(face: _Frame, base: Points, bow: float, half: float, side: int) -> Mask:
    """What lies above a cap's rim."""
    rows, columns = np.mgrid[:side, :side]
    apart = np.stack([columns - base[0], rows - base[1]], -1)
    across, high = apart @ face.along / half, apart @ face.up
    return np.asarray((high > -bow * across**2) & (np.abs(across) < 1.6))


def _round_the_face(face: _Frame, half: float, random: np.random.Generator, side: int) -> Pixels:
    """The ring of a scarf: beside the face and below it."""
    outer = _ellipse(face.middle, (half * 1.25, face.height * 0.95), face.tilt, side)
    axes = half * random.uniform(0.75, 0.9), face.height * random.uniform(0.5, 0.58)
    return outer & ~_ellipse(face.middle, axes, face.tilt, side)


def _held(face: _Frame, head: Mask, random: np.random.Generator) -> Pixels:
    """A microphone, a cup, a lolly: something round near the mouth, mostly on a stick."""
    height, side = face.height, len(head)
    centre = face.points[_LIP] + random.normal(0, 0.16 * height, 2) + _by(0, 0.12 * height)
    radius = height * random.uniform(0.06, 0.2)
    axes = radius, radius * random.uniform(0.8, 1.5)
    shape = _ellipse(centre, axes, random.uniform(0, 180), side)
    if random.random() < 0.8:
        end = centre + _by(random.normal(0, 0.6 * height), height * random.uniform(0.5, 1.5))
        thick = int(max(1, radius * random.uniform(0.4, 1.6)))
        cv2.line(shape, _pixel(centre), _pixel(end), 255, thick)
    return shape


def _lenses(face: _Frame, head: Mask, random: np.random.Generator) -> Pixels:
    """Dark glasses: a lens before each eye, a bridge, mostly a bow to each side."""
    side, height = len(head), face.height
    eyes = [face.points[list(ring)].mean(0) for ring in (lm.LEFT_EYE_AREA, lm.RIGHT_EYE_AREA)]
    apart = float(np.linalg.norm(eyes[0] - eyes[1]))
    wide, high = apart * random.uniform(0.34, 0.5), apart * random.uniform(0.24, 0.42)
    drop, shape = face.up * -height * random.uniform(-0.02, 0.05), np.zeros((side, side), np.uint8)
    square = random.random() < 0.4
    for eye in eyes:
        centre = eye + drop
        if square:
            box = cv2.boxPoints(((centre[0], centre[1]), (2 * wide, 2 * high), face.tilt))
            shape |= _polygon(np.asarray(box, np.float64), side)
        else:
            shape |= _ellipse(centre, (wide, high), face.tilt, side)
    thick = int(max(1, height * random.uniform(0.01, 0.05)))
    cv2.line(shape, _pixel(eyes[0] + drop), _pixel(eyes[1] + drop), 255, thick)
    if random.random() < 0.7:
        cheeks = face.points[[lm.CHEEK_LEFT, lm.CHEEK_RIGHT]]
        for eye in eyes:
            near = cheeks[np.argmin(np.linalg.norm(cheeks - eye, axis=1))]
            cv2.line(shape, _pixel(eye + drop), _pixel(near + drop), 255, thick)
    return shape


def _mask(face: _Frame, head: Mask, random: np.random.Generator) -> Pixels:
    """A surgical mask, or a scarf over the mouth."""
    height, points = face.height, face.points
    top = points[_NOSE] + _by(0, random.uniform(-0.12, 0.12) * height)
    hem = random.uniform(0.03, 0.3) * height
    ring = [
        points[lm.CHEEK_LEFT] + _by(0, 0.02 * height),
        top - _by(0.1 * height, 0),
        top + _by(0.1 * height, 0),
        points[lm.CHEEK_RIGHT] + _by(0, 0.02 * height),
        points[_JAW_RIGHT] + _by(0, 0.05 * height),
        face.chin + _by(0, hem),
        points[_JAW_LEFT] + _by(0, 0.05 * height),
    ]
    return np.asarray(cv2.GaussianBlur(_polygon(np.stack(ring), len(head)), (0, 0), 1.2), np.uint8)


def _flat(face: _Frame, head: Mask, random: np.random.Generator) -> Pixels:
    """A phone, a book, a bar: a rectangle anywhere near."""
    centre = face.middle + random.normal(0, 0.45 * face.height, 2)
    size = face.height * random.uniform(0.1, 0.8), face.height * random.uniform(0.15, 1.2)
    box = cv2.boxPoints(((centre[0], centre[1]), size, random.uniform(0, 180)))
    return _polygon(np.asarray(box, np.float64), len(head))


def _lump(face: _Frame, head: Mask, random: np.random.Generator) -> Pixels:
    """Any rounded shape anywhere near, a hand perhaps."""
    centre = face.middle + random.normal(0, 0.5 * face.height, 2)
    size = face.height * random.uniform(0.12, 0.45)
    count = int(random.integers(5, 12))
    angles, radii = np.sort(random.uniform(0, 2 * np.pi, count)), random.uniform(0.5, 1.1, count)
    flat, turn = random.uniform(0.4, 1), random.uniform(0, np.pi)
    ring = size * np.stack([radii * np.cos(angles), radii * np.sin(angles) * flat], 1)
    turned = ring @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    shape = _polygon(turned + centre, len(head))
    return np.asarray(
        cv2.GaussianBlur(shape, (0, 0), max(1.0, size * random.uniform(0.05, 0.25))), np.uint8
    )


_Draw = Callable[[_Frame, Mask, np.random.Generator], Pixels]
_KINDS: tuple[tuple[float, _Draw], ...] = (
    (0.18, _cap),  # few: many of them, and fringes pass for caps
    (0.26, _held),
    (0.1, _lenses),
    (0.18, _mask),
    (0.14, _flat),
    (0.14, _lump),
)


def _polygon(points: Points, side: int) -> Pixels:
    canvas = np.zeros((side, side), np.uint8)
    cv2.fillPoly(canvas, [np.rint(points).astype(np.int32)], 255)
    return canvas


def _ellipse(centre: Points, axes: tuple[float, float], angle: float, side: int) -> Pixels:
    canvas = np.zeros((side, side), np.uint8)
    whole = int(axes[0]), int(axes[1])
    cv2.ellipse(canvas, _pixel(centre), whole, angle, 0, 360, 255, -1)
    return canvas


def _by(x: float, y: float) -> Points:
    return np.array([x, y], np.float64)


def _pixel(point: Points) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
