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
from engine.training.runtime import Runtime


class Stateful(Protocol):
    """A network, an optimiser or a schedule."""

    def state_dict(self) -> dict[str, Any]:
        """All that it needs to go on."""

    def load_state_dict(self, state: Any, /) -> Any:
        """Go on from :meth:`state_dict`."""


class Kept:
    """The named parts of a recipe that a checkpoint keeps, and its random generators.

    Where several processes train, the parts are the same in all of them, but chance is each
    one's own, and so are the parts that :meth:`add` is told of.
    """

    def __init__(
        self, random: np.random.Generator, parts: Mapping[str, Stateful], runtime: Runtime
    ) -> None:
        """``random`` is the recipe's own; torch's is the global one.

        From here on every process has a chance of its own; the first one's is as it was.
        """
        self._random, self._parts, self._runtime = random, dict(parts), runtime
        self._own: dict[str, Stateful] = {}
        self._part_ways(torch.initial_seed())

    def state(self) -> dict[str, Any]:
        """Every part's state, the random generators' and the loss scaling's.

        All processes call it. The first one's chance lies at the top, that of the others in
        ``processes``.
        """
        own: dict[str, Any] = {name: part.state_dict() for name, part in self._own.items()}
        own |= {"random": self._random.bit_generator.state} | self._runtime.chance()
        first, *others = self._runtime.gathered(own)
        state = {name: part.state_dict() for name, part in self._parts.items()} | first
        scaling = self._runtime.scaling()
        return (
            state
            | ({"processes": others} if others else {})
            | ({"scaling": scaling} if scaling else {})
        )

    def load(self, state: Mapping[str, Any]) -> None:
        """Go on from :meth:`state`. Raises TrainingError if it is another recipe's.

        A process that the saved run did not have begins with a new chance.
        """
        self.take(state, {name: name for name in self._parts})
        self._runtime.set_scaling(state.get("scaling", {}))
        every = [state, *state.get("processes", [])]
        rank = self._runtime.rank
        mine = every[rank] if rank < len(every) else state
        self.take(mine, {name: name for name in self._own})
        self._random.bit_generator.state = mine["random"]
        self._runtime.set_chance(mine)
        if rank >= len(every):
            self._part_ways(int(torch.randint(2**31, ())))

    def add(self, name: str, part: Stateful) -> None:
        """Keep one more part, which every process has its own of."""
        self._own[name] = part

    def has(self, name: str) -> bool:
        """Whether a part has that name."""
        return name in self._parts

    def take(self, state: Mapping[str, Any], names: Mapping[str, str]) -> None:
        """Give parts what ``state`` has: own name → name there.

        Raises TrainingError (``training.other_network``) where it lacks one or one does not fit.
        """
        for own, theirs in names.items():
            try:
                (self._parts | self._own)[own].load_state_dict(state[theirs])
            except (KeyError, RuntimeError, ValueError) as error:
                raise TrainingError(
                    f"The other run's {theirs} does not fit this recipe's {own}; both need the "
                    "same recipe and the same network.",
                    code="training.other_network",
                ) from error

    def _part_ways(self, seed: int) -> None:
        rank = self._runtime.rank
        if rank > 0:
            fresh = np.random.default_rng([seed, rank])
            self._random.bit_generator.state = fresh.bit_generator.state
            torch.manual_seed(int(fresh.integers(2**62)))


class Sampler:
    """Draws training batches of some rows of a prepared set, with their ages."""

    def __init__(
        self,
        data: PreparedSet,
        ages: NDArray[np.float32],
        rows: NDArray[np.int64],
        weights: NDArray[np.float64],
        random: np.random.Generator,
        device: torch.device,
    ) -> None:
        """``ages`` of the whole set; ``weights`` of ``rows``, summing to 1."""
        self.rows, self.weights, self._device = rows, weights, device
        self._data, self._ages, self._random = data, ages, random

    def draw(self, count: int, *, shift: int = 5) -> tuple[Batch, Tensor]:
        """``count`` faces, shifted up to ``shift`` px and mirrored, and their years (B,)."""
        rows = self._random.choice(self.rows, count, p=self.weights)
        batch = self._data.batch(rows, self._random, shift=shift)
        return batch.to(self._device), torch.from_numpy(self._ages[rows]).to(self._device)


@torch.no_grad()
def known_ages(
    data: PreparedSet, estimator: AgeEstimator, device: torch.device
) -> NDArray[np.float32]:
    """Labels, else what was estimated when the set was made, else the estimator's answer; years.

    ``device`` is where the estimator lies.
    """
    ages = np.where(np.isfinite(data.age), data.age, data.estimated)
    missing = np.flatnonzero(~np.isfinite(ages))
    for at in range(0, len(missing), 64):
        rows = missing[at : at + 64]
        ages[rows] = estimator.age(data.batch(rows).image.to(device)).cpu().numpy()
    return ages


def set_rate(optimiser: torch.optim.Optimizer, rate: float) -> None:
    """One learning rate for all that ``optimiser`` moves."""
    for group in optimiser.param_groups:
        group["lr"] = rate


def growing(done: float, share: float) -> float:
    """From a tenth up to 1 over the first ``share`` of a run (``done`` in 0..1); 1 without one."""
    return min(1.0, 0.1 + done / share) if share > 0 else 1.0


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
