"""Adversarial losses by least squares, plain and over pairs of picture and condition.

X. Mao et al., "Least Squares Generative Adversarial Networks", ICCV 2017.
"""

from __future__ import annotations

from torch import Tensor


def least_squares(logits: Tensor, goal: float) -> Tensor:
    """Mean squared distance of logits from ``goal``: 1 for real, 0 for generated."""
    return (logits.float() - goal).square().mean()


def unconditional_critic(real: Tensor, fake: Tensor) -> Tensor:
    """A discriminator's loss: half the sum, so that it learns half as fast as the generator.

    As in J.-Y. Zhu et al., "Unpaired Image-to-Image Translation…", ICCV 2017.
    """
    return (least_squares(real, 1) + least_squares(fake, 0)) / 2


def conditional_critic(right: Tensor, fake: Tensor, wrong: Tensor) -> Tensor:
    """A conditional discriminator's loss on logits of three kinds of pairs.

    Z. Wang et al., "Face Aging with Identity-Preserved Conditional GANs", CVPR 2018.

    Args:
        right: real faces under their own group.
        fake: generated faces under the group asked for.
        wrong: real faces under another group; both negatives together weigh as the positive.
    """
    negatives = (least_squares(fake, 0) + least_squares(wrong, 0)) / 2
    return (least_squares(right, 1) + negatives) / 2


def generator_side(fake: Tensor) -> Tensor:
    """What the generator adds to its loss, with the half of the conditional paper."""
    return least_squares(fake, 1) / 2
