"""Entries of the weights' manifest, and the same inside an ONNX file that describes itself.

Only writing needs ``tomli_w``.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.errors import ModelError
from engine.models.assets import file_sha256
from engine.models.manifest import MANIFEST
from engine.models.onnx_network import metadata
from engine.models.spec import ModelSpec

ABOUT = "agelens"
"""Under which name an ONNX file's metadata hold its entry."""

_DEFAULTED = ("config", "groups", "metrics")
_OF_THE_FILE = ("file", "sha256", "size_bytes", "decoder", "decoder_sha256", "default")


def write_entry(manifest: Path, spec: ModelSpec) -> None:
    """Put one entry into the manifest, keeping the others; written beside it, then replaced."""
    import tomli_w

    tables: dict[str, Any] = {}
    if manifest.exists():
        tables = tomllib.loads(manifest.read_text(encoding="utf-8")).get("models", {})
    tables[spec.name] = _entry(spec)
    fresh = manifest.with_suffix(".tmp")
    fresh.write_text(tomli_w.dumps({"models": tables}), encoding="utf-8")
    fresh.replace(manifest)


def described(spec: ModelSpec) -> str:
    """A model's entry as it goes into a file of its own: all but what is said of that file."""
    import tomli_w

    entry = {k: v for k, v in _entry(spec).items() if k not in _OF_THE_FILE}
    entry["made_from"] = spec.identity
    return tomli_w.dumps({"models": {spec.name: entry}})


def manifest_in(file: Path) -> str:
    """The manifest that an ONNX file brings along, as text.

    Raises ModelError: ``model.manifest_missing`` where it brings none, or
    ``model.weights_unreadable``.
    """
    head, _, rest = metadata(file).get(ABOUT, "").partition("\n")
    if not head.startswith("[models."):
        raise ModelError(
            f"Agelens needs the {MANIFEST} that belongs to {file.name}; put it into the same "
            "folder.",
            code="model.manifest_missing",
            name=file.name,
        )
    about = {"file": file.name, "sha256": file_sha256(file), "size_bytes": file.stat().st_size}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in about.items()]
    return "\n".join([head, *lines, rest])


def _entry(spec: ModelSpec) -> dict[str, Any]:
    fields = asdict(spec)
    del fields["name"]
    return {
        k: v for k, v in fields.items() if not (k in _DEFAULTED and not v) and v not in ("", None)
    }
