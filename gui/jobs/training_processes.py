"""Training in processes of their own, which outlive the window where the user wants it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine import paths

_LOOK_MS = 400


def agelens_command() -> tuple[str, ...]:
    """How this program's command line is called: the bundle itself, or Python and ``main.py``."""
    if paths.is_frozen():
        return (sys.executable,)
    return (sys.executable, str(paths.app_root() / "main.py"))


class TrainingProcesses(QObject):
    """Starts processes, asks them to stop, tells when they end. GUI thread only.

    What a process says goes to a log in its run folder, so that nothing is lost and nothing
    blocks when the window is gone. ``subprocess`` instead of ``QProcess``, which kills its child
    when it is deleted.

    Signals:
        ended: the run folder and the exit code of a process that is gone.
    """

    ended = Signal(object, int)

    def __init__(self, log_name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_name = log_name
        self._running: dict[Path, subprocess.Popen[bytes]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def runs(self) -> frozenset[Path]:
        """The run folders that a process of this window writes to."""
        return frozenset(self._running)

    def start(self, run: Path, command: Sequence[str]) -> None:
        """Run ``command``; a run folder has one process at most.

        Raises OSError where the folder or the process cannot be made, and where there is one.
        """
        if run in self._running:
            raise FileExistsError(f"{run} is being trained already")
        run.mkdir(parents=True, exist_ok=True)
        with (run / self._log_name).open("ab") as log:
            words = json.dumps([time.strftime("%Y-%m-%d %H:%M:%S"), *command])
            log.write(f"# {words}\n".encode())
            log.flush()
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
                start_new_session=sys.platform != "win32",
                creationflags=_own_group(),
            )
        self._running[run] = process
        self._timer.start()

    def interrupt(self, run: Path) -> bool:
        """Ask to end with a checkpoint, as Ctrl-C does; whether there is such a process."""
        process = self._running.get(run)
        if process is None or process.poll() is not None:
            return False
        if sys.platform == "win32":
            process.send_signal(signal.CTRL_BREAK_EVENT)
        else:
            process.send_signal(signal.SIGINT)
        return True

    def release(self) -> None:
        """Look after nothing any more; what runs goes on."""
        self._timer.stop()
        for process in self._running.values():
            process.returncode = process.poll() or 0  # no warning that it was left behind
        self._running.clear()

    def _look(self) -> None:
        gone = {run: p.returncode for run, p in self._running.items() if p.poll() is not None}
        for run in gone:
            del self._running[run]
        if not self._running:
            self._timer.stop()
        for run, code in gone.items():
            self.ended.emit(run, code)


def _own_group() -> int:
    """Windows: a group that can be interrupted by itself; elsewhere a session does that."""
    return int(getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0))
