"""``prepare``: raw data sets to a set of faces, or of heads, that ``train`` reads."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli import output

if TYPE_CHECKING:
    from engine.faces.head import Parse
    from engine.training.prepare import Estimate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``prepare``."""
    parser.add_argument("config", type=Path, help="TOML that lists the sources")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the sources")
    parser.add_argument("--out", type=Path, required=True, help="folder of the prepared set")


def run(args: argparse.Namespace) -> int:
    """Prepare and print the manifest as JSON."""
    from engine.training.config import read_toml

    heads = "heads" in read_toml(args.config)
    manifest = _heads(args) if heads else _faces(args)
    output.line(json.dumps(manifest, indent=2))
    return 0


def _faces(args: argparse.Namespace) -> dict[str, Any]:
    """A set of aligned faces; its manifest."""
    from engine.training.launch import prepare_config
    from engine.training.prepare import prepare

    config = prepare_config(args.config)
    with output.progress("Preparing") as tell:
        return prepare(config, args.data, args.out, estimate=_estimator(), progress=tell)


def _heads(args: argparse.Namespace) -> dict[str, Any]:
    """A set of labelled heads; its manifest without the pictures' names."""
    from engine.training.heads.prepare import heads_config, prepare_heads

    config, picks = heads_config(args.config)
    parse = _teacher(config.teacher) if config.teacher else None
    with output.progress("Preparing") as tell:
        made = prepare_heads(config, picks, args.data, args.out, parse=parse, progress=tell)
    shown = {name: made[name] for name in ("heads", "screens", "labelled", "licences", "dropped")}
    return shown | {"held_out": len(made["held_out"])}


def _teacher(name: str) -> Parse:
    """The installed face parser. Raises TrainingError if it has another name."""
    from engine.errors import TrainingError
    from engine.inference.loading import load_predictor
    from engine.models.registry import ModelRegistry
    from engine.paths import weights_dir

    registry = ModelRegistry(weights_dir())
    spec = registry.parser()
    if spec is None or spec.name != name:
        raise TrainingError(
            f"The teacher {name} is not installed; make one with the first stage.",
            code="training.no_teacher",
        )
    return load_predictor(registry).parts


def _estimator() -> Estimate | None:
    """The installed age estimator, if there is one: the first set is made without."""
    from engine.errors import ModelError
    from engine.inference.loading import load_predictor
    from engine.models.registry import ModelRegistry
    from engine.paths import weights_dir

    try:
        return load_predictor(ModelRegistry(weights_dir())).ages
    except ModelError:
        return None
