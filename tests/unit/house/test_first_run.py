"""`make run` on a machine without a display: the main job, also the second time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.unit.house.scripts import ROOT


@pytest.mark.slow
def test_first_run_without_a_display_leaves_an_aged_sample() -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {k: v for k, v in os.environ.items() if k not in hidden}
    environment["PYTHONPATH"] = str(ROOT)
    result = ROOT / "out" / "astronaut-70.png"
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "packaging/first_run.py"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "out/astronaut-70.png" in done.stdout
        assert result.stat().st_size > 100_000
