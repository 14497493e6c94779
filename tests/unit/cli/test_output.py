"""Progress for people at a terminal, and native chatter kept from them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cli import output

ROOT = Path(__file__).resolve().parents[3]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_off_a_terminal_progress_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress("Working") as tell:
        tell(0.5, "half")
    assert capsys.readouterr() == ("", "")


def test_quick_work_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with output.progress("Working") as tell:
        tell(0.5, "half")
    assert terminal.getvalue() == ""


def test_long_work_shows_a_bar_with_its_message(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(output, "_PATIENCE_S", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    with output.progress("Working") as tell:
        tell(0.25, "first half")
        _until(lambda: "Working" in terminal.getvalue())
        tell(0.5, "second half")
        _until(lambda: "second half" in terminal.getvalue())


def _until(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it never happened")


@pytest.mark.parametrize("active", [True, False])
def test_native_chatter_is_muted_and_our_words_are_not(active: bool) -> None:
    code = (
        "import os, sys\n"
        "from engine.cli import output\n"
        f"with output.muted_natives(active={active}):\n"
        "    os.write(2, b'chatter\\n')\n"
        "    output.problem('our words')\n"
        "os.write(2, b'afterwards\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stderr.splitlines()
    assert said == ([] if active else ["chatter"]) + ["our words", "afterwards"]
