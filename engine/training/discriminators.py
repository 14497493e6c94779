"""Discriminators that training needs and the app never sees."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

DECADES = 10
LOGIT_SCALE = 3.0  # spectral norm keeps what a head says below the hinge loss's margin of 1


def decade_of(age: Tensor) -> Tensor:
    """Years (B,) → decade index (B,), 0..9."""
    return (age / 10).long().clamp(0, DECADES - 1)


class ProjectedHeads(nn.Module):
    """Small discriminators on frozen features, each with a projection on the age decade.

    A. Sauer et al., "Projected GANs Converge Faster", NeurIPS 2021; T. Miyato and M. Koyama,
    "cGANs with Projection Discriminator", ICLR 2018; spectral norm after Miyato et al. 2018.
    """

    def __init__(self, taps: Sequence[tuple[int, int]]) -> None:
        """One head for each tapped feature map: its channels and the head's width."""
        super().__init__()
        widths = [width for _, width in taps]
        self.mix = nn.ModuleList(spectral_norm(nn.Conv2d(c, width, 1)) for c, width in taps)
        self.look = nn.ModuleList(
            spectral_norm(nn.Conv2d(width, width, 3, padding=1)) for width in widths
        )
        self.judge = nn.ModuleList(spectral_norm(nn.Conv2d(width, 1, 1)) for width in widths)
        self.age = nn.ModuleList(spectral_norm(nn.Embedding(DECADES, width)) for width in widths)

    def forward(self, taps: list[Tensor], age: Tensor) -> list[Tensor]:
        """Feature maps and years (B,) → a logit map (B, 1, h, w) a tap."""
        decade = decade_of(age)
        logits = []
        for mix, look, judge, embed, tap in zip(
            self.mix, self.look, self.judge, self.age, taps, strict=True
        ):
            hidden = F.leaky_relu(look(F.leaky_relu(mix(tap), 0.2)), 0.2)
            match = (hidden * embed(decade)[:, :, None, None]).sum(1, keepdim=True)
            logits.append(LOGIT_SCALE * (judge(hidden) + match).float())
        return logits


def diff_augment(x: Tensor) -> Tensor:
    """Brightness, contrast and a shift, the same on real and generated pictures.

    S. Zhao et al., "Differentiable Augmentation for Data-Efficient GAN Training", NeurIPS 2020.
    """
    count, side = x.shape[0], x.shape[-1]
    brightness = torch.rand(count, 1, 1, 1, device=x.device) * 0.3 - 0.15
    contrast = torch.rand(count, 1, 1, 1, device=x.device) * 0.5 + 0.75
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * contrast + mean + brightness
    reach = side // 16
    dx, dy = (int(v) for v in torch.randint(-reach, reach + 1, (2,)))
    return torch.roll(x, (dy, dx), (2, 3)) if dx or dy else x
