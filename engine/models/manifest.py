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
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(
            Sentence(
                f"No weights are installed: {path} is missing. Reinstall Agelens or train a model.",
                "model.not_installed",
            ),
            code="model.manifest_missing",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(
            f"The weights' manifest {path} is damaged: {error}.",
            code="model.manifest",
            name=path.name,
        ) from error
    models = tables.get("models", {})
    if not isinstance(models, Mapping) or not all(isinstance(m, Mapping) for m in models.values()):
        raise ModelError(
            f"The weights' manifest {path} is damaged: it lists no models.",
            code="model.manifest",
            name=path.name,
        )
    specs = [spec_from_table(name, table) for name, table in models.items()]
    return tuple(sorted(specs, key=lambda spec: (not spec.default, spec.name)))
