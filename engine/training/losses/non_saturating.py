"""The first adversarial loss, in the form whose gradient does not vanish.

I. Goodfellow et al., "Generative Adversarial Nets", NeurIPS 2014.
"""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F


def critic(real: Tensor, fake: Tensor) -> Tensor:
    """A discriminator's loss on logits: half the sum of both cross-entropies."""
    return (F.softplus(-real.float()).mean() + F.softplus(fake.float()).mean()) / 2


def generator_side(fake: Tensor) -> Tensor:
    """Cross-entropy of generated faces taken for real ones."""
    return F.softplus(-fake.float()).mean()
