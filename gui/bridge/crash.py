"""Reports of crashes: written where the user's data lies, offered at the next start, sent nowhere.

Three nets: Python errors that nobody caught on the GUI thread (:func:`sys.excepthook`, which
Qt's slots end in too), the same on any other thread, and faults of native code, for which
:mod:`faulthandler` writes every thread's stack into a file that was opened beforehand.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO

import PySide6

from engine import __version__

if sys.platform != "win32":
    import fcntl

_KEPT = 10
_LARGEST = 200_000
_NATIVE = "native-"
_REPORT = "report-"
_SEEN = "seen-"


@dataclass(frozen=True, slots=True)
class CrashReport:
    """One report that was not offered yet."""

    path: Path
    text: str


class CrashHandler:
    """Writes reports into a folder while it is installed.

    Errors go on to the hooks that were there before, so a terminal shows them as always.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._native: TextIO | None = None
        self._except_hook: Callable[..., object] = sys.excepthook
        self._thread_hook: Callable[..., object] = threading.excepthook
        self._written = 0

    def install(self) -> None:
        """Begin to catch. A folder that cannot be written to only means no reports."""
        self._except_hook, sys.excepthook = sys.excepthook, self._on_error
        self._thread_hook, threading.excepthook = threading.excepthook, self._on_thread_error
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            stamp = time.strftime("%Y%m%d-%H%M%S")
            path = self._folder / f"{_NATIVE}{stamp}-{os.getpid()}.log"
            self._native = path.open("w", encoding="utf-8")
            _hold(self._native)
            self._native.write(self._head("A fault in native code"))
            self._native.flush()
        except OSError:
            return
        faulthandler.enable(self._native, all_threads=True)

    def remove(self) -> None:
        """Stop catching at a clean end and leave nothing behind that is no report."""
        sys.excepthook = self._except_hook
        threading.excepthook = self._thread_hook
        if self._native is not None:
            faulthandler.disable()
            self._native.close()
            Path(self._native.name).unlink(missing_ok=True)
            self._native = None

    def pending(self) -> list[CrashReport]:
        """Reports of earlier runs that nobody was shown yet, newest first."""
        try:
            self._collect_native()
            paths = sorted(self._folder.glob(f"{_REPORT}*.txt"), reverse=True)
            return [CrashReport(path, _read(path)) for path in paths]
        except OSError:
            return []

    def mark_seen(self) -> None:
        """Do not offer again what is there now; the last few reports stay in the folder."""
        for path in self._folder.glob(f"{_REPORT}*.txt"):
            _rename(path, path.with_name(_SEEN + path.name.removeprefix(_REPORT)))
        for path in sorted(self._folder.glob(f"{_SEEN}*.txt"))[:-_KEPT]:
            path.unlink(missing_ok=True)

    def _collect_native(self) -> None:
        """Turn what runs that are over left of native faults into reports."""
        for path in self._folder.glob(f"{_NATIVE}*.log"):
            if self._native is not None and Path(self._native.name) == path:
                continue
            if _is_held(path):
                continue
            number = path.stem.rpartition("-")[2]
            if "Fatal Python error" in (text := _read(path)) or "Windows fatal" in text:
                stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(path.stat().st_mtime))
                _rename(path, path.with_name(f"{_REPORT}{stamp}-{number}.txt"))
            else:
                path.unlink(missing_ok=True)

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            self._write(threading.current_thread().name, kind, error, trace)
        self._except_hook(kind, error, trace)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread is not None else ""
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self._write(name, args.exc_type, args.exc_value, args.exc_traceback)
        self._thread_hook(args)

    def _write(
        self,
        thread: str,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if self._written >= _KEPT:  # one error in every paint event is one error
            return
        self._written += 1
        words = "".join(traceback.format_exception(kind, error, trace))
        stamp = time.strftime("%Y%m%d-%H%M%S")
        path = self._folder / f"{_REPORT}{stamp}-{os.getpid()}-{self._written}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            head = self._head(f"An error that nothing caught, on thread {thread}")
            path.write_text(head + words, encoding="utf-8")
        except OSError:
            return

    @staticmethod
    def _head(what: str) -> str:
        lines = (
            f"Agelens {__version__}",
            what,
            time.strftime("%Y-%m-%d %H:%M:%S %z"),
            f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
            f"{platform.platform()}",
        )
        return "\n".join(lines) + "\n\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[:_LARGEST]


def _rename(old: Path, new: Path) -> None:
    try:
        os.replace(old, new)
    except OSError:
        old.unlink(missing_ok=True)


def _hold(file: TextIO) -> None:
    """Keep a file as this process's own until it ends, however it ends.

    A process's number would not tell: after a crash another process may have it. On Windows an
    open file protects itself.
    """
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_held(path: Path) -> bool:
    """Whether the process that opened a file still runs."""
    if sys.platform == "win32":
        return False
    with path.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
