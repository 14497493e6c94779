"""Face parser: what of a head's frame is skin, hair, something before them, or none of these.

A small U-Net. Source: O. Ronneberger et al., "U-Net: Convolutional Networks for Biomedical Image
Segmentation", MICCAI 2015. It works on 2×2 pixels folded into channels and unfolds its answer the
same way (W. Shi et al., "Real-Time Single Image and Video Super-Resolution Using an Efficient
Sub-Pixel Convolutional Neural Network", CVPR 2016), so that nothing runs at the full side.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

FOLD = 2
GROUPS = 8


@dataclass(frozen=True, slots=True)
class FaceParserConfig:
    """What the network is built of.

    Attributes:
        channels: at 1/2 of the frame's side, 1/4, 1/8 and so on; each a multiple of 8.
        parts: how many parts it tells apart.
    """

    channels: tuple[int, ...] = (24, 48, 80, 112, 128)
    parts: int = 4


class FaceParser(nn.Module):
    """Frames (B, 3, S, S), RGB in 0..1, to parts; S a multiple of 32 with five levels."""

    def __init__(self, config: FaceParserConfig) -> None:
        """Random weights."""
        super().__init__()
        widths = config.channels
        levels = range(len(widths) - 1)
        self.stem = nn.Conv2d(3 * FOLD**2, widths[0], 3, padding=1)
        self.down = nn.ModuleList(_Block(widths[i], widths[i + 1], 2) for i in levels)
        self.up = nn.ModuleList(
            _Block(widths[i + 1] + widths[i], widths[i]) for i in reversed(levels)
        )
        self.head = nn.Conv2d(widths[0], config.parts * FOLD**2, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) in 0..1 → logits (B, parts, S, S)."""
        x = F.silu(self.stem(F.pixel_unshuffle(x * 2 - 1, FOLD)))
        kept = [x]
        for block in self.down:
            x = block(x)
            kept.append(x)
        for block, level in zip(self.up, kept[-2::-1], strict=True):
            grown = F.interpolate(x, scale_factor=2, mode="bilinear")
            x = block(torch.cat([grown, level], 1))
        return F.pixel_shuffle(self.head(x), FOLD)

    def shares(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) in 0..1 → shares of the parts (B, parts, S, S), together 1."""
        logits: Tensor = self(x)
        return logits.softmax(1)


class _Block(nn.Module):
    """Two convolutions, the second around a shortcut."""

    def __init__(self, into: int, out: int, stride: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(into, out, 3, stride, 1)
        self.second = nn.Conv2d(out, out, 3, padding=1)
        self.first_norm, self.second_norm = nn.GroupNorm(GROUPS, out), nn.GroupNorm(GROUPS, out)

    def forward(self, x: Tensor) -> Tensor:
        x = F.silu(self.first_norm(self.first(x)))
        return x + F.silu(self.second_norm(self.second(x)))
