"""``prepare``: raw data sets to a prepared set that ``train`` reads."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli import output

if TYPE_CHECKING:
    from engine.training.prepare import Estimate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``prepare``."""
    parser.add_argument("config", type=Path, help="TOML that lists the sources")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the sources")
    parser.add_argument("--out", type=Path, required=True, help="folder of the prepared set")


def run(args: argparse.Namespace) -> int:
    """Prepare and print the manifest as JSON."""
    from engine.training.launch import prepare_config
    from engine.training.prepare import prepare

    config = prepare_config(args.config)
    with output.progress("Preparing") as tell:
        manifest = prepare(config, args.data, args.out, estimate=_estimator(), progress=tell)
    output.line(json.dumps(manifest, indent=2))
    return 0


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
