"""A command of this application in a process of its own, so that its memory is its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from engine.errors import EngineError


def run_apart(command: Sequence[str]) -> dict[str, Any]:
    """What a command of this application prints with ``--json``. Raises EngineError."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or [str(done.returncode)]
        raise EngineError(f"What was measured failed: {last[0]}", code="benchmark.command")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
