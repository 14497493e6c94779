"""What the command line says: results on stdout, everything else on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.tasks import Progress, no_progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_PATIENCE_S = 1.0


def line(text: str) -> None:
    """A line of result."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def json_line(value: dict[str, Any]) -> None:
    """One JSON object on one line."""
    line(json.dumps(value, ensure_ascii=False, allow_nan=False))


def problem(sentence: str) -> None:
    """A sentence about what failed or what a user should know."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def table(columns: list[str], rows: list[list[str]]) -> None:
    """Rows under headings, on stdout; as wide as its longest cells."""
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        line("  ".join(cells).rstrip())


@contextlib.contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A progress bar on stderr once the work has taken a second; silent off a terminal."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    bar = _LateBar(title)
    try:
        yield bar.tell
    finally:
        bar.close()


class _LateBar:
    """A rich bar that appears after a moment. ``tell`` may be called from the working thread."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._fraction, self._message = 0.0, ""
        self._lock = threading.Lock()
        self._bar: Bar | None = None
        self._timer = threading.Timer(_PATIENCE_S, self._show)
        self._timer.daemon = True
        self._timer.start()

    def tell(self, fraction: float, message: str) -> None:
        with self._lock:
            self._fraction, self._message = fraction, message
            if self._bar is not None:
                self._bar.update(self._bar.task_ids[0], completed=fraction, what=message)

    def close(self) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._bar is not None:
            self._bar.stop()

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn
        from rich.progress import Progress as Bar

        with self._lock:
            bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.fields[what]}"),
                console=Console(file=sys.stderr),
                transient=True,
            )
            task = bar.add_task(self._title, total=1.0, what=self._message)
            bar.update(task, completed=self._fraction)
            bar.start()
            self._bar = bar


@contextlib.contextmanager
def muted_natives(*, active: bool) -> Iterator[None]:
    """Keep native libraries' log lines off stderr; ``sys.stderr`` goes on reaching the user.

    MediaPipe and TensorFlow Lite write to file descriptor 2 and offer no switch for it.
    """
    python_stderr = sys.__stderr__
    if not active or python_stderr is None or sys.stderr is not python_stderr:
        yield
        return
    python_stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        with open(kept, "w", encoding=python_stderr.encoding, errors="replace", closefd=False) as s:
            sys.stderr = s
            yield
    finally:
        sys.stderr = python_stderr
        os.dup2(kept, 2)
        os.close(kept)
