"""Random changes of pictures: in range, different for each, with a gradient."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from engine.training.augment import (
    colour_jitter,
    random_resample,
    random_shading,
    same_light,
    shift_and_scale,
    soften,
    white_balance,
)
from engine.training.discriminators import diff_augment
from tests.unit.models import tiny

CHANGES: dict[str, Callable[[Tensor], Tensor]] = {
    "colour_jitter": lambda x: colour_jitter(x, amount=0.3, grey=0.5),
    "random_resample": lambda x: random_resample(x, low=16),
    "random_shading": lambda x: random_shading(x, amount=0.2),
    "same_light": lambda x: same_light(x, x.detach().flip(0), share=0.5),
    "soften": lambda x: soften(x, low=16, share=0.5),
    "shift_and_scale": lambda x: shift_and_scale(x),
    "white_balance": lambda x: white_balance(x, amount=0.2),
    "diff_augment": diff_augment,
}


@pytest.fixture(autouse=True)
def seed() -> None:
    torch.manual_seed(11)


@pytest.mark.parametrize("name", CHANGES)
def test_shape_is_kept_and_the_gradient_comes_through(name: str) -> None:
    for _ in range(4):
        x = tiny.pictures(4, 64).requires_grad_()
        y = CHANGES[name](x)
        assert y.shape == x.shape
        y.square().sum().backward()
        assert x.grad is not None
        assert all(part.any() for part in x.grad)


@pytest.mark.parametrize("name", ["colour_jitter", "random_resample", "shift_and_scale", "soften"])
def test_values_stay_colours(name: str) -> None:
    for _ in range(10):
        y = CHANGES[name](tiny.pictures(4, 32))
        assert y.min() >= 0
        assert y.max() <= 1


def test_jitter_keeps_within_its_amount() -> None:
    grey = torch.full((200, 3, 4, 4), 0.5)
    levels = colour_jitter(grey, amount=0.2)[:, 0, 0, 0]
    assert levels.min() >= 0.3
    assert levels.max() <= 0.7
    assert levels.std() > 0.08, "each picture gets its own brightness"


def test_a_share_turns_grey_by_the_eyes_weights() -> None:
    red = torch.zeros(300, 3, 2, 2)
    red[:, 0] = 1
    y = colour_jitter(red, amount=0.0, grey=0.25)
    is_grey = (y[:, 0] == y[:, 1]).flatten(1).all(1)
    assert 45 < int(is_grey.sum()) < 105
    torch.testing.assert_close(y[is_grey][0], torch.full((3, 2, 2), 0.299))
    torch.testing.assert_close(y[~is_grey], red[~is_grey])


def test_resampling_takes_fine_detail_away_half_of_the_time() -> None:
    x = torch.rand(1, 3, 64, 64)
    left = [float(random_resample(x, low=16).std() / x.std()) for _ in range(60)]
    assert 15 < sum(share == 1 for share in left) < 45
    assert min(left) < 0.6


def test_each_picture_is_moved_in_its_own_way() -> None:
    dot = torch.zeros(2, 3, 64, 64)
    dot[..., 30:34, 30:34] = 1
    y, x = torch.meshgrid(torch.arange(64.0), torch.arange(64.0), indexing="ij")
    places = []
    for _ in range(10):
        moved = shift_and_scale(dot, amount=0.1)[:, 0]
        mass = moved.sum((1, 2))
        places.append(torch.stack([(moved * x).sum((1, 2)) / mass, (moved * y).sum((1, 2)) / mass]))
    offsets = torch.stack(places) - 31.5  # (10, xy, picture)
    assert offsets.abs().max() < 0.1 * 64 / 0.9 + 1
    assert (offsets.std(0) > 1).all(), "both pictures move, both ways"
    assert (offsets[..., 0] - offsets[..., 1]).abs().mean() > 1, "and not together"


def test_a_tint_is_random_for_each_picture_and_channel() -> None:
    gains = white_balance(torch.full((200, 3, 2, 2), 0.5), amount=0.1)[:, :, 0, 0] / 0.5
    assert gains.min() >= 0.9
    assert gains.max() <= 1.1
    assert (gains.std(0) > 0.04).all()
    assert (gains[:, 0] - gains[:, 1]).abs().max() > 0.1


def test_the_share_of_resampled_calls() -> None:
    x = torch.rand(1, 3, 16, 16)
    assert all(torch.equal(random_resample(x, low=4, share=0.0), x) for _ in range(20))
    same = [torch.equal(random_resample(x, low=4, share=1.0), x) for _ in range(20)]
    assert sum(same) < 8, "the side that is drawn may be its own"


def test_no_amount_moves_nothing() -> None:
    x = tiny.pictures(2, 32)
    torch.testing.assert_close(shift_and_scale(x, amount=0.0), x, atol=1e-5, rtol=0)


def test_shading_is_smooth_and_without_colour() -> None:
    light = random_shading(torch.full((8, 3, 64, 64), 0.5), amount=0.2)
    assert torch.equal(light[:, 0], light[:, 2])
    assert light.std((1, 2, 3)).min() > 0.01, "each picture is lit unevenly"
    assert light.diff(dim=-1).abs().max() < 0.02


def test_a_share_is_softened_and_the_rest_left_alone() -> None:
    x = torch.rand(400, 3, 32, 32)
    y = soften(x, low=8, share=0.25)
    left = (y == x).flatten(1).all(1)
    assert 0.65 < left.float().mean() < 0.85
    assert y[~left].diff(dim=-1).abs().mean() < 0.8 * x.diff(dim=-1).abs().mean()


def test_light_is_taken_from_the_other_picture_and_detail_kept() -> None:
    x = torch.rand(200, 3, 64, 64) * 0.2 + 0.4
    darker = x - torch.linspace(0, 0.3, 64)  # towards one side
    detail = torch.zeros(64, 64)
    detail[::2] = 0.05
    seen = same_light(darker + detail, x, share=0.7)
    relit = (seen - darker - detail).abs().mean((1, 2, 3)) > 0.01
    assert 0.55 < relit.float().mean() < 0.85
    inner = (seen - x)[relit][..., 8:-8, 8:-8]
    assert (inner - (detail - 0.025)[8:-8, 8:-8]).abs().max() < 0.01
    assert torch.equal(seen[~relit], (darker + detail)[~relit])
