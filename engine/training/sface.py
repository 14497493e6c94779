"""SFace as a torch module, so that the identity loss has a gradient.

The published ONNX file (block-quantised int8) is read node by node: a chain of 27 convolutions
with BatchNorm and PReLU, then one linear layer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from engine.evaluation.identity import FIVE_POINTS, SIDE
from engine.models.backbone import fold_batchnorm
from engine.models.layers import channels_last, full_precision


class SFace(nn.Module):
    """Frozen face embedding of crops with known five points."""

    def __init__(self, asset: Path) -> None:
        """``asset`` is SFace's ONNX file, verified by the caller."""
        super().__init__()
        self.body = _read(asset)
        self.register_buffer("template", torch.tensor(FIVE_POINTS, dtype=torch.float32))
        self.requires_grad_(False)
        self.eval()

    def forward(self, x: Tensor, points: Tensor) -> Tensor:
        """RGB (B, 3, S, S) in 0..1, five points (B, 5, 2) in its pixels → (B, 128)."""
        with full_precision(x):
            crops = self._align(x.float(), points)
        embedding: Tensor = self.body((crops * 255 - 127.5) / 128)
        return embedding.float()

    def _align(self, x: Tensor, points: Tensor) -> Tensor:
        """Sample each picture where the five points' similarity says."""
        template = self.template
        assert isinstance(template, Tensor)
        side = x.shape[-1]
        t = template[None] - template.mean(0)
        centre = points.mean(1, keepdim=True)
        s = points - centre
        # From picture to template by least squares, as the judge does: one complex factor a + ib,
        # whose inverse takes template pixels back to picture pixels.
        power = s.square().sum((1, 2))
        a = (s * t).sum((1, 2)) / power
        b = (s[..., 0] * t[..., 1] - s[..., 1] * t[..., 0]).sum(1) / power
        norm = a.square() + b.square()
        a, b = a / norm, -b / norm
        linear = torch.stack([torch.stack([a, -b], 1), torch.stack([b, a], 1)], 1)
        offset = centre[:, 0] - (linear @ template.mean(0)[:, None])[..., 0]
        # To affine_grid's units: pixel = (unit + 1) * side / 2 - 0.5.
        middle = torch.full((2,), (SIDE - 1) / 2, device=x.device)
        at = (linear @ middle[:, None])[..., 0] + offset
        theta = torch.cat([linear * (SIDE / side), ((at + 0.5) * 2 / side - 1)[..., None]], dim=2)
        grid = F.affine_grid(theta, [len(x), 3, SIDE, SIDE], align_corners=False)
        crops = F.grid_sample(x, grid, align_corners=False)
        return crops.contiguous(memory_format=torch.channels_last)


def _read(asset: Path) -> nn.Module:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(asset)).graph
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    layers: list[nn.Module] = []
    for node in graph.node:
        made = _layer(
            node, values, {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        )
        if made is not None:
            layers.append(made)
    return channels_last(fold_batchnorm(nn.Sequential(*layers)))


def _layer(
    node: Any, values: dict[str, NDArray[Any]], attributes: dict[str, Any]
) -> nn.Module | None:
    """A module for one node; nodes that only compute weights go into ``values`` instead."""
    if node.op_type == "DequantizeLinear":
        quantised, scale, zero = (values[name] for name in node.input)
        axis, block = attributes["axis"], attributes["block_size"]
        spread = [np.repeat(v, block, axis)[_like(quantised, axis)] for v in (scale, zero)]
        values[node.output[0]] = (quantised.astype(np.float32) - spread[1]) * spread[0]
    elif node.op_type == "Reshape":
        shape = values[node.input[1]]
        values[node.output[0]] = values[node.input[0]].reshape(shape)
    elif node.op_type == "Conv":
        return _conv(values[node.input[1]], attributes)
    elif node.op_type == "BatchNormalization":
        return _norm([values[name] for name in node.input[1:]], attributes["epsilon"])
    elif node.op_type == "PRelu":
        slope = torch.tensor(values[node.input[1]]).flatten()
        layer = nn.PReLU(len(slope))
        layer.weight.data = slope
        return layer
    elif node.op_type == "Flatten":
        return _Flatten()
    elif node.op_type == "Gemm":
        weight, bias = (torch.tensor(values[name]) for name in node.input[1:])
        linear = nn.Linear(weight.shape[1], weight.shape[0])
        linear.weight.data, linear.bias.data = weight, bias.flatten()
        return linear
    return None


def _like(array: NDArray[Any], axis: int) -> tuple[slice, ...]:
    return tuple(slice(0, n) if i == axis else slice(None) for i, n in enumerate(array.shape))


def _conv(weight: NDArray[Any], attributes: dict[str, Any]) -> nn.Conv2d:
    outputs, inputs, kernel, _ = weight.shape
    groups, stride = attributes["group"], attributes["strides"][0]
    conv = nn.Conv2d(
        inputs * groups, outputs, kernel, stride, attributes["pads"][0], groups=groups, bias=False
    )
    conv.weight.data = torch.tensor(weight)
    return conv


def _norm(parts: list[NDArray[Any]], epsilon: float) -> nn.Module:
    count = len(parts[0])
    norm = _AnyNorm(count, eps=epsilon)
    gamma, beta, mean, var = (torch.tensor(part) for part in parts)
    norm.load_state_dict(
        {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": var}, strict=False
    )
    return norm.eval()


class _AnyNorm(nn.BatchNorm2d):
    """BatchNorm that also takes the flat embedding."""

    def _check_input_dim(self, input: Tensor) -> None:  # noqa: A002 - torch's own name
        return


class _Flatten(nn.Module):
    """Flatten in the file's order (channels first), whatever the memory's."""

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) → (B, C·H·W)."""
        return x.contiguous().flatten(1)
