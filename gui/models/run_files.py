"""What lies in a run folder: statistics, configuration, samples, how it ended. No widgets."""

from __future__ import annotations

import json
import math
import os
import re
import tomllib
from pathlib import Path
from typing import Any

from gui.bridge.runs import SPEED, Curve, Sample

CONFIG, STATS, CHECKPOINT, LOG = "config.toml", "stats.jsonl", "checkpoint.pt", "training.log"
_SAMPLE = re.compile(r"samples-(\d+)\.(?:jpg|png)")
_WELL = re.compile(r"\d+ of \d+ steps done|Interrupted\.$")
_TAIL = 8192


class StatsTail:
    """Reads ``stats.jsonl`` as it grows; each call goes on where the one before ended.

    A last line without its end is left for the next call, other broken lines are passed over.
    Where a run was resumed from before its last line, what is written anew replaces the old.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._identity = 0
        self.step = 0
        self._curves: dict[str, tuple[list[int], list[float]]] = {}

    @property
    def speed(self) -> float:
        """The newest images a second; 0 before there is a line."""
        _steps, values = self._curves.get(SPEED, ([], []))
        return values[-1] if values else 0.0

    def read(self) -> bool:
        """Take what is new; whether there was anything."""
        try:
            with self._path.open("rb") as stream:
                self._begin_again_if_replaced(stream.fileno())
                stream.seek(self._offset)
                data = stream.read()
        except OSError:
            return False
        whole = data[: data.rfind(b"\n") + 1]
        self._offset += len(whole)
        for line in whole.splitlines():
            self._take(line)
        return bool(whole)

    def curves(self) -> dict[str, Curve]:
        """Every figure so far."""
        return {
            name: Curve(tuple(steps), tuple(values))
            for name, (steps, values) in self._curves.items()
            if steps
        }

    def _begin_again_if_replaced(self, handle: int) -> None:
        state = os.fstat(handle)
        if state.st_size < self._offset or state.st_ino != self._identity:
            self._identity, self._offset, self.step = state.st_ino, 0, 0
            self._curves.clear()

    def _take(self, line: bytes) -> None:
        try:
            values = json.loads(line)
        except ValueError:
            return
        step = values.get("step") if isinstance(values, dict) else None
        if not isinstance(step, int) or isinstance(step, bool) or step < 0:
            return
        self._forget_after(step)
        self.step = step
        for name, value in values.items():
            if name != "step" and _is_figure(value):
                self._put(name, step, float(value))

    def _forget_after(self, step: int) -> None:
        for steps, values in self._curves.values():
            while steps and steps[-1] > step:
                steps.pop()
                values.pop()

    def _put(self, name: str, step: int, value: float) -> None:
        steps, values = self._curves.setdefault(name, ([], []))
        if steps and steps[-1] == step:
            values[-1] = value
        else:
            steps.append(step)
            values.append(value)


def read_table(path: Path) -> dict[str, Any]:
    """A TOML file's tables; none where it is missing or broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def whole_number(table: dict[str, Any], part: str, name: str) -> int:
    """``table[part][name]`` where that is a number; 0 otherwise."""
    inner = table.get(part)
    value = inner.get(name) if isinstance(inner, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def find_samples(folder: Path) -> tuple[Sample, ...]:
    """The sample pictures by rising step."""
    found = []
    try:
        for path in folder.iterdir():
            match = _SAMPLE.fullmatch(path.name)
            if match is not None:
                found.append(Sample(int(match[1]), path))
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda sample: sample.step))


def read_error(folder: Path) -> str | None:
    """Why the last process of a run ended: a sentence, empty without one, ``None`` if well.

    A log that is older than the statistics is of a process before the last one.
    """
    log, stats = folder / LOG, folder / STATS
    try:
        if stats.exists() and stats.stat().st_mtime > log.stat().st_mtime + 2:
            return None
    except OSError:
        return None
    lines = _log_lines(folder)
    if not lines:
        return None
    last = lines[-1]
    if _WELL.match(last):
        return None
    return "" if last.startswith("#") else last


def last_data(folder: Path) -> Path | None:
    """The prepared set that a run was last trained with, where the window started it."""
    for line in reversed(_log_lines(folder)):
        if line.startswith("# ["):
            try:
                words = json.loads(line.removeprefix("# "))
                return Path(words[words.index("--data") + 1])
            except (ValueError, IndexError, TypeError):
                return None
    return None


def _log_lines(folder: Path) -> list[str]:
    """The end of the log of a run's processes, without empty lines."""
    log = folder / LOG
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - _TAIL))
            text = stream.read().decode("utf-8", errors="replace")
    except OSError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
