"""The manifest beside the weights: what is installed, read without torch."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from engine.errors import ModelError, Sentence
from engine.models.spec import ModelSpec, spec_from_table

MANIFEST = "manifest.toml"


def read_manifest(folder: Path) -> tuple[ModelSpec, ...]:
    """All specs in a weights folder, the default generator first.

    Raises ModelError where the manifest is missing or not valid.
    """
    path = folder / MANIFEST
    try:
        return specs_in(path.read_text(encoding="utf-8"), path.name)
    except OSError as error:
        raise ModelError(
            Sentence(
                f"No weights are installed: {path} is missing. Reinstall Agelens or train a model.",
                "model.not_installed",
            ),
            code="model.manifest_missing",
        ) from error
    except UnicodeDecodeError as error:
        raise _damaged(path.name, str(error)) from error


def specs_in(text: str, name: str) -> tuple[ModelSpec, ...]:
    """All specs in a manifest's text, the default generator first; ``name`` is that of its file.

    Raises ModelError where it is not valid.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _damaged(name, str(error)) from error
    models = tables.get("models", {})
    if not isinstance(models, Mapping) or not all(isinstance(m, Mapping) for m in models.values()):
        raise _damaged(name, "it lists no models")
    specs = [spec_from_table(one, table) for one, table in models.items()]
    return tuple(sorted(specs, key=lambda spec: (not spec.default, spec.name)))


def _damaged(name: str, reason: str) -> ModelError:
    return ModelError(
        f"The weights' manifest {name} is damaged: {reason}.", code="model.manifest", name=name
    )
