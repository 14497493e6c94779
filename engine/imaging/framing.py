"""What the pictures of a timeline or a strip show of a photo. Any thread.

A frame is cut, turned or scaled out of the photo once. Each picture is that base with the faces'
changes composited into it, through the frame's own matrix: between two pictures nothing moves,
and a pixel that no change reaches is the same in all of them. What a picture costs is the frame's
size, not the photo's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.aged import AgedFace
from engine.domain import AlignedFace, Photo, PixelArray
from engine.imaging.color import to_8_bits, to_srgb8
from engine.imaging.composite import composite
from engine.imaging.content import on_white
from engine.imaging.geometry import (
    Matrix,
    compose,
    invert,
    scale_of,
    stretching,
    transform_points,
    translation,
)
from engine.imaging.resize import fitting, resized
from engine.imaging.warp import warped
from engine.orders import Framing

EYES = ((33, 133), (362, 263))
"""The corners of the eye on the picture's left and on its right, among MediaPipe's landmarks."""
SHEET_MOST = {Framing.FACE: (720, 360), Framing.ALIGNED: (360, 360), Framing.PHOTO: (1280, 720)}
"""Width and height that a picture of a sheet or strip has at most."""
FILM_MOST = {Framing.FACE: (960, 480), Framing.ALIGNED: (480, 480), Framing.PHOTO: (1024, 960)}
"""The same for animations; with its rim and caption none is larger than 1080 pixels a side."""
_NO_LIMIT = (1 << 30, 1 << 30)
_BLUR = 1 / 16  # of the frame's longer side
_MARGIN = 1.25  # of the frame around the model's crop


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A part of a photo at a size to be shown.

    Attributes:
        base: the part before any change, in the photo's own depth and colour space.
        matrix: 2×3, frame pixel → photo pixel.
        beside: H×W, where the base shows what is not in the photo and stays as it is; None
            where it shows the photo alone.
    """

    base: Photo
    matrix: Matrix
    beside: NDArray[np.bool_] | None = None

    def picture(self, faces: Sequence[AgedFace] = ()) -> NDArray[np.uint8]:
        """The frame with faces aged.

        Args:
            faces: with their matrices from the whole photo; those outside the frame do nothing.

        Returns:
            A new H×W×3 array in the photo's colour space; transparency is laid on white.
        """
        moved = [replace(face, aligned=self._moved(face.aligned)) for face in faces]
        pixels = composite(self.base, moved)
        if self.beside is not None:
            pixels[self.beside] = self.base.pixels[self.beside]
        return to_8_bits(pixels) if self.base.alpha is None else on_white(pixels, self.base.alpha)

    def in_srgb(self) -> Frame:
        """The same frame in 8-bit sRGB: pictures of a deep or wide photo then cost far less."""
        pixels = to_srgb8(self.base.pixels, self.base.icc)
        return replace(self, base=replace(self.base, pixels=pixels, icc=None))

    def _moved(self, aligned: AlignedFace) -> AlignedFace:
        return replace(aligned, matrix=compose(self.matrix, aligned.matrix))


def frame_of(
    photo: Photo, aligned: AlignedFace, framing: Framing, most: tuple[int, int] = _NO_LIMIT
) -> Frame:
    """The frame of a photo that shows a face.

    Args:
        photo: the source; left as it is.
        aligned: the face in it.
        framing: what is to be shown.
        most: width and height not to exceed, pixels; the photo's own scale without, than which
            no frame is finer.
    """
    if framing is Framing.ALIGNED:
        return _level(photo, aligned, most)
    if framing is Framing.PHOTO:
        return _cut(photo, (0, 0, *photo.size), most)
    (x, y), reach = _middle(aligned)
    width, height = photo.size
    left, top = max(0, round(x - reach)), max(0, round(y - reach))
    right = min(width, max(left + 1, round(x + reach)))
    bottom = min(height, max(top + 1, round(y + reach)))
    return _cut(photo, (left, top, right, bottom), most)


def _cut(photo: Photo, edges: tuple[int, int, int, int], most: tuple[int, int]) -> Frame:
    """The part between left, top, right and bottom, scaled down to fit."""
    left, top, right, bottom = edges
    rows, columns = slice(top, bottom), slice(left, right)
    size = fitting((right - left, bottom - top), most)
    grow = stretching((right - left) / size[0], (bottom - top) / size[1])
    alpha = None if photo.alpha is None else resized(photo.alpha[rows, columns], size)
    base = replace(photo, pixels=resized(photo.pixels[rows, columns], size), alpha=alpha)
    return Frame(base, compose(grow, translation(left, top)))


def _level(photo: Photo, aligned: AlignedFace, most: tuple[int, int]) -> Frame:
    """A square with the eyes level, less what of it lies beside the photo.

    The face itself is never cut: what of the photo is missing there becomes a blurred surrounding.
    """
    middle, reach = _middle(aligned)
    right = _along_the_eyes(aligned)
    turn = np.column_stack([right, [-right[1], right[0]]])
    inner = transform_points(invert(aligned.matrix), _outline(aligned))
    inner = np.clip((inner - middle) @ turn, -reach, reach)
    low, high = _within(photo.size, middle, turn, reach, inner)
    size = fitting(tuple(np.maximum(np.rint(high - low), 1).astype(int).tolist()), most)
    axes = turn * (high - low) / size
    start = middle + turn @ low + axes.sum(axis=1) / 2
    frame = np.column_stack([axes, start])
    to_frame = invert(frame)
    pixels = warped(photo.pixels, to_frame, size)
    alpha = None if photo.alpha is None else warped(photo.alpha, to_frame, size)
    beside = _beside(photo.size, frame, size)
    if beside.any():
        pixels = _blurred_there(pixels, beside)
    base = replace(photo, pixels=pixels, alpha=alpha)
    return Frame(base, frame, beside if beside.any() else None)


def _within(
    size: tuple[int, int],
    middle: NDArray[np.float64],
    turn: NDArray[np.float64],
    reach: float,
    inner: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Low and high ends, along the frame's axes, of what of a square lies in the photo.

    Each of the photo's edges pushes back the side of the square that it is most parallel to, then
    the other one, neither further than to what has to be seen.

    Args:
        size: the photo's width and height.
        middle: the square's, in photo pixels.
        turn: 2×2, its columns the frame's axes in the photo.
        reach: from the middle to the square's sides.
        inner: (N, 2) points from the middle, along the frame's axes, that have to be seen.
    """
    ends = np.array([[-reach, -reach], [reach, reach]])
    least = np.array([inner.min(axis=0), inner.max(axis=0)])
    edges = [(-turn[k], middle[k] + 0.5) for k in (0, 1)]
    edges += [(turn[k], size[k] - 0.5 - middle[k]) for k in (0, 1)]
    for outwards, room in edges:
        far = (outwards > 0).astype(int)  # the end of each axis that lies beyond this edge
        for axis in np.argsort(-np.abs(outwards)):
            excess = float(outwards @ ends[far, [0, 1]]) - room
            if excess > 0 and abs(outwards[axis]) > 1e-6:
                end = ends[far[axis], axis] - excess / outwards[axis]
                limit = least[far[axis], axis]
                ends[far[axis], axis] = max(end, limit) if far[axis] else min(end, limit)
    return ends[0], ends[1]


def _beside(size: tuple[int, int], frame: Matrix, part: tuple[int, int]) -> NDArray[np.bool_]:
    """H×W, which pixels of a frame of ``part``'s width and height lie beside the photo."""
    y, x = np.mgrid[: part[1], : part[0]]
    at = transform_points(frame, np.stack([x.ravel(), y.ravel()], axis=1)) + 0.5
    return ((at < 0) | (at > size)).any(axis=1).reshape(part[1], part[0])


def _blurred_there(pixels: PixelArray, there: NDArray[np.bool_]) -> PixelArray:
    """What is mirrored in beside the photo, blurred from its edge on."""
    import cv2

    blur = max(pixels.shape[:2]) * _BLUR
    soft = cv2.GaussianBlur(pixels, (0, 0), blur)
    away = cv2.distanceTransform(there.astype(np.uint8), cv2.DIST_L2, 3)
    share = np.clip(3 * away / blur, 0, 1)[..., None]
    out = pixels.copy()
    out[there] = np.rint(pixels + share * (soft.astype(np.float32) - pixels))[there]
    return out


def _middle(aligned: AlignedFace) -> tuple[NDArray[np.float64], float]:
    """The middle of the face's crop in the photo, and how far a frame reaches from it."""
    side = aligned.pixels.shape[0]
    middle = transform_points(invert(aligned.matrix), [[(side - 1) / 2, (side - 1) / 2]])[0]
    return middle, _MARGIN * side / scale_of(aligned.matrix) / 2


def _along_the_eyes(aligned: AlignedFace) -> NDArray[np.float64]:
    """The unit vector in the photo from the one eye to the other; the crop's own without eyes."""
    left, right = (aligned.landmarks[list(corners)].mean(axis=0) for corners in EYES)
    way = (right - left).astype(np.float64) if (left != right).any() else np.array([1.0, 0.0])
    along = invert(aligned.matrix)[:, :2] @ way
    return np.asarray(along / np.hypot(*along), np.float64)


def _outline(aligned: AlignedFace) -> NDArray[np.float64]:
    """(N, 2) crop pixels that hold the face: its landmarks, or the crop's corners without any."""
    points = aligned.landmarks.astype(np.float64)
    end = aligned.pixels.shape[0] - 1.0
    return points if points.any() else np.array([[0, 0], [end, 0], [end, end], [0, end]])
