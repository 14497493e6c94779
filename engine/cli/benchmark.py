"""``benchmark``: what each stage of the main job costs on this machine."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli import benchmark_photos, benchmark_training, options, output
from engine.cli.benchmark_sample import write_sample
from engine.paths import app_root, can_train, is_frozen
from engine.tasks import Progress

if TYPE_CHECKING:
    from engine.evaluation.speed import Stage

_PHOTO_SIZE = (3000, 4000)
_COLD_RUNS = 3

ENCODE = "encode + one age"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a benchmark finds.

    Attributes:
        machine: what was measured on.
        model: name of the model.
        stages: times.
        peak_mb: resident memory of a whole command, ``None`` where the system does not tell.
        flops: of encoding a face and decoding one age; like the next two ``None`` where
            something else than torch computes.
        peak_flops: FLOP/s of this machine's fastest convolution, same precision.
        peak_fraction: share of that which the model reaches.
    """

    machine: dict[str, Any]
    model: str
    stages: list[Stage]
    peak_mb: float | None
    flops: int | None
    peak_flops: float | None
    peak_fraction: float | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``benchmark``."""
    parser.add_argument("--runs", type=_runs, default=10, help="of each stage (default: 10)")
    parser.add_argument("--model", metavar="NAME", help="a model that `models` lists")
    parser.add_argument(
        "--gui", action="store_true", help="measure the window: start, dial, stalls, scrolling"
    )
    benchmark_photos.add_arguments(parser)
    if can_train():
        benchmark_training.add_arguments(parser)
    options.add_device(parser)
    options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    if can_train() and args.training:
        return benchmark_training.run(args, program())
    if args.photos or args.photo:
        return benchmark_photos.run(args, program())
    with (
        output.progress("Measuring") as tell,
        tempfile.TemporaryDirectory(prefix="agelens-benchmark-") as folder,
    ):
        measured = measure(args, Path(folder), tell)
    if args.json:
        output.json_line(as_json(measured))
    else:
        _show(measured)
    return 0


def measure(args: argparse.Namespace, folder: Path, tell: Progress) -> Measured:
    """All stages. The cold command comes first, while this process is still small."""
    from engine.evaluation import speed

    photo = write_sample(folder / "photo.jpg", _PHOTO_SIZE)
    cold, peak_mb = speed.measure_command(
        "age command, cold",
        [*program(), "age", str(photo), "--to", "65", "--device", args.device]
        + ["-o", str(folder / "cold.jpg"), "--overwrite"]
        + (["--model", args.model] if args.model else []),
        runs=min(_COLD_RUNS, args.runs),
    )
    tell(0.4, "cold start measured")
    from engine.cli.benchmark_stages import Bench

    with Bench(photo, args.device, args.model) as bench:
        stages = bench.stages(args.runs, folder / "export.jpg", tell)
        flops, peak = bench.flops(), bench.peak()
        machine = speed.machine() | {"device": bench.device_words}
    fraction = None
    if flops is not None and peak is not None:
        encode = next(one for one in stages if one.name == ENCODE)
        fraction = flops / (encode.median_ms / 1e3) / peak
    return Measured(
        machine=machine,
        model=bench.model,
        stages=[*stages, cold],
        peak_mb=peak_mb,
        flops=flops,
        peak_flops=peak,
        peak_fraction=fraction,
    )


def as_json(measured: Measured) -> dict[str, Any]:
    """The contract of docs/cli.md."""
    return {
        "machine": measured.machine,
        "model": measured.model,
        "stages": [stage.as_json() for stage in measured.stages],
        "peak_mb": _rounded(measured.peak_mb, 1, 1),
        "mflops": _rounded(measured.flops, 1e6, 1),
        "peak_gflops_per_s": _rounded(measured.peak_flops, 1e9, 1),
        "peak_fraction": _rounded(measured.peak_fraction, 1, 3),
    }


def _rounded(value: float | None, unit: float, digits: int) -> float | None:
    return None if value is None else round(value / unit, digits)


def show_window(stages: list[dict[str, Any]], idle_mb: float | None, *, as_json: bool) -> None:
    """Print what ``benchmark --gui`` measured; the window's own room measures it."""
    from engine.evaluation import speed

    machine = speed.machine()
    if as_json:
        idle = None if idle_mb is None else round(idle_mb, 1)
        output.json_line({"machine": machine, "stages": stages, "idle_mb": idle})
        return
    output.line(f"{machine['processor']}, {machine['cores']} cores")
    keys = ("median_ms", "min_ms", "max_ms")
    rows = [[stage["name"], *(f"{stage[key]:.1f}" for key in keys)] for stage in stages]
    output.table(["window", "median ms", "min", "max"], rows)
    if idle_mb is not None:
        output.line(f"Memory of an idle window with 500 photos: {idle_mb:.0f} MB.")


def program() -> list[str]:
    """How this application is started, from a checkout or a bundle."""
    if is_frozen():
        return [sys.executable]
    return [sys.executable, str(app_root() / "main.py")]


def _show(measured: Measured) -> None:
    about = measured.machine
    output.line(f"{about['processor']}, {about['cores']} cores; {about['device']}")
    rows = [
        [stage.name, *(f"{ms:.1f}" for ms in (stage.median_ms, stage.min_ms, stage.max_ms))]
        for stage in measured.stages
    ]
    output.table(["stage", "median ms", "min", "max"], rows)
    told = (measured.flops, measured.peak_flops, measured.peak_fraction)
    if told[0] is not None and told[1] is not None and told[2] is not None:
        output.line(
            f"{measured.model}: {told[0] / 1e6:.0f} MFLOPs for a face and an age, at "
            f"{told[2]:.0%} of the {told[1] / 1e9:.0f} GFLOP/s of this "
            "machine's fastest convolution."
        )
    else:
        output.line(f"{measured.model}; operations are counted where torch computes.")
    if measured.peak_mb is not None:
        output.line(f"Peak memory of the age command: {measured.peak_mb:.0f} MB.")


def _runs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of runs")
    return int(text)
