"""Faces by age group: drawn so that no group is rare, and asked for another one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.models.generator import group_of
from engine.training.dataset import balanced_weights

LAST_SPAN = 10.0
"""Years that the open last group is taken to span where one age must stand for it."""


def group_weights(
    age: NDArray[np.float32], starts: Sequence[int], power: float
) -> NDArray[np.float64]:
    """Sampling weights 1 / (count of the age's group) ** power, summing to 1."""
    index = group_of(torch.from_numpy(age), starts).numpy().astype(np.float32)
    return balanced_weights(index, power, bin_years=1)


def other_group(group: Tensor, groups: int) -> Tensor:
    """For each index (B,) another one below ``groups``, all equally likely (torch's chance)."""
    return (group + torch.randint(1, groups, group.shape, device=group.device)) % groups


def middle_of(starts: Sequence[int]) -> Tensor:
    """The age that stands for each group, years (groups,)."""
    ends = [*starts[1:], starts[-1] + LAST_SPAN]
    return torch.tensor([(a + b) / 2 for a, b in zip(starts, ends, strict=True)])


def sample_targets(starts: Sequence[int]) -> tuple[float, ...]:
    """The groups' ages from 10 years up, for a grid."""
    return tuple(float(years) for years in middle_of(starts) if years >= 10)
