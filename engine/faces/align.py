"""Warping a face to a template by a similarity transform of its landmarks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.domain import AlignedFace, FloatArray
from engine.faces.mask import face_mask
from engine.faces.template import Template
from engine.imaging.geometry import similarity_from_points, transform_points
from engine.imaging.shown import Picture
from engine.imaging.warp import warped


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
    """Crop ``size``×``size`` through a 2×3 picture → crop matrix, without aliasing."""
    return np.asarray(warped(rgb, matrix, (size, size)), np.uint8)
