"""How the installed program is started and watched."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.frozen.roots import HOME, Root
from tests.frozen.screens import Screen, Window, is_painted, wait_until


@contextlib.contextmanager
def running(
    root: Root, screen: Screen, *arguments: str, **environ: str
) -> Iterator[subprocess.Popen[str]]:
    """The window's program inside the root; closed with its own quit, killed if it does not."""
    process = root.start("agelens", *arguments, environ={"DISPLAY": screen.display, **environ})
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def shown(screen: Screen, title: str) -> Window:
    """Wait for a window."""
    wait_until(lambda: screen.window(title) is not None, f"a window {title!r}")
    window = screen.window(title)
    assert window is not None
    return window


def painted(screen: Screen, title: str = "Agelens") -> Window:
    """Wait for a window that shows something."""
    window = shown(screen, title)
    wait_until(lambda: is_painted(screen.picture(window)), "its first paint")
    return window


def resident_mb(process: subprocess.Popen[str]) -> float:
    """Memory of a running program."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1000


def settings_of(root: Root) -> Path:
    """The user's own folder inside the root."""
    return root.inside(f"{HOME}/.local/share/agelens")


def written(folder: Path) -> set[str]:
    """The pictures in a folder that are whole."""
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}
