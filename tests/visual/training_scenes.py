"""The training page's main states, beside the window's other ones, over the shipped runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from gui.controllers.training import Training
from tests.visual.dialog_scenes import SCENES, played, scene
from tests.visual.stage import HOME, ROOT, Stage

__all__ = ["SCENES", "played"]

SHIPPED = ROOT / "docs" / "training" / "delta"
RUNS = Path(HOME, "runs")
_STEPS = {"fifth": 300, "fourth": 800, "second": 100}


def _write_runs() -> None:
    """The runs of the shipped weights, as far as they are kept, and one that failed."""
    for age, (name, step) in enumerate(_STEPS.items()):
        run = RUNS / name
        run.mkdir(parents=True)
        shutil.copy(SHIPPED / f"{name}.toml", run / "config.toml")
        shutil.copy(SHIPPED / f"{name}.jsonl", run / "stats.jsonl")
        for done in range(100, step + 1, 100):
            shutil.copy(SHIPPED / "grid.jpg", run / f"samples-{done:05d}.jpg")
        (run / "checkpoint.pt").write_bytes(b"")
        os.utime(run / "config.toml", (1_800_000_000 - age, 1_800_000_000 - age))
    failed = RUNS / "second"
    lines = (failed / "stats.jsonl").read_text(encoding="utf-8").splitlines()
    (failed / "stats.jsonl").write_text("\n".join(lines[:12]) + "\n", encoding="utf-8")
    sentence = "Training stopped at step 240: age is not a finite number. Lower the learning rate."
    (failed / "training.log").write_text(f"# [1]\n{sentence}\n", encoding="utf-8")


def _page(stage: Stage, run: str, other: str = "") -> Training:
    if not RUNS.exists():
        _write_runs()
    page = stage.desk.training.room
    page.open_folder(str(RUNS))
    stage.window.training.setChecked(True)
    stage.until(lambda: page.runs.rowCount() == len(_STEPS))
    page.choose(RUNS / run)
    page.compare(RUNS / other if other else None)
    page.page.rows.show_row(page.runs.row_of(RUNS / run))
    samples = page.page.samples
    stage.until(lambda: not samples.pane.picture.isNull())
    stage.until(lambda: not other or not samples.beside.picture.isNull())
    return page


@scene
def training(stage: Stage) -> Iterator[None]:
    """A run's curves and samples."""
    _page(stage, "fourth")
    yield
    stage.window.training.setChecked(False)


@scene
def training_compared(stage: Stage) -> Iterator[None]:
    """Two runs."""
    _page(stage, "fourth", "fifth")
    yield
    stage.window.training.setChecked(False)


@scene
def training_failed(stage: Stage) -> Iterator[None]:
    """A run that failed."""
    page = _page(stage, "second")
    stage.until(lambda: page.page.head.error.isVisible())
    yield
    stage.window.training.setChecked(False)


@scene
def training_start(stage: Stage) -> Iterator[None]:
    """A run is being set up."""
    _page(stage, "fourth").trains.ask()
    dialog = stage.dialog()
    yield
    dialog.reject()
    stage.window.training.setChecked(False)


@scene
def training_empty(stage: Stage) -> Iterator[None]:
    """Before the first run."""
    page = stage.desk.training.room
    page.open_folder(str(Path(HOME, "new")))
    stage.window.training.setChecked(True)
    stage.until(page.page.empty.isVisible)
    yield
    stage.window.training.setChecked(False)
