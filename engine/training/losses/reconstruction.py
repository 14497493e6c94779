"""Mean absolute distance of two pictures: ways back, and faces that should stay as they are."""

from __future__ import annotations

from torch import Tensor


def reconstruction(x: Tensor, again: Tensor) -> Tensor:
    """Mean absolute difference of pictures (B, 3, H, W), in units of their range.

    As cycle and identity loss: J.-Y. Zhu et al., "Unpaired Image-to-Image Translation using
    Cycle-Consistent Adversarial Networks", ICCV 2017.
    """
    return (x - again).abs().mean()
