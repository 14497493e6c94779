"""Starts a writer for each line on stdin, tells its number and waits until it is killed.

A program of its own (POSIX), so that no writer has to import anything; see test_killed_writer.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from engine.imaging.writing import write_bytes

SIZE = 300_000


def write_on(target: Path) -> None:
    """Write files of one repeated byte each, for as long as this process lives."""
    for turn in count(1):
        write_bytes(bytes([turn % 251]) * SIZE, target, overwrite=True)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            write_on(Path(sys.argv[1]))
        say(str(child))
        os.waitpid(child, 0)
        say("dead")
