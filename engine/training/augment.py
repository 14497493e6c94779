"""Random changes of a batch, differentiable, on RGB tensors (B, 3, H, W) in 0..1."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.models.layers import full_precision


def colour_jitter(x: Tensor, *, amount: float = 0.2, grey: float = 0.0) -> Tensor:
    """Brightness and contrast by up to ±``amount`` each; a share ``grey`` turned grey."""
    count = x.shape[0]
    brightness = _uniform(count, -amount, amount, x)
    contrast = 1 + _uniform(count, -amount, amount, x)
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * contrast + mean + brightness
    if grey > 0:
        luma = (x * x.new_tensor([0.299, 0.587, 0.114])[:, None, None]).sum(1, keepdim=True)
        x = torch.where(torch.rand(count, 1, 1, 1, device=x.device) < grey, luma.expand_as(x), x)
    return x.clamp(0, 1)


def white_balance(x: Tensor, *, amount: float) -> Tensor:
    """Each channel scaled by up to ±``amount``: a tint then tells nothing."""
    gain = torch.empty(x.shape[0], 3, 1, 1, device=x.device).uniform_(1 - amount, 1 + amount)
    return x * gain


def random_shading(x: Tensor, *, amount: float, cells: int = 4) -> Tensor:
    """Light that changes smoothly over the picture: cells² random gains, ±``amount``, blended."""
    gains = torch.empty(x.shape[0], 1, cells, cells, device=x.device)
    gains = gains.uniform_(1 - amount, 1 + amount)
    return x * F.interpolate(gains, x.shape[-2:], mode="bicubic", align_corners=True)


def same_light(x: Tensor, other: Tensor, *, share: float, cell: int = 8) -> Tensor:
    """A ``share`` of the pictures with the light of ``other``: means over cells are taken from it.

    What only makes parts of a picture darker or brighter then tells nothing.
    """
    chosen = torch.rand(x.shape[0], 1, 1, 1, device=x.device) < share
    apart = F.avg_pool2d(other - x, cell)
    smooth = F.interpolate(apart, x.shape[-2:], mode="bilinear")
    return torch.where(chosen, x + smooth, x).contiguous(memory_format=torch.channels_last)


def soften(x: Tensor, *, low: int, share: float) -> Tensor:
    """A ``share`` of the pictures as from a smaller photo: one random side of ``low`` or more."""
    count, size = x.shape[0], x.shape[-1]
    chosen = torch.rand(count, device=x.device) < share
    side = int(torch.randint(low, size, ()))
    small = F.interpolate(x, (side, side), mode="bilinear", antialias=True)
    soft = F.interpolate(small, (size, size), mode="bicubic", antialias=False).clamp(0, 1)
    mixed = torch.where(chosen[:, None, None, None], soft, x)
    return mixed.contiguous(memory_format=torch.channels_last)


def random_resample(x: Tensor, *, low: int, share: float = 0.5) -> Tensor:
    """In a ``share`` of calls shrink the batch to a random side of ``low`` or more and back up."""
    size = x.shape[-1]
    if torch.rand(()) >= share:
        return x
    side = int(torch.randint(low, size + 1, ()))
    small = F.interpolate(x, (side, side), mode="bilinear", antialias=True)
    back = F.interpolate(small, (size, size), mode="bilinear")
    return back.contiguous(memory_format=torch.channels_last)


def shift_and_scale(x: Tensor, *, amount: float = 0.1) -> Tensor:
    """A random shift and scale of each picture by up to ±``amount`` of its side, mirrored edges."""
    count = x.shape[0]
    scale = 1 + _uniform(count, -amount, amount, x).view(count)
    theta = torch.zeros(count, 2, 3, device=x.device)
    theta[:, 0, 0] = theta[:, 1, 1] = scale
    theta[:, :, 2] = (torch.rand(count, 2, device=x.device) * 2 - 1) * (2 * amount)
    with full_precision(x):
        grid = F.affine_grid(theta, list(x.shape), align_corners=False)
        moved = F.grid_sample(x.float(), grid, padding_mode="reflection", align_corners=False)
    return moved.contiguous(memory_format=torch.channels_last)


def _uniform(count: int, low: float, high: float, like: Tensor) -> Tensor:
    return torch.empty(count, 1, 1, 1, device=like.device).uniform_(low, high)
