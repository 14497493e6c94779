"""How far a set of pictures lies from real ones, over the features of a network.

Fréchet distance: M. Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a
Local Nash Equilibrium", NeurIPS 2017. Kernel distance: M. Bińkowski et al., "Demystifying MMD
GANs", ICLR 2018. Over Inception-v3 they are called FID and KID; over other features their
values compare only with values over the same features.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray

Matrix = NDArray[np.float64]
_FEWEST, SPLITS = 8, 5


@dataclass(frozen=True, slots=True)
class Realism:
    """Distances of a set to real faces, beside those between real faces.

    The Fréchet distance is biased upwards in small sets, so both are of sets of the same size;
    the kernel distance is not and may be a little below zero.
    """

    frechet: float
    frechet_floor: float
    kernel: float
    kernel_floor: float


def frechet_distance(a: FloatArray, b: FloatArray) -> float:
    """Between Gaussians fitted to features (N, D) and (M, D); 0 or more."""
    first, second = a.astype(np.float64), b.astype(np.float64)
    apart = first.mean(0) - second.mean(0)
    one, other = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
    root = _root(np.atleast_2d(one))
    shared = np.sqrt(np.linalg.eigvalsh(root @ np.atleast_2d(other) @ root).clip(0)).sum()
    distance = apart @ apart + np.trace(np.atleast_2d(one)) + np.trace(np.atleast_2d(other))
    return max(0.0, float(distance - 2 * shared))


def kernel_distance(a: FloatArray, b: FloatArray) -> float:
    """Squared maximum mean discrepancy, unbiased, with the kernel (x·y / D + 1)³."""
    first, second = a.astype(np.float64), b.astype(np.float64)
    within = [_off_diagonal_mean(_kernel(x, x)) for x in (first, second)]
    return float(sum(within) - 2 * _kernel(first, second).mean())


def standardised(features: FloatArray, reference: FloatArray) -> FloatArray:
    """Features (N, D) with each value's mean and deviation over ``reference`` (M, D) taken out.

    A few values with a wide range would outweigh all others, in the cubic kernel most of all.
    """
    deviation = np.maximum(reference.std(0), 1e-6)
    scaled: FloatArray = (features - reference.mean(0)) / deviation
    return scaled


def realism(
    made: FloatArray, real: FloatArray, *, seed: int = 0, splits: int = SPLITS
) -> Realism | None:
    """Features of made (N, D) and real (M, D) faces → distances; ``None`` for fewer than 16 real.

    One half of the real ones is what both the made ones and the other half are compared with;
    the means over ``splits`` ways to halve them, drawn by ``seed``.
    """
    half = min(len(real) // 2, len(made))
    if half < _FEWEST:
        return None
    random, distances = np.random.default_rng(seed), []
    for _ in range(splits):
        shuffled = real[random.permutation(len(real))]
        known, others = shuffled[:half], shuffled[half : 2 * half]
        some = made[random.permutation(len(made))[:half]]
        distances.append(
            (
                frechet_distance(some, known),
                frechet_distance(others, known),
                kernel_distance(some, known),
                kernel_distance(others, known),
            )
        )
    return Realism(*(float(mean) for mean in np.mean(distances, 0)))


def _root(symmetric: Matrix) -> Matrix:
    values, vectors = np.linalg.eigh(symmetric)
    return np.asarray((vectors * np.sqrt(values.clip(0))) @ vectors.T)


def _kernel(a: Matrix, b: Matrix) -> Matrix:
    return np.asarray((a @ b.T / a.shape[1] + 1) ** 3)


def _off_diagonal_mean(square: Matrix) -> float:
    count = len(square)
    return float((square.sum() - np.trace(square)) / (count * (count - 1)))
