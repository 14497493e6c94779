"""The frame around a model's crop that takes in the whole head, and what is where in it.

It is twice as wide as the crop and cut at the same scale: a pixel of the crop is a pixel of the
frame, so that what was computed for one can be laid into the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain import AlignedFace, FloatArray
from engine.faces.hair_edge import matted
from engine.imaging.geometry import Matrix, compose, invert, transform_points, translation
from engine.imaging.resize import to_side
from engine.imaging.shown import Picture
from engine.imaging.warp import warped

PARTS = ("other", "skin", "hair", "cover")
"""What a face parser tells apart, in the order of its planes."""
PARSED_SIDE = 256
"""Side of the frames that a parser sees, in pixels."""
FRAME = 2
"""How many crops a frame is wide."""
_LEFT, _ABOVE = 0.5, 0.5625
_EDGE, _EPSILON = 0.012, 1e-3
_FADE, _FADE_BELOW = 0.03, 0.12
_LOW, _HIGH = 0.2, 0.8
# In shares of the crop, where portraits of its template have them: left, top, right and bottom.
_CHIN = (0.12, 0.56, 0.88, 1.0)
_EYES, _BROWS = 0.35, 0.28
_WORN, _SEEN, _OWN = 0.5, 0.5, 0.5
_MAYBE, _SURE, _LEAST = 0.4, 0.7, 0.001

Parse = Callable[[Sequence[NDArray[np.uint8]]], FloatArray]
"""Frames S×S×3 uint8 → (B, 4, S, S) float32, the share of each of :data:`PARTS`, together 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A head in its frame.

    Attributes:
        pixels: F×F×3 uint8 RGB, sRGB; black beside the photo.
        hair: F×F float32 in 0..1, hair, brows and beard, soft; falls to 0 at the frame's border.
        skin: F×F float32 in 0..1.
        cover: F×F float32 in 0..1, what is worn on the head or lies before the face.
    """

    pixels: NDArray[np.uint8]
    hair: FloatArray
    skin: FloatArray
    cover: FloatArray


def corner(side: int) -> tuple[int, int]:
    """Where the crop of ``side`` pixels lies in its frame: x and y of its top left pixel."""
    return round(_LEFT * side), round(_ABOVE * side)


def inner(side: int) -> tuple[slice, slice]:
    """Rows and columns of the frame that are the crop."""
    x, y = corner(side)
    return slice(y, y + side), slice(x, x + side)


def frame_matrix(aligned: AlignedFace) -> Matrix:
    """2×3, photo pixel → frame pixel."""
    return compose(aligned.matrix, translation(*corner(len(aligned.mask))))


def frame_of(rgb: Picture, aligned: AlignedFace) -> NDArray[np.uint8]:
    """Cut the frame around an aligned face out of the picture that it was cut from.

    Returns:
        F×F×3 uint8, the crop in its place; black around it where there is no more of the picture.
    """
    side, matrix = FRAME * len(aligned.mask), frame_matrix(aligned)
    frame = np.array(warped(rgb, matrix, (side, side)), np.uint8)
    frame[_beyond(rgb.shape, matrix, side)] = 0
    frame[inner(len(aligned.mask))] = aligned.pixels
    return frame


def around(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A crop S×S×3 in a frame that is black beside it, for faces of which there is no more."""
    side = len(crop)
    frame = np.zeros((FRAME * side, FRAME * side, 3), np.uint8)
    frame[inner(side)] = crop
    return frame


def heads_in(frames: Sequence[NDArray[np.uint8]], parse: Parse) -> list[Head]:
    """What is where in frames F×F×3. Raises what ``parse`` does.

    Each is looked at in colour and without: an unusual light or tint then misleads it less. And
    each by itself: in batches of another size the last bits of the answers are others.
    """
    return [_head(frame, parse(_looks(frame))) for frame in frames]


def _looks(frame: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """A frame as the parser sees it, in colour and in grey."""
    seen = to_side(frame, PARSED_SIDE)
    grey = seen.mean(2, keepdims=True).astype(np.uint8)
    return [seen, np.repeat(grey, 3, 2)]


def _head(frame: NDArray[np.uint8], looks: FloatArray) -> Head:
    """``looks`` (2, 4, S, S): what is said of the frame in colour and in grey."""
    import cv2

    side = len(frame)
    shown = ~_beside(frame)
    _other, skin, hair, cover, in_colour = (
        np.where(shown, np.clip(to_side(plane, side), 0, 1), np.float32(0))
        for plane in (*looks.mean(0), looks[0, PARTS.index("cover")])
    )
    hair, cover = _sorted_out(hair, cover, in_colour)
    radius = max(1, round(_EDGE * side))
    guided = cv2.ximgproc.guidedFilter(frame, hair, radius, _EPSILON * 255**2)
    sure = np.asarray(np.clip((guided - _LOW) / (_HIGH - _LOW), 0, 1), np.float32)
    return Head(frame, matted(frame, sure, skin, shown) * _fading(side), skin, cover)


def _beside(frame: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where a frame shows no photo: what is black as far as its border."""
    import cv2

    black = np.asarray(~frame.any(2), np.uint8)
    count, areas = cv2.connectedComponents(black)
    border = np.concatenate([areas[0], areas[-1], areas[:, 0], areas[:, -1]])
    beside = np.bincount(border, minlength=count) > 0
    beside[0] = False
    return np.asarray(beside[areas])


def _sorted_out(
    hair: FloatArray, cover: FloatArray, in_colour: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Hair and covers F×F, where a head as a whole says which of them it is.

    Single pixels of a fringe and a cap look alike; heads with and without a hat do not: above the
    brows most of what is seen is the one or the other. Below them a cover counts piece by piece,
    where it is sure as a whole: a shadow or a beard is taken for one here and there; dark glasses
    and other pieces that are mostly there count with what of them is higher. They count as seen
    ``in_colour``: white cloth without its colour looks like skin.
    """
    side = len(hair)
    upper = np.zeros((side, side), np.bool_)
    upper[: _row(_BROWS, side)] = True
    above = (hair + cover > _SEEN) & upper
    worn = float(cover[above].sum() / max(float((hair + cover)[above].sum()), 1.0))
    lower = np.where(upper, np.float32(0), in_colour)
    before = np.maximum(_sure_pieces(lower), _sure_pieces(in_colour, ~upper))
    if worn >= _WORN:
        own = np.clip(2 * hair - 1, 0, 1) * (1 - before)
        before[: _row(_EYES, side)] = np.maximum(cover, before)[: _row(_EYES, side)]
        return _of_the_head(own), before
    grown = np.where(upper, np.minimum(hair + cover, 1), hair) * (1 - before)
    return _of_the_head(grown), before


def _sure_pieces(cover: FloatArray, home: NDArray[np.bool_] | None = None) -> FloatArray:
    """F×F, 1 where a piece of what may be a cover is neither small nor doubtful as a whole.

    With ``home``, F×F, only of pieces that lie in it for the most part.
    """
    import cv2

    count, pieces = cv2.connectedComponents((cover > _MAYBE).astype(np.uint8))
    areas = np.maximum(np.bincount(pieces.ravel(), minlength=count), 1)
    sure = np.bincount(pieces.ravel(), cover.ravel(), minlength=count) / areas
    kept = (areas > _LEAST * cover.size) & (sure > _SURE)
    if home is not None:
        kept &= np.bincount(pieces[home], minlength=count) > _OWN * areas
    kept[0] = False
    return np.asarray(kept[pieces], np.float32)


def _of_the_head(hair: FloatArray) -> FloatArray:
    """Hair F×F without the pieces that neither begin above the eyes nor lie on the chin."""
    import cv2

    side = len(hair)
    count, pieces = cv2.connectedComponents((hair > _LOW).astype(np.uint8))
    on_the_chin = np.bincount(pieces[_part(_CHIN, side)].ravel(), minlength=count)
    above = np.bincount(pieces[: _row(_EYES, side)].ravel(), minlength=count)
    whole = np.maximum(np.bincount(pieces.ravel(), minlength=count), 1)
    kept = (above > 0) | (on_the_chin > _OWN * whole)
    kept[0] = False
    return np.where(kept[pieces], hair, np.float32(0))


def _row(share: float, side: int) -> int:
    """The frame's row that lies at a share of its crop."""
    return corner(side // FRAME)[1] + round(share * side / FRAME)


def _part(box: tuple[float, float, float, float], side: int) -> tuple[slice, slice]:
    """Rows and columns of a frame that a box in shares of its crop takes."""
    x, y = corner(side // FRAME)
    left, top, right, bottom = (round(share * side / FRAME) for share in box)
    return slice(y + top, y + bottom), slice(x + left, x + right)


def _beyond(shape: tuple[int, ...], matrix: Matrix, side: int) -> NDArray[np.bool_]:
    """Where a frame shows what is not in a picture of that shape (H, W, …)."""
    rows, columns = np.mgrid[:side, :side]
    places = transform_points(invert(matrix), np.stack([columns.ravel(), rows.ravel()], 1))
    limits = np.array([shape[1], shape[0]]) - 0.5
    inside = ((places > -0.5) & (places < limits)).all(1)
    return np.asarray(~inside.reshape(side, side))


def _fading(side: int) -> FloatArray:
    """F×F: 0 at the border and smoothly 1 inwards, so that long hair is never cut off."""
    index = np.arange(side, dtype=np.float32)
    near = np.minimum(index, side - 1 - index) / (_FADE * side)
    below = (side - 1 - index) / (_FADE_BELOW * side)
    across, down = _smooth(near), _smooth(np.minimum(near, below))
    return np.asarray(np.minimum(across[None, :], down[:, None]), np.float32)


def _smooth(t: NDArray[np.floating]) -> FloatArray:
    t = np.clip(t, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)
