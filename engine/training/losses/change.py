"""Losses on the change itself: small where it can be, none in the low frequencies."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F


def mean_change(change: Tensor) -> Tensor:
    """Mean absolute masked change (B, 3, H, W)."""
    return change.abs().mean()


def low_frequency_change(change: Tensor, cell: int = 16) -> Tensor:
    """Mean absolute change of the averages over cells: light and colour casts."""
    return F.avg_pool2d(change, cell).abs().mean()


def feature_distance(before: list[Tensor], after: list[Tensor]) -> Tensor:
    """Mean squared distance of channel-normalised feature maps.

    R. Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric",
    CVPR 2018, without its learned weights.
    """
    total = before[0].new_zeros(())
    for a, b in zip(before, after, strict=True):
        total = total + (F.normalize(a, dim=1) - F.normalize(b, dim=1)).square().sum(1).mean()
    return total / len(before)
