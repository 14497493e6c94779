"""Building blocks that more than one architecture uses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeVar, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.models.paint import PaintConfig

Network = TypeVar("Network", bound=nn.Module)


def channels_last(network: Network) -> Network:
    """Put the weights' channels last in memory, in place: convolutions are faster so."""
    for parameter in network.parameters():
        if parameter.dim() == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
    return network


def full_precision(x: Tensor) -> torch.autocast:
    """No autocast where ``x`` is: coordinates need all of their digits."""
    return torch.autocast(x.device.type, enabled=False)


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


@dataclass(frozen=True, slots=True)
class TrunkConfig(PaintConfig):
    """What a :class:`ResidualTrunk` is built of.

    Attributes:
        width: channels at the full side; twice and four times as many at 1/2 and 1/4.
        blocks: residual blocks at 1/4.
        norm: ``batch``, ``group``, ``instance`` or ``none``.
        padding: ``zeros`` or ``reflect``.
        upsample: ``transposed`` convolutions, or ``nearest`` pixels and a convolution (no
            checkerboards).
        fold: 2 to begin at half the side, with 2×2 pixels folded into channels; 1 as published.
    """

    width: int = 64
    blocks: int = 6
    norm: str = "instance"
    padding: str = "zeros"
    upsample: str = "transposed"
    fold: int = 1


class ResidualTrunk(nn.Module):
    """Down to a quarter of the side, residual blocks, up again: planes in, a picture out.

    J. Johnson et al., "Perceptual Losses for Real-Time Style Transfer and Super-Resolution",
    ECCV 2016: 7×7, two strided 3×3, blocks, two up, 7×7 and tanh.
    """

    def __init__(self, extra: int, config: TrunkConfig) -> None:
        """``extra`` planes come with the picture's three. Raises ValueError on unknown settings."""
        super().__init__()
        width, norm, padding = config.width, config.norm, config.padding
        self.paint, self.fold = config, config.fold
        levels = widths_of(width, config.fold)
        steps = list(pairwise(levels))
        self.down = nn.Sequential(
            *first_block(extra, levels[0], config.fold, norm, padding),
            *(
                layer
                for fine, coarse in steps
                for layer in conv_block(fine, coarse, 3, stride=2, norm=norm)
            ),
        )
        self.blocks = nn.Sequential(
            *(NormResBlock(4 * width, norm, padding) for _ in range(config.blocks))
        )
        self.up = nn.Sequential(
            *(
                layer
                for fine, coarse in reversed(steps)
                for layer in _up_block(coarse, fine, norm, config.upsample)
            )
        )
        self.head = last_layer(levels[0], config.fold, config, padding)

    def forward(self, x: Tensor, extra: Tensor | None = None) -> Tensor:
        """Faces (B, 3, S, S) in 0..1, planes (B, extra, S / fold, S / fold) → pictures in 0..1."""
        planes = F.pixel_unshuffle(x * 2 - 1, self.fold)
        if extra is not None:
            planes = torch.cat([planes, extra], 1)
        raw = self.head(self.up(self.blocks(self.down(planes))))
        return self.paint.picture(F.pixel_shuffle(raw, self.fold), x)


class NormResBlock(nn.Module):
    """Two normalised 3×3 convolutions around a residual; nothing follows the sum.

    The block of :class:`ResidualTrunk`'s paper; where no norm is asked for, two convolutions.
    """

    def __init__(self, channels: int, norm: str, padding: str = "zeros") -> None:
        """Raises ValueError on an unknown norm."""
        super().__init__()
        self.body = nn.Sequential(
            *conv_block(channels, channels, 3, norm=norm, padding=padding),
            nn.Conv2d(channels, channels, 3, padding=1, padding_mode=_border(padding)),
            norm_layer(norm, channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) → (B, C, H, W)."""
        y: Tensor = self.body(x)
        return x + y


class AdaIN(nn.Module):
    """Instance norm whose scale and shift are read from a code.

    X. Huang and S. Belongie, "Arbitrary Style Transfer in Real-time with Adaptive Instance
    Normalization", ICCV 2017.
    """

    def __init__(self, channels: int, code: int) -> None:
        """``code`` is the code's width."""
        super().__init__()
        self.norm = nn.InstanceNorm2d(channels)
        self.style = nn.Linear(code, 2 * channels)

    def forward(self, x: Tensor, code: Tensor) -> Tensor:
        """(B, C, H, W), (B, code) → (B, C, H, W)."""
        scale, shift = self.style(code)[:, :, None, None].chunk(2, 1)
        y: Tensor = self.norm(x)
        return torch.addcmul(y + shift, y, scale)


class ConditionalBatchNorm(nn.Module):
    """Batch norm with a scale and shift of its own for each class.

    V. Dumoulin et al., "A Learned Representation for Artistic Style", ICLR 2017; H. de Vries et
    al., "Modulating early visual processing by language", NeurIPS 2017.
    """

    def __init__(self, channels: int, classes: int) -> None:
        """Starts as plain batch norm for every class."""
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.scale = nn.Embedding(classes, channels)
        self.shift = nn.Embedding(classes, channels)
        nn.init.ones_(self.scale.weight)
        nn.init.zeros_(self.shift.weight)

    def forward(self, x: Tensor, index: Tensor) -> Tensor:
        """(B, C, H, W), class indices (B,) → (B, C, H, W)."""
        y: Tensor = self.norm(x)
        return torch.addcmul(
            self.shift(index)[:, :, None, None], y, self.scale(index)[:, :, None, None]
        )


def conv_block(
    inputs: int,
    outputs: int,
    kernel: int,
    *,
    stride: int = 1,
    norm: str = "none",
    padding: str = "zeros",
) -> list[nn.Module]:
    """A convolution that keeps the side but for its stride, a norm and ReLU."""
    border = _border(padding)
    conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, padding_mode=border)
    return [conv, norm_layer(norm, outputs), nn.ReLU()]


def widths_of(width: int, fold: int) -> tuple[int, ...]:
    """Channels at each level down to a quarter of the side; folded, the full side is left out.

    Raises ValueError on a fold that is neither 1 nor 2.
    """
    if fold not in (1, 2):
        raise ValueError(f"fold should be 1 or 2, not {fold}")
    return (width, 2 * width, 4 * width)[fold - 1 :]


def first_block(
    extra: int, width: int, fold: int, norm: str, padding: str = "zeros"
) -> list[nn.Module]:
    """From a face (folded) and ``extra`` planes to ``width`` channels."""
    kernel = 7 if fold == 1 else 3
    return conv_block(3 * fold**2 + extra, width, kernel, norm=norm, padding=padding)


def check_told(norm: str) -> None:
    """Raises ValueError for a norm that hides planes of ones.

    A plane moves its channel's mean, and that is what instance norm takes out: the network would
    be told nothing but at its borders.
    """
    if norm == "instance":
        raise ValueError("instance norm takes the planes of the age group away: take another norm")


def norm_layer(kind: str, channels: int) -> nn.Module:
    """``batch``, ``group``, ``instance`` (no weights) or ``none``; ValueError for another word.

    ``group``: of 16 channels or fewer. Y. Wu and K. He, "Group Normalization", ECCV 2018: small
    batches do not disturb it, and a plane of ones shows through it.
    """
    if kind == "batch":
        return nn.BatchNorm2d(channels)
    if kind == "group":
        return nn.GroupNorm(math.gcd(channels, max(1, channels // 16)), channels)
    if kind == "instance":
        return nn.InstanceNorm2d(channels)
    if kind == "none":
        return nn.Identity()
    raise ValueError(f"norm should be batch, group, instance or none, not {kind!r}")


def last_layer(width: int, fold: int, paint: PaintConfig, padding: str = "zeros") -> nn.Conv2d:
    """From ``width`` channels to a (folded) picture, or to a change of one."""
    kernel = 7 if fold == 1 else 3
    border = _border(padding)
    conv = nn.Conv2d(width, 3 * fold**2, kernel, padding=kernel // 2, padding_mode=border)
    paint.start(conv)
    return conv


def planes_of(index: Tensor, classes: int, side: int) -> Tensor:
    """Class indices (B,) → (B, classes, side, side), ones in the class's plane."""
    one_hot = F.one_hot(index, classes).float()
    return one_hot[:, :, None, None].expand(-1, -1, side, side)


def _up_block(inputs: int, outputs: int, norm: str, kind: str) -> list[nn.Module]:
    if kind == "transposed":
        conv = nn.ConvTranspose2d(inputs, outputs, 3, 2, 1, output_padding=1)
        return [conv, norm_layer(norm, outputs), nn.ReLU()]
    if kind == "nearest":
        return [nn.Upsample(scale_factor=2), *conv_block(inputs, outputs, 3, norm=norm)]
    raise ValueError(f"upsample should be transposed or nearest, not {kind!r}")


def _border(padding: str) -> Literal["zeros", "reflect"]:
    if padding not in ("zeros", "reflect"):
        raise ValueError(f"padding should be zeros or reflect, not {padding!r}")
    return cast(Literal["zeros", "reflect"], padding)
