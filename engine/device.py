"""Which compute device runs the networks, in which precision, and why. Imports torch lazily."""

from __future__ import annotations

import importlib.util
import os
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.domain import DeviceReport
from engine.errors import DeviceError, Sentence

if TYPE_CHECKING:
    import torch

CHOICES = ("auto", "cuda", "mps", "cpu")
_TOLERANCE = 2e-2


@dataclass(frozen=True, slots=True)
class Device:
    """A chosen device: ``autocast`` is the reduced precision to run in, or ``None``."""

    report: DeviceReport
    torch_device: torch.device
    autocast: torch.dtype | None


def choose_device(wanted: str = "auto") -> Device:
    """Pick and try a device.

    ``auto`` takes CUDA, then MPS, then the CPU, and falls back with a reason when one is there
    but does not compute what the CPU does. A device asked for by name is taken or refused.

    Raises DeviceError (``device.unknown``, ``device.unavailable``, ``device.wrong``).
    """
    _check(wanted)
    if wanted == "cpu":
        return cpu_device(_asked())
    reasons: list[Sentence] = []
    for kind in ("cuda", "mps") if wanted == "auto" else (wanted,):
        problem = _problem(kind)
        if problem is None:
            text = f"{kind.upper()} is there and computes what the CPU does."
            return _accelerator(kind, Sentence(text, "device.right", name=kind.upper()))
        reasons.append(problem)
    if wanted != "auto":
        code = "device.wrong" if reasons[0].code == "device.wrong" else "device.unavailable"
        raise DeviceError(Sentence.joined([reasons[0], _advice()]), code=code)
    return cpu_device(Sentence.joined(reasons))


def onnx_report(wanted: str = "auto") -> DeviceReport:
    """ONNX Runtime's device, which is the CPU.

    Raises DeviceError (``device.unknown``, ``device.unavailable``).
    """
    _check(wanted)
    alone = Sentence("ONNX Runtime computes on the CPU alone.", "device.onnx_alone")
    if wanted in ("cuda", "mps"):
        reason = _without_cuda() if wanted == "cuda" else alone
        raise DeviceError(Sentence.joined([reason, _advice()]), code="device.unavailable")
    count = cores()
    text = f"CPU, {count} thread{'' if count == 1 else 's'}, ONNX Runtime"
    name = Sentence(text, "device.cpu_onnx", count=count)
    return DeviceReport("cpu", name, "float32", _asked() if wanted == "cpu" else alone)


def cores() -> int:
    """Cores that this process may use; ``OMP_NUM_THREADS`` says otherwise, as it does to torch."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def has_torch() -> bool:
    """Whether torch is installed; it is not imported."""
    try:
        return importlib.util.find_spec("torch") is not None
    except (ImportError, ValueError):  # kept out, or half gone
        return False


def cpu_device(reason: str) -> Device:
    """The CPU, in bfloat16 where that was measured to be faster here."""
    import torch

    reduced = torch.bfloat16 if _bfloat16_pays() else None
    threads = torch.get_num_threads()
    text = f"CPU, {threads} thread{'' if threads == 1 else 's'}"
    name = Sentence(text, "device.cpu", count=threads)
    dtype = "bfloat16" if reduced else "float32"
    return Device(DeviceReport("cpu", name, dtype, reason), torch.device("cpu"), reduced)


def _accelerator(kind: str, reason: str) -> Device:
    import torch

    reduced = torch.float16 if kind == "cuda" else None
    name = torch.cuda.get_device_name() if kind == "cuda" else "Apple GPU"
    dtype = "float16 (mixed)" if reduced else "float32"
    return Device(DeviceReport(kind, name, dtype, reason), torch.device(kind), reduced)


def _problem(kind: str) -> Sentence | None:
    """Why this accelerator cannot be used, as a sentence, or ``None``."""
    import torch

    if kind == "cuda" and not torch.cuda.is_available():
        if torch.version.cuda:
            return Sentence("No CUDA device was found.", "device.no_cuda")
        return _without_cuda()
    if kind == "mps" and not torch.backends.mps.is_available():
        return Sentence("No Apple GPU was found.", "device.no_mps")
    try:
        right = _computes_as_cpu(torch.device(kind))
    except (RuntimeError, AssertionError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        text = f"{kind.upper()} failed its self-test ({first})."
        return Sentence(text, "device.self_test", name=kind.upper(), reason=first)
    if right:
        return None
    text = f"{kind.upper()} computes other numbers than the CPU."
    return Sentence(text, "device.wrong", name=kind.upper())


def _computes_as_cpu(device: torch.device) -> bool:
    """A convolution with a fixed answer, there and here."""
    import torch

    generator = torch.Generator().manual_seed(0)
    x = torch.randn(1, 8, 32, 32, generator=generator)
    w = torch.randn(8, 8, 3, 3, generator=generator)
    here = torch.nn.functional.conv2d(x, w, padding=1)
    there = torch.nn.functional.conv2d(x.to(device), w.to(device), padding=1).cpu()
    return bool(torch.allclose(here, there, rtol=_TOLERANCE, atol=_TOLERANCE * 10))


def _bfloat16_pays() -> bool:
    """Whether the processor has bfloat16 and a convolution is at least 1.3 times faster in it."""
    import torch

    if not torch.ops.mkldnn._is_mkldnn_bf16_supported():
        return False
    x, weight = torch.full((1, 64, 64, 64), 0.5), torch.full((64, 64, 3, 3), 0.1)

    def median(enabled: bool) -> float:
        times = []
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=enabled):
            for _ in range(7):
                start = time.perf_counter()
                torch.nn.functional.conv2d(x, weight, padding=1)
                times.append(time.perf_counter() - start)
        return statistics.median(times)

    return median(False) > 1.3 * median(True)


def _check(wanted: str) -> None:
    if wanted not in CHOICES:
        raise DeviceError(
            f"Unknown device {wanted!r}; choose from {', '.join(CHOICES)}.",
            code="device.unknown",
            name=wanted,
        )


def _asked() -> Sentence:
    return Sentence("The CPU was asked for.", "device.cpu_asked")


def _advice() -> Sentence:
    return Sentence("Use --device auto or cpu.", "device.advice")


def _without_cuda() -> Sentence:
    return Sentence("This build has no CUDA.", "device.built_without_cuda")
