"""A run folder: frozen configuration, statistics, checkpoints written then replaced."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from engine import __version__
from engine.errors import TrainingError
from engine.paths import app_root

if TYPE_CHECKING:
    from torch.utils.tensorboard import SummaryWriter

CHECKPOINT = "checkpoint.pt"
CONFIG = "config.toml"
_UNREADABLE = (OSError, EOFError, RuntimeError, KeyError, TypeError, pickle.UnpicklingError)


class RunFolder:
    """Where one training run keeps everything it writes.

    ``config.toml`` is the run's own copy of its configuration: resuming with another one is
    refused. ``origin.json`` says of what code it is. ``stats.jsonl`` has a JSON object a line,
    ``events/`` the same for TensorBoard. Snapshots are the recipe's business.
    """

    def __init__(self, root: Path, config: Path) -> None:
        """Create or reopen. Raises TrainingError if it belongs to another configuration."""
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        own = root / CONFIG
        if own.exists() and own.read_bytes() != config.read_bytes():
            raise TrainingError(
                f"{root} holds a run of another configuration; choose another --out.",
                code="training.other_config",
            )
        if not own.exists():
            shutil.copyfile(config, own)
            origin = {"agelens": __version__, "git": _git_hash(), "torch": torch.__version__}
            (root / "origin.json").write_text(json.dumps(origin) + "\n", encoding="utf-8")
        self._events: SummaryWriter | None = None

    def log(self, values: Mapping[str, float | int | str]) -> None:
        """Append a line of statistics. Raises TrainingError (``training.disk``)."""
        line = {k: float(f"{v:.5g}") if isinstance(v, float) else v for k, v in values.items()}
        try:
            with (self.root / "stats.jsonl").open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(line) + "\n")
        except OSError as error:
            raise self._full(error) from error
        if self._events is None:
            from torch.utils.tensorboard import SummaryWriter

            self._events = SummaryWriter(str(self.root / "events"))
        step = int(values.get("step", 0))
        for name, value in values.items():
            if name != "step" and not isinstance(value, str):
                self._events.add_scalar(name, value, step)
        self._events.flush()

    def save(self, step: int, state: Mapping[str, Any]) -> None:
        """Write the checkpoint beside the old one, then replace it.

        Raises TrainingError (``training.disk``) where that fails; the old one then still stands.
        """
        target = self.root / CHECKPOINT
        fresh = target.with_suffix(".tmp")
        try:
            torch.save({"step": step, "state": dict(state)}, fresh)
            fresh.replace(target)
        except (OSError, RuntimeError) as error:  # torch's writer raises the latter
            fresh.unlink(missing_ok=True)
            raise self._full(error) from error

    def load(self) -> tuple[int, dict[str, Any]] | None:
        """The step reached and the recipe's state, or ``None`` before the first checkpoint."""
        path = self.root / CHECKPOINT
        return _read(path) if path.exists() else None

    def _full(self, error: Exception) -> TrainingError:
        return TrainingError(
            f"Cannot write to {self.root} ({str(error).splitlines()[0]}); make room and run the "
            "same command to go on from the last checkpoint.",
            code="training.disk",
        )


def finished_run(root: Path) -> dict[str, Any]:
    """The state that another run reached. Raises TrainingError if there is none."""
    path = root / CHECKPOINT
    if not path.exists():
        raise TrainingError(
            f"{root} holds no checkpoint to start from.", code="training.start_missing"
        )
    return _read(path)[1]


def _git_hash() -> str:
    """The commit that runs, marked where files differ from it; empty outside a repository."""
    git = shutil.which("git")
    if git is None:
        return ""
    said = subprocess.run(
        [git, "-C", str(app_root()), "describe", "--always", "--dirty", "--abbrev=40"],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip()


def _read(path: Path) -> tuple[int, dict[str, Any]]:
    try:
        saved = torch.load(path, map_location="cpu", weights_only=True)
        return int(saved["step"]), saved["state"]
    except _UNREADABLE as error:
        raise TrainingError(
            f"{path} is damaged; delete it to start the run anew.", code="training.checkpoint"
        ) from error
