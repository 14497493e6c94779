"""Weights on disk: safetensors in fp16, nothing pickled."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from engine.errors import ModelError
from engine.models.assets import file_sha256
from engine.models.spec import ModelSpec


def load_weights(folder: Path, spec: ModelSpec) -> dict[str, Tensor]:
    """The weights of a spec as float32, verified.

    Raises ModelError: ``model.weights_missing``, ``model.pickle`` (never loaded),
    ``model.weights_altered`` (another hash: truncated or changed) or ``model.weights_unreadable``.
    """
    path = folder / spec.file
    if not path.is_file():
        raise ModelError(
            f"The weights of {spec.name} are missing ({path.name}); reinstall Agelens or copy "
            "them back.",
            code="model.weights_missing",
            name=path.name,
        )
    if is_pickle(path):
        raise ModelError(
            f"{path.name} is a pickle, which may run code when opened; Agelens loads safetensors "
            "only.",
            code="model.pickle",
            name=path.name,
        )
    if file_sha256(path) != spec.sha256:
        raise ModelError(
            f"The weights of {spec.name} ({path.name}) are truncated or altered: their hash is "
            "not the manifest's. Reinstall Agelens.",
            code="model.weights_altered",
            name=path.name,
        )
    try:
        return {name: value.float() for name, value in load_file(path).items()}
    except (SafetensorError, OSError, ValueError) as error:
        raise ModelError(
            f"The weights of {spec.name} ({path.name}) cannot be read: {error}.",
            code="model.weights_unreadable",
            name=path.name,
        ) from error


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


def is_pickle(path: Path) -> bool:
    """A zip (torch.save's container) or a bare pickle, told by the first bytes.

    A safetensors file starts with the length of its header in 8 bytes, any of which may be a
    pickle's first; then comes the header's brace.
    """
    with path.open("rb") as stream:
        start = stream.read(9)
    return start[:4] == b"PK\x03\x04" or (start[:1] == b"\x80" and start[8:] != b"{")
