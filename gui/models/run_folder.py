"""Reads the runs of a folder, again and again; called off the GUI thread. No widgets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gui.bridge.runs import RunRecord, RunState
from gui.models.run_files import (
    CHECKPOINT,
    CONFIG,
    LOG,
    STATS,
    StatsTail,
    find_samples,
    read_error,
    read_table,
    whole_number,
)

_SIGNS = (CONFIG, STATS, LOG)


class RunReader:
    """Reads one run folder; what has not changed is not read again. One thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tail = StatsTail(folder / STATS)
        self._record = RunRecord(folder)
        self._config_stamp: object = ()

    def read(self) -> RunRecord:
        """The run as it is now; the same object as before where nothing is new."""
        fresh = self._with_config(self._record)
        if self._tail.read():
            fresh = replace(
                fresh,
                step=self._tail.step,
                speed=self._tail.speed,
                curves=self._tail.curves(),
            )
        samples = find_samples(self._folder)
        if samples != fresh.samples:
            fresh = replace(fresh, samples=samples)
        resumable = (self._folder / CHECKPOINT).exists()
        error = read_error(self._folder)
        state = _state(fresh, error, resumable)
        if (resumable, error, state) != (fresh.resumable, fresh.error, fresh.state):
            fresh = replace(fresh, resumable=resumable, error=error, state=state)
        self._record = fresh
        return fresh

    def _with_config(self, record: RunRecord) -> RunRecord:
        path = self._folder / CONFIG
        try:
            state = path.stat()
            stamp: object = (state.st_mtime_ns, state.st_size)
        except OSError:
            stamp = ()
        if stamp == self._config_stamp:
            return record
        self._config_stamp = stamp
        table = read_table(path)
        return replace(
            record,
            recipe=str(table.get("recipe", "")),
            steps=whole_number(table, "loop", "steps"),
            batch=whole_number(table, "loop", "batch"),
        )


class RunFolderReader:
    """Reads every run right inside a folder, the one begun last first. One thread at a time."""

    def __init__(self) -> None:
        self._readers: dict[Path, RunReader] = {}

    def read(self, folder: Path) -> tuple[RunRecord, ...]:
        """The runs; none where the folder cannot be read."""
        try:
            found = {path: _begun(path) for path in folder.iterdir() if is_run(path)}
        except OSError:
            found = {}
        self._readers = {p: self._readers.get(p) or RunReader(p) for p in found}
        ordered = sorted(found, key=lambda path: (-found[path], path.name))
        return tuple(self._readers[path].read() for path in ordered)


def is_run(folder: Path) -> bool:
    """Whether a folder is a training run's, be it one whose process only just started."""
    return any((folder / name).is_file() for name in _SIGNS)


def _begun(folder: Path) -> float:
    for name in _SIGNS:
        try:
            return (folder / name).stat().st_mtime
        except OSError:
            continue
    return 0.0


def _state(record: RunRecord, error: str | None, resumable: bool) -> RunState:
    """How a run stands while no process writes to it."""
    if record.steps and record.step >= record.steps:
        return RunState.FINISHED
    if error is not None:
        return RunState.FAILED
    return RunState.STOPPED if record.step or resumable else RunState.NEW
