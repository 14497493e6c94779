"""Recipe of IPCGAN: conditional least squares, features that stay, groups that are recognised.

Z. Wang, X. Tang, W. Luo and S. Gao, "Face Aging with Identity-Preserved Conditional Generative
Adversarial Networks", CVPR 2018. Weights, rate and pairs are the paper's. What differs:

- The paper's identity loss looks at AlexNet's conv5. The ImageNet weights at hand are
  EfficientNet-Lite0's, so its ``block10`` (also at 1/16 of the side) is the default;
  ``fea_network = "alexnet"`` with ``fea_weights`` takes the paper's.
- The age classifier is the frozen estimator of this project, its years summed into the groups.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch

from engine.models.arch.ipcgan import Ipcgan, IpcganConfig
from engine.training.config import LoopConfig
from engine.training.dataset import PreparedSet
from engine.training.features import feature_layer
from engine.training.gan import Played
from engine.training.gan_options import GanRecipe
from engine.training.group_gan import GroupTraining
from engine.training.groups import other_group
from engine.training.judges import Judges
from engine.training.losses import group as group_loss
from engine.training.losses import least_squares
from engine.training.losses.features import feature_distance
from engine.training.losses.reconstruction import reconstruction
from engine.training.patch import CriticConfig, PatchDiscriminator
from engine.training.runtime import Runtime


@dataclass(frozen=True, slots=True)
class IpcganRecipe(GanRecipe):
    """Weights and rates; the defaults are the paper's.

    Attributes:
        fea_network, fea_layer, fea_weights: see :func:`engine.training.features.feature_layer`.
        own_group_weight: of the reconstruction at the person's own group, on half of each batch;
            the paper has none.
        critic: the discriminator.
    """

    learning_rate: float = 1e-3
    discriminator_rate: float = 1e-3
    gan_loss_weight: float = 75.0
    fea_loss_weight: float = 0.5e-4
    age_loss_weight: float = 30.0
    own_group_weight: float = 0.0
    fea_network: str = "lite0"
    fea_layer: str = "block10"
    fea_weights: str = ""
    critic: CriticConfig = field(default_factory=lambda: CriticConfig(64, 4, "batch"))


class IpcganTraining(GroupTraining[IpcganRecipe]):
    """Implements :class:`engine.training.loop.Recipe`."""

    def __init__(
        self,
        recipe: IpcganRecipe,
        network: IpcganConfig,
        loop: LoopConfig,
        data: PreparedSet,
        judges: Judges,
        runtime: Runtime | None = None,
    ) -> None:
        """Random weights; raises TrainingError where no face is left or a setting is off."""
        torch.manual_seed(loop.seed)
        self.features = feature_layer(
            recipe.fea_network, recipe.fea_layer, recipe.fea_weights, judges.backbone
        )
        critic = PatchDiscriminator(recipe.critic, groups=len(network.groups))
        generator, groups = Ipcgan(network), network.groups
        super().__init__(recipe, loop, data, judges, generator, critic, groups, runtime=runtime)
        self.runtime.place(self.features)

    def play(self) -> Played:
        """Every face to a group that is not its own."""
        recipe = self.recipe
        drawn = self.draw()
        batch, own, target = drawn.batch, drawn.own, drawn.target
        fake = self.shown(self.generator.picture((batch.image,), target), batch)
        logits = self.groups_seen(fake, batch.image)
        with torch.no_grad():
            before = self.features(batch.image)
        parts = {
            "gan": least_squares.generator_side(self.critics(fake, target)),
            "features": feature_distance(before, self.features(fake)),
            "age": group_loss.group_cross_entropy(logits, target),
        }
        weights = {
            "gan": recipe.gan_loss_weight,
            "features": recipe.fea_loss_weight,
            "age": recipe.age_loss_weight,
            "own_group": recipe.own_group_weight,
        }
        if recipe.own_group_weight > 0:
            half = batch.image[: max(1, self.loop.batch // 2)]
            again = self.generator.picture((half,), own[: len(half)])
            parts["own_group"] = reconstruction(half, again)

        def critic() -> torch.Tensor:
            return recipe.gan_loss_weight * least_squares.conditional_critic(
                self.critics(batch.image, own),
                self.critics(fake.detach(), target),
                self.critics(batch.image, other_group(own, len(self.groups))),
            )

        seen = {"group_accuracy": group_loss.group_accuracy(logits, target).item()}

        def verdict(x: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.critics(x, own)
            return logits

        years = drawn.source, drawn.years
        return Played(parts, weights, critic, verdict, batch.image, fake, *years, seen)
