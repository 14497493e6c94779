"""The same held-out faces at the same ages, at every checkpoint: a picture and its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.models.arch.age_estimator import AgeEstimator
from engine.training.dataset import Batch, PreparedSet
from engine.training.sface import SFace

SAMPLE_FACES = 8


def sample_faces(data: PreparedSet) -> Batch:
    """Sharp held-out faces of 15 to 75 with a label; the same in every run over a set."""
    known = np.isfinite(data.age) & data.validation & data.sharp()
    pool = np.flatnonzero(known & (data.age >= 15) & (data.age <= 75))
    count = min(SAMPLE_FACES, len(pool))
    return data.batch(np.random.default_rng(7).choice(pool, count, replace=False))


@torch.no_grad()
def judge_samples(
    batch: Batch,
    age_all: Callable[[Tensor], Tensor],
    ages: Sequence[float],
    estimator: AgeEstimator,
    sface: SFace,
    path: Path,
) -> dict[str, float]:
    """Write a row a face and a column an age to ``path``, the faces themselves first.

    Args:
        batch: from :func:`sample_faces`.
        age_all: target years (B,) → the faces at that age, (B, 3, S, S) in 0..1.
        ages: targets, years.
        estimator: reads the ages.
        sface: judges likeness.
        path: a JPEG to be written.

    Returns:
        ``sample_age_error`` (mean years between target and estimate) and ``sample_identity``
        (mean cosine of SFace's embeddings).
    """
    columns, errors, cosines = [batch.image], [], []
    before = sface(batch.image, batch.points)
    for years in ages:
        target = torch.full_like(batch.age, years)
        aged = age_all(target)
        columns.append(aged)
        errors.append((estimator.age(aged) - target).abs().mean())
        cosines.append(F.cosine_similarity(before, sface(aged, batch.points)).mean())
    write_grid(columns, path)
    return {
        "sample_age_error": float(torch.stack(errors).mean()),
        "sample_identity": float(torch.stack(cosines).mean()),
    }


def write_grid(columns: Sequence[Tensor], path: Path, *, quality: int = 92) -> None:
    """Columns of (B, 3, S, S) RGB tensors in 0..1 to one picture of B rows."""
    from PIL import Image

    rows = [
        np.concatenate(
            [(c[i] * 255).round().byte().permute(1, 2, 0).cpu().numpy() for c in columns], 1
        )
        for i in range(len(columns[0]))
    ]
    Image.fromarray(np.concatenate(rows)).save(path, quality=quality)
