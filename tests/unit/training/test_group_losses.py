"""The ancestors' losses against values worked out by hand."""

from __future__ import annotations

import math

import pytest
import torch

from engine.training.losses import group, least_squares, non_saturating
from engine.training.losses.code import code_distance
from engine.training.losses.features import feature_distance
from engine.training.losses.reconstruction import reconstruction

LOGITS = torch.tensor([[0.5, 2.0]])


def test_least_squares() -> None:
    assert least_squares.least_squares(LOGITS, 1).item() == pytest.approx((0.25 + 1) / 2)
    assert least_squares.generator_side(LOGITS).item() == pytest.approx(0.625 / 2)


def test_least_squares_of_a_plain_critic() -> None:
    fake = torch.tensor([0.2, -0.4])
    expected = (0.625 + (0.04 + 0.16) / 2) / 2
    assert least_squares.unconditional_critic(LOGITS, fake).item() == pytest.approx(expected)


def test_least_squares_of_the_three_kinds_of_pairs() -> None:
    right, fake, wrong = (torch.tensor([value]) for value in (0.5, 0.4, 0.8))
    expected = (0.25 + (0.16 + 0.64) / 2) / 2
    found = least_squares.conditional_critic(right, fake, wrong)
    assert found.item() == pytest.approx(expected)


def test_the_first_adversarial_loss() -> None:
    real, fake = torch.tensor([math.log(3.0)]), torch.tensor([0.0])  # 3/4 and 1/2 real
    expected = (math.log(4 / 3) + math.log(2)) / 2
    assert non_saturating.critic(real, fake).item() == pytest.approx(expected)
    assert non_saturating.generator_side(real).item() == pytest.approx(math.log(4 / 3))


def test_features_and_pictures() -> None:
    before, after = torch.tensor([[1.0, 2.0]]), torch.tensor([[1.5, 0.0]])
    assert feature_distance(before, after).item() == pytest.approx((0.25 + 4) / 2)
    assert reconstruction(before, after).item() == pytest.approx((0.5 + 2) / 2)


def test_codes_are_compared_whatever_their_size() -> None:
    code = torch.tensor([[[[1.0, -1.0], [1.0, -1.0]]]])
    assert code_distance(code, 0.3 * code + 5).item() == pytest.approx(0, abs=1e-3)
    assert code_distance(code, -code).item() == pytest.approx(2, rel=1e-3)


def test_years_are_summed_into_groups() -> None:
    logits = torch.tensor([[9.0, 0.0, math.log(2.0), 0.0, math.log(4.0)]])
    found = group.group_logits(logits, (1, 3)).exp()  # years 1-2 and 3-4; year 0 is in no group
    torch.testing.assert_close(found, torch.tensor([[3 / 8, 5 / 8]]))


def test_cross_entropy_and_accuracy_of_groups() -> None:
    logits = torch.tensor([[0.25, 0.75], [0.5, 0.5]]).log()
    wanted = torch.tensor([1, 1])
    expected = -(math.log(0.75) + math.log(0.5)) / 2
    assert group.group_cross_entropy(logits, wanted).item() == pytest.approx(expected)
    assert group.group_accuracy(logits, wanted).item() == 0.5
