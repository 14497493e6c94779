"""What is known of a training run, as models make it and views show it. No files are read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from pathlib import Path

from PySide6.QtCore import Qt

SPEED = "images_per_s"
"""The figure that says how fast a run goes; every other one says how well."""


class RunState(Enum):
    """How a run stands."""

    NEW = "new"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"


LIVE = frozenset({RunState.RUNNING, RunState.STOPPING})
"""The states in which a process writes to the run's folder."""


class RunRole(IntEnum):
    """What the list of runs answers beside Qt's own roles."""

    RECORD = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One figure over the steps at which it was written: rising steps, finite values."""

    steps: tuple[int, ...] = ()
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture of the same faces at the same ages, and the step it was made at."""

    step: int
    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class RunRecord:
    """One run folder as it was read.

    Attributes:
        folder: where it lies; its name is the run's.
        recipe: name of the recipe; empty where the configuration cannot be read.
        steps: asked for in all; 0 where that is not known.
        batch: images a step; 0 where that is not known.
        step: reached.
        speed: images a second, of the newest line; 0 before there is one.
        curves: figures by name, in the order in which they were met.
        samples: by rising step.
        resumable: there is a checkpoint.
        state: how it stands.
        error: why it ended, for the user; empty if it ended without a word; ``None`` if well.
    """

    folder: Path
    recipe: str = ""
    steps: int = 0
    batch: int = 0
    step: int = 0
    speed: float = 0.0
    curves: Mapping[str, Curve] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    resumable: bool = False
    state: RunState = RunState.NEW
    error: str | None = None

    @property
    def live(self) -> bool:
        """Whether a process writes to it."""
        return self.state in LIVE

    @property
    def seconds_left(self) -> float | None:
        """How long a running one still takes at the speed of its newest line."""
        if self.state is not RunState.RUNNING or not (self.steps and self.batch and self.speed):
            return None
        return max(0, self.steps - self.step) * self.batch / self.speed


@dataclass(frozen=True, slots=True)
class TrainingWish:
    """What the user asked to train.

    Attributes:
        config: the recipe's TOML.
        data: folder of a prepared set.
        run: run folder, new or to go on with.
        start_from: run whose networks to begin with, or ``None``.
        minutes: stop after so long; 0: no limit.
    """

    config: Path
    data: Path
    run: Path
    start_from: Path | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a :class:`TrainingWish`: whether it can begin, and one sentence."""

    possible: bool
    sentence: str = ""
    goes_on: bool = False
