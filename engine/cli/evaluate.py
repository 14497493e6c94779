"""``evaluate``: the figures of installed models on faces that no training saw."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli import output
from engine.tasks import Progress

if TYPE_CHECKING:
    from engine.evaluation.subjects import AgeCrops, ValidationFaces
    from engine.inference.predictor import Predictor
    from engine.models.registry import ModelRegistry
    from engine.models.spec import ModelSpec

_GRID_FACES, _GRID_AGES = 8, (10.0, 15.0, 25.0, 35.0, 45.0, 55.0, 65.0, 75.0, 80.0)
_SPEED_RUNS = 15
ALL = "all"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``evaluate``."""
    parser.add_argument("--data", type=Path, required=True, help="a prepared data set")
    parser.add_argument(
        "--model",
        action="append",
        metavar="NAME",
        help="which model, may be given again for several, `all` for every generator; the "
        "default one without",
    )
    parser.add_argument("--faces", type=int, default=500, help="how many held-out faces")
    parser.add_argument("--seed", type=int, default=0, help="of the choice of faces")
    parser.add_argument("--device", default="auto", help="auto, cuda, mps or cpu")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help="write index.html, and for each model its figures and a grid of faces and ages",
    )
    parser.add_argument(
        "--inception",
        type=Path,
        metavar="FILE",
        help="Inception-v3 in TorchScript, for FID and KID beside the other distances",
    )
    parser.add_argument("--grid-faces", type=int, default=_GRID_FACES, help="rows of the grids")
    parser.add_argument("--grid-source", help="take the grids' faces from this source of the set")


def run(args: argparse.Namespace) -> int:
    """Judge the models; the figures go to stdout as JSON, one object a line."""
    with output.progress("Evaluating") as tell:
        measured = measure(args, tell)
    for figures in measured:
        output.line(json.dumps(figures))
    return 0


def measure(args: argparse.Namespace, tell: Progress) -> list[dict[str, Any]]:
    """Load the models and the judges, and evaluate one after the other."""
    from engine.cli import subjects
    from engine.evaluation.evaluate import evaluate
    from engine.inference.loading import load_generator, load_predictor
    from engine.models.registry import ModelRegistry
    from engine.paths import weights_dir
    from engine.training.dataset import PreparedSet

    registry = ModelRegistry(weights_dir())
    predictor = load_predictor(registry, args.device)
    names = model_names(registry, args.model)
    data = PreparedSet(args.data)
    rows = subjects.held_out(data, args.faces, args.seed)
    faces, reference = (
        subjects.validation_faces(data, rows),
        subjects.reference(data, rows, args.seed),
    )
    measured: list[dict[str, Any]] = []
    reader, own = subjects.age_reader(registry, predictor)
    with subjects.judges(own, args.inception) as judges:
        for number, name in enumerate(names):

            def progress(done: float, what: str, at: int = number) -> None:
                tell((at + done) / len(names), what)

            spec = load_generator(registry, predictor, name)
            aged = subjects.ager(faces, predictor, spec)
            figures = evaluate(faces, reference, aged, judges, progress=progress)
            head = {"model": spec.name, "sha256": spec.sha256, "seed": args.seed} | reader
            measured.append(head | figures | {"speed": speed(predictor, spec, faces)})
            if args.out is not None:
                shown = subjects.held_out(data, args.grid_faces, args.seed, args.grid_source)
                few = subjects.validation_faces(data, shown)
                write_grid(few, subjects.ager(few, predictor, spec), args.out / f"{spec.name}.jpg")
                write_report(measured, args.out)
    return measured


def model_names(registry: ModelRegistry, asked: Sequence[str] | None) -> list[str | None]:
    """What ``--model`` means; ``None`` is the default model."""
    if not asked:
        return [None]
    if ALL in asked:
        return [card.name for card in registry.cards()]
    return list(dict.fromkeys(asked))


def speed(predictor: Predictor, spec: ModelSpec, faces: ValidationFaces) -> dict[str, Any]:
    """Operations and medians of 15 runs on one face."""
    from engine.evaluation.speed import count_flops
    from engine.evaluation.speed import measure as timed

    crop, years = faces.crops[0], [(spec.age_min + spec.age_max) / 2]
    encoding = predictor.encode(spec.name, [crop])

    def further() -> None:
        predictor.decode(spec.name, encoding, [30.0], years)

    def whole() -> None:
        predictor.decode(spec.name, predictor.encode(spec.name, [crop]), [30.0], years)

    return {
        "device": predictor.report.name,
        "mflops": count_flops(whole) / 1e6,
        "encode_and_age_ms": timed("encode + one age", whole, runs=_SPEED_RUNS).median_ms,
        "further_age_ms": timed("each further age", further, runs=_SPEED_RUNS).median_ms,
    }


def write_grid(faces: ValidationFaces, age_crops: AgeCrops, path: Path) -> None:
    """Each face beside itself at nine ages, or at the nearest that the model knows."""
    import numpy as np
    from PIL import Image

    rows = list(range(len(faces.crops)))
    columns = [[faces.crops[row] for row in rows], *(age_crops(rows, age) for age in _GRID_AGES)]
    grid = np.concatenate([np.concatenate(column, 0) for column in columns], 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(grid).save(path, quality=92)


def write_report(measured: Sequence[dict[str, Any]], folder: Path) -> None:
    """The page, and each model's figures as JSON beside it."""
    from engine.evaluation.report import page

    grids = {figures["model"]: folder / f"{figures['model']}.jpg" for figures in measured}
    for figures in measured:
        text = json.dumps(figures, indent=2) + "\n"
        (folder / f"{figures['model']}.json").write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(page(measured, grids), encoding="utf-8")
