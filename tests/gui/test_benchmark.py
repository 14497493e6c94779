"""The window's own benchmark: it notices a stall, and a start ends with a painted window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import benchmark
from gui.benchmark import PAINTED, Stopwatch
from tests.fakes.fake_service import FakeService

ROOT = Path(__file__).resolve().parents[2]


def test_the_stopwatch_notices_the_longest_stall(qtbot: QtBot) -> None:
    watch = Stopwatch()
    watch.restart()
    qtbot.wait(20)
    time.sleep(0.15)  # the stall
    qtbot.wait(20)
    assert 140 < watch.stop() < 2_000


def test_a_stall_before_the_watch_does_not_count(qtbot: QtBot) -> None:
    watch = Stopwatch()
    watch.restart()
    time.sleep(0.3)
    watch.stop()
    watch.restart()
    assert watch.stop() < 250


def test_it_comes_to_its_end(
    qapp: QApplication, tmp_path: Path, hopper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more photos than thumbnails stay in memory; the figures' sizes are not judged here."""
    for name, value in (("_THUMBNAILS", 130), ("_SCROLLED", 200), ("_RESTING", 20)):
        monkeypatch.setattr(benchmark, name, value)
    monkeypatch.setattr(benchmark, "_start", lambda _program, _work: {"name": "start"})
    told: list[str] = []
    figures = benchmark.measure(
        [], FakeService, hopper, tmp_path, lambda _share, text: told.append(text)
    )
    assert [stage["name"] for stage in figures.stages] == [
        *("start", "preview after the dial", "longest stall, ageing", "longest stall, exporting"),
        *("longest stall, 130 thumbnails", "scrolling 200 thumbnails, a frame"),
    ]
    assert told[-1] == "resting"


def test_a_start_is_measured_up_to_the_first_paint(tmp_path: Path) -> None:
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "main.py", "benchmark", "--gui", "--first-paint"],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    painted = float(done.stdout.strip().removeprefix(PAINTED))
    assert begun < painted < time.monotonic()
