"""What ``test_runtime`` runs in two processes: trains, stops, goes on, and writes down what it saw.

Started by torch's own launcher: ``two_processes.py FOLDER``, with a prepared set in it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import torch

from engine.errors import TrainingError
from engine.models.arch.cyclegan import CycleganConfig
from engine.models.assets import SFACE, asset
from engine.training.config import LoopConfig
from engine.training.dataset import PreparedSet
from engine.training.delta_options import DeltaRecipe
from engine.training.judges import Judges
from engine.training.loop import train
from engine.training.patch import CriticConfig
from engine.training.recipes.cyclegan import CycleganRecipe, CycleganTraining
from engine.training.recipes.delta import DeltaTraining
from engine.training.run import RunFolder
from engine.training.runtime import Runtime, start
from engine.training.sface import SFace
from tests.unit.models import tiny

STEPS = 3


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    loop = LoopConfig(STEPS, batch=4, log_every=1, checkpoint_every=STEPS, device="cpu")
    runtime = start(loop)
    seen: dict[str, Any] = {"world": runtime.world, "rank": runtime.rank}
    seen["gradient"] = mean_gradient(runtime)
    seen["flags"] = runtime.any_of(False, runtime.rank == 1)
    seen["means"] = runtime.means({"a": float(runtime.rank), **({} if runtime.first else {"b": 5})})
    try:
        runtime.at_first(failing)
    except TrainingError as error:
        seen["failure"] = error.code
    with runtime.in_turn():
        data = PreparedSet(folder / "set")
    sface = SFace(asset(SFACE))
    for name in ("delta", "cyclegan"):

        def fresh(name: str = name) -> Any:
            return recipe(name, data, sface, runtime)

        # Each is built just before it starts: building seeds torch's chance.
        whole = fresh()
        train(whole, loop, opened(folder, f"{name}-whole", runtime), runtime=runtime)
        seen[f"{name}-chance"] = float(torch.rand(())), float(whole.random.random())
        parts, first = opened(folder, f"{name}-parts", runtime), fresh()
        # The second process's clock alone runs out, after its first step; both stop.
        minutes = 0.0 if runtime.rank == 1 else 60.0
        seen[f"{name}-stopped"] = train(first, loop, parts, runtime=runtime, max_minutes=minutes)
        second = fresh()
        torch.randn(7)
        train(second, loop, parts, runtime=runtime)
        seen[f"{name}-whole"], seen[f"{name}-parts"] = digest(whole), digest(second)
    (folder / f"rank{runtime.rank}.json").write_text(json.dumps(seen))


def recipe(name: str, data: PreparedSet, sface: SFace, runtime: Runtime) -> Any:
    loop = LoopConfig(STEPS, batch=2)
    judges = Judges(tiny.estimator(), tiny.backbone(), sface)
    if name == "delta":
        return DeltaTraining(DeltaRecipe(), tiny.DELTA, loop, data, judges, runtime)
    options = CycleganRecipe(critic=CriticConfig(8, 2, "batch"), pool=2, projected=1.0)
    return CycleganTraining(options, CycleganConfig(8, 1), loop, data, judges, runtime)


def opened(folder: Path, name: str, runtime: Runtime) -> RunFolder:
    return runtime.at_first(lambda: RunFolder(folder / name, folder / "x.toml"))


def mean_gradient(runtime: Runtime) -> list[float]:
    """Of Σ w·x over each process's own x: one step of plain descent from zero."""
    weight = torch.nn.Linear(2, 1, bias=False)
    torch.nn.init.zeros_(weight.weight)
    x = torch.tensor([1.0 + runtime.rank, 10.0])
    optimiser = torch.optim.SGD(weight.parameters(), 1.0)
    runtime.update(weight(x).sum(), optimiser, weight)
    return [-value for value in weight.weight[0].tolist()]


def failing() -> None:
    raise TrainingError("No.", code="training.no")


def digest(training: Any) -> dict[str, float]:
    """A number that any change of a network's weights or statistics changes."""
    networks = {"generator": training.generator, "ema": training.ema, "heads": training.judge.heads}
    return {
        name: float(sum(v.double().abs().sum() * (i + 1) for i, v in enumerate(values)))
        for name, network in networks.items()
        if (values := list(network.state_dict().values()))
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
