"""Distance of two faces in the features of a frozen network."""

from __future__ import annotations

from torch import Tensor


def feature_distance(before: Tensor, after: Tensor) -> Tensor:
    """Mean squared difference of feature maps (B, C, h, w).

    J. Johnson et al., "Perceptual Losses for Real-Time Style Transfer and Super-Resolution",
    ECCV 2016; as identity loss: Z. Wang et al., CVPR 2018.
    """
    return (before.float() - after.float()).square().mean()
