"""Recipe of the age modulator: there with one network, back with another, the codes agree.

The identity code of the result, seen by the way back, should be that of the face; the
discriminator predicts the age group beside real or not (A. Odena et al., "Conditional Image
Synthesis with Auxiliary Classifier GANs", ICML 2017); the way back reconstructs the face (Zhu et
al., ICCV 2017). A discriminator's own age term is easily fooled: its ancestor reports 95.7 % of
the groups right at a Fréchet distance in the hundred thousands. So two figures are logged,
``group_by_critic`` and, of the estimator that sees results through a guard, ``group_accuracy``,
and ``age`` weighs a term on the latter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch

from engine.models.arch.age_modulator import AgeModulator, AgeModulatorConfig
from engine.training.config import LoopConfig
from engine.training.dataset import PreparedSet
from engine.training.gan import Played
from engine.training.gan_options import GanRecipe
from engine.training.group_gan import GroupTraining
from engine.training.judges import Judges
from engine.training.losses import group as group_loss
from engine.training.losses.code import code_distance
from engine.training.losses.least_squares import least_squares, unconditional_critic
from engine.training.losses.reconstruction import reconstruction
from engine.training.patch import CriticConfig, PatchDiscriminator
from engine.training.runtime import Runtime


@dataclass(frozen=True, slots=True)
class AgeModulatorRecipe(GanRecipe):
    """Weights and rates.

    Attributes:
        code: of the distance between the two identity codes.
        group: of the cross-entropy of the discriminator's group, on results for the generator and
            on real faces for itself.
        back: of the way back's distance from the face.
        age: of the estimator's cross-entropy against the target group; its ancestor has none.
        critic: the discriminator.
    """

    adversarial: float = 1.0
    code: float = 1.0
    group: float = 1.0
    back: float = 10.0
    age: float = 0.0
    critic: CriticConfig = field(default_factory=lambda: CriticConfig(64, 4, "spectral"))


class AgeModulatorTraining(GroupTraining[AgeModulatorRecipe]):
    """Implements :class:`engine.training.loop.Recipe`."""

    critics: PatchDiscriminator

    def __init__(
        self,
        recipe: AgeModulatorRecipe,
        network: AgeModulatorConfig,
        loop: LoopConfig,
        data: PreparedSet,
        judges: Judges,
        runtime: Runtime | None = None,
    ) -> None:
        """Random weights; raises TrainingError where no face is left."""
        torch.manual_seed(loop.seed)
        generator, self.back = AgeModulator(network), AgeModulator(network)
        critic = PatchDiscriminator(recipe.critic, classes=len(network.groups))
        super().__init__(
            recipe,
            loop,
            data,
            judges,
            generator,
            critic,
            network.groups,
            back=self.back,
            runtime=runtime,
        )

    def play(self) -> Played:
        """Every face to another group and back to its own."""
        recipe = self.recipe
        drawn = self.draw()
        batch, own, target = drawn.batch, drawn.own, drawn.target
        encoding = self.generator.encode(batch.image)
        fake = self.shown(self.generator.picture(encoding, target), batch)
        way_back = self.back.encode(fake)
        again = self.back.picture(way_back, own)
        verdict, groups = self.critics.both(fake)
        parts = {
            "adversarial": least_squares(verdict, 1),
            "code": code_distance(encoding[1], way_back[1]),
            "group": group_loss.group_cross_entropy(groups, target),
            "back": reconstruction(batch.image, again),
        }
        weights = {
            "adversarial": recipe.adversarial,
            "code": recipe.code,
            "group": recipe.group,
            "back": recipe.back,
            "age": recipe.age,
        }
        with torch.set_grad_enabled(recipe.age > 0):
            logits = self.groups_seen(fake, batch.image)
        if recipe.age > 0:
            parts["age"] = group_loss.group_cross_entropy(logits, target)
        seen = {
            "group_by_critic": group_loss.group_accuracy(groups, target).item(),
            "group_accuracy": group_loss.group_accuracy(logits, target).item(),
        }

        def critic() -> torch.Tensor:
            real, real_groups = self.critics.both(batch.image)
            loss = unconditional_critic(real, self.critics(fake.detach()))
            return loss + recipe.group * group_loss.group_cross_entropy(real_groups, own)

        def verdict_on(x: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.critics(x)
            return logits

        years = drawn.source, drawn.years
        return Played(parts, weights, critic, verdict_on, batch.image, fake, *years, seen)
