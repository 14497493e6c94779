"""Measuring speed and memory: stages in this process, whole commands in one of their own."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError

if TYPE_CHECKING:
    import torch

_WARM_UP = 2
_PEAK_TRIES = 5
# Channels and side of the convolutions that the machine's peak is taken from.
_PEAK_SHAPES = ((64, 128), (128, 64), (256, 32), (512, 16))


@dataclass(frozen=True, slots=True)
class Stage:
    """Times of one stage over several runs."""

    name: str
    median_ms: float
    min_ms: float
    max_ms: float

    def as_json(self) -> dict[str, Any]:
        """For the JSON contract, rounded."""
        return {k: round(v, 2) if isinstance(v, float) else v for k, v in asdict(self).items()}


def stage(name: str, times_s: Sequence[float]) -> Stage:
    """Summarise times in seconds; at least one."""
    times = [1e3 * one for one in times_s]
    return Stage(name, statistics.median(times), min(times), max(times))


def measure(
    name: str,
    work: Callable[[], object],
    *,
    runs: int,
    before: Callable[[], object] | None = None,
) -> Stage:
    """Time ``work`` after two warm-up runs; ``before`` precedes each run, off the clock."""
    times = []
    for run in range(-_WARM_UP, runs):
        if before is not None:
            before()
        start = time.perf_counter()
        work()
        if run >= 0:
            times.append(time.perf_counter() - start)
    return stage(name, times)


def measure_command(name: str, command: Sequence[str], *, runs: int) -> tuple[Stage, float | None]:
    """Time a command from its start to its end, in a process of its own each time.

    Returns:
        The stage, and the largest peak of resident memory in MB (``None`` on Windows). A child
        inherits its parent's peak across fork and exec, so call this before loading much.

    Raises:
        EngineError: ``benchmark.command`` if the command failed.
    """
    times, peaks = [], []
    for _ in range(runs):
        start = time.perf_counter()
        peaks.append(_run(command))
        times.append(time.perf_counter() - start)
    known = [peak for peak in peaks if peak is not None]
    return stage(name, times), max(known) if known else None


def count_flops(work: Callable[[], object]) -> int:
    """Floating point operations of the networks that ``work`` runs (a multiply-add counts two)."""
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        work()
    return int(counter.get_total_flops())


def convolution_peak(device: torch.device, dtype: torch.dtype) -> float:
    """FLOP/s of the fastest 3×3 convolution measured here: what a network could reach at best."""
    import torch

    best = 0.0
    with torch.inference_mode():
        for channels, side in _PEAK_SHAPES:
            layer = torch.nn.Conv2d(channels, channels, 3, padding=1, device=device, dtype=dtype)
            layer.weight.data = layer.weight.data.to(memory_format=torch.channels_last)
            x = torch.randn(4, channels, side, side, device=device, dtype=dtype)
            x = x.to(memory_format=torch.channels_last)
            flops = 2 * 9 * channels * channels * side * side * len(x)
            best = max(best, flops / _fastest(layer, x))
    return best


def machine() -> dict[str, Any]:
    """What was measured on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": _cores(),
        "python": platform.python_version(),
    }


def own_peak() -> float | None:
    """The most resident memory that this process has held, MB; ``None`` on Windows."""
    if sys.platform == "win32":
        return None
    import resource

    return _megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _megabytes(maxrss: int) -> float:
    """From the unit that this system counts peaks in."""
    return maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def _run(command: Sequence[str]) -> float | None:
    """Run to the end; its peak resident memory in MB."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        peak = None
        if sys.platform == "win32":
            process.wait()
        else:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak = _megabytes(usage.ru_maxrss)
        if process.returncode != 0:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-1:]
            raise EngineError(
                f"The measured command failed: {' '.join(last) or process.returncode}",
                code="benchmark.command",
            )
    return peak


def _fastest(layer: torch.nn.Module, x: torch.Tensor) -> float:
    import torch

    times = []
    for _ in range(_PEAK_TRIES):
        start = time.perf_counter()
        layer(x)
        if x.device.type == "cuda":
            torch.cuda.synchronize()
        elif x.device.type == "mps":
            torch.mps.synchronize()
        times.append(time.perf_counter() - start)
    return min(times)


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.is_file():
        for text in about.read_text(encoding="utf-8", errors="replace").splitlines():
            if text.startswith("model name"):
                return text.partition(":")[2].strip()
    return platform.processor() or platform.machine()
