"""EfficientNet-Lite0 without its classifier: the features everything here is judged by.

Source: M. Tan and Q. Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural
Networks", ICML 2019, in the Lite form published with it (no squeeze-and-excitation, ReLU6).
ImageNet weights come from ``packaging/assets.lock.toml`` (Apache-2.0).
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.errors import ModelError

# kernel, stride, expansion, channels, repeats
_STAGES = (
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)
_STEM = 32
HEAD = 1280
BLOCKS = 16


class SameConv(nn.Conv2d):
    """A convolution padded as TensorFlow's "SAME": the odd pixel goes right and below."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1
    ) -> None:
        """Square kernel; symmetric padding inside the convolution where stride is 1."""
        inner = kernel // 2 if stride == 1 else 0
        super().__init__(inputs, outputs, kernel, stride, inner, groups=groups, bias=False)
        total = kernel - stride
        self._pad = (total // 2, total - total // 2) if stride > 1 else None

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) with even H and W → (B, C', H / stride, W / stride)."""
        if self._pad is not None:
            x = F.pad(x, (*self._pad, *self._pad))
        return super().forward(x)


def _conv(
    inputs: int, outputs: int, kernel: int, stride: int = 1, *, groups: int = 1, act: bool = True
) -> list[nn.Module]:
    layers: list[nn.Module] = [
        SameConv(inputs, outputs, kernel, stride, groups),
        nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01),
    ]
    return [*layers, nn.ReLU6(inplace=True)] if act else layers


class MBConv(nn.Module):
    """Inverted residual: expand 1×1, depthwise, project 1×1, and the way around."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expand: int) -> None:
        """``expand`` is the factor of the middle's width."""
        super().__init__()
        middle = inputs * expand
        first = _conv(inputs, middle, 1) if expand > 1 else []
        self.body = nn.Sequential(
            *first,
            *_conv(middle, middle, kernel, stride, groups=middle),
            *_conv(middle, outputs, 1, act=False),
        )
        self._residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) → (B, C', H / stride, W / stride)."""
        y: Tensor = self.body(x)
        return x + y if self._residual else y


class EfficientNetLite0(nn.Module):
    """Feature extractor. Input RGB in 0..1, sides divisible by 32."""

    def __init__(self) -> None:
        """Random weights; see :meth:`load_imagenet`."""
        super().__init__()
        self.stem = nn.Sequential(*_conv(3, _STEM, 3, 2))
        blocks: list[nn.Module] = []
        width = _STEM
        for kernel, stride, expand, channels, repeats in _STAGES:
            for repeat in range(repeats):
                blocks.append(MBConv(width, channels, kernel, 1 if repeat else stride, expand))
                width = channels
        self.blocks = nn.ModuleList(blocks)
        self.head = nn.Sequential(*_conv(width, HEAD, 1))

    def taps(self, x: Tensor, after: Sequence[int]) -> list[Tensor]:
        """Features after the blocks numbered in ``after`` (ascending, from 0)."""
        x = self.stem(normalise(x))
        found = []
        for number, block in enumerate(self.blocks[: max(after) + 1]):
            x = block(x)
            if number in after:
                found.append(x)
        return found

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, H, W) → (B, 1280) pooled features."""
        x = self.stem(normalise(x))
        for block in self.blocks:
            x = block(x)
        pooled: Tensor = self.head(x).mean((2, 3))
        return pooled

    def cut_after(self, block: int) -> None:
        """Drop what follows a block, for networks that only want :meth:`taps`."""
        self.blocks, self.head = self.blocks[: block + 1], nn.Sequential()

    def load_imagenet(self, path: Path) -> None:
        """Take the published ImageNet weights: same layers in the same order, other names.

        Raises ModelError if the file does not fit.
        """
        try:
            published = torch.load(path, map_location="cpu", weights_only=True)
        except (OSError, EOFError, RuntimeError, pickle.UnpicklingError) as error:
            raise ModelError(
                f"{path.name} holds no weights that can be read safely.",
                code="model.weights_unreadable",
                name=path.name,
            ) from error
        theirs = [(k, v) for k, v in published.items() if _learned(k) and not k.startswith("_fc")]
        own = [k for k in self.state_dict() if _learned(k)]
        shapes = [tuple(self.state_dict()[k].shape) for k in own]
        if shapes != [tuple(v.shape) for _, v in theirs]:
            raise ModelError(
                f"{path.name} does not hold EfficientNet-Lite0.", code="model.shape", name=path.name
            )
        self.load_state_dict(dict(zip(own, (v for _, v in theirs), strict=True)), strict=False)


def take_imagenet(backbone: EfficientNetLite0, path: Path) -> None:
    """Give a backbone with BatchNorm folded, whole or cut, the published ImageNet weights.

    Raises ModelError as :meth:`EfficientNetLite0.load_imagenet`.
    """
    published = EfficientNetLite0()
    published.load_imagenet(path)
    folded = fold_batchnorm(published.eval()).state_dict()
    backbone.load_state_dict({name: folded[name] for name in backbone.state_dict()})


def normalise(x: Tensor) -> Tensor:
    """0..1 to what the published weights were trained on: (value - 127) / 128 of 8 bits."""
    return (x * 255 - 127) / 128


def fold_batchnorm(module: nn.Module) -> nn.Module:
    """Merge every BatchNorm into the convolution before it, in place, for a frozen network."""
    for parent in list(module.modules()):
        if not isinstance(parent, nn.Sequential):
            continue
        for at in range(len(parent) - 1):
            conv, norm = parent[at], parent[at + 1]
            if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                _fold(conv, norm)
                parent[at + 1] = nn.Identity()
    return module


def _fold(conv: nn.Conv2d, norm: nn.BatchNorm2d) -> None:
    assert norm.running_mean is not None and norm.running_var is not None
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    with torch.no_grad():
        shift = norm.bias - norm.running_mean * scale
        if conv.bias is not None:
            shift = shift + conv.bias * scale
        conv.weight.mul_(scale[:, None, None, None])
        conv.bias = nn.Parameter(shift.clone(), requires_grad=conv.weight.requires_grad)


def _learned(key: str) -> bool:
    return not key.endswith("num_batches_tracked")
