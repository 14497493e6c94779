"""Adversarial losses over lists of logit maps, one a discriminator or tap."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F


def hinge_real(logits: Sequence[Tensor]) -> Tensor:
    """Hinge loss of the discriminator on real pairs (Lim and Ye, "Geometric GAN", 2017)."""
    return torch.stack([F.relu(1 - part).mean() for part in logits]).mean()


def hinge_fake(logits: Sequence[Tensor]) -> Tensor:
    """Hinge loss of the discriminator on generated or wrongly labelled pairs."""
    return torch.stack([F.relu(1 + part).mean() for part in logits]).mean()


def hinge_generator(logits: Sequence[Tensor]) -> Tensor:
    """The generator's side of the hinge loss."""
    return -torch.stack([part.mean() for part in logits]).mean()
