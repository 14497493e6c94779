"""A plain conditional GAN: a U-Net that is told the age group on its way up.

M. Mirza and S. Osindero, "Conditional Generative Adversarial Nets", 2014, with the U-Net of
P. Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks", CVPR 2017.
The way down sees the face alone, so a face is encoded once for all groups.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.models.generator import Encoding, PictureGenerator, check_groups, group_of
from engine.models.layers import check_told, norm_layer, planes_of
from engine.models.paint import PaintConfig


@dataclass(frozen=True, slots=True)
class CganConfig(PaintConfig):
    """What the network is built of.

    Attributes:
        width: channels at half the side; they double with each level, to eight times as many.
        levels: how often the side is halved.
        norm: ``batch``, ``group`` or ``none``.
        groups: first year of each age group; the last is open above.
    """

    width: int = 64
    levels: int = 5
    norm: str = "batch"
    groups: tuple[int, ...] = (10, 20, 30, 40, 50, 60, 70)

    def __post_init__(self) -> None:
        """Raises ValueError on groups that are none, or that the norm would hide."""
        check_groups(self.groups)
        check_told(self.norm)


class Cgan(PictureGenerator):
    """The generator. Any side divisible by two to the power of its levels."""

    def __init__(self, config: CganConfig) -> None:
        """Random weights."""
        super().__init__()
        self.groups, self.paint = config.groups, config
        planes, norm = len(config.groups), config.norm
        widths = [config.width * min(2**level, 8) for level in range(config.levels)]
        self.down = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(inputs, outputs, 4, 2, 1),
                norm_layer(norm if level else "none", outputs),
            )
            for level, (inputs, outputs) in enumerate(zip([3, *widths], widths, strict=False))
        )
        ways = list(zip(widths[:0:-1], widths[-2::-1], strict=True))
        self.up = nn.ModuleList(
            nn.Sequential(
                nn.ConvTranspose2d((2 if level else 1) * inputs + planes, outputs, 4, 2, 1),
                norm_layer(norm, outputs),
            )
            for level, (inputs, outputs) in enumerate(ways)
        )
        self.head = nn.ConvTranspose2d(2 * widths[0] + planes, 3, 4, 2, 1)
        config.start(self.head)

    def choice(self, source: Tensor, target: Tensor) -> Tensor:
        """The target's group."""
        return group_of(target, self.groups)

    def encode(self, x: Tensor) -> Encoding:
        """(B, 3, S, S) in 0..1 → the faces, then features at 1/2, 1/4, … of the side."""
        features, y = [x], x * 2 - 1
        for level in self.down:
            y = F.leaky_relu(level(y), 0.2)
            features.append(y)
        return tuple(features)

    def picture(self, encoding: Encoding, choice: Tensor) -> Tensor:
        """An encoding and groups (B,) → pictures (B, 3, S, S) in 0..1."""
        x, *features = encoding
        y = features.pop()
        for level in self.up:
            y = F.relu(level(self._told(y, choice)))
            y = torch.cat([y, features.pop()], 1)
        return self.paint.picture(self.head(self._told(y, choice)), x)

    def _told(self, y: Tensor, choice: Tensor) -> Tensor:
        return torch.cat([y, planes_of(choice, len(self.groups), y.shape[-1])], 1)
