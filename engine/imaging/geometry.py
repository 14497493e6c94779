"""Similarity and affine matrices on pixel coordinates.

Convention, as OpenCV's: the integer coordinate (x, y) is the *centre* of a pixel, so a picture
W wide spans x from -0.5 to W - 0.5. A matrix is 2×3 float64 and maps a column (x, y, 1); points
are (N, 2). Resizing by a factor f therefore maps x to ``f * x + (f - 1) / 2``. Pure functions;
any thread.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Matrix = NDArray[np.float64]


def identity() -> Matrix:
    """The 2×3 matrix that leaves points where they are."""
    return np.eye(2, 3)


def translation(dx: float, dy: float) -> Matrix:
    """The 2×3 matrix that moves points by (dx, dy) pixels."""
    return np.array([[1.0, 0.0, dx], [0.0, 1.0, dy]])


def resizing(factor: float) -> Matrix:
    """From a picture's pixels to those of the same picture resized by ``factor``."""
    return stretching(factor, factor)


def stretching(across: float, down: float) -> Matrix:
    """As :func:`resizing`, by a factor of its own for the width and for the height."""
    return np.array([[across, 0.0, (across - 1) / 2], [0.0, down, (down - 1) / 2]])


def compose(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first`` and ``then`` in that order."""
    return (_square(then) @ _square(first))[:2]


def invert(matrix: Matrix) -> Matrix:
    """The matrix that undoes ``matrix``.

    Raises:
        ValueError: the matrix is singular or not finite.
    """
    square = _square(matrix)
    if not np.isfinite(square).all() or abs(np.linalg.det(square)) < 1e-12:
        raise ValueError("the matrix cannot be inverted")
    return np.asarray(np.linalg.inv(square)[:2], np.float64)


def transform_points(matrix: Matrix, points: ArrayLike) -> NDArray[np.float64]:
    """Map (N, 2) points."""
    array = np.asarray(points, np.float64)
    return array @ matrix[:, :2].T + matrix[:, 2]


def scale_of(matrix: Matrix) -> float:
    """How many target pixels one source pixel becomes (geometric mean over directions)."""
    return float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))


def similarity_from_points(source: ArrayLike, target: ArrayLike) -> Matrix:
    """The rotation, uniform scale and shift, never a mirroring, that best maps points to points.

    Least squares after Umeyama, "Least-squares estimation of transformation parameters between
    two point patterns", IEEE PAMI 13(4), 1991.

    Args:
        source: (N, 2) points, N ≥ 2, not all equal.
        target: (N, 2) points that belong to them.

    Raises:
        ValueError: shapes differ, fewer than two points, or all source points coincide.
    """
    src, dst = np.asarray(source, np.float64), np.asarray(target, np.float64)
    if src.shape != dst.shape or src.ndim != 2 or src.shape[1] != 2 or len(src) < 2:
        raise ValueError("needs two equally long lists of at least two points")
    src_mean, dst_mean = src.mean(axis=0), dst.mean(axis=0)
    src_centred, dst_centred = src - src_mean, dst - dst_mean
    variance = (src_centred**2).sum() / len(src)
    if not variance > 0:
        raise ValueError("all source points coincide")
    u, singular, vt = np.linalg.svd(dst_centred.T @ src_centred / len(src))
    signs = np.array([1.0, np.sign(np.linalg.det(u) * np.linalg.det(vt)) or 1.0])
    rotation = (u * signs) @ vt
    scale = float(singular @ signs) / variance
    shift = dst_mean - scale * rotation @ src_mean
    return np.column_stack([scale * rotation, shift])


def _square(matrix: Matrix) -> Matrix:
    return np.vstack([matrix, [0.0, 0.0, 1.0]])
