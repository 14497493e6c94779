"""Delta: a generator that predicts a change and a soft mask, for any target age.

The encoder sees the picture alone, so a face is encoded once and every further age costs
one decode. Works on 2×2 pixels folded into channels. Any side divisible by 8, or by 16 with detail.

With ``detail`` it is a pyramid: the network looks at the crop at half its side, and one more level
on either side adds what only the full side shows. What the smaller network has learnt at 128
pixels is then a start for 256. The idea is that of E. Denton et al., "Deep Generative Image Models
using a Laplacian Pyramid of Adversarial Networks", NeurIPS 2015.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.models.generator import Encoding, Generator
from engine.models.layers import AgeEmbedding, ResBlock
from engine.models.paint import LOW_CELL, evened, excess, uncoloured

FOLD = 2
CHANGE_RANGE = 0.75
FINE_CELL = 4
YOUNGER_BY = 10.0  # years from which on the fine limit holds in full
MASK_FLOOR = 0.1  # a mask that can close fully may do so early in training and never open again


@dataclass(frozen=True, slots=True)
class DeltaConfig:
    """What the network is built of.

    Attributes:
        channels: at 1/2, 1/4 and 1/8 of the crop; of half the crop with ``detail``.
        condition: width of the age code.
        coarse_blocks: residual blocks on either side at 1/8.
        low_limit: bound of the change's low frequencies, in units of full range; 0 for none.
            It keeps light and dark patches from coming up where hair or a shadow is meant.
        fine_limit: the same where a face gets younger for what lies between patches and wrinkles:
            stripes as broad as a brow, drawn where a fringe is meant.
        even: takes patterns that alternate from pixel to pixel out of change and mask. Unfolding
            2×2 pixels invites them, and an age estimator reads them as wrinkles.
        colour_cell: side of the cells over which the change's colour is averaged, in pixels of the
            crop; 0 for none. Without it coloured specks come up on lips.
        asked: pairs of years, ascending: what a user means and what the network is asked for in its
            place, for source and target alike; linear in between, by as much beyond. It takes a
            finished network's own bias out. Empty in training.
        detail: channels of the level above these, at 1/2 of the crop; 0 for none.
    """

    channels: tuple[int, ...] = (32, 80, 160)
    condition: int = 128
    coarse_blocks: int = 2
    low_limit: float = 0.0
    fine_limit: float = 0.0
    even: bool = False
    detail: int = 0
    colour_cell: int = 0
    asked: Sequence[Sequence[float]] = ()


class Delta(Generator):
    """The generator. Pictures are RGB in 0..1."""

    def __init__(self, config: DeltaConfig) -> None:
        """Random weights; the last layer is near zero, so that training starts at no change."""
        super().__init__()
        fine, middle, coarse = config.channels
        self.low_limit, self.fine_limit = config.low_limit, config.fine_limit
        self.even, self.detail = config.even, config.detail
        self.colour_cell, self.asked = config.colour_cell, config.asked
        width = config.condition
        self.age = AgeEmbedding(width)
        self.stem = nn.Conv2d(3 * FOLD**2, fine, 3, padding=1)
        self.fine_in = ResBlock(fine)
        self.down1 = nn.Conv2d(fine, middle, 3, 2, 1)
        self.middle_in = ResBlock(middle)
        self.down2 = nn.Conv2d(middle, coarse, 3, 2, 1)
        self.coarse_in = nn.ModuleList(
            ResBlock(coarse, norm=True) for _ in range(config.coarse_blocks)
        )
        self.coarse_out = nn.ModuleList(
            ResBlock(coarse, condition=width, norm=True) for _ in range(config.coarse_blocks)
        )
        self.up2 = nn.Conv2d(coarse, middle, 1)
        self.middle_out = ResBlock(middle, condition=width)
        self.up1 = nn.Conv2d(middle, fine, 1)
        self.fine_out = ResBlock(fine, condition=width)
        self.head = _head(fine)
        if config.detail:
            self.detail_stem = nn.Conv2d(3 * FOLD**2, config.detail, 3, padding=1)
            self.detail_in = ResBlock(config.detail)
            self.detail_up = nn.Conv2d(fine, config.detail, 1)
            self.detail_out = ResBlock(config.detail, condition=width)
            self.detail_head = _head(config.detail)

    def encode(self, x: Tensor) -> Encoding:
        """(B, 3, S, S) in 0..1 → features at 1/2, 1/4 and 1/8 of the side, finest first.

        With ``detail`` down to 1/16.
        """
        folded = F.pixel_unshuffle(x * 2 - 1, FOLD)
        detail: Encoding = ()
        if self.detail:
            detail = (self.detail_in(F.leaky_relu(self.detail_stem(folded), 0.2)),)
            folded = F.pixel_unshuffle(F.avg_pool2d(x, 2) * 2 - 1, FOLD)
        fine = self.fine_in(F.leaky_relu(self.stem(folded), 0.2))
        middle = self.middle_in(F.leaky_relu(self.down1(fine), 0.2))
        coarse = F.leaky_relu(self.down2(middle), 0.2)
        for block in self.coarse_in:
            coarse = block(coarse)
        return *detail, fine, middle, coarse

    def decode(self, encoding: Encoding, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """Features and years (B,), (B,) → change (B, 3, S, S), mask (B, 1, S, S) 0.1..1.

        The aged picture is ``x + change * mask``. The change is within ±0.75, with a
        limit beyond that where the mask is low.
        """
        *detail, fine, middle, coarse = encoding
        code = self.age(_bent(source, self.asked), _bent(target, self.asked))
        for block in self.coarse_out:
            coarse = block(coarse, code)
        middle = self.middle_out(middle + _double(self.up2(coarse)), code)
        fine = self.fine_out(fine + _double(self.up1(middle)), code)
        out = self._unfolded(self.head(fine))
        for features in detail:
            features = self.detail_out(features + _double(self.detail_up(fine)), code)
            out = _double(out) + self._unfolded(self.detail_head(features))
        mask = MASK_FLOOR + (1 - MASK_FLOOR) * torch.sigmoid(out[:, 3:])
        change = CHANGE_RANGE * torch.tanh(out[:, :3])
        scale = 2 if self.detail else 1
        if self.low_limit > 0:
            change = change + excess(change * mask, scale * LOW_CELL, self.low_limit) / mask
        if self.fine_limit > 0:
            younger = ((source - target) / YOUNGER_BY).clamp(0, 1)[:, None, None, None]
            beyond = excess(change * mask, scale * FINE_CELL, self.fine_limit)
            change = change + younger * beyond / mask
        if self.colour_cell > 0:
            change = change + uncoloured(change * mask, self.colour_cell) / mask
        return change, mask

    def _unfolded(self, x: Tensor) -> Tensor:
        out = F.pixel_shuffle(x, FOLD)
        return evened(out) if self.even else out


def _head(channels: int) -> nn.Conv2d:
    """Near zero, so that training starts at no change."""
    head = nn.Conv2d(channels, 4 * FOLD**2, 3, padding=1)
    nn.init.normal_(head.weight, std=1e-3)
    if head.bias is not None:
        nn.init.zeros_(head.bias)
    return head


def _bent(years: Tensor, pairs: Sequence[Sequence[float]]) -> Tensor:
    """Years (B,) along a line through the pairs; in sums of ramps, which every exporter knows."""
    if not pairs:
        return years
    bent = years + (pairs[0][1] - pairs[0][0])
    slope = 1.0
    for (x, y), (after, beyond) in pairwise(pairs):
        steep = (beyond - y) / (after - x)
        bent = bent + (steep - slope) * (years - x).clamp(min=0)
        slope = steep
    return bent + (1 - slope) * (years - pairs[-1][0]).clamp(min=0)


def _double(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2, mode="bilinear")
