"""What a pixel of a head's frame is known to be, and shapes drawn from landmarks."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces import landmarks as lm
from engine.faces.head import FRAME, PARTS, inner

OTHER, SKIN, HAIR, COVER = range(len(PARTS))
BARE = 252
"""No cover; what else it is nobody knows."""
SCREEN = 253
"""Of the screen behind a portrait: other, and something else may stand there."""
BEYOND = 254
"""Black beside the photo: nothing is to be learnt there."""
IGNORED = 255
"""Nobody knows."""

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
_COLOURS = np.array([(0, 0, 255), (255, 160, 120), (0, 255, 0), (255, 0, 0)], np.float32)
_SUBPIXEL, _LEAST_COLOURS = 4, 5
_BROWS, _WITHIN = [105, 334], 9
_AROUND, _BESIDE, _ROUNDS = 9, 3, 2


def learnt(labels: Pixels) -> Pixels:
    """Labels as a loss takes them: :data:`engine.faces.head.PARTS` by number, BARE or IGNORED."""
    plain = np.where(labels == SCREEN, OTHER, labels)
    return np.where(plain == BEYOND, IGNORED, plain).astype(np.uint8)


def without_covers(labels: Pixels, landmarks: FloatArray, *, hat: bool) -> Pixels:
    """Labels F×F of a head that nothing covers below the brows, and nothing at all without a hat.

    What is unknown is BARE there. With a hat only the face is, as a scarf may lie around it.
    ``landmarks`` are (478, 2) frame pixels.
    """
    unknown = labels == IGNORED
    if hat:
        rows = np.arange(len(labels))[:, None]
        oval = shrunk(filled([landmarks[list(lm.FACE_OVAL)]], len(labels)), _WITHIN)
        unknown &= oval & (rows > landmarks[_BROWS, 1].max())
    return np.where(unknown, BARE, labels).astype(np.uint8)


def shown(seen: Mask) -> Mask:
    """What the application shows of a frame: what is the photo, and all of the crop."""
    visible = seen.copy()
    visible[inner(len(seen) // FRAME)] = True
    return visible


def with_things(frame: Pixels, labels: Pixels, outlines: Sequence[FloatArray]) -> Pixels:
    """Labels F×F with covers that were outlined by hand, and cut out along the picture's edges.

    ``outlines`` are polygons, each (n, 2) frame pixels, true to about 4. Where the cut and they
    disagree nobody knows, nor right beside them.
    """
    drawn = filled(outlines, len(frame))
    around = grown(drawn, _AROUND)
    trimap = np.where(around, cv2.GC_PR_BGD, cv2.GC_BGD).astype(np.uint8)
    trimap[drawn] = cv2.GC_PR_FGD
    trimap[shrunk(drawn, _AROUND)] = cv2.GC_FGD
    cut = cut_out(frame, trimap, _ROUNDS)
    told = np.where(grown(drawn | cut, _BESIDE), IGNORED, labels)
    return np.where(drawn & cut, COVER, told).astype(np.uint8)


def within(labels: Pixels, seen: Mask) -> Pixels:
    """Labels that know nothing of what is not the photo."""
    known = np.where(seen, labels, IGNORED)
    return np.where(shown(seen), known, BEYOND).astype(np.uint8)


def coloured(frame: Pixels, labels: Pixels) -> Pixels:
    """A frame F×F×3 tinted by its labels; as it is where nothing is known."""
    known = labels < len(PARTS)
    tint = _COLOURS[np.where(known, labels, 0)]
    return np.where(known[..., None], frame * 0.5 + tint * 0.5, frame).astype(np.uint8)


def filled(shapes: Sequence[FloatArray], side: int) -> Mask:
    """Polygons, each (n, 2) frame pixels, as a mask F×F."""
    canvas = np.zeros((side, side), np.uint8)
    for shape in shapes:
        points = np.rint(np.asarray(shape) * 2**_SUBPIXEL).astype(np.int32)
        cv2.fillPoly(canvas, [points], 1, shift=_SUBPIXEL)
    return canvas > 0


def grown(mask: Mask, size: int) -> Mask:
    """A mask widened by half of ``size`` pixels on every side."""
    return cv2.dilate(mask.astype(np.uint8), np.ones((size, size))) > 0


def shrunk(mask: Mask, size: int) -> Mask:
    """A mask narrowed by half of ``size`` pixels on every side."""
    return cv2.erode(mask.astype(np.uint8), np.ones((size, size))) > 0


def cut_out(frame: Pixels, trimap: Pixels, rounds: int) -> Mask:
    """What GrabCut takes for foreground, begun with a trimap of OpenCV's ``GC_…``.

    Source: C. Rother et al., "GrabCut: Interactive Foreground Extraction Using Iterated Graph
    Cuts", SIGGRAPH 2004. A trimap with next to nothing on either side stays as it is. OpenCV's
    own chance is set, so that the same frame gives the same answer.
    """
    cut = trimap.copy()
    front = np.isin(cut, (cv2.GC_FGD, cv2.GC_PR_FGD)).sum()
    if min(front, cut.size - front) >= _LEAST_COLOURS:
        cv2.setRNGSeed(0)
        back, before = np.zeros((1, 65)), np.zeros((1, 65))
        picture = np.ascontiguousarray(frame[..., ::-1])
        cv2.grabCut(picture, cut, (0, 0, 1, 1), back, before, rounds, cv2.GC_INIT_WITH_MASK)
    return np.isin(cut, (cv2.GC_FGD, cv2.GC_PR_FGD))


def pieces(mask: Mask) -> list[Mask]:
    """The connected parts of a mask."""
    count, numbered = cv2.connectedComponents(mask.astype(np.uint8))
    return [numbered == one for one in range(1, count)]
