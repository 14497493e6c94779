"""Age losses: a distribution around the label, compared with the estimator's softmax."""

from __future__ import annotations

import torch
from torch import Tensor


def age_distribution(age: Tensor, sigma: float, classes: int) -> Tensor:
    """Years (B,) → (B, classes) Gaussians over whole years 0..classes-1, each summing to 1."""
    years = torch.arange(classes, device=age.device, dtype=torch.float32)
    return (-((years - age[:, None]) ** 2) / (2 * sigma**2)).softmax(1)


def age_cross_entropy(logits: Tensor, age: Tensor, sigma: float) -> Tensor:
    """Cross-entropy of age logits (B, classes) against Gaussians around ``age`` (B,)."""
    target = age_distribution(age, sigma, logits.shape[1])
    return -(target * logits.float().log_softmax(1)).sum(1).mean()
