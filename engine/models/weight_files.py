"""The files of weights, told whole from damaged or foreign ones without opening them."""

from __future__ import annotations

from pathlib import Path

from engine.errors import ModelError
from engine.models.assets import file_sha256
from engine.models.spec import ModelSpec


def verified(folder: Path, spec: ModelSpec) -> tuple[Path, ...]:
    """The files of a model, each with the hash that its manifest says.

    Raises ModelError: ``model.weights_missing``, ``model.pickle`` (never loaded) or
    ``model.weights_altered`` (another hash: truncated or changed).
    """
    return tuple(_verified(folder / name, sha256, spec) for name, sha256 in spec.files)


def _verified(path: Path, sha256: str, spec: ModelSpec) -> Path:
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
            "and ONNX only.",
            code="model.pickle",
            name=path.name,
        )
    if file_sha256(path) != sha256:
        raise ModelError(
            f"The weights of {spec.name} ({path.name}) are truncated or altered: their hash is "
            "not the manifest's. Reinstall Agelens.",
            code="model.weights_altered",
            name=path.name,
        )
    return path


def unreadable(path: Path, spec: ModelSpec, error: Exception) -> ModelError:
    """The failure of what is whole and still no weights."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return ModelError(
        f"The weights of {spec.name} ({path.name}) cannot be read: {reason}.",
        code="model.weights_unreadable",
        name=path.name,
    )


def misfit(spec: ModelSpec) -> ModelError:
    """The failure of weights that are not those of their architecture."""
    return ModelError(
        f"The weights of {spec.name} do not fit its architecture {spec.architecture}.",
        code="model.shape",
        name=spec.name,
    )


def is_pickle(path: Path) -> bool:
    """A zip (torch.save's container) or a bare pickle, told by the first bytes.

    A safetensors file starts with the length of its header in 8 bytes, any of which may be a
    pickle's first; then comes the header's brace.
    """
    with path.open("rb") as stream:
        start = stream.read(9)
    return start[:4] == b"PK\x03\x04" or (start[:1] == b"\x80" and start[8:] != b"{")
