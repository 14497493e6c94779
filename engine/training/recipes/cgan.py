"""Recipe of the plain conditional GAN: the baseline that the others are compared with.

M. Mirza and S. Osindero, "Conditional Generative Adversarial Nets", 2014: picture and condition
are judged together, real against generated, and nothing else. Progression and regression of a
person add two terms: the embedding stays (identity), and at the person's own group so does the
picture (reconstruction).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch

from engine.models.arch.cgan import Cgan, CganConfig
from engine.training.config import LoopConfig
from engine.training.dataset import PreparedSet
from engine.training.gan import Played
from engine.training.gan_options import GanRecipe
from engine.training.group_gan import GroupTraining
from engine.training.judges import Judges
from engine.training.losses import group as group_loss
from engine.training.losses import non_saturating
from engine.training.losses.identity import identity_margin
from engine.training.losses.reconstruction import reconstruction
from engine.training.patch import CriticConfig, PatchDiscriminator
from engine.training.runtime import Runtime


@dataclass(frozen=True, slots=True)
class CganRecipe(GanRecipe):
    """Weights and rates; reconstruction weighs as in P. Isola et al., CVPR 2017.

    Attributes:
        identity: of one minus the cosine of SFace's embeddings.
        reconstruction: of the mean absolute difference at the person's own group.
        age: of the estimator's cross-entropy against the target group; the baseline has none.
        critic: the discriminator, which is told the group.
    """

    adversarial: float = 1.0
    identity: float = 10.0
    reconstruction: float = 100.0
    age: float = 0.0
    critic: CriticConfig = field(default_factory=lambda: CriticConfig(64, 3, "batch"))


class CganTraining(GroupTraining[CganRecipe]):
    """Implements :class:`engine.training.loop.Recipe`."""

    def __init__(
        self,
        recipe: CganRecipe,
        network: CganConfig,
        loop: LoopConfig,
        data: PreparedSet,
        judges: Judges,
        runtime: Runtime | None = None,
    ) -> None:
        """Random weights; raises TrainingError where no face is left."""
        torch.manual_seed(loop.seed)
        critic = PatchDiscriminator(recipe.critic, groups=len(network.groups))
        generator, groups = Cgan(network), network.groups
        super().__init__(recipe, loop, data, judges, generator, critic, groups, runtime=runtime)

    def play(self) -> Played:
        """Every face to another group, and to its own."""
        recipe = self.recipe
        drawn = self.draw()
        batch, own, target = drawn.batch, drawn.own, drawn.target
        encoding = self.generator.encode(batch.image)
        fake = self.shown(self.generator.picture(encoding, target), batch)
        again = self.generator.picture(encoding, own)
        with torch.no_grad():
            before = self.sface(batch.image, batch.points)
        after = self.sface(fake, batch.points)
        gap = torch.zeros_like(drawn.source)
        parts = {
            "adversarial": non_saturating.generator_side(self.critics(fake, target)),
            "identity": identity_margin(before, after, gap, start=1.0, per_year=0.0),
            "reconstruction": reconstruction(batch.image, again),
        }
        weights = {
            "adversarial": recipe.adversarial,
            "identity": recipe.identity,
            "reconstruction": recipe.reconstruction,
            "age": recipe.age,
        }
        seen = {}
        if recipe.age > 0:
            logits = self.groups_seen(fake, batch.image)
            parts["age"] = group_loss.group_cross_entropy(logits, target)
            seen["group_accuracy"] = group_loss.group_accuracy(logits, target).item()

        def critic() -> torch.Tensor:
            return non_saturating.critic(
                self.critics(batch.image, own), self.critics(fake.detach(), target)
            )

        def verdict(x: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.critics(x, own)
            return logits

        years = drawn.source, drawn.years
        return Played(parts, weights, critic, verdict, batch.image, fake, *years, seen)
