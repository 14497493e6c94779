"""Weights on disk: safetensors in fp16, nothing pickled."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from engine.models.spec import ModelSpec
from engine.models.weight_files import unreadable, verified


def load_weights(folder: Path, spec: ModelSpec) -> dict[str, Tensor]:
    """The weights of a spec as float32, verified.

    Raises ModelError: as :func:`engine.models.weight_files.verified`, or
    ``model.weights_unreadable``.
    """
    path = verified(folder, spec)[0]
    try:
        return {name: value.float() for name, value in load_file(path).items()}
    except (SafetensorError, OSError, ValueError) as error:
        raise unreadable(path, spec, error) from error


def save_weights(path: Path, weights: Mapping[str, Tensor], about: str) -> None:
    """Write tensors as fp16 safetensors, beside the target then replaced.

    The same tensors and words give the same bytes: there is one entry of metadata, as several
    would come in any order.
    """
    fresh = path.with_suffix(".tmp")
    half = {name: value.detach().to(torch.float16).contiguous() for name, value in weights.items()}
    # safetensors' own save_file makes a file that one user alone can read.
    fresh.write_bytes(save(half, metadata={"agelens": about}))
    fresh.replace(path)
