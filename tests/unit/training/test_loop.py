"""The loop with a recipe small enough to know every number of."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch import Tensor

from engine import __version__
from engine.errors import TrainingError
from engine.tasks import CancelToken
from engine.training.config import LoopConfig
from engine.training.loop import train
from engine.training.run import RunFolder, finished_run

LOOP = LoopConfig(steps=12, batch=2, log_every=5, checkpoint_every=4)


class Toy:
    """Learns one vector from noise, with every kind of state that a real recipe has."""

    least: ClassVar[Mapping[str, float]] = {}

    def __init__(self, seed: int = 0) -> None:
        torch.manual_seed(seed)
        self.random = np.random.default_rng(seed)
        self.weight = torch.zeros(3, requires_grad=True)
        self.optimiser = torch.optim.Adam([self.weight], 0.1)
        self.steps: list[int] = []
        self.snapshots: list[int] = []

    def step(self, number: int) -> Mapping[str, float]:
        self.steps.append(number)
        goal = torch.randn(3) + float(self.random.random())
        self.optimiser.zero_grad()
        (self.weight - goal).square().sum().backward()
        self.optimiser.step()
        return {"number": float(number)}

    def state(self) -> dict[str, Any]:
        return {
            "weight": self.weight.detach().clone(),
            "optimiser": self.optimiser.state_dict(),
            "random": self.random.bit_generator.state,
            "torch_random": torch.get_rng_state(),
        }

    def load(self, state: Mapping[str, Any]) -> None:
        self.weight.data.copy_(state["weight"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.random.bit_generator.state = state["random"]
        torch.set_rng_state(state["torch_random"])

    def start_from(self, state: Mapping[str, Any]) -> None:
        self.weight.data.copy_(state["weight"])

    def snapshot(self, folder: Path, number: int) -> Mapping[str, float]:
        self.snapshots.append(number)
        return {"quality": number / 10}


class Stopping(Toy):
    """Presses cancel during a step."""

    def __init__(self, at: int, token: CancelToken) -> None:
        super().__init__()
        self.at, self.token = at, token

    def step(self, number: int) -> Mapping[str, float]:
        if number == self.at:
            self.token.cancel()
        return super().step(number)


class Breaking(Toy):
    """Returns a number that is none."""

    def __init__(self, at: int, value: float) -> None:
        super().__init__()
        self.at, self.value = at, value

    def step(self, number: int) -> Mapping[str, float]:
        values = super().step(number)
        return {"loss": self.value} if number == self.at else values


def run_folder(tmp_path: Path, name: str = "run", content: str = "steps = 12") -> RunFolder:
    config = tmp_path / f"{name}.toml"
    config.write_text(content)
    return RunFolder(tmp_path / name, config)


def lines(run: RunFolder) -> list[dict[str, float]]:
    return [json.loads(line) for line in (run.root / "stats.jsonl").read_text().splitlines()]


def checkpoint(run: RunFolder) -> tuple[int, Tensor]:
    saved = run.load()
    assert saved is not None
    return saved[0], saved[1]["weight"]


def test_a_whole_run(tmp_path: Path) -> None:
    run, toy, told = run_folder(tmp_path), Toy(), []
    done = train(
        toy, LOOP, run, progress=lambda fraction, message: told.append((fraction, message))
    )
    assert done == 12
    assert toy.steps == list(range(12))
    assert toy.snapshots == [4, 8, 12]
    step, weight = checkpoint(run)
    assert step == 12
    assert torch.equal(weight, toy.weight.detach())
    assert [fraction for fraction, _ in told] == [5 / 12, 10 / 12, 1]
    assert not list(run.root.glob("*.tmp"))


def test_statistics_are_means_since_the_last_line(tmp_path: Path) -> None:
    run = run_folder(tmp_path)
    train(Toy(), LOOP, run)
    means = [(line["step"], line["number"]) for line in lines(run) if "number" in line]
    assert means == [(5, 2.0), (10, 7.0), (12, 10.5)]
    assert [(v["step"], v["quality"]) for v in lines(run) if "quality" in v] == [
        (4, 0.4),
        (8, 0.8),
        (12, 1.2),
    ]
    assert all(line["images_per_s"] > 0 for line in lines(run) if "number" in line)


def test_a_resumed_run_is_the_same_bit_for_bit(tmp_path: Path) -> None:
    whole, parts, token = (
        run_folder(tmp_path, "whole"),
        run_folder(tmp_path, "parts"),
        CancelToken(),
    )
    train(Toy(), LOOP, whole)
    assert train(Stopping(6, token), LOOP, parts, cancel=token) == 7
    torch.randn(100)  # whatever happened in between
    resumed = Toy(seed=99)
    assert train(resumed, LOOP, parts) == 12
    assert resumed.steps == [7, 8, 9, 10, 11]
    assert torch.equal(checkpoint(whole)[1], checkpoint(parts)[1])


def test_a_cancel_ends_with_a_checkpoint(tmp_path: Path) -> None:
    run, token = run_folder(tmp_path), CancelToken()
    toy = Stopping(2, token)
    assert train(toy, LOOP, run, cancel=token) == 3
    assert checkpoint(run)[0] == 3
    assert toy.snapshots == [3]


def test_so_does_the_end_of_the_time(tmp_path: Path) -> None:
    run = run_folder(tmp_path)
    assert train(Toy(), LOOP, run, max_minutes=0) == 1
    assert checkpoint(run)[0] == 1
    assert train(Toy(), LOOP, run, max_minutes=0) == 2


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_stops_and_spares_the_checkpoint(
    tmp_path: Path, value: float
) -> None:
    run = run_folder(tmp_path)
    with pytest.raises(TrainingError, match="step 7: loss") as caught:
        train(Breaking(6, value), LOOP, run)
    assert caught.value.code == "training.not_finite"
    step, weight = checkpoint(run)
    healthy = Toy()
    for number in range(4):
        healthy.step(number)
    assert step == 4
    assert torch.equal(weight, healthy.weight.detach())


def test_a_finished_run_has_nothing_left_to_do(tmp_path: Path) -> None:
    run = run_folder(tmp_path)
    train(Toy(), LOOP, run)
    again = Toy()
    assert train(again, LOOP, run) == 12
    assert again.steps == []


def test_a_folder_belongs_to_one_configuration(tmp_path: Path) -> None:
    run_folder(tmp_path)
    run_folder(tmp_path)
    with pytest.raises(TrainingError) as caught:
        run_folder(tmp_path, content="steps = 13")
    assert caught.value.code == "training.other_config"
    assert (tmp_path / "run" / "config.toml").read_text() == "steps = 12"


def test_before_the_first_checkpoint_there_is_none(tmp_path: Path) -> None:
    assert run_folder(tmp_path).load() is None


def test_a_damaged_checkpoint_is_named(tmp_path: Path) -> None:
    run = run_folder(tmp_path)
    train(Toy(), LOOP, run)
    path = run.root / "checkpoint.pt"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(TrainingError, match=r"checkpoint\.pt") as caught:
        run.load()
    assert caught.value.code == "training.checkpoint"


def test_a_run_to_start_from_must_have_a_checkpoint(tmp_path: Path) -> None:
    run = run_folder(tmp_path)
    with pytest.raises(TrainingError, match="no checkpoint to start from") as caught:
        finished_run(run.root)
    assert caught.value.code == "training.start_missing"
    train(Toy(), LOOP, run)
    assert torch.equal(finished_run(run.root)["weight"], checkpoint(run)[1])


class Collapsing(Toy):
    """A discriminator that has won at step 115."""

    least: ClassVar[Mapping[str, float]] = {"judge": 0.1}

    def step(self, number: int) -> Mapping[str, float]:
        return {**super().step(number), "judge": 1.0 if 20 < number < 115 else 0.0}


def test_a_collapse_stops_the_run_and_keeps_the_last_checkpoint(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("")
    run = RunFolder(tmp_path / "run", tmp_path / "x.toml")
    loop = LoopConfig(steps=200, batch=2, log_every=10, checkpoint_every=50)
    with pytest.raises(
        TrainingError, match=r"stopped at step 130: judge fell to 0, below 0\.1"
    ) as e:
        train(Collapsing(), loop, run)
    assert e.value.code == "training.collapse"
    saved = run.load()
    assert saved is not None
    assert saved[0] == 100, "what happens in the first hundred steps does not count"


def test_statistics_are_there_for_tensorboard_too(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("")
    run = RunFolder(tmp_path / "run", tmp_path / "x.toml")
    train(Toy(), LOOP, run)
    events = EventAccumulator(str(run.root / "events")).Reload()
    assert [(e.step, e.value) for e in events.Scalars("number")] == [
        (5, 2.0),
        (10, 7.0),
        (12, 10.5),
    ]
    assert "quality" in events.Tags()["scalars"]


def test_a_run_says_of_what_code_it_is(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("")
    root = RunFolder(tmp_path / "run", tmp_path / "x.toml").root
    origin = json.loads((root / "origin.json").read_text())
    assert origin["agelens"] == __version__
    assert origin["torch"] == torch.__version__
    assert origin["git"] == "" or len(origin["git"].removesuffix("-dirty")) == 40
