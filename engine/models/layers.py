"""Building blocks that more than one architecture uses."""

from __future__ import annotations

from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

Network = TypeVar("Network", bound=nn.Module)


def channels_last(network: Network) -> Network:
    """Put the weights' channels last in memory, in place: convolutions are faster so."""
    for parameter in network.parameters():
        if parameter.dim() == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
    return network


class AgeEmbedding(nn.Module):
    """Source and target age as smooth codes: 16 Gaussian bumps each over 0..90 and their gap."""

    BUMPS = 16

    def __init__(self, width: int) -> None:
        """``width`` of the code that conditions the network."""
        super().__init__()
        centres = torch.linspace(0, 90, self.BUMPS)
        self.register_buffer("centres", centres, persistent=False)
        self.mlp = nn.Sequential(
            nn.Linear(2 * self.BUMPS + 1, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU()
        )

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Years (B,), (B,) → (B, width)."""
        ages = torch.stack([source, target], 1).float()
        centres = self.centres
        assert isinstance(centres, Tensor)
        spacing = 90 / (self.BUMPS - 1)
        bumps = torch.exp(-(((ages[..., None] - centres) / spacing) ** 2) / 2).flatten(1)
        gap = (target - source).float()[:, None] / 40
        code: Tensor = self.mlp(torch.cat([bumps, gap], 1))
        return code


class ResBlock(nn.Module):
    """Two 3×3 convolutions around a residual; FiLM between them where a condition comes in.

    FiLM: E. Perez et al., "FiLM: Visual Reasoning with a General Conditioning Layer", AAAI 2018.
    Starts as its last activation alone: the second convolution is zero.
    """

    def __init__(self, channels: int, *, condition: int = 0, norm: bool = False) -> None:
        """``condition`` is the code's width, 0 for none; ``norm`` adds GroupNorm."""
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm = nn.GroupNorm(channels // 16, channels) if norm else nn.Identity()
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.film = nn.Linear(condition, 2 * channels) if condition else None
        nn.init.zeros_(self.conv2.weight)
        if self.conv2.bias is not None:
            nn.init.zeros_(self.conv2.bias)
        if self.film is not None:
            nn.init.zeros_(self.film.weight)
            nn.init.zeros_(self.film.bias)

    def forward(self, x: Tensor, code: Tensor | None = None) -> Tensor:
        """(B, C, H, W), (B, condition) → (B, C, H, W)."""
        y = self.norm(self.conv1(x))
        if self.film is not None and code is not None:
            scale, shift = self.film(code)[:, :, None, None].chunk(2, 1)
            y = torch.addcmul(y + shift, y, scale)
        y = self.conv2(F.leaky_relu(y, 0.2))
        return F.leaky_relu(x + y, 0.2)
