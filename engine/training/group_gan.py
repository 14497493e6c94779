"""What the recipes share that know ages as numbered groups: who is drawn, and asked for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.models.generator import PictureGenerator, group_of
from engine.training.common import Sampler
from engine.training.config import LoopConfig
from engine.training.dataset import Batch, PreparedSet
from engine.training.gan import Config, GanTraining
from engine.training.groups import group_weights, middle_of, other_group, sample_targets
from engine.training.judges import Judges
from engine.training.losses.group import group_logits
from engine.training.runtime import Runtime
from engine.training.teacher import Asked

_OLDEST = 117


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Faces of a step, each with another group to go to.

    Attributes:
        batch: the faces.
        source: their years (B,).
        own, target: indices (B,) of their group and of the one asked for.
        years: the age that stands for the target (B,).
    """

    batch: Batch
    source: Tensor
    own: Tensor
    target: Tensor
    years: Tensor


class GroupTraining(GanTraining[Config]):
    """A :class:`GanTraining` whose generator is asked for one of its age groups."""

    def __init__(
        self,
        recipe: Config,
        loop: LoopConfig,
        data: PreparedSet,
        judges: Judges,
        generator: PictureGenerator,
        critics: nn.Module,
        groups: Sequence[int],
        *,
        back: nn.Module | None = None,
        runtime: Runtime | None = None,
    ) -> None:
        """``groups`` are their first years; raises TrainingError where no face is left."""
        super().__init__(recipe, loop, data, judges, generator, critics, back=back, runtime=runtime)
        self.groups = groups
        rows = self.rows_of(groups[0], _OLDEST)
        weights = group_weights(self.age[rows], groups, recipe.balance)
        self.sampler = Sampler(data, self.age, rows, weights, self.random, self.runtime.device)

    def targets(self) -> tuple[float, ...]:
        """One age a group from 10 years up."""
        return sample_targets(self.groups)

    def draw(self) -> Drawn:
        """A batch, every face asked for a group that is not its own."""
        batch, source = self.sampler.draw(self.loop.batch)
        own = group_of(source, self.groups)
        target = other_group(own, len(self.groups))
        years = middle_of(self.groups).to(target.device)[target]
        return Drawn(batch, source, own, target, years)

    def asked(self) -> Asked:
        """Every face for another group, a quarter of them for their own."""
        drawn = self.draw()
        stays = torch.rand(drawn.own.shape, device=drawn.own.device) < 0.25
        return Asked(
            drawn.batch.image,
            drawn.batch.mask,
            drawn.source,
            torch.where(stays, drawn.source, drawn.years),
            torch.where(stays, drawn.own, drawn.target),
        )

    def groups_seen(self, fake: Tensor, real: Tensor) -> Tensor:
        """The estimator's logits of the groups (B, groups) for results of the faces ``real``."""
        return group_logits(self.ages_seen(fake, real), self.groups)
