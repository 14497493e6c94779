"""From a run folder to weights that the application loads; grids of samples."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import tomli_w
import torch
from PIL import Image
from torch import nn

from engine.errors import ModelError, TrainingError
from engine.models.arch.age_estimator import AgeEstimator
from engine.models.arch.delta import Delta
from engine.models.registry import ModelRegistry
from engine.training.export import export_weights
from engine.training.run import RunFolder
from engine.training.samples import write_grid
from tests.unit.models import tiny

ROOT = Path(__file__).resolve().parents[3]
CONFIGS = ROOT / "engine" / "training" / "configs"


def finished_run(root: Path, recipe: str, network: dict[str, object], ema: nn.Module) -> Path:
    config = root / f"{recipe}.toml"
    config.write_text(tomli_w.dumps({"recipe": recipe, "network": network}))
    run = RunFolder(root / recipe, config)
    run.save(7, {"ema": ema.state_dict(), "network": {}})
    return run.root


def test_both_models_become_installed_ones(tmp_path: Path) -> None:
    generator, judge = tiny.lively_delta(), tiny.estimator()
    runs = {
        "delta": finished_run(tmp_path, "delta", asdict(tiny.DELTA), generator),
        "age_estimator": finished_run(tmp_path, "age_estimator", asdict(tiny.AGE), judge),
    }
    weights = tmp_path / "weights"
    for name, run in runs.items():
        export_weights(run, CONFIGS / f"{name}.card.toml", weights, figures={"own_error": 5.5})
    registry = ModelRegistry(weights)
    spec = registry.generator()
    assert (spec.name, spec.default, spec.metrics) == ("agelens-delta", False, {"own_error": 5.5})
    assert spec.groups[0].name == "10-15"
    assert spec.size_bytes == (weights / spec.file).stat().st_size
    for entry, kind, original in (
        (spec, Delta, generator),
        (registry.estimator(), AgeEstimator, judge),
    ):
        network = registry.load(entry)
        assert isinstance(network, kind)
        loaded = network.state_dict()
        for name, value in original.state_dict().items():
            assert torch.equal(loaded[name], value.half().float()), name


def test_exporting_again_replaces(tmp_path: Path) -> None:
    run = finished_run(tmp_path, "delta", asdict(tiny.DELTA), tiny.lively_delta())
    first = export_weights(run, CONFIGS / "delta.card.toml", tmp_path / "w")
    RunFolder(run, run / "config.toml").save(9, {"ema": tiny.lively_delta(5).state_dict()})
    second = export_weights(run, CONFIGS / "delta.card.toml", tmp_path / "w")
    assert first.sha256 != second.sha256
    registry = ModelRegistry(tmp_path / "w")
    assert [spec.sha256 for spec in registry.specs] == [second.sha256]
    registry.load(registry.generator())


def test_a_run_without_checkpoint(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('recipe = "delta"')
    RunFolder(tmp_path / "run", tmp_path / "x.toml")
    with pytest.raises(TrainingError) as caught:
        export_weights(tmp_path / "run", CONFIGS / "delta.card.toml", tmp_path / "w")
    assert caught.value.code == "training.no_checkpoint"


def test_no_run_at_all(tmp_path: Path) -> None:
    with pytest.raises(TrainingError):
        export_weights(tmp_path / "run", CONFIGS / "delta.card.toml", tmp_path / "w")
    assert not (tmp_path / "w").exists()


def test_a_card_that_lacks_something(tmp_path: Path) -> None:
    run = finished_run(tmp_path, "delta", asdict(tiny.DELTA), tiny.lively_delta())
    (tmp_path / "card.toml").write_text('name = "x"\ntitle = "X"')
    with pytest.raises(ModelError) as caught:
        export_weights(run, tmp_path / "card.toml", tmp_path / "w")
    assert caught.value.code == "model.manifest"


def test_a_grid_has_a_row_a_face_and_a_column_an_age(tmp_path: Path) -> None:
    columns = [torch.zeros(2, 3, 8, 8), torch.zeros(2, 3, 8, 8), torch.zeros(2, 3, 8, 8)]
    columns[1][0, 0] = 1.0
    columns[2][1, 2] = 0.4
    write_grid(columns, tmp_path / "grid.png")
    with Image.open(tmp_path / "grid.png") as opened:
        grid = np.array(opened)
    assert grid.shape == (16, 24, 3)
    assert (grid[:8, 8:16] == (255, 0, 0)).all()
    assert (grid[8:, 16:] == (0, 0, 102)).all()
    assert not grid[:8, 16:].any()
