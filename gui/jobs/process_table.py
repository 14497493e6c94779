"""Finds training processes of this computer by their command lines, whoever started them.

On Linux from ``/proc``, on macOS from ``ps``; where neither is there nothing is found, and the
window knows only of processes that it started itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process: its number, its parent's, its arguments and where it works."""

    pid: int
    parent: int
    arguments: Sequence[str]
    folder: Path | None = None


def training_processes() -> dict[Path, int]:
    """Run folders that a training process writes to, each with the process to interrupt."""
    return trainings_of(list(_processes()))


def trainings_of(lines: Sequence[ProcessLine]) -> dict[Path, int]:
    """The run folders of those lines that train; of a family of processes the oldest counts."""
    runs = {line.pid: run for line in lines if (run := _run_of(line)) is not None}
    parents = {line.pid: line.parent for line in lines}
    found: dict[Path, int] = {}
    for pid, run in sorted(runs.items()):
        if runs.get(parents[pid]) != run:
            found.setdefault(run, pid)
    return found


def interrupt(run: Path) -> bool:
    """Ask the process that trains ``run`` to end with a checkpoint; whether there was one."""
    pid = training_processes().get(run)
    if pid is None:
        return False
    try:
        os.kill(pid, signal.SIGINT)
    except OSError:
        return False
    return True


def _run_of(line: ProcessLine) -> Path | None:
    words = list(line.arguments)
    if not words or ("python" not in Path(words[0]).name and words[0] != sys.executable):
        return None
    if "train" not in words:
        return None
    for place, word in enumerate(words):
        if word == "--out" and place + 1 < len(words):
            return _absolute(words[place + 1], line.folder)
        if word.startswith("--out="):
            return _absolute(word.removeprefix("--out="), line.folder)
    return None


def _absolute(name: str, folder: Path | None) -> Path:
    path = Path(name) if folder is None else folder / name
    return Path(os.path.normpath(path))


def _processes() -> Iterator[ProcessLine]:
    if _PROC.is_dir():
        yield from _from_proc()
    elif sys.platform != "win32":
        yield from _from_ps()


def _from_proc() -> Iterator[ProcessLine]:
    for entry in os.scandir(_PROC):
        if not entry.name.isdigit():
            continue
        place = _PROC / entry.name
        try:
            words = (place / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if "train" not in words:  # also none at all: a zombie's or the kernel's own
                continue
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            yield ProcessLine(int(entry.name), parent, words, (place / "cwd").readlink())
        except (OSError, ValueError, IndexError):
            continue  # it has ended, or is another user's


def _from_ps() -> Iterator[ProcessLine]:
    command = ["ps", "-axo", "pid=,ppid=,args="]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return
    for line in said.stdout.splitlines():
        pid, parent, *words = line.split()
        yield ProcessLine(int(pid), int(parent), words)
