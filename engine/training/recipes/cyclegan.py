"""Recipe of CycleGAN: young to old and old to young, from faces that belong to nobody's pair.

J.-Y. Zhu, T. Park, P. Isola and A. Efros, "Unpaired Image-to-Image Translation using
Cycle-Consistent Adversarial Networks", ICCV 2017: least squares, cycle and identity losses, an
image pool of 50, rates constant for half of the run and then falling to zero. The domains are
cut from any prepared set by age. Half of a batch is young, half old.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import torch
from torch import Tensor, nn

from engine.models.arch.cyclegan import OLD, YOUNG, Cyclegan, CycleganConfig
from engine.training.common import Sampler
from engine.training.config import LoopConfig
from engine.training.dataset import PreparedSet, balanced_weights
from engine.training.gan import GanTraining, Played
from engine.training.gan_options import GanRecipe
from engine.training.judges import Judges
from engine.training.losses import group as group_loss
from engine.training.losses.age import age_cross_entropy
from engine.training.losses.least_squares import least_squares, unconditional_critic
from engine.training.losses.reconstruction import reconstruction
from engine.training.patch import CriticConfig, PatchDiscriminator
from engine.training.pool import ImagePool
from engine.training.runtime import Runtime
from engine.training.teacher import Asked


@dataclass(frozen=True, slots=True)
class CycleganRecipe(GanRecipe):
    """Weights and rates; the defaults are the paper's.

    Attributes:
        identity: of a generator's change of a face that is in its domain already.
        age: of the estimator's cross-entropy; the paper has none.
        age_sigma: years around the target there.
        pool: generated pictures that the discriminators look back on.
        critic: both discriminators.
    """

    decay: float = 0.5
    balance: float = 0.0
    adversarial: float = 1.0
    cycle: float = 10.0
    identity: float = 5.0
    age: float = 0.0
    age_sigma: float = 3.0
    pool: int = 50
    critic: CriticConfig = field(default_factory=CriticConfig)


class CycleganTraining(GanTraining[CycleganRecipe]):
    """Implements :class:`engine.training.loop.Recipe`."""

    generator: Cyclegan
    hot: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        recipe: CycleganRecipe,
        network: CycleganConfig,
        loop: LoopConfig,
        data: PreparedSet,
        judges: Judges,
        runtime: Runtime | None = None,
    ) -> None:
        """Random weights; raises TrainingError where a domain has no faces."""
        torch.manual_seed(loop.seed)
        self.domains = network.young, network.old
        critics = nn.ModuleDict(
            {name: PatchDiscriminator(recipe.critic) for name in ("young", "old")}
        )
        generator = Cyclegan(network)
        super().__init__(recipe, loop, data, judges, generator, critics, runtime=runtime)
        for way in (generator.older, generator.younger):
            self.runtime.compiled(way, "forward")
        self.samplers = [self._sampler(span) for span in self.domains]
        self.pools = {name: ImagePool(recipe.pool) for name in ("young", "old")}
        for name, pool in self.pools.items():
            self.kept.add(f"pool_{name}", pool)

    def targets(self) -> tuple[float, ...]:
        """The middle of each domain."""
        return tuple(sum(span) / 2 for span in self.domains)

    def asked(self) -> Asked:
        """Half a batch of each domain for the other, a quarter of the faces for their own."""
        half = max(1, self.loop.batch // 2)
        (young, young_age), (old, old_age) = (sampler.draw(half) for sampler in self.samplers)
        source = torch.cat([young_age, old_age])
        own = torch.tensor([YOUNG] * half + [OLD] * half, device=source.device)
        stays = torch.rand(own.shape, device=own.device) < 0.25
        return Asked(
            torch.cat([young.image, old.image]),
            torch.cat([young.mask, old.mask]),
            source,
            torch.where(stays, source, torch.cat([old_age, young_age])),
            torch.where(stays, own, 1 - own),
        )

    def play(self) -> Played:
        """Both ways there, back again, and each generator on its own domain."""
        recipe, half = self.recipe, max(1, self.loop.batch // 2)
        (young, young_age), (old, old_age) = (sampler.draw(half) for sampler in self.samplers)
        older, younger = self.generator.older, self.generator.younger
        critics = self.critics
        assert isinstance(critics, nn.ModuleDict)
        made_old, made_young = (
            self.shown(older(young.image), young),
            self.shown(younger(old.image), old),
        )
        back_young, back_old = younger(made_old), older(made_young)
        real = torch.cat([young.image, old.image])
        fake = torch.cat([made_old, made_young])
        source = torch.cat([young_age, old_age])
        target = torch.cat([old_age, young_age])  # as the real faces of that domain are spread
        parts = {
            "adversarial": least_squares(critics["old"](made_old), 1)
            + least_squares(critics["young"](made_young), 1),
            "cycle": reconstruction(young.image, back_young) + reconstruction(old.image, back_old),
        }
        if recipe.identity > 0:
            parts["identity"] = reconstruction(young.image, younger(young.image))
            parts["identity"] = parts["identity"] + reconstruction(old.image, older(old.image))
        seen = {}
        if recipe.age > 0:
            logits = self.ages_seen(fake, real)
            parts["age"] = age_cross_entropy(logits, target, recipe.age_sigma)
            seen["domain_accuracy"] = self._accuracy(logits, half)
        weights = {
            "adversarial": recipe.adversarial,
            "cycle": recipe.cycle,
            "identity": recipe.identity,
            "age": recipe.age,
        }

        def critic() -> Tensor:
            old_ones, young_ones = (
                self.pools["old"].swap(made_old.detach()),
                self.pools["young"].swap(made_young.detach()),
            )
            return unconditional_critic(
                critics["old"](old.image), critics["old"](old_ones)
            ) + unconditional_critic(critics["young"](young.image), critics["young"](young_ones))

        def verdict(x: Tensor) -> Tensor:
            return torch.cat([critics["young"](x[:half]), critics["old"](x[half:])])

        return Played(parts, weights, critic, verdict, real, fake, source, target, seen)

    def _accuracy(self, logits: Tensor, half: int) -> float:
        """Share of the results that the estimator counts to the domain asked for."""
        starts = (0, (self.domains[YOUNG][1] + self.domains[OLD][0]) // 2)
        wanted = torch.tensor([OLD] * half + [YOUNG] * half, device=logits.device)
        return group_loss.group_accuracy(group_loss.group_logits(logits, starts), wanted).item()

    def _sampler(self, span: tuple[int, int]) -> Sampler:
        rows = self.rows_of(span[0], span[1] + 1)
        weights = balanced_weights(self.age[rows], self.recipe.balance)
        return Sampler(self.data, self.age, rows, weights, self.random, self.runtime.device)
