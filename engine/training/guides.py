"""Who reads ages off a generator's results while it learns, and what has to please all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.errors import TrainingError
from engine.models.age_reader import AgeReader
from engine.models.architectures import ARCHITECTURES
from engine.models.layers import channels_last
from engine.training.config import read_toml
from engine.training.guard import guarded
from engine.training.losses.age import age_cross_entropy
from engine.training.run import CONFIG, finished_run
from engine.training.runtime import Runtime


class Guides:
    """Frozen networks that read ages, each looking at results under conditions of its own.

    What pleases one alone (a brow drawn darker, a jaw drawn smaller) seldom pleases a second one
    of another design: F. Tramèr et al., "Ensemble Adversarial Training", ICLR 2018, for the other
    side of the same coin.
    """

    def __init__(self, first: AgeReader, runs: Sequence[str], runtime: Runtime) -> None:
        """``first`` lies on the device already; ``runs`` are folders. Raises TrainingError."""
        self._readers = [first, *(runtime.place(trained_reader(Path(run))) for run in runs)]

    def loss(self, fake: Tensor, years: Tensor, sigma: float, *, shading: float = 0.0) -> Tensor:
        """Mean cross-entropy of RGB (B, 3, S, S) in 0..1 against ``years`` (B,)."""
        losses = [
            age_cross_entropy(reader(guarded(fake, shading))[0], years, sigma)
            for reader in self._readers
        ]
        return torch.stack(losses).mean()


def trained_reader(run: Path) -> AgeReader:
    """The averaged network of a run that learnt to read ages, frozen.

    Raises TrainingError where the folder holds none.
    """
    state = finished_run(run)
    tables = read_toml(run / CONFIG)
    network = _built(str(tables.get("recipe")), tables.get("network", {}))
    if network is None:
        raise TrainingError(f"{run} did not learn to read ages.", code="training.config")
    network.load_state_dict(state["ema"])
    return channels_last(network.eval().requires_grad_(False))


def _built(architecture: str, config: Mapping[str, Any]) -> AgeReader | None:
    build = ARCHITECTURES.get(architecture)
    network = None if build is None else build(config)
    return network if isinstance(network, AgeReader) else None
