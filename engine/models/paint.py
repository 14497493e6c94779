"""How a last layer becomes a picture: painted anew, or as a bounded change of the face."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LOW_CELL = 8
"""Side of the cells over which a change is averaged to find patches of light and dark."""
_GAIN = 0.1  # changes are a tenth of what activations are: Adam's steps in the last layer fit them


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintConfig:
    """How the published architectures paint. The defaults are theirs.

    Attributes:
        skip: whether the network paints a change on the face it is given. The published networks
            paint the whole picture anew; starting from the face is learnt in far fewer steps.
        low_limit: bound of that change's averages over cells, in units of full range; 0 for none.
            It keeps light and dark patches from coming up, which an age estimator takes for age.
        even: takes patterns that alternate from pixel to pixel out of that change.
    """

    skip: bool = False
    low_limit: float = 0.0
    even: bool = False

    def picture(self, raw: Tensor, x: Tensor) -> Tensor:
        """What a last layer says of the faces ``x`` (B, 3, S, S) in 0..1 → pictures in 0..1."""
        raw = raw.float()
        if not self.skip:
            return (torch.tanh(raw) + 1) / 2
        change = torch.tanh(_GAIN * (evened(raw) if self.even else raw))
        if self.low_limit > 0:
            change = change + excess(change, LOW_CELL, self.low_limit)
        return (x + change).clamp(0, 1)

    def start(self, last: nn.Conv2d | nn.ConvTranspose2d) -> None:
        """With ``skip``, let a last layer say next to nothing, so that training starts at x."""
        if not self.skip:
            return
        nn.init.normal_(last.weight, std=1e-2)
        if last.bias is not None:
            nn.init.zeros_(last.bias)


def excess(change: Tensor, cell: int, limit: float) -> Tensor:
    """What to add to a change so that its averages over cells bend off towards ±``limit``."""
    low = F.avg_pool2d(change, cell)
    beyond = limit * torch.tanh(low / limit) - low
    return F.interpolate(beyond, change.shape[-2:], mode="bilinear")


def uncoloured(change: Tensor, cell: int) -> Tensor:
    """What to add to a change (B, 3, H, W) so that its colour is smooth, its brightness kept.

    The colour is averaged over cells, as JPEG does it: what is fine in skin is light and dark.
    """
    colour = change - change.mean(1, keepdim=True)
    smooth = F.interpolate(F.avg_pool2d(colour, cell), change.shape[-2:], mode="bilinear")
    return smooth - colour


def evened(x: Tensor) -> Tensor:
    """(B, C, H, W) without what alternates from pixel to pixel, along rows or columns.

    A low-pass, (-1, 4, 10, 4, -1) / 16 each way: flat, and zero at the highest frequency.
    """
    channels = x.shape[1]
    taps = x.new_tensor([-1, 4, 10, 4, -1]) / 16
    for shape in ((1, 1, 5, 1), (1, 1, 1, 5)):
        kernel = taps.view(shape).expand(channels, *shape[1:])
        pad = (shape[3] // 2, shape[3] // 2, shape[2] // 2, shape[2] // 2)
        x = F.conv2d(F.pad(x, pad, mode="reflect"), kernel, groups=channels)
    return x
