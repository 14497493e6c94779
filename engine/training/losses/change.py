"""Losses on the change itself: small where it can be, none in the low frequencies."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F


def mean_change(change: Tensor) -> Tensor:
    """Mean absolute masked change (B, 3, H, W)."""
    return change.abs().mean()


def large_change(change: Tensor) -> Tensor:
    """Mean squared masked change: many small changes cost less than a streak or a blotch."""
    return change.square().mean()


def low_frequency_change(change: Tensor, cell: int = 16) -> Tensor:
    """Mean absolute change of the averages over cells: light and colour casts."""
    return F.avg_pool2d(change, cell).abs().mean()


def colour_cast(change: Tensor, cell: int = 8) -> Tensor:
    """Mean absolute change of colour, brightness taken out, of the averages over cells."""
    chroma = change - change.mean(1, keepdim=True)
    return F.avg_pool2d(chroma, cell).abs().mean()
