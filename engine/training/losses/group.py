"""Cross-entropy over age groups, of an estimator that answers in single years or in groups."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F


def group_logits(logits: Tensor, starts: Sequence[int]) -> Tensor:
    """Age logits (B, years) → logarithms of each group's share of the probability (B, groups).

    Years before the first group count for no group.
    """
    ends = [*starts[1:], logits.shape[1]]
    parts = [
        logits[:, start:end].float().logsumexp(1) for start, end in zip(starts, ends, strict=True)
    ]
    return torch.stack(parts, 1).log_softmax(1)


def group_cross_entropy(logits: Tensor, group: Tensor) -> Tensor:
    """Mean cross-entropy of group logits (B, groups) against indices (B,)."""
    return F.cross_entropy(logits.float(), group)


def group_accuracy(logits: Tensor, group: Tensor) -> Tensor:
    """Share of the faces whose likeliest group is the one asked for; no gradient."""
    return (logits.detach().argmax(1) == group).float().mean()
