"""Warping a face to a template by a similarity transform of its landmarks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.domain import AlignedFace, FloatArray
from engine.faces.mask import face_mask
from engine.faces.template import Template
from engine.imaging.geometry import similarity_from_points


def template_matrix(landmarks: FloatArray, template: Template, size: int) -> NDArray[np.float64]:
    """The 2×3 similarity that takes picture pixels to a template's crop of ``size`` pixels."""
    return similarity_from_points(landmarks[list(template.indices)], template.pixels(size))


def transform_points(points: FloatArray, matrix: NDArray[np.float64]) -> FloatArray:
    """(n, 2) points through a 2×3 matrix."""
    moved: FloatArray = (points @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)
    return moved


def align(
    rgb: NDArray[np.uint8], landmarks: FloatArray, template: Template, size: int
) -> AlignedFace:
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
    in_crop = transform_points(landmarks, matrix)
    return AlignedFace(
        pixels=warp(rgb, matrix, size),
        matrix=matrix,
        mask=face_mask(in_crop, size),
        template=template.name,
        landmarks=in_crop,
    )


def warp(rgb: NDArray[np.uint8], matrix: NDArray[np.float64], size: int) -> NDArray[np.uint8]:
    """Crop ``size``×``size`` through a 2×3 picture → crop matrix, without aliasing.

    Cuts the face's neighbourhood, shrinks it by area to near the crop's scale, then warps;
    only that neighbourhood is ever copied.
    """
    import cv2

    inverse = cv2.invertAffineTransform(matrix)
    corners = np.array([[0, 0], [size, 0], [0, size], [size, size]]) @ inverse[:, :2].T
    corners += inverse[:, 2]
    height, width = rgb.shape[:2]
    low = np.floor(corners.min(0)).astype(int) - 4
    high = np.ceil(corners.max(0)).astype(int) + 5
    x0, y0 = np.clip(low, 0, [width - 1, height - 1])
    x1, y1 = np.clip(high, [x0 + 1, y0 + 1], [width, height])
    patch = rgb[y0:y1, x0:x1]
    to_crop = matrix.copy()
    to_crop[:, 2] += matrix[:, :2] @ np.array([x0, y0], np.float64)

    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    if scale < 0.7:
        shrunk = (max(1, round(patch.shape[1] * scale)), max(1, round(patch.shape[0] * scale)))
        fx, fy = patch.shape[1] / shrunk[0], patch.shape[0] / shrunk[1]
        patch = cv2.resize(patch, shrunk, interpolation=cv2.INTER_AREA)
        # Pixel centres: x_full = fx * (x + 0.5) - 0.5.
        to_crop[:, 2] += to_crop[:, :2] @ np.array([fx / 2 - 0.5, fy / 2 - 0.5])
        to_crop[:, :2] *= np.array([fx, fy])
    crop = cv2.warpAffine(
        patch, to_crop, (size, size), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(crop, np.uint8)
