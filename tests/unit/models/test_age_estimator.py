"""The age estimator: what its logits mean and how a crop is read."""

from __future__ import annotations

import pytest
import torch

from engine.models.age_reader import AGES
from tests.unit.models import tiny


def test_age_is_the_expectation_over_years() -> None:
    logits = torch.full((3, AGES), -1e4)
    logits[0, 20], logits[0, 40] = torch.log(torch.tensor([0.25, 0.75]))
    logits[1, 0] = 0
    logits[2, 100] = 7
    torch.testing.assert_close(tiny.estimator().expectation(logits), torch.tensor([35.0, 0, 100]))


def test_even_odds_mean_fifty_years() -> None:
    assert float(tiny.estimator().expectation(torch.zeros(1, AGES))) == pytest.approx(50)


def test_a_crop_and_its_mirror_image_are_read_together() -> None:
    network, x = tiny.estimator(), tiny.pictures(3, 32)
    with torch.no_grad():
        network.classifier.weight.mul_(10)
        plain = network.expectation(network(x)[0])
        mirrored = network.expectation(network(x.flip(3))[0])
        both = network.age(x)
    assert (plain - mirrored).abs().max() > 0.01, "the two must differ for this test to say much"
    torch.testing.assert_close(both, (plain + mirrored) / 2, atol=1e-3, rtol=0)
    torch.testing.assert_close(network.age(x.flip(3)), both, atol=1e-3, rtol=0)


@pytest.mark.parametrize("side", [32, 64, 48])
def test_crops_of_any_side(side: int) -> None:
    logits, female = tiny.estimator()(tiny.pictures(2, side))
    assert logits.shape == (2, AGES)
    assert female.shape == (2,)


def test_a_larger_crop_is_shrunk_without_aliasing() -> None:
    network = tiny.estimator()
    fine = torch.zeros(1, 3, 128, 128)
    fine[..., ::2, ::2] = fine[..., 1::2, 1::2] = 1  # a checkerboard: grey from afar
    grey = torch.full((1, 3, 128, 128), 0.5)
    taps = [
        network.backbone.stem(
            torch.nn.functional.interpolate(x, (32, 32), mode="bilinear", antialias=True)
        )
        for x in (fine, grey)
    ]
    torch.testing.assert_close(*taps, atol=0.05, rtol=0)
    torch.testing.assert_close(network(fine)[0], network(grey)[0], atol=1e-3, rtol=0)


def test_weights_hold_no_years() -> None:
    assert "years" not in tiny.estimator().state_dict()
