"""The pyramid: what the level of details adds, and what it leaves as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.models.arch.delta import Delta, DeltaConfig
from tests.unit.models import tiny

PYRAMID = replace(tiny.DELTA, detail=16)


def years(*values: float) -> Tensor:
    return torch.tensor(values)


def lively() -> Delta:
    """With the weights of the lively network below, and a level of details that does something."""
    network = tiny.delta(config=PYRAMID)
    network.load_state_dict(tiny.lively_delta().state_dict(), strict=False)
    with torch.no_grad():
        for name in ("detail_in.conv2", "detail_out.conv2", "detail_out.film", "detail_head"):
            network.get_parameter(f"{name}.weight").normal_(std=0.1)
    return network.eval()


@pytest.mark.parametrize("side", [64, 80, 128])
def test_any_side_divisible_by_sixteen(side: int) -> None:
    change, mask = lively()(tiny.pictures(2, side), years(30, 40), years(60, 20))
    assert change.shape == (2, 3, side, side)
    assert mask.shape == (2, 1, side, side)


def test_features_go_one_level_further() -> None:
    sides = [part.shape[1:] for part in lively().encode(tiny.pictures(2, 64))]
    assert sides == [(16, 32, 32), (16, 16, 16), (16, 8, 8), (32, 4, 4)]


def test_below_is_the_network_of_half_the_side() -> None:
    """Before it has learnt, the whole says what the smaller network says, enlarged."""
    small, x = tiny.lively_delta(), tiny.pictures(2, 128)
    large = tiny.delta(config=PYRAMID)
    missing = large.load_state_dict(small.state_dict(), strict=False).missing_keys
    assert missing
    assert all(name.startswith("detail_") for name in missing)
    with torch.no_grad():
        large.detail_head.weight.zero_()
        wanted = small(F.avg_pool2d(x, 2), years(30, 40), years(60, 20))
        found = large(x, years(30, 40), years(60, 20))
    for enlarged, own in zip(found, wanted, strict=True):
        smooth = F.interpolate(own, scale_factor=2, mode="bilinear")
        assert (enlarged - smooth).abs().mean() < 0.1 * own.abs().mean()


def test_details_finer_than_the_smaller_network_sees_change_the_answer() -> None:
    """A checkerboard is flat grey once it is averaged over 2×2 pixels."""
    board = torch.tensor([[0.3, 0.7], [0.7, 0.3]]).repeat(32, 32).expand(1, 3, 64, 64)
    flat = torch.full_like(board, 0.5)
    network = lively()
    with torch.no_grad():
        a, b = (network(x, years(30), years(60))[0] for x in (board, flat))
        below = [network.encode(x)[1:] for x in (board, flat)]
    assert all(torch.allclose(p, q, atol=1e-6) for p, q in zip(*below, strict=True))
    assert (a - b).abs().mean() > 1e-3


def test_starts_at_no_visible_change_and_every_weight_learns() -> None:
    network = tiny.delta(config=PYRAMID)
    change, mask = network(tiny.pictures(2, 64), years(30, 40), years(60, 20))
    assert (change * mask).abs().max() < 2 / 255
    network = lively()
    change, mask = network(tiny.pictures(2, 64), years(30, 40), years(60, 20))
    (change * mask).square().sum().backward()
    still = [n for n, p in network.named_parameters() if p.grad is None or not p.grad.any()]
    assert still == []


def test_the_limits_count_in_pixels_of_the_face_not_of_the_crop() -> None:
    x, ages = tiny.pictures(2, 128), (years(30, 40), years(60, 20))
    network = lively()
    with torch.no_grad():
        network.head.weight.mul_(30)
        change, mask = network(x, *ages)
        free = F.avg_pool2d(change * mask, 16)
        network.low_limit = 0.05
        change, mask = network(x, *ages)
        bent = F.avg_pool2d(change * mask, 16)
    assert free.abs().max() > 0.12, "there is something to limit"
    assert bent.abs().mean() < 0.7 * free.abs().mean()


def test_the_configuration_of_a_file_builds_it() -> None:
    assert Delta(DeltaConfig(detail=32)).detail == 32
    assert not any(name.startswith("detail") for name, _ in Delta(DeltaConfig()).named_parameters())
