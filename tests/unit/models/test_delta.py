"""The generator: shapes, ranges, where it starts, and that it heeds the ages."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.models.arch.delta import CHANGE_RANGE, MASK_FLOOR, Delta, DeltaConfig
from engine.models.layers import ResBlock, channels_last
from engine.models.paint import evened
from tests.unit.models import tiny


def years(*values: float) -> Tensor:
    return torch.tensor(values)


@pytest.mark.parametrize("side", [32, 64, 72, 128])
def test_any_side_divisible_by_eight(side: int) -> None:
    change, mask = tiny.lively_delta()(tiny.pictures(2, side), years(30, 40), years(60, 20))
    assert change.shape == (2, 3, side, side)
    assert mask.shape == (2, 1, side, side)


def test_features_lie_at_a_half_a_quarter_and_an_eighth() -> None:
    fine, middle, coarse = tiny.delta().encode(tiny.pictures(2, 64))
    assert fine.shape == (2, 16, 32, 32)
    assert middle.shape == (2, 16, 16, 16)
    assert coarse.shape == (2, 32, 8, 8)


def test_outputs_stay_in_their_ranges_whatever_the_weights() -> None:
    network = tiny.lively_delta()
    with torch.no_grad():
        network.head.weight.mul_(1e4)
        change, mask = network(tiny.pictures(2, 32), years(30, 40), years(60, 20))
    assert change.abs().max() == pytest.approx(CHANGE_RANGE)
    assert mask.min() == pytest.approx(MASK_FLOOR), "it never closes for good"
    assert mask.max() == pytest.approx(1)


@pytest.mark.parametrize("channels", [(16, 16, 32), (32, 80, 160)])
def test_starts_at_no_visible_change(channels: tuple[int, ...]) -> None:
    network = tiny.delta(config=DeltaConfig(channels, condition=8))
    change, mask = network(tiny.pictures(2, 64), years(30, 40), years(60, 20))
    assert (change * mask).abs().max() < 2 / 255


def test_encoding_then_decoding_is_the_whole() -> None:
    network, x = tiny.lively_delta(), tiny.pictures(2, 64)
    whole = network(x, years(30, 40), years(60, 20))
    parts = network.decode(network.encode(x), years(30, 40), years(60, 20))
    assert all(torch.equal(a, b) for a, b in zip(whole, parts, strict=True))


def test_each_face_of_a_batch_gets_its_own_ages() -> None:
    network, x = tiny.lively_delta(), tiny.pictures(2, 64)
    together, _ = network(x, years(30, 40), years(60, 20))
    alone, _ = network(x[1:], years(40), years(20))
    torch.testing.assert_close(together[1:], alone, atol=1e-5, rtol=0)


def test_training_teaches_it_to_heed_the_target() -> None:
    network, x = tiny.delta(), tiny.pictures(1, 32).expand(2, 3, 32, 32)
    source, target = years(40, 40), years(20, 70)
    wanted = torch.tensor([-0.3, 0.3]).view(2, 1, 1, 1).expand(2, 3, 32, 32)

    def spread() -> float:
        with torch.no_grad():
            change, _ = network(x, source, target)
        return float((change[1] - change[0]).mean())

    assert spread() == 0, "before the first step no age can matter: FiLM starts at zero"
    optimiser = torch.optim.Adam(network.parameters(), 3e-3)
    for _ in range(45):
        change, _ = network(x, source, target)
        optimiser.zero_grad()
        (change - wanted).square().mean().backward()
        optimiser.step()
    assert spread() > 0.1, "younger gets darker and older lighter, as was asked"


def test_every_weight_learns() -> None:
    network = tiny.lively_delta()
    change, mask = network(tiny.pictures(2, 32), years(30, 40), years(60, 20))
    (change * mask).square().sum().backward()
    still = [n for n, p in network.named_parameters() if p.grad is None or not p.grad.any()]
    assert still == []


@pytest.mark.parametrize("norm", [False, True])
def test_a_block_starts_as_its_activation_alone(norm: bool) -> None:
    x = torch.randn(2, 32, 8, 8)
    block = ResBlock(32, condition=4, norm=norm)
    expected = torch.where(x > 0, x, 0.2 * x)
    torch.testing.assert_close(block(x, torch.randn(2, 4)), expected)


def test_film_scales_and_shifts_what_is_between_the_convolutions() -> None:
    block = ResBlock(1, condition=1)
    with torch.no_grad():
        for conv in (block.conv1, block.conv2):
            conv.weight.zero_()
            conv.weight[0, 0, 1, 1] = 1
            conv.bias.zero_()
        assert block.film is not None
        block.film.bias.copy_(torch.tensor([2.0, 5.0]))  # y * (1 + 2) + 5
    x = torch.full((1, 1, 4, 4), 3.0)
    assert torch.equal(block(x, torch.zeros(1, 1)), torch.full_like(x, 3 + (3 * 3 + 5)))


def test_channels_last_moves_memory_and_no_number() -> None:
    network = tiny.lively_delta()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    assert channels_last(network) is network
    assert network.down1.weight.is_contiguous(memory_format=torch.channels_last)
    assert all(torch.equal(before[name], value) for name, value in network.state_dict().items())


@pytest.mark.parametrize(("name", "cell"), [("low_limit", 8), ("fine_limit", 4)])
def test_a_limit_bends_off_the_low_frequencies_and_keeps_the_detail(name: str, cell: int) -> None:
    x, ages = tiny.pictures(2, 64), (years(60, 40), years(30, 20))
    network = tiny.lively_delta()
    with torch.no_grad():
        network.head.weight.mul_(30)
        change, mask = network(x, *ages)
        free = change * mask
        setattr(network, name, 0.05)
        change, mask = network(x, *ages)
        limited = change * mask
    low, bent = (F.avg_pool2d(one, cell) for one in (free, limited))
    assert low.abs().max() > 0.15, "there is something to limit"
    assert bent.abs().max() < 0.7 * low.abs().max()
    assert bent.abs().mean() < 0.7 * low.abs().mean()
    detail = limited - F.interpolate(bent, scale_factor=cell, mode="bilinear")
    before = free - F.interpolate(low, scale_factor=cell, mode="bilinear")
    torch.testing.assert_close(detail, before, atol=0.06, rtol=0)


def test_patterns_that_alternate_are_taken_out_and_the_rest_is_kept() -> None:
    network = Delta(replace(tiny.DELTA, even=True))
    x = torch.arange(32.0).expand(32, 32)
    with torch.no_grad():
        network.head.weight.zero_()
        phases = torch.tensor([1.0, -1.0, -1.0, 1.0]).repeat(4)  # a checkerboard once unfolded
        network.head.bias.copy_(phases)
        change, mask = network(torch.rand(1, 3, 32, 32), years(30), years(60))
        assert change.abs().max() < 1e-6
        assert mask.std() < 1e-6
        network.even = False
        change, _ = network(torch.rand(1, 3, 32, 32), years(30), years(60))
        assert change.abs().min() > 0.5, "there was something to take out"
    wave = torch.sin(x * 0.4)[None, None]
    torch.testing.assert_close(evened(wave)[..., 4:-4], wave[..., 4:-4], atol=0.01, rtol=0)
    assert torch.equal(evened(torch.ones(1, 2, 8, 8)), torch.ones(1, 2, 8, 8))


def test_the_fine_limit_leaves_older_faces_alone() -> None:
    x, network = tiny.pictures(2, 64), tiny.lively_delta()
    with torch.no_grad():
        network.head.weight.mul_(30)
        free = [network(x, years(40, 40), years(to, to))[0] for to in (70.0, 40.0, 39.0, 20.0)]
        network.fine_limit = 0.02
        held = [network(x, years(40, 40), years(to, to))[0] for to in (70.0, 40.0, 39.0, 20.0)]
    apart = [float((a - b).abs().mean()) for a, b in zip(free, held, strict=True)]
    assert apart[:2] == [0, 0]
    assert 0 < apart[2] < 0.2 * apart[3]


def test_colour_can_be_kept_smooth() -> None:
    x, ages = tiny.pictures(2, 64), (years(30, 40), years(60, 20))
    free = tiny.lively_delta()
    smooth = Delta(replace(tiny.DELTA, colour_cell=4))
    smooth.load_state_dict(free.state_dict())
    with torch.no_grad():
        one, other = (change * mask for change, mask in (free(x, *ages), smooth(x, *ages)))
    torch.testing.assert_close(one.mean(1), other.mean(1), atol=1e-5, rtol=0)

    def speckled(change: Tensor) -> float:
        colour = change - change.mean(1, keepdim=True)
        return float((colour[..., 1:] - colour[..., :-1]).abs().mean())

    assert speckled(other) < 0.5 * speckled(one)


def test_a_finished_network_can_be_asked_for_other_years() -> None:
    plain = tiny.lively_delta()
    bent = Delta(replace(tiny.DELTA, asked=[[15, 12], [25, 25], [55, 55], [75, 79]]))
    bent.load_state_dict(plain.state_dict())
    x = tiny.pictures(1, 32).expand(5, 3, 32, 32)
    meant = years(10, 20, 40, 65, 80)
    said = years(7, 18.5, 40, 67, 84)
    for one, other in zip(bent(x, meant, meant.flip(0)), plain(x, said, said.flip(0)), strict=True):
        torch.testing.assert_close(one, other, atol=1e-5, rtol=1e-5)
