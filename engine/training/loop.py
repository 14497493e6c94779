"""The loop: steps, statistics, checkpoints, a time budget. Knows no architecture."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from engine.errors import TrainingError
from engine.tasks import CancelToken, Progress, no_progress
from engine.training.config import LoopConfig
from engine.training.run import RunFolder
from engine.training.runtime import Runtime, one_process

_SETTLED = 100
_SHOWN = 3


class Recipe(Protocol):
    """What the loop asks of a recipe."""

    @property
    def least(self) -> Mapping[str, float]:
        """Figures of :meth:`step`, and what the mean of each over a line of statistics must keep.

        Below it the run has collapsed: a discriminator at no loss, a generator that returns its
        input.
        """

    def step(self, number: int) -> Mapping[str, float]:
        """One optimisation step; returns what to log. ``number`` counts from 0."""

    def state(self) -> dict[str, Any]:
        """Everything needed to go on: networks, optimisers, random generators."""

    def load(self, state: Mapping[str, Any]) -> None:
        """Go on from :meth:`state`."""

    def start_from(self, state: Mapping[str, Any]) -> None:
        """Begin at step 0 with the networks of another run's :meth:`state`."""

    def snapshot(self, folder: Path, number: int) -> Mapping[str, float]:
        """Validate and write sample pictures to ``folder``; returns metrics to log."""


def train(
    recipe: Recipe,
    loop: LoopConfig,
    run: RunFolder,
    *,
    runtime: Runtime | None = None,
    max_minutes: float = math.inf,
    cancel: CancelToken | None = None,
    progress: Progress = no_progress,
) -> int:
    """Run to ``loop.steps``, a cancel or the time budget; always ends with a checkpoint.

    Every process of ``runtime`` calls this; the first one alone reads and writes ``run``, and all
    stop together. Without a ``runtime`` there is one process, on the CPU.

    Returns the number of steps done so far. Raises TrainingError on a loss that is not finite
    (``training.not_finite``) and on a collapse (``training.collapse``, watched from step 100 on);
    the last checkpoint then still stands, as it does where the disk is full (``training.disk``).
    """
    runtime = runtime or one_process()
    start, started = 0, time.monotonic()
    saved = runtime.at_first(run.load)
    if saved is not None:
        start = saved[0]
        recipe.load(saved[1])
    sums: defaultdict[str, float] = defaultdict(float)
    since, last = 0, time.monotonic()
    number = start
    while number < loop.steps:
        values = recipe.step(number)
        number += 1
        since += 1
        for key, value in values.items():
            sums[key] += value
        over = (time.monotonic() - started) / 60 >= max_minutes
        stop = over or (cancel is not None and cancel.cancelled) or number == loop.steps
        odd = [key for key, value in values.items() if not math.isfinite(value)]
        stop, broken = runtime.any_of(stop, bool(odd))
        if broken:
            raise _not_finite(odd, number)
        if number % loop.log_every == 0 or stop:
            now = time.monotonic()
            rate = since * loop.batch / max(now - last, 1e-6)
            means = runtime.means({k: v / since for k, v in sums.items()})
            line = {"step": number, "images_per_s": rate} | means
            runtime.at_first(partial(run.log, line))
            if number >= _SETTLED:
                _check(means, recipe.least, number)
            left = (loop.steps - number) * (now - last) / since
            progress(number / loop.steps, _words(number, rate, left, means))
            sums.clear()
            since, last = 0, now
        if number % loop.checkpoint_every == 0 or stop:
            state = recipe.state()
            runtime.at_first(partial(_keep, recipe, run, number, state))
            last = time.monotonic()
        if stop:
            break
    return number


def _keep(recipe: Recipe, run: RunFolder, number: int, state: Mapping[str, Any]) -> None:
    run.save(number, state)
    run.log({"step": number} | dict(recipe.snapshot(run.root, number)))


def _words(number: int, rate: float, left: float, means: Mapping[str, float]) -> str:
    """Step, speed, time left in hours and minutes, and the first losses."""
    minutes = round(left / 60)
    losses = ", ".join(f"{name} {value:.3g}" for name, value in list(means.items())[:_SHOWN])
    return f"step {number}, {rate:.1f} images/s, {minutes // 60}:{minutes % 60:02} h left, {losses}"


def _not_finite(odd: Sequence[str], step: int) -> TrainingError:
    what = odd[0] if odd else "a loss of another process"
    return TrainingError(
        f"Training stopped at step {step}: {what} is not a finite number. "
        "Lower the learning rate and resume from the last checkpoint.",
        code="training.not_finite",
    )


def _check(means: Mapping[str, float], least: Mapping[str, float], step: int) -> None:
    for name, bound in least.items():
        if name in means and means[name] < bound:
            raise TrainingError(
                f"Training stopped at step {step}: {name} fell to {means[name]:.2g}, below "
                f"{bound:g}; one network has won and nothing more is learnt. Lower the learning "
                "rates or the restraints and resume from the last checkpoint.",
                code="training.collapse",
            )
