"""Devices, precision and processes: what is refused, what bf16 does, what two agree on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.errors import DeviceError, TrainingError
from engine.models.assets import SFACE, asset
from engine.training.config import LoopConfig
from engine.training.dataset import PreparedSet
from engine.training.delta_options import DeltaRecipe
from engine.training.judges import Judges
from engine.training.recipes.delta import DeltaTraining
from engine.training.run import RunFolder
from engine.training.runtime import Runtime, one_process, start
from engine.training.sface import SFace
from tests.unit.models import tiny
from tests.unit.training import tiny_set

ROOT = Path(__file__).resolve().parents[3]
LOOP = LoopConfig(steps=4, batch=2, device="cpu")


def on_cpu(**options: Any) -> Runtime:
    return start(LoopConfig(steps=4, batch=2, device="cpu", **options))


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ({"precision": "fp64"}, "training.precision", "known are fp32"),
        ({"precision": "16-mixed"}, "training.precision", "use bf16-mixed or fp32"),
        ({"devices": 0}, "training.devices", "1 or more"),
        ({"devices": 3}, "training.devices", "cannot be shared by 3"),
    ],
)
def test_what_cannot_be_done_is_refused(options: dict[str, Any], code: str, said: str) -> None:
    with pytest.raises(TrainingError, match=said) as caught:
        on_cpu(**options)
    assert caught.value.code == code


@pytest.mark.skipif(torch.cuda.is_available(), reason="a CUDA device is there")
def test_a_device_that_is_not_there() -> None:
    with pytest.raises(DeviceError):
        start(LoopConfig(steps=1, batch=2, device="cuda"))


def test_a_plain_step_is_that_of_torch() -> None:
    """Clipped, as two lines of torch would do it."""
    one, two = (torch.nn.Parameter(torch.tensor([1.0, 2.0])) for _ in range(2))
    optimisers = [torch.optim.SGD([p], 0.5) for p in (one, two)]
    one_process().update((one * torch.tensor([3.0, 4.0])).sum(), optimisers[0], clip=1.0)
    (two * torch.tensor([3.0, 4.0])).sum().backward()
    torch.nn.utils.clip_grad_norm_([two], 1.0)
    optimisers[1].step()
    assert torch.equal(one, two)
    torch.testing.assert_close(one.detach(), torch.tensor([0.7, 1.6]))


def test_reduced_precision_is_in_the_losses_alone() -> None:
    runtime, layer = on_cpu(precision="bf16-mixed"), torch.nn.Linear(3, 3)
    with runtime.autocast():
        assert layer(torch.ones(1, 3)).dtype == torch.bfloat16
    assert layer(torch.ones(1, 3)).dtype == torch.float32
    with on_cpu().autocast():
        assert layer(torch.ones(1, 3)).dtype == torch.float32


def test_a_compiled_method_computes_the_same_and_keeps_its_names() -> None:
    plain, compiled = tiny.delta(), tiny.delta()
    compiled.load_state_dict(plain.state_dict())
    on_cpu(compile="aot_eager").compiled(compiled, "encode", "decode")
    assert list(compiled.state_dict()) == list(plain.state_dict())
    x, years = tiny.pictures(1, 32), torch.tensor([30.0])
    for a, b in zip(plain(x, years, years), compiled(x, years, years), strict=True):
        torch.testing.assert_close(a, b)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("runtime")
    tiny_set.write(root / "set", unlabelled=2)
    (root / "x.toml").write_text("")
    return root


def delta(folder: Path, runtime: Runtime) -> DeltaTraining:
    judges = Judges(tiny.estimator(), tiny.backbone(), SFace(asset(SFACE)))
    data = PreparedSet(folder / "set")
    return DeltaTraining(DeltaRecipe(), tiny.DELTA, LOOP, data, judges, runtime)


def test_delta_learns_in_bf16_near_what_it_learns_in_fp32(folder: Path) -> None:
    full, reduced = (delta(folder, on_cpu(precision=p)) for p in ("fp32", "bf16-mixed"))
    expected, got = full.step(0), reduced.step(0)
    for name, value in expected.items():
        # The tiny backbone's features are random, so its judge amplifies the rounding.
        room = 0.5 if name in ("projected", "judge") else 0.1
        assert got[name] == pytest.approx(value, abs=room), name
    assert got["age"] != expected["age"], "or nothing was reduced"
    assert all(p.dtype == torch.float32 for p in reduced.generator.parameters())


@pytest.fixture(scope="module")
def seen(folder: Path) -> list[dict[str, Any]]:
    """What both of two processes wrote down."""
    launcher = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")
    script = Path(__file__).with_name("two_processes.py")
    done = subprocess.run(
        [sys.executable, *launcher, str(script), str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads((folder / f"rank{rank}.json").read_text()) for rank in (0, 1)]


@pytest.mark.slow
def test_two_processes_share_a_step(seen: list[dict[str, Any]]) -> None:
    assert [(one["world"], one["rank"]) for one in seen] == [(2, 0), (2, 1)]
    for one in seen:
        assert one["gradient"] == [1.5, 10.0], "the mean of theirs"
        assert one["flags"] == [False, True]
        assert one["means"] == {"a": 0.5, "b": 5}
        assert one["failure"] == "training.no"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["delta", "cyclegan"])
def test_two_processes_hold_the_same_weights(seen: list[dict[str, Any]], name: str) -> None:
    assert seen[0][f"{name}-whole"] == seen[1][f"{name}-whole"]
    drawn = [one[f"{name}-chance"] for one in seen]
    assert not set(drawn[0]) & set(drawn[1]), "each draws its own faces"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["delta", "cyclegan"])
def test_they_stop_together_and_go_on_bit_for_bit(seen: list[dict[str, Any]], name: str) -> None:
    for one in seen:
        assert one[f"{name}-stopped"] == 1
        assert one[f"{name}-parts"] == one[f"{name}-whole"]


@pytest.mark.slow
def test_only_the_first_process_writes(seen: list[dict[str, Any]], folder: Path) -> None:
    lines = (folder / "delta-whole" / "stats.jsonl").read_text().splitlines()
    steps = [json.loads(line)["step"] for line in lines]
    assert steps == [1, 2, 3, 3], "three steps and a snapshot"
    assert len(seen) == 2


@pytest.mark.slow
def test_one_process_goes_on_from_two(seen: list[dict[str, Any]], folder: Path) -> None:
    saved = RunFolder(folder / "delta-whole", folder / "x.toml").load()
    assert saved is not None
    assert len(saved[1]["processes"]) == 1
    assert len(seen) == 2
    alone = delta(folder, one_process())
    alone.load(saved[1])
    assert torch.equal(torch.get_rng_state(), saved[1]["torch_random"])
    assert "processes" not in alone.state()
