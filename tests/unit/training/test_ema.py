"""The running average of weights."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from engine.training.ema import average


@pytest.mark.parametrize(("number", "expected"), [(0, 0.9), (8, 0.5), (10_000, 0.1)])
def test_the_average_follows_fast_at_first(number: int, expected: float) -> None:
    kept, fresh = nn.Linear(1, 1), nn.Linear(1, 1)
    nn.init.zeros_(kept.weight)
    nn.init.ones_(fresh.weight)
    average(kept, fresh, number, 0.9)
    torch.testing.assert_close(kept.weight, torch.full((1, 1), expected), atol=1e-4, rtol=0)
    assert fresh.weight.item() == 1
