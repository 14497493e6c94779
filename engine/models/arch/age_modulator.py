"""Age modulator: an identity code, age features of a target group, and a decoder that joins them.

The encoder's code should hold identity only. The modulator mixes it with the target group by
conditional batch norm into age features; the decoder takes them by AdaIN in every block.
Identity code and age are kept apart as in Z. Zhang et al., "Age Progression/Regression by
Conditional Adversarial Autoencoder", CVPR 2017; the decoder is that of X. Huang et al.,
"Multimodal Unsupervised Image-to-Image Translation", ECCV 2018.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.models.generator import Encoding, PictureGenerator, check_groups, group_of
from engine.models.layers import (
    AdaIN,
    ConditionalBatchNorm,
    NormResBlock,
    conv_block,
    first_block,
    last_layer,
    widths_of,
)
from engine.models.paint import PaintConfig


@dataclass(frozen=True, slots=True)
class AgeModulatorConfig(PaintConfig):
    """What the network is built of.

    Attributes:
        width: channels at the full side; twice and four times as many at 1/2 and 1/4.
        blocks: residual blocks at 1/4, in the encoder and again in the decoder.
        features: width of the age features.
        fold: 2 to begin at half the side, with 2×2 pixels folded into channels.
        groups: first year of each of the 14 groups of 0..116; narrower where faces change fast
            and where there are many.
    """

    width: int = 64
    blocks: int = 4
    features: int = 128
    fold: int = 1
    groups: tuple[int, ...] = (0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80)

    def __post_init__(self) -> None:
        """Raises ValueError on groups that are none."""
        check_groups(self.groups)


class AgeModulator(PictureGenerator):
    """Encoder, modulator and decoder. Any side divisible by 16."""

    def __init__(self, config: AgeModulatorConfig) -> None:
        """Random weights."""
        super().__init__()
        self.groups, self.fold = config.groups, config.fold
        width, coarse = config.width, 4 * config.width
        levels = widths_of(width, config.fold)
        steps = pairwise(levels)
        self.encoder = nn.Sequential(
            *first_block(0, levels[0], config.fold, "instance"),
            *(layer for a, b in steps for layer in conv_block(a, b, 3, stride=2, norm="instance")),
            *(NormResBlock(coarse, "instance") for _ in range(config.blocks)),
        )
        self.modulator = Modulator(coarse, config.features, len(config.groups))
        self.decoder = Decoder(config)

    def choice(self, source: Tensor, target: Tensor) -> Tensor:
        """The target's group."""
        return group_of(target, self.groups)

    def encode(self, x: Tensor) -> Encoding:
        """(B, 3, S, S) in 0..1 → the faces, and their identity codes at 1/4 of the side."""
        return x, self.encoder(F.pixel_unshuffle(x * 2 - 1, self.fold))

    def picture(self, encoding: Encoding, choice: Tensor) -> Tensor:
        """An encoding and groups (B,) → pictures (B, 3, S, S) in 0..1."""
        x, code = encoding
        picture: Tensor = self.decoder(code, self.modulator(code, choice), x)
        return picture


class Modulator(nn.Module):
    """An identity code and a group to age features."""

    def __init__(self, channels: int, features: int, groups: int) -> None:
        """``channels`` of the code."""
        super().__init__()
        self.conv1 = nn.Conv2d(channels, features, 3, 2, 1)
        self.norm1 = ConditionalBatchNorm(features, groups)
        self.conv2 = nn.Conv2d(features, features, 3, 2, 1)
        self.norm2 = ConditionalBatchNorm(features, groups)
        self.out = nn.Linear(features, features)

    def forward(self, code: Tensor, group: Tensor) -> Tensor:
        """(B, C, h, w), indices (B,) → (B, features)."""
        y = F.relu(self.norm1(self.conv1(code), group))
        y = F.relu(self.norm2(self.conv2(y), group))
        return F.relu(self.out(y.mean((2, 3))))


class Decoder(nn.Module):
    """A code to a picture, with the age features in every block."""

    def __init__(self, config: AgeModulatorConfig) -> None:
        """As the configuration says."""
        super().__init__()
        width, features = config.width, config.features
        self.paint, self.fold = config, config.fold
        self.blocks = nn.ModuleList(
            AdaINResBlock(4 * width, features) for _ in range(config.blocks)
        )
        levels = widths_of(width, config.fold)[::-1]
        steps = list(pairwise(levels))
        self.up = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in steps)
        self.styles = nn.ModuleList(AdaIN(b, features) for _, b in steps)
        self.head = last_layer(levels[-1], config.fold, config)

    def forward(self, code: Tensor, features: Tensor, x: Tensor) -> Tensor:
        """(B, C, h, w), (B, features) and the faces → pictures (B, 3, S, S) in 0..1."""
        y = code
        for block in self.blocks:
            y = block(y, features)
        for conv, style in zip(self.up, self.styles, strict=True):
            y = F.relu(style(conv(F.interpolate(y, scale_factor=2)), features))
        return self.paint.picture(F.pixel_shuffle(self.head(y), self.fold), x)


class AdaINResBlock(nn.Module):
    """Two 3×3 convolutions, each followed by AdaIN, around a residual."""

    def __init__(self, channels: int, features: int) -> None:
        """``features`` is the width of what styles it."""
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.style1 = AdaIN(channels, features)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.style2 = AdaIN(channels, features)

    def forward(self, x: Tensor, features: Tensor) -> Tensor:
        """(B, C, h, w), (B, features) → (B, C, h, w)."""
        y = F.relu(self.style1(self.conv1(x), features))
        return torch.add(x, self.style2(self.conv2(y), features))
