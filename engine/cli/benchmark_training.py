"""``benchmark --training``: what a step of each recipe costs on this machine."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.cli import output
from engine.cli.apart import run_apart
from engine.errors import TrainingError
from engine.paths import recipes_dir

NAMES = ("age_estimator", "age_modulator", "age_resnet", "cgan", "cyclegan", "delta", "ipcgan")
_COLUMNS = {
    "recipe": "recipe",
    "batch": "batch",
    "images_per_s": "images/s",
    "loop_ms": "loop ms",
    "step_ms": "step ms",
    "network_ms": "network ms",
    "step_share": "step / loop",
    "network_share": "network / loop",
    "step_gflop": "GFLOP",
    "peak_mb": "MB",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``--training``."""
    group = parser.add_argument_group("training")
    group.add_argument(
        "--training", action="store_true", help="measure a step of each recipe, on painted faces"
    )
    group.add_argument("--recipe", metavar="NAME|TOML", help="one recipe alone")
    group.add_argument("--side", type=int, default=128, help="pixels of a face (default: 128)")
    group.add_argument("--precision", default="fp32", help="fp32, bf16-mixed or 16-mixed")


def run(args: argparse.Namespace, program: list[str]) -> int:
    """Measure and print. Each recipe has a process of its own, so that its memory is its own."""
    from engine.evaluation import speed

    if args.side < 64 or args.side % 32:
        raise TrainingError("--side should be a multiple of 32 from 64 on.", code="training.config")
    if args.recipe is not None:
        rows = [_measured(args)]
    else:
        with output.progress("Measuring") as tell:
            rows = []
            for done, name in enumerate(NAMES):
                tell(done / len(NAMES), name)
                rows.append(_in_a_process(args, program, name))
    if args.json:
        output.json_line({"machine": speed.machine(), "recipes": rows})
        return 0
    about = speed.machine()
    output.line(f"{about['processor']}, {about['cores']} cores")
    cells = [["–" if row[key] is None else str(row[key]) for key in _COLUMNS] for row in rows]
    output.table(list(_COLUMNS.values()), cells)
    return 0


def _measured(args: argparse.Namespace) -> dict[str, Any]:
    from engine.training.config import LoopConfig
    from engine.training.measuring import measure_recipe
    from engine.training.runtime import start

    config = Path(args.recipe)
    if config.suffix != ".toml":
        config = recipes_dir() / f"{args.recipe}.toml"
    runtime = start(LoopConfig(1, 1, device=args.device, precision=args.precision))
    return measure_recipe(config, runtime, side=args.side, runs=args.runs).as_json()


def _in_a_process(args: argparse.Namespace, program: list[str], name: str) -> dict[str, Any]:
    options = ("device", "precision", "runs", "side")
    said = [text for key in options for text in (f"--{key}", str(getattr(args, key)))]
    command = [*program, "benchmark", "--training", "--recipe", name, *said, "--json"]
    row: dict[str, Any] = run_apart(command)["recipes"][0]
    return row
