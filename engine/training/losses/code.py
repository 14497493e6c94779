"""Agreement of two identity codes."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F


def code_distance(before: Tensor, after: Tensor) -> Tensor:
    """Mean absolute difference of two codes (B, C, h, w) after instance norm.

    The norm keeps an encoder from agreeing with itself by making every code small. The loss is
    the latent reconstruction of X. Huang et al., "Multimodal Unsupervised Image-to-Image
    Translation", ECCV 2018.
    """
    return (F.instance_norm(before.float()) - F.instance_norm(after.float())).abs().mean()
