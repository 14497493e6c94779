"""Age reader from nothing: a small residual network that looks at 64 pixels.

It sees what the estimator on ImageNet's features does not look at first: the face as a whole,
without its finest lines. Residual blocks after K. He et al., "Deep Residual Learning for Image
Recognition", CVPR 2016; Gaussians around the label as in :mod:`engine.models.arch.age_estimator`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.models.age_reader import AGES, AgeReader


@dataclass(frozen=True, slots=True)
class AgeResNetConfig:
    """What it is built of.

    Attributes:
        size: pixels at which a crop is looked at; larger ones are shrunk.
        channels: of the stages, at 1/2, 1/4, 1/8 … of ``size``.
        blocks: residual blocks of each stage.
        dropout: before the classifier, in training.
    """

    size: int = 64
    channels: Sequence[int] = (32, 64, 128, 256)
    blocks: Sequence[int] = (1, 2, 2, 2)
    dropout: float = 0.2


class AgeResNet(AgeReader):
    """An age reader of plain residual blocks."""

    def __init__(self, config: AgeResNetConfig) -> None:
        """Random weights. Raises ValueError where stages and blocks do not pair."""
        super().__init__()
        self.size = config.size
        first = config.channels[0]
        layers: list[nn.Module] = [*_conv(3, first, kernel=5, stride=2), nn.ReLU(inplace=True)]
        width = first
        for channels, count in zip(config.channels, config.blocks, strict=True):
            if channels != width:
                layers += [*_conv(width, channels, stride=2), nn.ReLU(inplace=True)]
            layers += [_Block(channels) for _ in range(count)]
            width = channels
        self.trunk = nn.Sequential(*layers)
        self.dropout = nn.Dropout(config.dropout)
        self.classifier = nn.Linear(width, AGES + 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(B, 3, S, S) in 0..1 → age logits (B, 101) for 0..100 years, female logit (B,)."""
        if x.shape[-1] != self.size:
            x = F.interpolate(x, (self.size, self.size), mode="bilinear", antialias=True)
        x = (x * 4 - 2).contiguous(memory_format=torch.channels_last)
        y = self.classifier(self.dropout(self.trunk(x).mean((2, 3))))
        return y[:, :AGES], y[:, AGES]


class _Block(nn.Module):
    """Two 3×3 convolutions around a residual."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *_conv(channels, channels), nn.ReLU(inplace=True), *_conv(channels, channels)
        )

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = F.relu(x + self.body(x))
        return y


def _conv(inputs: int, outputs: int, *, kernel: int = 3, stride: int = 1) -> list[nn.Module]:
    conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
    return [conv, nn.BatchNorm2d(outputs)]
