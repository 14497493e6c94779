"""The age reader that begins from nothing."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from engine.models.age_reader import AGES
from engine.models.arch.age_resnet import AgeResNet, AgeResNetConfig
from tests.unit.models import tiny


def test_crops_of_any_side_are_read_at_its_own() -> None:
    torch.manual_seed(0)
    network = AgeResNet(AgeResNetConfig()).eval()
    seen: list[tuple[int, ...]] = []
    network.trunk.register_forward_pre_hook(lambda _m, given: seen.append(tuple(given[0].shape)))
    for side in (64, 128, 48):
        logits, female = network(tiny.pictures(2, side))
        assert (logits.shape, female.shape) == ((2, AGES), (2,))
    assert {shape[2:] for shape in seen} == {(64, 64)}


def test_each_stage_halves_the_side() -> None:
    network = AgeResNet(AgeResNetConfig(channels=(8, 16, 24), blocks=(1, 1, 1)))
    assert network.trunk(torch.zeros(1, 3, 64, 64)).shape == (1, 24, 8, 8)


def test_stages_and_blocks_have_to_pair() -> None:
    with pytest.raises(ValueError, match="zip"):
        AgeResNet(AgeResNetConfig(channels=(8, 16), blocks=(1,)))


def test_statistics_rest_in_evaluation() -> None:
    network = AgeResNet(AgeResNetConfig(size=32, channels=(8,), blocks=(1,), dropout=0.5)).eval()
    x = tiny.pictures(3, 32)
    torch.testing.assert_close(network(x)[0][:1], network(x[:1])[0])
    norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    assert all(not m.running_mean.any() for m in norms if m.running_mean is not None)
