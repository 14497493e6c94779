"""Face parser: what of a head's frame is skin, hair, something before them, or none of these.

A U-Net whose way down is EfficientNet-Lite0 (:mod:`engine.models.backbone`): what was learnt from
ImageNet's thousand kinds of things tells a microphone from a beard. Source: O. Ronneberger et al.,
"U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI 2015. The way up ends on
2×2 pixels folded into channels (W. Shi et al., "Real-Time Single Image and Video Super-Resolution
Using an Efficient Sub-Pixel Convolutional Neural Network", CVPR 2016), so that nothing runs at the
full side.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.models.backbone import EfficientNetLite0, fold_batchnorm

FOLD = 2
GROUPS = 8
_TAPS, _TAPPED = (0, 2, 4, 10, 14), (16, 24, 40, 112, 192)
_FOLDED = 3 * FOLD**2


@dataclass(frozen=True, slots=True)
class FaceParserConfig:
    """What the network is built of, besides the backbone.

    Attributes:
        channels: on the way up, at 1/2 of the frame's side, 1/4, 1/8 and 1/16; each a multiple
            of 8.
        parts: how many parts it tells apart.
    """

    channels: tuple[int, int, int, int] = (24, 40, 64, 96)
    parts: int = 4


class FaceParser(nn.Module):
    """Frames (B, 3, S, S), RGB in 0..1, to parts; S a multiple of 32.

    The backbone's BatchNorm is folded into its convolutions, in training too, as in
    :class:`engine.models.arch.age_estimator.AgeEstimator`.
    """

    def __init__(self, config: FaceParserConfig) -> None:
        """Random weights. Raises ValueError unless there are four widths."""
        super().__init__()
        if len(config.channels) != len(_TAPS) - 1:
            raise ValueError(f"channels should be {len(_TAPS) - 1} widths")
        self.backbone = EfficientNetLite0()
        fold_batchnorm(self.backbone)
        self.backbone.cut_after(_TAPS[-1])
        widths = (*config.channels, _TAPPED[-1])
        beside = (_TAPPED[0] + _FOLDED, *_TAPPED[1:-1])
        self.up = nn.ModuleList(
            _Block(widths[i + 1] + beside[i], widths[i]) for i in reversed(range(len(beside)))
        )
        self.head = nn.Conv2d(widths[0], config.parts * FOLD**2, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) in 0..1 → logits (B, parts, S, S)."""
        first, *others, deepest = self.backbone.taps(x, _TAPS)
        levels = [torch.cat([first, F.pixel_unshuffle(x * 2 - 1, FOLD)], 1), *others]
        y = deepest
        for block, level in zip(self.up, reversed(levels), strict=True):
            grown = F.interpolate(y, scale_factor=2, mode="bilinear")
            y = block(torch.cat([grown, level], 1))
        return F.pixel_shuffle(self.head(y), FOLD)

    def shares(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) in 0..1 → shares of the parts (B, parts, S, S), together 1."""
        logits: Tensor = self(x)
        return logits.softmax(1)


class _Block(nn.Module):
    """Two convolutions, the second around a shortcut."""

    def __init__(self, into: int, out: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(into, out, 3, padding=1)
        self.second = nn.Conv2d(out, out, 3, padding=1)
        self.first_norm, self.second_norm = nn.GroupNorm(GROUPS, out), nn.GroupNorm(GROUPS, out)

    def forward(self, x: Tensor) -> Tensor:
        x = F.silu(self.first_norm(self.first(x)))
        return x + F.silu(self.second_norm(self.second(x)))
