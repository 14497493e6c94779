"""The plan for GPUs runs as it is written: its commands, on the CPU, at a tiny size."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from engine.models.arch.delta import DeltaConfig
from engine.training.config import LoopConfig, build, read_toml
from engine.training.degrade import AugmentConfig
from engine.training.delta_options import DeltaRecipe
from engine.training.launch import build_recipe, prepare_config
from engine.training.measuring import paint_set
from engine.training.run import RunFolder

ROOT = Path(__file__).resolve().parents[3]
CONFIGS = ROOT / "engine" / "training" / "configs"
PLAN = (ROOT / "docs" / "training" / "gpu.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^(?:python main\.py (?:train|benchmark)|torchrun) .*$", PLAN, re.MULTILINE)
TINY = {
    "steps = 40000": "steps = 5",
    "batch = 32": "batch = 4",
    "channels = [32, 80, 160]": "channels = [16, 16, 16]",
    "condition = 128": "condition = 16",
    "detail = 32": "detail = 16",
    "coarse_blocks = 2": "coarse_blocks = 1",
    'guides = ["runs/guide"]': "guides = []",
    'precision = "bf16-mixed"': 'precision = "fp32"',  # emulated on most CPUs, minutes a step
}


def test_the_shipped_configurations_are_understood() -> None:
    tables = read_toml(CONFIGS / "delta_256.toml")
    loop = build(LoopConfig, tables["loop"], "loop")
    assert (loop.batch, loop.precision) == (32, "bf16-mixed")
    assert build(AugmentConfig, tables["augment"], "augment").jpeg == 0.5
    build(DeltaRecipe, tables["training"], "training")
    network = build(DeltaConfig, tables["network"], "network")
    shipped = read_toml(ROOT / "docs" / "training" / "delta-256" / "seventh.toml")["network"]
    assert network == build(DeltaConfig, shipped, "network"), "or it could not start from it"
    assert prepare_config(CONFIGS / "prepare_256.toml").crop.side == 256


def command(text: str, config: Path, runs: Path) -> list[str]:
    """One of the plan's lines with a tiny configuration, two processes for four, and no GPU."""
    for plan, here in (
        ("engine/training/configs/delta_256.toml", str(config)),
        ("runs/", f"{runs}/"),
        ("--devices 4", "--devices 2"),
        ("--nproc-per-node 4", "--standalone --nproc-per-node 2"),
        ("--side 256 --precision bf16-mixed", "--side 64 --runs 1"),
    ):
        text = text.replace(plan, here)
    words = shlex.split(text)
    python = [sys.executable]
    words[:1] = python if words[0] == "python" else [*python, "-m", "torch.distributed.run"]
    return [*words, "--device", "cpu"]


def run(words: list[str]) -> None:
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, f"{words}\n{done.stderr[-3000:]}"


@pytest.mark.slow
def test_the_plan_from_its_start_to_two_processes(tmp_path: Path) -> None:
    text = (CONFIGS / "delta_256.toml").read_text(encoding="utf-8")
    for plan, here in TINY.items():
        assert plan in text
        text = text.replace(plan, here)
    config = tmp_path / "delta_256.toml"
    config.write_text(text, encoding="utf-8")
    paint_set(tmp_path / "prepared256", 64)
    before = RunFolder(tmp_path / "256-seventh", config)
    before.save(1, build_recipe(config, tmp_path / "prepared256").state())

    bench, begin, resume, several, torchrun = COMMANDS
    assert "--start-from" in begin
    assert "--resume" in resume
    at_once = "--max-minutes 0"
    for line in (
        bench,
        *(c.replace("--max-minutes 50", at_once) for c in (begin, resume, several)),
    ):
        run(command(line, config, tmp_path))
    run(command(torchrun, config, tmp_path))

    lines = (tmp_path / "delta256" / "stats.jsonl").read_text(encoding="utf-8").splitlines()
    steps = [json.loads(line)["step"] for line in lines]
    assert steps == [1, 1, 2, 2, 3, 3, 5, 5], "a step a call, then to the end; each with a grid"
    saved = RunFolder(tmp_path / "delta256", config).load()
    assert saved is not None
    assert saved[0] == 5
    assert len(saved[1]["processes"]) == 1
    assert (tmp_path / "delta256" / "samples-00005.jpg").exists()
