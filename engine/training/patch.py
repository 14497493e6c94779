"""PatchGAN discriminators: plain, conditional, or with a say on the age group."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

from engine.models.layers import check_told, norm_layer, planes_of


@dataclass(frozen=True, slots=True)
class CriticConfig:
    """What a discriminator is built of.

    Attributes:
        width: channels at half the side; they double with each layer, to eight times as many.
        layers: strided convolutions; one more and the logits follow at the last one's side.
        norm: ``instance``, ``batch``, ``group``, ``spectral`` or ``none``.
    """

    width: int = 64
    layers: int = 3
    norm: str = "instance"


class PatchDiscriminator(nn.Module):
    """A logit for each patch: real or not; optionally for each face: which age group.

    P. Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks", CVPR 2017.
    A condition joins after the first layer, as in Z. Wang et al., CVPR 2018. The head for the
    group is that of A. Odena et al., "Conditional Image Synthesis with Auxiliary Classifier GANs",
    ICML 2017.
    """

    def __init__(self, config: CriticConfig, *, groups: int = 0, classes: int = 0) -> None:
        """``groups`` that it is told, ``classes`` that it predicts. Raises ValueError."""
        super().__init__()
        if groups:
            check_told(config.norm)
        self.groups = groups
        widths = [config.width * min(2**layer, 8) for layer in range(config.layers)]
        self.first = nn.Conv2d(3, widths[0], 4, 2, 1)
        body: list[nn.Module] = []
        inputs = widths[0] + groups
        for width in widths[1:]:
            body += _layer(inputs, width, 2, config.norm)
            inputs = width
        body += _layer(inputs, inputs := min(2 * inputs, 8 * config.width), 1, config.norm)
        self.body = nn.Sequential(*body)
        self.judge = nn.Conv2d(inputs, 1, 4, 1, 1)
        self.classes = nn.Linear(inputs, classes) if classes else None

    def forward(self, x: Tensor, group: Tensor | None = None) -> Tensor:
        """Faces (B, 3, S, S) in 0..1, and the groups (B,) it is told → logits (B, 1, h, w)."""
        logits: Tensor = self.judge(self._features(x, group))
        return logits

    def both(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Faces → logits (B, 1, h, w) and group logits (B, classes)."""
        assert self.classes is not None, "built without classes"
        features = self._features(x, None)
        return self.judge(features), self.classes(features.mean((2, 3)))

    def _features(self, x: Tensor, group: Tensor | None) -> Tensor:
        y = F.leaky_relu(self.first(x * 2 - 1), 0.2)
        if group is not None:
            y = torch.cat([y, planes_of(group, self.groups, y.shape[-1])], 1)
        features: Tensor = self.body(y)
        return features


def _layer(inputs: int, outputs: int, stride: int, norm: str) -> list[nn.Module]:
    conv = nn.Conv2d(inputs, outputs, 4, stride, 1)
    if norm == "spectral":
        return [spectral_norm(conv), nn.LeakyReLU(0.2)]
    return [conv, norm_layer(norm, outputs), nn.LeakyReLU(0.2)]
