"""A process killed at any moment leaves the old file or the whole new one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.imaging.writing import check_place, write_bytes
from tests.unit.imaging.killed_writer import SIZE

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "tests.unit.imaging.killed_writer"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks the writers")


def kill_often(folder: Path, times: int) -> None:
    chance, target = random.Random(6), folder / "me.png"
    seen, cut_short = set(), 0
    write_bytes(b"x" * SIZE, target, overwrite=True)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([*COMMAND, str(target)], cwd=ROOT, **pipes) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        for _ in range(times):
            nursery.stdin.write("\n")
            nursery.stdin.flush()
            writer = int(nursery.stdout.readline())
            time.sleep(chance.uniform(0, 0.03))
            os.kill(writer, signal.SIGKILL)
            assert nursery.stdout.readline() == "dead\n"
            data = target.read_bytes()
            assert len(data) == SIZE
            assert data == data[:1] * SIZE, "of one piece"
            seen.add(data[0])
            left = [path for path in folder.iterdir() if path.suffix == ".part"]
            cut_short += bool(left)
            for path in left:
                path.unlink()
        nursery.stdin.close()
    check_place(target, overwrite=True)
    assert len(seen) > 1, "they were killed at different moments"
    assert cut_short, "and in the middle of writing"


def test_killed_twenty_times(tmp_path: Path) -> None:
    kill_often(tmp_path, 20)


@pytest.mark.slow
def test_killed_three_hundred_times(tmp_path: Path) -> None:
    kill_often(tmp_path, 300)
