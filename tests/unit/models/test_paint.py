"""How a last layer becomes a picture, and what bounds it."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from engine.models.paint import LOW_CELL, PaintConfig, uncoloured
from tests.unit.models import tiny


def test_a_picture_painted_anew_knows_nothing_of_the_face() -> None:
    raw = torch.randn(2, 3, 16, 16)
    x = tiny.pictures(2, 16)
    picture = PaintConfig().picture(raw, x)
    assert torch.equal(picture, PaintConfig().picture(raw, 1 - x))
    torch.testing.assert_close(picture, (torch.tanh(raw) + 1) / 2)


def test_a_silent_layer_leaves_the_face() -> None:
    x = tiny.pictures(2, 16)
    paint = PaintConfig(skip=True, low_limit=0.1, even=True)
    torch.testing.assert_close(paint.picture(torch.zeros(2, 3, 16, 16), x), x)


@pytest.mark.parametrize("limit", [0.05, 0.1])
def test_patches_are_bounded_and_lines_are_not(limit: float) -> None:
    grey = torch.full((1, 3, 64, 64), 0.5)
    paint = PaintConfig(skip=True, low_limit=limit)
    patch = torch.zeros(1, 3, 64, 64)
    patch[..., 16:48, 16:48] = -30
    dark = F.avg_pool2d(paint.picture(patch, grey) - grey, LOW_CELL)
    inside = dark[..., 3:5, 3:5]  # at a patch's edge the bound, smooth itself, holds less
    torch.testing.assert_close(inside, torch.full_like(inside, -limit), rtol=0.01, atol=0)
    lines = torch.zeros(1, 3, 64, 64)
    lines[..., ::2, :], lines[..., 1::2, :] = 2.0, -2.0
    kept = (paint.picture(lines, grey) - grey).abs().mean()
    assert kept > 0.19


def test_what_alternates_is_taken_out() -> None:
    grey = torch.full((1, 3, 32, 32), 0.5)
    board = torch.full((1, 3, 32, 32), 10.0)
    board[..., ::2] = -10
    kept = PaintConfig(skip=True, even=True).picture(board, grey) - grey
    assert kept[..., 4:-4].abs().max() < 1e-5


def test_only_a_change_starts_small() -> None:
    whole, change = nn.Conv2d(4, 3, 3), nn.Conv2d(4, 3, 3)
    before = whole.weight.clone()
    PaintConfig().start(whole)
    PaintConfig(skip=True).start(change)
    assert torch.equal(whole.weight, before)
    assert change.weight.abs().max() < 0.1
    assert change.bias is not None
    assert not change.bias.any()


def test_colour_becomes_smooth_and_light_stays() -> None:
    change = torch.randn(2, 3, 32, 32)
    after = change + uncoloured(change, 4)
    torch.testing.assert_close(after.mean(1), change.mean(1))
    assert steps(after) < 0.1 * steps(change)


def steps(change: torch.Tensor) -> float:
    """How much colour changes from a pixel to the next."""
    colour = change - change.mean(1, keepdim=True)
    return float((colour[..., 1:] - colour[..., :-1]).std())


def test_an_even_tint_stays() -> None:
    tint = torch.tensor([0.1, -0.2, 0.05]).view(1, 3, 1, 1).expand(1, 3, 16, 16)
    torch.testing.assert_close(uncoloured(tint, 4), torch.zeros(1, 3, 16, 16))
