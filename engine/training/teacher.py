"""A start by imitation: what a generator learns from a trained one before its own losses begin."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.errors import TrainingError
from engine.models.generator import Generator
from engine.models.registry import ModelRegistry
from engine.paths import weights_dir
from engine.training.runtime import Runtime


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Faces, and what both generators are asked for.

    Attributes:
        image, mask: (B, 3, S, S) in 0..1 and the portraits' masks (B, 1, S, S).
        source, target: years (B,).
        choice: the same as the pupil's choice (B,).
    """

    image: Tensor
    mask: Tensor
    source: Tensor
    target: Tensor
    choice: Tensor


class Teacher:
    """An installed generator for any age, frozen."""

    def __init__(self, name: str, runtime: Runtime) -> None:
        """Raises ModelError if it is not installed, TrainingError if it knows groups alone."""
        registry = ModelRegistry(weights_dir())
        spec = registry.generator(name)
        network = registry.load(spec)
        if not spec.continuous or not isinstance(network, Generator):
            raise TrainingError(
                f"{name} cannot be imitated: it does not know every age.", code="training.config"
            )
        self.network: Generator = runtime.place(network)

    @torch.no_grad()
    def aged(self, asked: Asked) -> Tensor:
        """The teacher's pictures (B, 3, S, S) in 0..1, changed within the portrait alone."""
        change, mask = self.network(asked.image, asked.source, asked.target)
        aged: Tensor = asked.image + change * mask * asked.mask
        return aged.clamp(0, 1)

    def distance(self, picture: Tensor, asked: Asked) -> Tensor:
        """Squared difference of a pupil's pictures from the teacher's, over the teacher's change.

        1 where the pupil leaves every face as it is. Absolute differences would not do: most
        pixels hardly change, so that no change at all is nearly as good as any.
        """
        aged = self.aged(asked)
        return (picture - aged).square().mean() / (aged - asked.image).square().mean()
