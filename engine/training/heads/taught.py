"""Labels of any photo by a teacher: an earlier face parser, asked several times over.

What it answers to a frame, the mirrored frame and both a little closer is averaged; GrabCut draws
the line of the hair along the picture's own edges; where answers are undecided nothing is learnt.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces import landmarks as lm
from engine.faces.head import PARTS, Parse
from engine.training.heads.colours import SKIN_SPREAD, in_lab, typical, unlike
from engine.training.heads.labels import (
    COVER,
    HAIR,
    IGNORED,
    OTHER,
    SKIN,
    Mask,
    Pixels,
    cut_out,
    filled,
    grown,
    shown,
    shrunk,
    within,
)

_CLOSER = 1.35
_LEAST_HAIR = 60
_BROW_TOPS, _LIP, _NOSE = [105, 334], 13, 2
_LIKE_SKIN, _MAYBE_SKIN, _RIM, _LEAST_SKIN = 4.0, 7.0, 5, 60


def taught_labels(
    frame: Pixels, seen: Mask, landmarks: FloatArray, parse: Parse, *, hat: bool
) -> Pixels:
    """Labels F×F of a photo, as far as the teacher is sure.

    Args:
        frame: 256×256×3 RGB, mirrored where it reaches beyond the photo.
        seen: what of it is the photo; the teacher sees what the application shows of the frame.
        landmarks: (478, 2) frame pixels.
        parse: the teacher.
        hat: whether something is worn above the brows: what the teacher takes for hair there is
            a cover.

    Returns:
        OTHER, SKIN, HAIR, with a hat COVER; BEYOND and IGNORED.
    """
    shares = averaged(np.where(shown(seen)[..., None], frame, 0).astype(np.uint8), parse)
    told = _with_hat(shares, landmarks) if hat else _bare(frame, seen, landmarks, shares)
    return within(_foreheads(frame, told, landmarks), seen)


def averaged(frame: Pixels, parse: Parse) -> FloatArray:
    """F×F×4, together 1: the mean of what ``parse`` says of four views of a frame."""
    side = len(frame)
    middle = (side - 1) / 2
    closer = cv2.getRotationMatrix2D((middle, middle), 0, _CLOSER)
    back = cv2.invertAffineTransform(closer)
    near = cv2.warpAffine(frame, closer, (side, side))
    views = [frame, frame[:, ::-1], near, near[:, ::-1]]
    answers = parse([np.ascontiguousarray(view, np.uint8) for view in views])
    plain, mirrored, close, close_mirrored = answers.transpose(0, 2, 3, 1)
    wide = plain + mirrored[:, ::-1]
    narrow = np.ascontiguousarray(close + close_mirrored[:, ::-1])
    ones = np.ones((side, side), np.float32)
    shown = cv2.warpAffine(ones, back, (side, side))[..., None]
    total = wide + cv2.warpAffine(narrow, back, (side, side)) * shown
    return np.asarray(total / total.sum(2, keepdims=True), np.float32)


def _with_hat(shares: FloatArray, landmarks: FloatArray) -> Pixels:
    """Only what is plain, and hair or cover above the brows is cover."""
    other, skin, hair, cover = (shares[..., part] for part in range(len(PARTS)))
    rows, height = np.mgrid[: len(shares), : len(shares)][0], _height(landmarks)
    brows = landmarks[_BROW_TOPS, 1].mean()
    labels = np.full(other.shape, IGNORED, np.uint8)
    labels[other > 0.9] = OTHER
    labels[skin > 0.8] = SKIN
    labels[(hair + cover > 0.55) & (rows < brows - 0.08 * height)] = COVER
    labels[(hair > 0.85) & (rows > brows + 0.15 * height)] = HAIR
    return labels


def _bare(frame: Pixels, seen: Mask, landmarks: FloatArray, shares: FloatArray) -> Pixels:
    """Nothing is worn, so that a cover above the mouth is hair, and below it unknown."""
    rows = np.mgrid[: len(shares), : len(shares)][0]
    upper = rows < landmarks[_LIP, 1]
    told = shares.copy()
    told[..., HAIR] += np.where(upper, shares[..., COVER], 0)
    told[..., COVER] = np.where(upper, 0, shares[..., COVER])
    hair_share, best = told[..., HAIR], told.argmax(2)
    hair = _hair(frame, seen, hair_share)
    labels = np.where(hair, HAIR, told[..., :HAIR].argmax(2)).astype(np.uint8)
    labels[(told.max(2) < 0.55) & ~hair & (best != HAIR)] = IGNORED
    labels[np.where(hair, hair_share < 0.25, hair_share > 0.75)] = IGNORED
    perhaps = shares[..., HAIR] + shares[..., COVER]
    labels[(labels == OTHER) & ~upper & (perhaps > 0.06)] = IGNORED
    brows = [landmarks[list(ring)] for ring in (lm.LEFT_BROW, lm.RIGHT_BROW)]
    labels[grown(filled(brows, len(frame)), 5) & (labels == SKIN)] = IGNORED
    stubble = (rows > landmarks[_NOSE, 1]) & (perhaps > 0.15)
    labels[(labels == SKIN) & stubble] = IGNORED
    return labels


def _foreheads(frame: Pixels, labels: Pixels, landmarks: FloatArray) -> Pixels:
    """Labels without hair that has the colour of the cheeks.

    What passes for hair on a forehead once is learnt, and passes for more of it in the next stage.
    Within the face's outline it is skin, around it nobody knows: hair may be fair, heads bald.
    """
    side, height = len(frame), _height(landmarks)
    rows = np.mgrid[:side, :side][0]
    oval = filled([landmarks[list(lm.FACE_OVAL)]], side)
    brows = landmarks[_BROW_TOPS, 1].max()
    rings = (lm.LEFT_EYE_AREA, lm.RIGHT_EYE_AREA, lm.BEARD_AREA, lm.OUTER_LIPS)
    other = grown(filled([landmarks[list(ring)] for ring in rings], side), 5)
    cheeks = shrunk(oval, _RIM) & ~other & (rows > brows + 0.1 * height)
    if cheeks.sum() < _LEAST_SKIN:
        return labels
    lab = in_lab(frame)
    skin = typical(lab[cheeks])
    if len(skin) < _LEAST_SKIN:
        return labels
    apart = unlike(lab, skin, SKIN_SPREAD)
    own = grown(filled([landmarks[list(ring)] for ring in (lm.LEFT_BROW, lm.RIGHT_BROW)], side), 5)
    above = (labels == HAIR) & (rows < brows + 0.15 * height)
    told = np.where(above & (apart < _MAYBE_SKIN), IGNORED, labels)
    plain = above & (apart < _LIKE_SKIN) & shrunk(oval, _RIM) & ~own
    return np.where(plain, SKIN, told).astype(np.uint8)


def _hair(frame: Pixels, seen: Mask, share: NDArray[np.float32]) -> Mask:
    """Hair cut out along the picture's edges."""
    trimap = np.where(share > 0.5, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    trimap[share > 0.88] = cv2.GC_FGD
    trimap[(share < 0.12) | ~seen] = cv2.GC_BGD
    if (trimap == cv2.GC_FGD).sum() <= _LEAST_HAIR:
        return np.isin(trimap, (cv2.GC_FGD, cv2.GC_PR_FGD))
    return cut_out(frame, trimap, 3)


def _height(landmarks: FloatArray) -> float:
    return float(np.linalg.norm(landmarks[lm.FOREHEAD_TOP] - landmarks[lm.CHIN]))
