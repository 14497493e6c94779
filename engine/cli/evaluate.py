"""``evaluate``: the figures of an installed model on faces that no training saw."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli import output
from engine.domain import apply_change
from engine.tasks import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.evaluation.evaluate import AgeCrops, Crops, ValidationFaces
    from engine.inference.predictor import Predictor
    from engine.models.spec import ModelSpec
    from engine.training.dataset import PreparedSet

_GRID_FACES, _GRID_AGES = 8, (15.0, 25.0, 35.0, 45.0, 55.0, 65.0, 75.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``evaluate``."""
    parser.add_argument("--data", type=Path, required=True, help="a prepared data set")
    parser.add_argument("--model", help="which model; the default one without")
    parser.add_argument("--faces", type=int, default=500, help="how many held-out faces")
    parser.add_argument("--seed", type=int, default=0, help="of the choice of faces")
    parser.add_argument("--device", default="auto", help="auto, cuda, mps or cpu")
    parser.add_argument("--out", type=Path, help="write the figures as JSON to this file")
    parser.add_argument("--grid", type=Path, help="write 8 faces × 7 ages as a picture")
    parser.add_argument("--grid-source", help="take the grid's faces from this source of the set")


def run(args: argparse.Namespace) -> int:
    """Judge a model; the figures go to stdout as JSON, and to ``--out``."""
    with output.progress("Evaluating") as tell:
        figures = measure(args, tell)
    text = json.dumps(figures, indent=2)
    if args.out is not None:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(text + "\n", encoding="utf-8")
    output.line(text)
    return 0


def measure(args: argparse.Namespace, tell: Progress) -> dict[str, Any]:
    """Load the model and the judges, and evaluate."""
    from engine.device import choose_device
    from engine.evaluation.evaluate import evaluate
    from engine.evaluation.identity import IdentityJudge
    from engine.evaluation.outside import OutsideJudge
    from engine.inference.loading import load_generator, load_predictor
    from engine.models.assets import SFACE, asset
    from engine.models.registry import ModelRegistry
    from engine.paths import weights_dir
    from engine.training.dataset import PreparedSet

    registry = ModelRegistry(weights_dir())
    predictor = load_predictor(registry, choose_device(args.device))
    spec = load_generator(registry, predictor, args.model)
    data = PreparedSet(args.data)
    faces, age_crops = subjects(data, held_out(data, args.faces, args.seed), predictor, spec)
    if args.grid is not None:
        shown = held_out(data, _GRID_FACES, args.seed, args.grid_source)
        write_grid(*subjects(data, shown, predictor, spec), args.grid)
    judges = IdentityJudge(asset(SFACE)), OutsideJudge()
    figures = evaluate(faces, age_crops, predictor.ages, *judges, progress=tell)
    return {"model": spec.name, "sha256": spec.sha256, "seed": args.seed} | figures


def held_out(
    data: PreparedSet, count: int, seed: int, source: str | None = None
) -> NDArray[np.int64]:
    """Rows of sharp validation faces of 15 to 75 with a label, drawn by seed."""
    import numpy as np

    usable = data.validation & data.sharp() & (data.age >= 15) & (data.age <= 75)
    if source is not None:
        usable &= data.source == source
    pool = np.flatnonzero(usable)
    return np.random.default_rng(seed).choice(pool, min(count, len(pool)), replace=False)


def subjects(
    data: PreparedSet, rows: NDArray[np.int64], predictor: Predictor, spec: ModelSpec
) -> tuple[ValidationFaces, AgeCrops]:
    """The faces of some rows, and the model that ages them."""
    faces = validation_faces(data, rows)
    masks = list(data.batch(rows).mask[:, 0].numpy())
    return faces, ager(faces, masks, predictor, spec)


def validation_faces(data: PreparedSet, rows: NDArray[np.int64]) -> ValidationFaces:
    """The chosen rows as the evaluation takes them."""
    import numpy as np

    from engine.evaluation.evaluate import ValidationFaces

    batch = data.batch(rows)
    images = (batch.image.permute(0, 2, 3, 1).numpy() * 255).round().astype(np.uint8)
    return ValidationFaces(
        crops=[np.ascontiguousarray(image) for image in images],
        points=batch.points.numpy(),
        ages=data.age[rows],
        genders=data.gender[rows],
        races=data.race[rows],
    )


def ager(
    faces: ValidationFaces,
    masks: Sequence[NDArray[np.float32]],
    predictor: Predictor,
    spec: ModelSpec,
) -> AgeCrops:
    """The model as a callable: own estimate as source age, as for a user's photo."""
    import numpy as np

    source = [age for crop in faces.crops for age in predictor.ages([crop])]

    def age_crops(rows: Sequence[int], target: float) -> Crops:
        encodings = predictor.encode(spec.name, [faces.crops[row] for row in rows])
        years = float(np.clip(target, spec.age_min, spec.age_max))
        decoded = predictor.decode(
            spec.name, encodings, [source[row] for row in rows], [years] * len(rows)
        )
        return [
            apply_change(faces.crops[row], change, mask * masks[row])
            for row, (change, mask) in zip(rows, decoded, strict=True)
        ]

    return age_crops


def write_grid(faces: ValidationFaces, age_crops: AgeCrops, path: Path) -> None:
    """Each face beside itself at seven ages."""
    import numpy as np
    from PIL import Image

    rows = list(range(len(faces.crops)))
    columns = [[faces.crops[row] for row in rows], *(age_crops(rows, age) for age in _GRID_AGES)]
    grid = np.concatenate([np.concatenate(column, 0) for column in columns], 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(grid).save(path, quality=92)
