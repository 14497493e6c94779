"""Losses on the change itself: small where it can be, none in the low frequencies."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F


def mean_change(change: Tensor) -> Tensor:
    """Mean absolute masked change (B, 3, H, W)."""
    return change.abs().mean()


def large_change(change: Tensor, each: Tensor | None = None) -> Tensor:
    """Mean squared masked change: many small changes cost less than a streak or a blotch.

    ``each`` (B,) weighs the faces.
    """
    squared = change.square()
    return (squared if each is None else squared * each[:, None, None, None]).mean()


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


def coloured(change: Tensor) -> Tensor:
    """Mean squared change of colour, brightness taken out: coloured rims cost more than a tint."""
    return (change - change.mean(1, keepdim=True)).square().mean()


def eye_whites(change: Tensor, years: Tensor, eyes: Tensor, free: float = 0.04) -> Tensor:
    """Mean squared brightening around the eyes, beyond ``free`` of full range.

    Only where a face gets younger by more than five ``years`` (B,): eyes drawn larger by white on
    their lids look young to an estimator. Around is within a twelfth of the side of the ``eyes``'
    centres (B, 2, 2), x and y in pixels.
    """
    side = change.shape[-1]
    at = torch.arange(side, device=change.device)
    x, y = eyes[..., 0, None], eyes[..., 1, None]  # (B, 2, 1)
    apart = (at - x)[:, :, None, :].square() + (at - y)[:, :, :, None].square()
    near = (apart.amin(1) < (side / 12) ** 2) & (years < -5)[:, None, None]
    return ((change.mean(1) - free).clamp(min=0).square() * near).mean()


def shadows(
    change: Tensor, years: Tensor, points: Tensor, cell: int = 4, free: float = 0.015
) -> Tensor:
    """Mean squared darkening below the eyes, over cells, beyond ``free`` of full range.

    Only where a face gets younger by more than five ``years`` (B,). A smaller jaw or nose, or
    stubble, drawn into a face looks young to an estimator; young skin is seldom darker than old.
    Lips may darken. ``points`` (B, 5, 2) are the centres of the eyes, the tip of the nose and the
    corners of the mouth, left to right, x and y in pixels.
    """
    side = change.shape[-1]
    low = F.avg_pool2d(change, cell).mean(1)
    at = (torch.arange(low.shape[1], device=low.device) + 0.5) * cell
    rows, columns = at[None, :, None], at[None, None, :]
    eye, other, _, left, right = (points[:, i, :, None, None] for i in range(5))
    eyes, mouth = (eye[:, 1] + other[:, 1]) / 2, (left[:, 1] + right[:, 1]) / 2
    lips = (columns > left[:, 0]) & (columns < right[:, 0]) & ((rows - mouth).abs() < side / 14)
    here = (rows > eyes + side / 14) & ~lips & (years < -5)[:, None, None]
    return ((-low - free).clamp(min=0).square() * here).mean()


def highlights(change: Tensor, years: Tensor, cell: int = 4, free: float = 0.03) -> Tensor:
    """Mean squared brightening over cells, beyond ``free`` of full range.

    Only where a face gets older by more than five ``years`` (B,). Bags under the eyes drawn as
    bright patches look old to an estimator; on pale skin they look like wax to an eye.
    """
    low = F.avg_pool2d(change, cell).mean(1)
    here = (years > 5)[:, None, None]
    return ((low - free).clamp(min=0).square() * here).mean()


def new_edges(
    before: Tensor, change: Tensor, years: Tensor, cell: int = 2, reach: int = 2, free: float = 0.02
) -> Tensor:
    """Mean squared steepness, between cells, beyond what ``before`` has within ``reach`` cells.

    Only where a face gets younger by more than five ``years`` (B,). Youth takes lines out of a
    face; a smaller jaw, a nose or lips drawn anew put some in. ``free``, of full range, is free.
    """
    old, low = (F.avg_pool2d(x, cell).mean(1, keepdim=True) for x in (before, change))
    allowed = F.max_pool2d(_steepness(old), 2 * reach + 1, 1, reach) + free
    excess = (_steepness(old + low) - allowed).clamp(min=0).square()
    return (excess * (years < -5)[:, None, None, None]).mean()


def creases(
    before: Tensor, change: Tensor, years: Tensor, cell: int = 2, share: float = 0.35
) -> Tensor:
    """Mean squared darkening over cells, beyond a ``share`` of their own brightness.

    Only where a face gets older by more than five ``years`` (B,). A fold is a shadow: it takes a
    part of the light that falls there, so in shade it is faint, where a guide would have it black.
    """
    old, low = (F.avg_pool2d(x, cell).mean(1) for x in (before, change))
    here = (years > 5)[:, None, None]
    return ((-low - share * old - 0.01).clamp(min=0).square() * here).mean()


def _steepness(x: Tensor) -> Tensor:
    """Length of the gradient from each cell to the next, (B, 1, H, W) as ``x``."""
    edge = F.pad(x, (0, 1, 0, 1), mode="replicate")
    here = edge[..., :-1, :-1]
    across, down = edge[..., :-1, 1:] - here, edge[..., 1:, :-1] - here
    return (across.square() + down.square() + 1e-8).sqrt()
