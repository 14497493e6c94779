"""R1: a discriminator whose verdict on real faces is steep is punished.

L. Mescheder, A. Geiger and S. Nowozin, "Which Training Methods for GANs do actually Converge?",
ICML 2018.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def r1(verdict: Callable[[Tensor], Tensor], real: Tensor) -> Tensor:
    """Half the squared length of the verdict's gradient by the picture, mean over the faces.

    Args:
        verdict: real pictures → logits (B, …), each face's depending on it alone.
        real: (B, 3, S, S).
    """
    pictures = real.detach().float().requires_grad_(True)
    with torch.autocast(pictures.device.type, enabled=False):
        said = verdict(pictures).flatten(1).mean(dim=1).sum()
        (slope,) = torch.autograd.grad(said, pictures, create_graph=True)
    return slope.square().sum(dim=(1, 2, 3)).mean() / 2
