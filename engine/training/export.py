"""From a run folder to installed weights: fp16 safetensors, manifest entry, model card."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from torch import Tensor

from engine.errors import TrainingError
from engine.models.assets import file_sha256
from engine.models.checkpoints import save_weights
from engine.models.manifest import MANIFEST
from engine.models.spec import ModelSpec, spec_from_table
from engine.training.config import read_toml
from engine.training.run import RunFolder

_DEFAULTED = ("config", "groups", "metrics")


def export_weights(
    run: Path, card: Path, weights: Path, *, metrics: Mapping[str, float] | None = None
) -> ModelSpec:
    """Install a run's averaged weights.

    Args:
        run: a run folder with a checkpoint.
        card: TOML with what no run knows: name, title, kind, licence, age range, groups….
        weights: folder of the manifest; made where missing.
        metrics: figures of ``evaluate`` to travel with the weights.

    Returns:
        The entry written to the manifest.

    Raises TrainingError where the run has no checkpoint.
    """
    config = read_toml(run / "config.toml")
    saved = RunFolder(run, run / "config.toml").load()
    if saved is None:
        raise TrainingError(f"{run} has no checkpoint yet.", code="training.no_checkpoint")
    step, state = saved
    about = read_toml(card)
    name = str(about.pop("name"))
    weights.mkdir(parents=True, exist_ok=True)
    path = weights / f"{name}.safetensors"
    averaged: dict[str, Tensor] = state["ema"]
    save_weights(path, averaged, {"name": name, "steps": str(step)})
    table = about | {
        "architecture": config["recipe"],
        "config": config.get("network", {}),
        "file": path.name,
        "sha256": file_sha256(path),
        "size_bytes": path.stat().st_size,
        "metrics": dict(metrics or {}),
    }
    spec = spec_from_table(name, table)
    write_entry(weights / MANIFEST, spec)
    return spec


def write_entry(manifest: Path, spec: ModelSpec) -> None:
    """Put one entry into the manifest, keeping the others; written beside it, then replaced."""
    import tomli_w

    tables: dict[str, Any] = {}
    if manifest.exists():
        tables = tomllib.loads(manifest.read_text(encoding="utf-8")).get("models", {})
    entry = asdict(spec)
    del entry["name"]
    tables[spec.name] = {
        k: v for k, v in entry.items() if not (k in _DEFAULTED and not v) and v not in ("", None)
    }
    fresh = manifest.with_suffix(".tmp")
    fresh.write_text(tomli_w.dumps({"models": tables}), encoding="utf-8")
    fresh.replace(manifest)
