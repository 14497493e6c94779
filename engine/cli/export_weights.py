"""``export-weights``: install a run's averaged weights with manifest entry and model card."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli import output

if TYPE_CHECKING:
    from engine.models.spec import ModelSpec


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``export-weights``."""
    parser.add_argument("run", type=Path, help="a run folder")
    parser.add_argument("--card", type=Path, required=True, help="TOML with name, licence, ages…")
    parser.add_argument("--weights", type=Path, help="target folder; the installed one without")
    parser.add_argument("--metrics", type=Path, help="JSON that `evaluate --out` wrote")
    parser.add_argument(
        "--onnx", type=Path, metavar="FILE", help="write the generator as ONNX, too"
    )


def run(args: argparse.Namespace) -> int:
    """Export and say what was written."""
    from engine.paths import weights_dir
    from engine.training.export import export_weights

    figures = None if args.metrics is None else _figures(args.metrics)
    folder = args.weights or weights_dir()
    spec = export_weights(args.run, args.card, folder, figures=figures)
    output.line(f"{spec.name}: {folder / spec.file}, {spec.size_bytes / 1e6:.1f} MB")
    if args.onnx is not None:
        _write_onnx(folder, spec, args.onnx)
        output.line(f"{spec.name}: {args.onnx}, {args.onnx.stat().st_size / 1e6:.1f} MB")
    return 0


def _figures(path: Path) -> dict[str, Any]:
    """What `evaluate` wrote. Raises TrainingError where that is not it."""
    from engine.errors import TrainingError

    try:
        figures = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainingError(
            f"{path} cannot be read as figures of evaluate.", code="training.figures"
        ) from error
    if not isinstance(figures, dict):
        raise TrainingError(f"{path} holds no figures of evaluate.", code="training.figures")
    return figures


def _write_onnx(folder: Path, spec: ModelSpec, path: Path) -> None:
    from engine.errors import TrainingError
    from engine.models.generator import Generator
    from engine.models.registry import ModelRegistry
    from engine.training.onnx_file import write_onnx

    network = ModelRegistry(folder).load(spec)
    if not isinstance(network, Generator):
        raise TrainingError(f"{spec.name} is not a generator.", code="training.onnx_kind")
    write_onnx(network, spec, path)
