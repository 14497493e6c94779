"""Losses on the change itself: small where it can be, none in the low frequencies."""

from __future__ import annotations

import torch
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


def darkening(
    change: Tensor, years: Tensor, eyes: Tensor, cell: int = 4, free: float = 0.02
) -> Tensor:
    """Mean squared darkening of foreheads' averages over cells, beyond ``free`` of full range.

    Only where a face gets younger by more than five ``years`` (B,). What goes with age is dark, so
    little of a forehead has to darken; a fringe painted on a bald one or under a hat does. The
    forehead begins an eighth of the side above the ``eyes``, rows (B,) in pixels.
    """
    side = change.shape[-1]
    low = F.avg_pool2d(change, cell).mean(1)
    rows = (torch.arange(low.shape[1], device=low.device) + 0.5) * cell
    above = (rows[None] < eyes[:, None] - side / 8)[:, :, None] & (years < -5)[:, None, None]
    return ((-low - free).clamp(min=0).square() * above).mean()
