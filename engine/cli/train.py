"""``train``: run a recipe from its TOML into a run folder; resumes what is there."""

from __future__ import annotations

import argparse
import math
import signal
from pathlib import Path
from types import FrameType

from engine.cli import output
from engine.tasks import CancelToken


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``train``."""
    parser.add_argument("config", type=Path, help="TOML of the recipe")
    parser.add_argument("--data", type=Path, required=True, help="a prepared data set")
    parser.add_argument("--out", type=Path, required=True, help="run folder, new or to resume")
    parser.add_argument(
        "--start-from", type=Path, metavar="RUN", help="begin with the networks of another run"
    )
    parser.add_argument(
        "--max-minutes", type=float, default=math.inf, help="stop with a checkpoint after so long"
    )


def run(args: argparse.Namespace) -> int:
    """Train to the end, the time budget or Ctrl-C; all three end with a checkpoint."""
    import torch

    from engine.training.launch import build_recipe
    from engine.training.loop import train
    from engine.training.run import RunFolder, finished_run

    torch.set_flush_denormal(True)
    token = CancelToken()
    _stop_gently(token)
    recipe, loop = build_recipe(args.config, args.data)
    folder = RunFolder(args.out, args.config)
    if args.start_from is not None and folder.load() is None:
        recipe.start_from(finished_run(args.start_from))
    with output.progress("Training") as tell:
        done = train(
            recipe, loop, folder, max_minutes=args.max_minutes, cancel=token, progress=tell
        )
    output.line(f"{done} of {loop.steps} steps done; the run is in {args.out}.")
    return 0


def _stop_gently(token: CancelToken) -> None:
    """The first Ctrl-C ends after the running step, the second at once."""

    def handle(number: int, frame: FrameType | None) -> None:
        token.cancel()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, handle)
