"""How fast a recipe trains on this machine, on painted faces, and what the pipeline costs of it."""

from __future__ import annotations

import itertools
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.evaluation.identity import FIVE_POINTS, SIDE
from engine.evaluation.speed import count_flops, own_peak
from engine.models.generator import Generator
from engine.training.config import LoopConfig
from engine.training.crops import CropConfig
from engine.training.dataset import Batch, PreparedSet
from engine.training.degrade import AugmentConfig
from engine.training.launch import loop_config, recipe_over
from engine.training.loop import Recipe, train
from engine.training.run import RunFolder
from engine.training.runtime import Runtime
from engine.training.set_folder import MANIFEST, shard_path, write_json, write_table
from engine.training.shards import Labels, file_hash, pack, write_shard

_WARM_UP = 2


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians of one recipe.

    Attributes:
        batch, side: faces a step, and their pixels.
        loop_ms: of a step as ``train`` takes it, faces drawn and statistics written every time.
        step_ms: of the step alone, on faces that are there already.
        network_ms: of the exported network's forward and backward pass alone, on that batch.
        images_per_s: of the loop.
        step_gflop: multiplications and additions of a step, both passes, in 10⁹.
        peak_mb: memory: of the GPU where there is one, else resident; ``None`` where unknown.
    """

    recipe: str
    batch: int
    side: int
    loop_ms: float
    step_ms: float
    network_ms: float
    images_per_s: float
    step_gflop: float
    peak_mb: float | None

    def as_json(self) -> dict[str, Any]:
        """Rounded, with ``step_share`` and ``network_share`` of the loop's time."""
        values = {k: round(v, 2) if isinstance(v, float) else v for k, v in asdict(self).items()}
        return values | {
            "step_share": round(self.step_ms / self.loop_ms, 3),
            "network_share": round(self.network_ms / self.loop_ms, 3),
        }


def measure_recipe(config: Path, runtime: Runtime, *, side: int, runs: int) -> Speed:
    """Train ``runs`` steps after two for warming up, in a temporary folder.

    Args:
        config: the recipe's TOML; its batch, network and losses are measured.
        runtime: one process.
        side: of the painted faces, pixels; a multiple of 32.
        runs: steps that count.

    Raises what :func:`engine.training.launch.recipe_over` does.
    """
    loop = loop_config(config)
    with tempfile.TemporaryDirectory(prefix="agelens-training-") as folder:
        paint_set(Path(folder) / "set", side)
        still: list[_Still] = []

        def opened(augment: AugmentConfig) -> PreparedSet:
            still.append(_Still(Path(folder) / "set", augment))
            return still[0]

        recipe = recipe_over(config, opened, runtime)
        network = _network_pass(recipe, still[0], loop.batch, runtime.device)
        whole = _loop_ms(recipe, loop, RunFolder(Path(folder) / "run", config), runtime, runs)
        still[0].still = True
        step = _median_ms(lambda: recipe.step(runs), runs, runtime.device)
        alone = _median_ms(network, runs, runtime.device)
        peak = peak_mb(runtime.device)
        flops = count_flops(lambda: recipe.step(runs))
    return Speed(
        recipe=config.stem,
        batch=loop.batch,
        side=side,
        loop_ms=whole,
        step_ms=step,
        network_ms=alone,
        images_per_s=1e3 * loop.batch / whole,
        step_gflop=flops / 1e9,
        peak_mb=peak,
    )


def paint_set(root: Path, side: int, count: int = 96) -> None:
    """A prepared set of faces that are light and grain only, 12 to 80 years, a quarter held out."""
    crop, random = CropConfig(side=side), np.random.default_rng(0)
    points = ((FIVE_POINTS - (SIDE - 1) / 2) * (side / 128) + (crop.stored - 1) / 2).astype("f4")
    mask = np.full((crop.stored, crop.stored), 255, np.uint8)
    labels = [
        Labels(f"{i}.png", "painted", "", float(age), i % 2, i % 5, 100.0 + i % 7, 0.0)
        for i, age in enumerate(np.linspace(12, 80, count))
    ]
    faces = (
        pack(_face(one.age or 0, crop.stored, random), mask, points, one, "png") for one in labels
    )
    shard = shard_path(root, 0)
    shard.parent.mkdir(parents=True)
    write_shard(shard, faces)
    splits = ["val" if i % 4 == 1 else "train" for i in range(count)]
    write_table(root, labels, [None] * count, splits)
    write_json(
        root / MANIFEST,
        {"config": {"crop": asdict(crop)}, "shards": {shard.name: file_hash(shard)}},
    )


def peak_mb(device: torch.device) -> float | None:
    """The most memory that this process has held: on the GPU, else resident."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / 1e6
    return own_peak()


class _Still(PreparedSet):
    """A set that can hand out the same faces again and again: a step without its pipeline."""

    still = False

    def batch(
        self,
        indices: NDArray[np.int64],
        random: np.random.Generator | None = None,
        *,
        shift: int = 8,
    ) -> Batch:
        """As any set's; while ``still``, the first faces of that many asked for."""
        if not self.still or random is None:
            return super().batch(indices, random, shift=shift)
        kept: dict[int, Batch] = self.__dict__.setdefault("_kept", {})
        count = len(indices)
        if count not in kept:
            kept[count] = super().batch(indices, random, shift=shift)
        return kept[count]


class _Timed:
    """A recipe that notes when each of its steps begins, and shows no samples."""

    def __init__(self, recipe: Recipe, device: torch.device) -> None:
        self._recipe, self._device = recipe, device
        self.least: Mapping[str, float] = {}
        self.began: list[float] = []

    def step(self, number: int) -> Mapping[str, float]:
        _wait(self._device)
        self.began.append(time.perf_counter())
        return self._recipe.step(number)

    def state(self) -> dict[str, Any]:
        return {}

    def load(self, state: Mapping[str, Any]) -> None:
        self._recipe.load(state)

    def start_from(self, state: Mapping[str, Any]) -> None:
        self._recipe.start_from(state)

    def snapshot(self, folder: Path, number: int) -> Mapping[str, float]:
        return {}


def _loop_ms(
    recipe: Recipe, loop: LoopConfig, run: RunFolder, runtime: Runtime, runs: int
) -> float:
    steps = _WARM_UP + runs + 1
    timed = _Timed(recipe, runtime.device)
    loop = replace(loop, steps=steps, log_every=1, checkpoint_every=steps)
    train(timed, loop, run, runtime=runtime)
    began = timed.began[_WARM_UP:]
    return 1e3 * statistics.median(b - a for a, b in itertools.pairwise(began))


def _network_pass(
    recipe: Recipe, data: PreparedSet, count: int, device: torch.device
) -> Callable[[], None]:
    """Forward and backward of what the recipe exports, on faces of the set."""
    network = getattr(recipe, "generator", None) or getattr(recipe, "network", None)
    assert isinstance(network, torch.nn.Module), "every recipe trains one or the other"
    batch = data.batch(np.arange(count) % len(data)).to(device)
    years = batch.age.flip(0)

    def once() -> None:
        if isinstance(network, Generator):
            change, mask = network(batch.image, batch.age, years)
            loss = (change * mask).square().mean()
        else:
            loss = network(batch.image)[0].square().mean()
        network.zero_grad(set_to_none=True)
        loss.backward()

    return once


def _median_ms(work: Callable[[], object], runs: int, device: torch.device) -> float:
    times = []
    for run in range(-_WARM_UP, runs):
        _wait(device)
        start = time.perf_counter()
        work()
        _wait(device)
        if run >= 0:
            times.append(time.perf_counter() - start)
    return 1e3 * statistics.median(times)


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def _face(age: float, side: int, random: np.random.Generator) -> NDArray[np.uint8]:
    y, x = np.mgrid[:side, :side] / side
    light = 0.55 + 0.25 * np.cos(math.pi * (x - 0.5)) * np.cos(math.pi * (y - 0.5)) - age / 300
    tint = np.stack([light, light * 0.8, light * 0.7], 2)
    grain = random.normal(0, 0.01 + age / 1500, tint.shape)
    return np.clip((tint + grain) * 255, 0, 255).astype(np.uint8)
