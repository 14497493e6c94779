"""Discriminators: shapes, and that the projection is on the age."""

from __future__ import annotations

import torch

from engine.training.discriminators import ProjectedHeads, decade_of


def test_decades() -> None:
    ages = torch.tensor([0.0, 9.99, 10, 45.5, 99, 120])
    assert decade_of(ages).tolist() == [0, 0, 1, 4, 9, 9]


def test_a_logit_map_for_each_tap_that_depends_on_the_decade() -> None:
    torch.manual_seed(0)
    heads = ProjectedHeads(((24, 8), (40, 16))).eval()
    taps = [torch.randn(2, 24, 16, 16), torch.randn(2, 40, 8, 8)]
    with torch.no_grad():
        thirties = heads(taps, torch.tensor([31.0, 38.0]))
        late = heads(taps, torch.tensor([39.0, 30.0]))
        sixties = heads(taps, torch.tensor([31.0, 65.0]))
    assert [tuple(part.shape) for part in thirties] == [(2, 1, 16, 16), (2, 1, 8, 8)]
    for same, one, other in zip(late, thirties, sixties, strict=True):
        assert torch.equal(one, same)
        assert torch.equal(one[0], other[0])
        assert (one[1] - other[1]).abs().mean() > 1e-3


def test_each_head_is_bounded_by_its_spectral_norm() -> None:
    torch.manual_seed(0)
    heads = ProjectedHeads(((24, 8),))
    for _ in range(20):  # power iteration settles in training mode
        heads([torch.randn(1, 24, 4, 4)], torch.tensor([30.0]))
    for layer in (heads.mix[0], heads.judge[0], heads.age[0]):
        weight = layer.weight.detach().flatten(1)
        assert float(torch.linalg.matrix_norm(weight, 2)) < 1.05


def test_the_gradient_reaches_the_features() -> None:
    heads, tap = ProjectedHeads(((24, 8),)), torch.randn(2, 24, 4, 4, requires_grad=True)
    heads([tap], torch.tensor([30.0, 60.0]))[0].sum().backward()
    assert tap.grad is not None
    assert all(part.any() for part in tap.grad)
