"""``train``: run a recipe from its TOML into a run folder; resumes what is there."""

from __future__ import annotations

import argparse
import contextlib
import math
import signal
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from engine.cli import output
from engine.device import CHOICES
from engine.errors import TrainingError
from engine.tasks import CancelToken, no_progress

if TYPE_CHECKING:
    from engine.training.run import RunFolder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``train``."""
    parser.add_argument("config", type=Path, help="TOML of the recipe")
    parser.add_argument("--data", type=Path, required=True, help="a prepared data set")
    parser.add_argument("--out", type=Path, required=True, help="run folder, new or to resume")
    parser.add_argument(
        "--start-from",
        type=Path,
        metavar="RUN",
        help="begin with the networks of another run, or with an installed model of this name",
    )
    parser.add_argument(
        "--max-minutes", type=float, default=math.inf, help="stop with a checkpoint after so long"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the checkpoint; an error without one"
    )
    group = parser.add_argument_group("where to compute, over what [loop] says")
    group.add_argument("--device", choices=CHOICES)
    group.add_argument("--devices", type=int, metavar="N", help="processes on this machine")
    group.add_argument("--precision", metavar="WORD", help="fp32, bf16-mixed or 16-mixed")


def run(args: argparse.Namespace) -> int:
    """Train to the end, the time budget, Ctrl-C or a termination; all end with a checkpoint."""
    import torch

    from engine.training.launch import build_recipe, loop_config
    from engine.training.loop import train
    from engine.training.runtime import start

    torch.set_flush_denormal(True)
    token = CancelToken()
    _stop_gently(token)
    said = {"device": args.device, "devices": args.devices, "precision": args.precision}
    loop = replace(
        loop_config(args.config), **{name: value for name, value in said.items() if value}
    )
    runtime = start(loop)
    recipe = build_recipe(args.config, args.data, runtime)
    folder, begin = runtime.at_first(lambda: _open(args))
    if begin is not None:
        recipe.start_from(begin)
    quiet = contextlib.nullcontext(no_progress)
    with output.progress("Training") if runtime.first else quiet as tell:
        done = train(
            recipe,
            loop,
            folder,
            runtime=runtime,
            max_minutes=args.max_minutes,
            cancel=token,
            progress=tell,
        )
    if runtime.first:
        output.line(f"{done} of {loop.steps} steps done; the run is in {args.out}.")
    return 0


def _open(args: argparse.Namespace) -> tuple[RunFolder, dict[str, Any] | None]:
    """The run's folder, and the state of another run that it begins with."""
    from engine.training.launch import begun_by
    from engine.training.run import CHECKPOINT, RunFolder

    if args.resume and not (args.out / CHECKPOINT).exists():
        raise TrainingError(
            f"{args.out} holds no checkpoint to go on from.", code="training.no_checkpoint"
        )
    folder = RunFolder(args.out, args.config)
    fresh = args.start_from is not None and folder.load() is None
    return folder, begun_by(args.start_from) if fresh else None


def _stop_gently(token: CancelToken) -> None:
    """The first Ctrl-C or termination ends after the running step, the second at once."""

    def handle(number: int, frame: FrameType | None) -> None:
        token.cancel()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    signal.signal(signal.SIGINT, handle)
    signal.signal(signal.SIGTERM, handle)
    if hasattr(signal, "SIGBREAK"):  # Windows: what one process can send another
        signal.signal(signal.SIGBREAK, handle)
