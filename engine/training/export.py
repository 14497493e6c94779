"""From a run folder to installed weights: fp16 safetensors, manifest entry, model card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor

from engine.errors import TrainingError
from engine.models.assets import file_sha256
from engine.models.checkpoints import save_weights
from engine.models.entry import write_entry
from engine.models.manifest import MANIFEST
from engine.models.spec import GENERATOR, ModelSpec, spec_from_table
from engine.training.card import MARK, Training, card_text
from engine.training.config import read_toml
from engine.training.run import RunFolder

_KEPT = (
    "own_error", "same_person_to_30", "gender_kept", "own_age_change", "val_mae", "val_gender",
    "val_iou", "val_iou_other", "val_iou_skin", "val_iou_hair", "val_iou_cover",
)  # fmt: skip


def export_weights(
    run: Path, card: Path, weights: Path, *, figures: Mapping[str, Any] | None = None
) -> ModelSpec:
    """Install a run's averaged weights with their entry and, for a generator, their card.

    Args:
        run: a run folder with a checkpoint.
        card: TOML with what no run knows: name, title, kind, licence, age range, groups…; a table
            ``network`` adds settings that a finished network takes.
        weights: folder of the manifest; made where missing.
        figures: what ``evaluate --out`` wrote of these weights, to travel with them.

    Returns:
        The entry written to the manifest.

    Raises TrainingError where the run has no checkpoint, or the figures are of other weights.
    """
    config = read_toml(run / "config.toml")
    saved = RunFolder(run, run / "config.toml").load()
    if saved is None:
        raise TrainingError(f"{run} has no checkpoint yet.", code="training.no_checkpoint")
    step, state = saved
    about = read_toml(card)
    name, limits = str(about.pop("name")), about.pop("limits", [])
    before = str(about.pop("before", ""))
    network: dict[str, Any] = config.get("network", {}) | about.pop("network", {})
    weights.mkdir(parents=True, exist_ok=True)
    path = weights / f"{name}.safetensors"
    averaged: dict[str, Tensor] = state["ema"]
    save_weights(path, averaged, f"{name}, {step} steps")
    table = about | {
        "architecture": config["recipe"],
        "config": network,
        "file": path.name,
        "sha256": file_sha256(path),
        "size_bytes": path.stat().st_size,
        "metrics": _single(figures or {}),
    }
    spec = spec_from_table(name, table)
    if figures and figures.get("sha256", spec.sha256) != spec.sha256:
        raise TrainingError(
            f"The figures are of other weights than {run} has; run evaluate on these.",
            code="training.other_figures",
        )
    write_entry(weights / MANIFEST, spec)
    if spec.kind == GENERATOR:
        parameters = sum(value.numel() for value in averaged.values())
        training = Training(config, _origin(run), step, parameters, before)
        _write_card(weights / f"{name}.md", card_text(spec, training, figures, limits))
    return spec


def _single(figures: Mapping[str, Any]) -> dict[str, float]:
    """The single figures of an evaluation that travel with the weights."""
    return {name: round(float(figures[name]), 4) for name in _KEPT if name in figures}


def _origin(run: Path) -> dict[str, str]:
    path = run / "origin.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _write_card(path: Path, text: str) -> None:
    """A card that somebody wrote stays; one that this wrote is replaced."""
    if not path.exists() or path.read_text(encoding="utf-8").startswith(MARK):
        path.write_text(text, encoding="utf-8")
