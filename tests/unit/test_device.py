"""Which device is taken, and what is said about it."""

from __future__ import annotations

import pytest
import torch

from engine.device import choose_device, cpu_device, has_torch
from engine.errors import DeviceError

HAS_CUDA = torch.cuda.is_available()
HAS_MPS = torch.backends.mps.is_available()


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(DeviceError, match="auto, cuda, mps, cpu") as caught:
        choose_device("tpu")
    assert caught.value.code == "device.unknown"


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("cuda", marks=pytest.mark.skipif(HAS_CUDA, reason="CUDA is here")),
        pytest.param("mps", marks=pytest.mark.skipif(HAS_MPS, reason="an Apple GPU is here")),
    ],
)
def test_a_device_that_is_not_there_is_refused_by_name(kind: str) -> None:
    with pytest.raises(DeviceError) as caught:
        choose_device(kind)
    assert caught.value.code == "device.unavailable"
    assert {"cuda": "CUDA", "mps": "Apple GPU"}[kind] in caught.value.sentence
    assert "--device auto or cpu" in caught.value.sentence


@pytest.mark.skipif(HAS_CUDA or HAS_MPS, reason="an accelerator is here")
def test_auto_falls_back_to_the_cpu_with_a_reason_for_each() -> None:
    device = choose_device("auto")
    assert device.report.kind == "cpu"
    assert "CUDA" in device.report.reason
    assert "Apple GPU" in device.report.reason


@pytest.mark.skipif(not HAS_CUDA, reason="needs CUDA")
def test_auto_takes_cuda_where_it_computes_as_the_cpu() -> None:
    device = choose_device("auto")
    assert device.report.kind == device.torch_device.type == "cuda"
    assert device.autocast is torch.float16


def test_the_cpu_is_reported_as_it_runs() -> None:
    device = choose_device("cpu")
    assert device.torch_device == torch.device("cpu")
    assert device.report.kind == "cpu"
    threads = torch.get_num_threads()
    assert device.report.name == f"CPU, {threads} thread" + "s" * (threads != 1)
    assert device.report.reason == "The CPU was asked for."
    assert device.report.dtype == {None: "float32", torch.bfloat16: "bfloat16"}[device.autocast]


def test_choosing_leaves_chance_alone() -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    cpu_device("A test.")
    assert torch.equal(torch.get_rng_state(), before)


def test_torch_is_found_without_importing_it_and_missed_where_it_is_kept_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert has_torch()

    def kept_out(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("engine.device.importlib.util.find_spec", kept_out)
    assert not has_torch()
