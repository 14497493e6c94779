"""What recipes share: who is drawn, known ages, learning rates, what a checkpoint keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.errors import TrainingError
from engine.models.arch.age_estimator import AgeEstimator
from engine.training.dataset import Batch, PreparedSet


class Stateful(Protocol):
    """A network, an optimiser or a schedule."""

    def state_dict(self) -> dict[str, Any]:
        """All that it needs to go on."""

    def load_state_dict(self, state: Any, /) -> Any:
        """Go on from :meth:`state_dict`."""


class Kept:
    """The named parts of a recipe that a checkpoint keeps, and its random generators."""

    def __init__(self, random: np.random.Generator, parts: Mapping[str, Stateful]) -> None:
        """``random`` is the recipe's own; torch's is the global one."""
        self._random, self._parts = random, dict(parts)

    def state(self) -> dict[str, Any]:
        """Every part's state, and the random generators'."""
        return {name: part.state_dict() for name, part in self._parts.items()} | {
            "random": self._random.bit_generator.state,
            "torch_random": torch.get_rng_state(),
        }

    def load(self, state: Mapping[str, Any]) -> None:
        """Go on from :meth:`state`. Raises TrainingError if it is another recipe's."""
        self.take(state, {name: name for name in self._parts})
        self._random.bit_generator.state = state["random"]
        torch.set_rng_state(state["torch_random"])

    def add(self, name: str, part: Stateful) -> None:
        """Keep one more part."""
        self._parts[name] = part

    def has(self, name: str) -> bool:
        """Whether a part has that name."""
        return name in self._parts

    def take(self, state: Mapping[str, Any], names: Mapping[str, str]) -> None:
        """Give parts what ``state`` has: own name → name there.

        Raises TrainingError (``training.other_network``) where it lacks one or one does not fit.
        """
        for own, theirs in names.items():
            try:
                self._parts[own].load_state_dict(state[theirs])
            except (KeyError, RuntimeError, ValueError) as error:
                raise TrainingError(
                    f"The other run's {theirs} does not fit this recipe's {own}; both need the "
                    "same recipe and the same network.",
                    code="training.other_network",
                ) from error


class Sampler:
    """Draws training batches of some rows of a prepared set, with their ages."""

    def __init__(
        self,
        data: PreparedSet,
        ages: NDArray[np.float32],
        rows: NDArray[np.int64],
        weights: NDArray[np.float64],
        random: np.random.Generator,
    ) -> None:
        """``ages`` of the whole set; ``weights`` of ``rows``, summing to 1."""
        self.rows, self.weights = rows, weights
        self._data, self._ages, self._random = data, ages, random

    def draw(self, count: int, *, shift: int = 5) -> tuple[Batch, Tensor]:
        """``count`` faces, shifted up to ``shift`` px and mirrored, and their years (B,)."""
        rows = self._random.choice(self.rows, count, p=self.weights)
        batch = self._data.batch(rows, self._random, shift=shift)
        return batch, torch.from_numpy(self._ages[rows])


@torch.no_grad()
def known_ages(data: PreparedSet, estimator: AgeEstimator) -> NDArray[np.float32]:
    """Labels, else what was estimated when the set was made, else the estimator's answer; years."""
    ages = np.where(np.isfinite(data.age), data.age, data.estimated)
    missing = np.flatnonzero(~np.isfinite(ages))
    for at in range(0, len(missing), 64):
        rows = missing[at : at + 64]
        ages[rows] = estimator.age(data.batch(rows).image).numpy()
    return ages


def set_rate(optimiser: torch.optim.Optimizer, rate: float) -> None:
    """One learning rate for all that ``optimiser`` moves."""
    for group in optimiser.param_groups:
        group["lr"] = rate


def linear_decay(done: float, share: float, floor: float) -> float:
    """Factor of the learning rate: 1, then falling linearly to ``floor``.

    Args:
        done: share of the run that is done, 0..1.
        share: of the run, at its end, over which the rate falls; 0 for a constant rate.
        floor: what is left at the end.
    """
    left = min(1.0, (1 - done) / share) if share > 0 else 1.0
    return floor + (1 - floor) * left


def freeze(network: nn.Module, prefixes: Iterable[str]) -> None:
    """Keep the parameters whose names start with one of ``prefixes`` as they are.

    Raises TrainingError (``training.config``) for a prefix that fits none, or if none is left.
    """
    for prefix in prefixes:
        found = [p for name, p in network.named_parameters() if name.startswith(prefix)]
        if not found:
            known = ", ".join(name for name, _ in network.named_children())
            raise TrainingError(
                f"Nothing to freeze is named {prefix!r}; the network has {known}.",
                code="training.config",
            )
        for parameter in found:
            parameter.requires_grad_(False)
    if not learning(network):
        raise TrainingError("freeze leaves nothing to train.", code="training.config")


def learning(*networks: nn.Module) -> Sequence[nn.Parameter]:
    """Parameters that are not frozen."""
    return [p for network in networks for p in network.parameters() if p.requires_grad]
