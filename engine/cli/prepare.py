"""``prepare``: raw data sets to a prepared set that ``train`` reads."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from engine.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``prepare``."""
    parser.add_argument("config", type=Path, help="TOML that lists the sources")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the sources")
    parser.add_argument("--out", type=Path, required=True, help="folder of the prepared set")


def run(args: argparse.Namespace) -> int:
    """Prepare and print the manifest as JSON."""
    from engine.training.launch import prepare_config
    from engine.training.prepare import prepare

    with output.progress("Preparing") as tell:
        manifest = prepare(prepare_config(args.config), args.data, args.out, progress=tell)
    output.line(json.dumps(manifest, indent=2))
    return 0
