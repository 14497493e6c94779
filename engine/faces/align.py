"""Warping a face to a template by a similarity transform of its landmarks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.domain import AlignedFace, FloatArray
from engine.faces.mask import face_mask
from engine.faces.template import Template
from engine.imaging.geometry import (
    compose,
    invert,
    scale_of,
    similarity_from_points,
    transform_points,
    translation,
)
from engine.imaging.shown import Picture

_SHRINK_BELOW = 0.7


def template_matrix(landmarks: FloatArray, template: Template, size: int) -> NDArray[np.float64]:
    """The 2×3 similarity that takes picture pixels to a template's crop of ``size`` pixels."""
    return similarity_from_points(landmarks[list(template.indices)], template.pixels(size))


def align(rgb: Picture, landmarks: FloatArray, template: Template, size: int) -> AlignedFace:
    """Crop a face out of a picture.

    Args:
        rgb: H×W×3 uint8 sRGB picture.
        landmarks: (478, 2) float32 in pixels of ``rgb``.
        template: where the landmarks go.
        size: side of the crop in pixels.

    Returns:
        The crop; what lies outside the picture is mirrored in. A face that is larger than the
        crop is shrunk without aliasing.
    """
    matrix = template_matrix(landmarks, template, size)
    in_crop = transform_points(matrix, landmarks).astype(np.float32)
    return AlignedFace(
        pixels=warp(rgb, matrix, size),
        matrix=matrix,
        mask=face_mask(in_crop, size),
        template=template.name,
        landmarks=in_crop,
    )


def warp(rgb: Picture, matrix: NDArray[np.float64], size: int) -> NDArray[np.uint8]:
    """Crop ``size``×``size`` through a 2×3 picture → crop matrix, without aliasing.

    Cuts the face's neighbourhood, shrinks it by area to near the crop's scale, then warps;
    only that neighbourhood is ever copied.
    """
    import cv2

    side = np.array([[0, 0], [size, 0], [0, size], [size, size]])
    corners = transform_points(invert(matrix), side)
    height, width = rgb.shape[:2]
    x0, y0 = np.clip(np.floor(corners.min(0)) - 4, 0, [width - 1, height - 1]).astype(int)
    x1, y1 = np.clip(np.ceil(corners.max(0)) + 5, [x0 + 1, y0 + 1], [width, height]).astype(int)
    patch = rgb[y0:y1, x0:x1]
    to_crop = compose(translation(x0, y0), matrix)

    scale = scale_of(matrix)
    if scale < _SHRINK_BELOW:
        shrunk = [max(1, round(side * scale)) for side in (patch.shape[1], patch.shape[0])]
        fx, fy = patch.shape[1] / shrunk[0], patch.shape[0] / shrunk[1]
        patch = np.asarray(cv2.resize(patch, shrunk, interpolation=cv2.INTER_AREA), np.uint8)
        # A shrunk pixel's centre lies at f * (x + 0.5) - 0.5 of the patch.
        grow = np.array([[fx, 0.0, fx / 2 - 0.5], [0.0, fy, fy / 2 - 0.5]])
        to_crop = compose(grow, to_crop)
    crop = cv2.warpAffine(
        patch, to_crop, (size, size), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(crop, np.uint8)
