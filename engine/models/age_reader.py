"""What every network that reads ages is asked: logits of whole years, and years out of them."""

from __future__ import annotations

from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn

AGES = 101


class AgeReader(nn.Module, ABC):
    """RGB crops in 0..1 to age logits and a gender logit.

    Age as the expectation of a softmax over years: R. Rothe et al., "DEX: Deep EXpectation of
    apparent age from a single image", ICCVW 2015.
    """

    size: int
    """Side in pixels at which it looks at crops."""
    years: Tensor
    classifier: nn.Linear

    def __init__(self) -> None:
        """No layers yet."""
        super().__init__()
        self.register_buffer("years", torch.arange(AGES, dtype=torch.float32), persistent=False)

    @abstractmethod
    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(B, 3, S, S) in 0..1 → age logits (B, 101) for 0..100 years, female logit (B,)."""

    def expectation(self, logits: Tensor) -> Tensor:
        """Age logits (B, 101) → years (B,)."""
        return logits.float().softmax(1) @ self.years

    def age(self, x: Tensor) -> Tensor:
        """Years (B,), averaged over the crop and its mirror image."""
        both = self.forward(torch.cat([x, x.flip(3)]))[0]
        return self.expectation(both).view(2, -1).mean(0)
