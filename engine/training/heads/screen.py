"""Labels of portraits before a blue screen: the screen is keyed, skin and hair told by colour.

Nobody draws them: the landmarks say where skin must be, its colour says where more of it is, and
what of the person above and beside the face is coloured otherwise is hair. GrabCut draws the line.
What stays doubtful is ignored.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces import landmarks as lm
from engine.training.heads.colours import SKIN_SPREAD, in_lab, typical, unlike
from engine.training.heads.labels import (
    HAIR,
    IGNORED,
    OTHER,
    SCREEN,
    SKIN,
    Mask,
    Pixels,
    cut_out,
    filled,
    grown,
    pieces,
    shrunk,
    within,
)

_BLUE, _CHROMA = -22.0, 25.0
_KEYED, _NEAR = 14.0, 12.0
_LEAST_SCREEN, _LEAST_KEYED, _SPECK = 3000, 1500, 60
_HAIR_SPREAD = (40.0, 6.0, 6.0)
_LEAST_HAIR, _LEAST_PIECE = 80, 12
_JAW_LEFT, _JAW_RIGHT = 58, 288


def screen_labels(frame: Pixels, seen: Mask, landmarks: FloatArray, *, man: bool) -> Pixels | None:
    """Labels F×F of a portrait, or ``None`` where no blue screen is found.

    Args:
        frame: 256×256×3 RGB, mirrored where it reaches beyond the photo.
        seen: what of it is the photo.
        landmarks: (478, 2) frame pixels.
        man: whether a beard may be there, and no long hair below the jaw.

    Returns:
        OTHER, SKIN, HAIR; SCREEN, BEYOND and IGNORED. No cover: these portraits have none.
    """
    lab = in_lab(frame)
    screen = _screen(lab, seen, landmarks)
    if screen is None:
        return None
    face = _Face(lab, landmarks, ~screen, seen)
    hair, doubtful, alike = _hair(frame, face, man=man)
    hair |= face.brows & (face.unlike_skin > 5)
    beard = _beard(face) if man else np.zeros_like(hair)
    hair |= beard
    near = (face.unlike_skin < 12) & (face.rows < face.chin + 0.5 * face.height)
    labels = np.full(seen.shape, OTHER, np.uint8)
    labels[face.person & ~hair & (face.oval | near)] = SKIN
    labels[hair] = HAIR
    labels[doubtful] = IGNORED
    _doubt(labels, face, bearded=bool(beard.any()))
    labels[alike & (labels == OTHER)] = IGNORED
    labels[screen] = SCREEN
    return within(labels, seen)


class _Face:
    """A face's regions and its colours' distance from skin, all F×F."""

    def __init__(
        self, lab: NDArray[np.float32], landmarks: FloatArray, person: Mask, seen: Mask
    ) -> None:
        self.lab, self.landmarks, self.person, self.seen = lab, landmarks, person, seen
        self.rows, self.columns = np.mgrid[: len(seen), : len(seen)]
        self.chin = float(self.landmarks[lm.CHIN, 1])
        span = self.landmarks[lm.FOREHEAD_TOP] - self.landmarks[lm.CHIN]
        self.height = float(np.linalg.norm(span))
        self.jaw = float(self.landmarks[[_JAW_LEFT, _JAW_RIGHT], 1].mean())
        self.oval = self._region(lm.FACE_OVAL)
        self.eyes = self._region(lm.LEFT_EYE_AREA, lm.RIGHT_EYE_AREA)
        self.brows = grown(self._region(lm.LEFT_BROW, lm.RIGHT_BROW), 3)
        self.lips = grown(self._region(lm.OUTER_LIPS), 3)
        jaws = self._region(lm.BEARD_AREA)
        self.bearded = jaws & ~self.lips
        self.enough_beard = 0.12 * float(jaws.sum())
        self.seeds = self.oval & (jaws | self.brows)
        self.bare = shrunk(self.oval, 9) & ~self.eyes & ~self.brows & ~jaws & ~self.lips
        self.unlike_skin = unlike(self.lab, typical(self.lab[self.bare]), SKIN_SPREAD)

    def _region(self, *rings: tuple[int, ...]) -> Mask:
        return filled([self.landmarks[list(ring)] for ring in rings], len(self.seen))


def _screen(lab: NDArray[np.float32], seen: Mask, landmarks: FloatArray) -> Mask | None:
    """The screen: near a blue that changes over the frame as a quadratic does, and in one piece."""
    side = len(seen)
    rows, columns = np.mgrid[:side, :side] / np.float32(side)
    parts = (np.ones_like(rows), columns, rows, columns**2, rows**2, columns * rows)
    terms = np.stack(parts, -1)
    chin, top = landmarks[lm.CHIN], landmarks[lm.FOREHEAD_TOP]
    above = rows * side < chin[1] + 0.05 * np.linalg.norm(chin - top)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    blue = (lab[..., 2] < _BLUE) & (chroma > _CHROMA) & seen & above
    chosen, least = blue, _LEAST_SCREEN
    for _ in range(3):
        if chosen.sum() < least:
            return None
        fitted, *_rest = np.linalg.lstsq(terms[chosen], lab[chosen], rcond=None)
        distance = np.linalg.norm((lab - terms @ fitted) * (0.5, 1, 1), axis=2)
        chosen, least = blue & (distance < _NEAR), _LEAST_KEYED
    if chosen.sum() < least:
        return None
    keyed = pieces((distance < _KEYED) & seen)
    beside = rows * side < chin[1]
    large = [one for one in keyed if one.sum() > _SPECK and (one & beside).any()]
    return np.asarray(np.any(large, axis=0)) if large else None


def _hair(frame: Pixels, face: _Face, *, man: bool) -> tuple[Mask, Mask, Mask]:
    """Hair, what may be hair, and what may be long hair where it is taken for clothes."""
    beside = face.landmarks[[lm.CHEEK_LEFT, lm.CHEEK_RIGHT], 1].mean()
    ring = face.person & ~grown(face.oval, 7) & (face.rows < beside) & face.seen
    sure = ring & (face.unlike_skin > 14)
    if sure.sum() < _LEAST_HAIR:
        return np.zeros_like(ring), ring & (face.unlike_skin > 5), np.zeros_like(ring)
    unlike_hair = unlike(face.lab, face.lab[sure], _HAIR_SPREAD)
    trimap = np.full(ring.shape, cv2.GC_PR_BGD, np.uint8)
    likely = face.person & (unlike_hair < face.unlike_skin) & ~face.lips & ~face.eyes
    trimap[likely & (face.rows < face.jaw)] = cv2.GC_PR_FGD
    trimap[sure & (unlike_hair < 9)] = cv2.GC_FGD
    trimap[ring & (face.unlike_skin < 4)] = cv2.GC_PR_BGD
    trimap[~face.person | (face.bare & (face.unlike_skin < 9))] = cv2.GC_BGD
    trimap[face.lips | (face.eyes & ~face.brows)] = cv2.GC_BGD
    low = (face.rows > face.jaw) & ~face.oval if man else face.rows > face.chin + 0.75 * face.height
    trimap[low | ~face.seen] = cv2.GC_BGD
    cut = cut_out(frame, trimap, 4)
    seeds = sure | face.seeds
    kept = [one for one in pieces(cut) if one.sum() >= _LEAST_PIECE and (one & seeds).any()]
    hair = np.asarray(np.any(kept, axis=0)) if kept else np.zeros_like(cut)
    long = face.person & (unlike_hair < 14) & (face.rows > face.jaw) & ~hair
    return hair, cut & ~hair, np.zeros_like(long) if man else long


def _beard(face: _Face) -> Mask:
    """A beard: much of where one grows is far from skin; else nothing."""
    unlike = (face.bearded & (face.unlike_skin > 16)).astype(np.uint8)
    whole = cv2.morphologyEx(unlike, cv2.MORPH_OPEN, np.ones((3, 3))) > 0
    return whole if whole.sum() > face.enough_beard else np.zeros_like(whole)


def _doubt(labels: Pixels, face: _Face, *, bearded: bool) -> None:
    """Ignore, in place, what colour alone cannot tell: necks, collars, stubble."""
    middle = np.abs(face.columns - face.landmarks[lm.CHIN, 0]) < 0.42 * face.height
    below = (face.rows > face.jaw) & (face.rows < face.chin + 0.45 * face.height)
    neck = face.person & middle & below & ~face.oval
    labels[neck & (labels == OTHER)] = IGNORED
    if not bearded and np.median(face.unlike_skin[face.bearded]) > 4.5:
        labels[face.bearded] = IGNORED
    labels[face.bearded & (labels == SKIN) & (face.unlike_skin > 9)] = IGNORED
