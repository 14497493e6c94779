"""The code of source and target age: smooth, and no two pairs alike."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from engine.models.layers import AgeEmbedding


@pytest.fixture(scope="module")
def embedding() -> AgeEmbedding:
    torch.manual_seed(3)
    return AgeEmbedding(24)


def code(embedding: AgeEmbedding, source: float, target: float) -> Tensor:
    with torch.no_grad():
        return embedding(torch.tensor([source]), torch.tensor([target]))[0]


def test_width_and_batch(embedding: AgeEmbedding) -> None:
    assert embedding(torch.full((5,), 30.0), torch.full((5,), 60.0)).shape == (5, 24)


def test_no_jump_between_neighbouring_ages(embedding: AgeEmbedding) -> None:
    targets = torch.arange(5, 90, 0.05)
    with torch.no_grad():
        codes = embedding(torch.full_like(targets, 40), targets)
    steps = (codes[1:] - codes[:-1]).norm(dim=1)
    whole = (codes[-1] - codes[0]).norm()
    assert steps.max() < 0.02 * whole, "a twentieth of a year is a small step everywhere"
    assert steps.min() > 0, "and nowhere none: the dial has no dead zone"


def test_farther_ages_lie_farther_apart(embedding: AgeEmbedding) -> None:
    here = code(embedding, 40, 40)
    distances = [float((code(embedding, 40, 40 + gap) - here).norm()) for gap in (1, 5, 20)]
    assert distances == sorted(distances)
    assert distances[2] > 3 * distances[0]


def test_source_and_target_are_told_apart(embedding: AgeEmbedding) -> None:
    assert not torch.allclose(code(embedding, 20, 60), code(embedding, 60, 20), atol=1e-3)
    assert not torch.allclose(code(embedding, 20, 60), code(embedding, 25, 60), atol=1e-3)


def test_whole_years_are_welcome(embedding: AgeEmbedding) -> None:
    assert torch.equal(
        embedding(torch.tensor([30]), torch.tensor([60]))[0].detach(), code(embedding, 30, 60)
    )


def test_the_bumps_are_no_weights(embedding: AgeEmbedding) -> None:
    assert not any("centres" in name for name in embedding.state_dict())
