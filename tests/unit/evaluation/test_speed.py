"""The benchmark's arithmetic and its commands; nothing here depends on how fast a machine is."""

from __future__ import annotations

import sys
import time

import pytest
import torch

from engine.errors import EngineError
from engine.evaluation import speed


def test_a_stage_is_median_and_extremes_in_milliseconds() -> None:
    one = speed.stage("x", [0.003, 0.001, 0.010])
    assert (one.median_ms, one.min_ms, one.max_ms) == pytest.approx((3, 1, 10))
    assert one.as_json() == {"name": "x", "median_ms": 3.0, "min_ms": 1.0, "max_ms": 10.0}


def test_warm_up_runs_do_not_count_and_preparing_is_off_the_clock() -> None:
    calls: list[str] = []
    one = speed.measure(
        "x",
        lambda: calls.append("work"),
        runs=3,
        before=lambda: (calls.append("before"), time.sleep(0.02)),
    )
    assert calls == ["before", "work"] * 5
    assert one.min_ms < 20


def test_flops_of_a_convolution_are_counted() -> None:
    layer = torch.nn.Conv2d(3, 8, 3, padding=1)
    x = torch.zeros(1, 3, 16, 16)
    assert speed.count_flops(lambda: layer(x)) == 2 * 9 * 3 * 8 * 16 * 16


def test_the_peak_is_a_positive_rate() -> None:
    assert speed.convolution_peak(torch.device("cpu"), torch.float32) > 1e6


def test_a_commands_time_and_memory_are_its_own() -> None:
    code = "import time; held = bytearray(80_000_000); held[::4096] = b'x' * len(held[::4096])"
    one, peak = speed.measure_command("x", [sys.executable, "-c", code], runs=1)
    assert one.median_ms > 0
    if sys.platform != "win32":
        assert peak is not None
        assert peak > 80


def test_a_failed_command_is_told_with_its_last_words() -> None:
    code = "import sys; sys.stderr.write('first\\nNo face was found.\\n'); sys.exit(1)"
    with pytest.raises(EngineError, match=r"No face was found\.$"):
        speed.measure_command("x", [sys.executable, "-c", code], runs=1)


def test_the_machine_is_named() -> None:
    about = speed.machine()
    assert about["cores"] >= 1
    assert about["processor"]


def test_the_own_peak_grows_with_what_is_held() -> None:
    before = speed.own_peak()
    held = bytearray(b"x" * 64_000_000)
    after = speed.own_peak()
    assert len(held) == 64_000_000
    if before is not None and after is not None:
        assert 0 < before <= after
        assert after > 64
