"""A running average of weights: what is validated and exported."""

from __future__ import annotations

import torch
from torch import nn


@torch.no_grad()
def average(kept: nn.Module, fresh: nn.Module, number: int, decay: float) -> None:
    """Move ``kept`` towards ``fresh`` after step ``number`` (from 0), in place.

    The decay grows to ``decay`` over the first steps, so that the random start is soon forgotten.
    Buffers (a BatchNorm's statistics) are copied: they are averages already.
    """
    now = min(decay, (number + 1) / (number + 10))
    torch._foreach_lerp_(list(kept.parameters()), list(fresh.parameters()), 1 - now)
    for own, theirs in zip(kept.buffers(), fresh.buffers(), strict=True):
        own.copy_(theirs)
