"""The training benchmark: what it counts, and that its painted set is one. No speed is tested."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.cli.app import main
from engine.cli.benchmark_training import NAMES
from engine.training.dataset import PreparedSet
from engine.training.launch import ON_HEADS, RECIPES
from engine.training.measuring import Speed, _Still, paint_set

TINY = """
recipe = "cgan"
[loop]
steps = 3
batch = 2
[augment]
jpeg = 0.5
[network]
width = 8
levels = 3
groups = [12, 30, 50]
[training.critic]
width = 8
layers = 2
norm = "batch"
"""


def test_every_recipe_over_faces_is_measured() -> None:
    assert set(NAMES) == set(RECIPES) - ON_HEADS


def test_the_painted_set_is_one(tmp_path: Path) -> None:
    paint_set(tmp_path / "set", 64, count=24)
    data = PreparedSet(tmp_path / "set")
    batch = data.batch(np.arange(4), np.random.default_rng(0), shift=4)
    assert batch.image.shape == (4, 3, 64, 64)
    assert 0.1 < float(batch.image.mean()) < 0.9
    assert data.validation.sum() == 6
    assert bool(((batch.points > 0) & (batch.points < 64)).all())


def test_faces_that_are_there_already(tmp_path: Path) -> None:
    paint_set(tmp_path / "set", 64, count=24)
    data, random = _Still(tmp_path / "set"), np.random.default_rng(0)
    moving = [data.batch(np.arange(4), random).image for _ in range(2)]
    assert not torch.equal(*moving)
    data.still = True
    assert data.batch(np.arange(4), random) is data.batch(np.arange(1, 5), random)
    assert len(data.batch(np.arange(3), random).image) == 3


def test_shares_are_of_the_loops_time() -> None:
    speed = Speed("x", 4, 64, loop_ms=200, step_ms=150, network_ms=50, images_per_s=20,
                  step_gflop=1.23456, peak_mb=None)  # fmt: skip
    said = speed.as_json()
    assert (said["step_share"], said["network_share"]) == (0.75, 0.25)
    assert (said["step_gflop"], said["peak_mb"]) == (1.23, None)


def test_a_recipe_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.toml").write_text(TINY)
    options = ["--recipe", str(tmp_path / "own.toml"), "--side", "64", "--runs", "1"]
    assert main(["benchmark", "--training", *options, "--device", "cpu", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    (row,) = said["recipes"]
    assert (row["recipe"], row["batch"], row["side"]) == ("own", 2, 64)
    assert row["loop_ms"] > 0
    assert row["step_gflop"] > 0.1
    assert row["images_per_s"] == pytest.approx(2e3 / row["loop_ms"], rel=0.01)
    assert said["machine"]["cores"] >= 1


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--side", "100"], "multiple of 32"), (["--recipe", "nothing"], "Cannot read")],
)
def test_what_cannot_be_measured(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["benchmark", "--training", "--recipe", "cgan", *options]) == 1
    assert said in capsys.readouterr().err
