"""Identity loss: face embeddings may part only as far as the age gap allows."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F


def identity_margin(
    before: Tensor, after: Tensor, gap: Tensor, *, start: float, per_year: float
) -> Tensor:
    """Mean max(0, start - per_year × |gap| - cosine).

    Args:
        before: embeddings (B, N) of the sources.
        after: embeddings (B, N) of the results.
        gap: (B,) years between source and target.
        start: cosine asked for without a gap.
        per_year: how much less is asked a year of gap.
    """
    cosine = F.cosine_similarity(before, after)
    return F.relu(start - per_year * gap.abs() - cosine).mean()
