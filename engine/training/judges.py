"""Who judges a generator in training: frozen networks, and a discriminator on their features."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.models.arch.age_estimator import AgeEstimator
from engine.models.backbone import EfficientNetLite0, fold_batchnorm
from engine.models.layers import channels_last
from engine.training.discriminators import ProjectedHeads, decade_of, diff_augment
from engine.training.losses import adversarial
from engine.training.runtime import Runtime
from engine.training.sface import SFace

TAPS = (0, 2, 4, 10, 15)  # at 1/2, 1/4, 1/8, 1/16 and 1/32 of the crop
HEADS = ((16, 32), (24, 64), (40, 64), (112, 64), (320, 64))  # channels there, width of the head


@dataclass(frozen=True, slots=True, eq=False)
class Judges:
    """Frozen networks that guide a generator's training, so none of them may also evaluate it.

    Attributes:
        estimator: reads ages.
        backbone: ImageNet features.
        sface: face embeddings.
    """

    estimator: AgeEstimator
    backbone: EfficientNetLite0
    sface: SFace


class ProjectedJudge:
    """Heads on frozen ImageNet features that judge picture and age together.

    One step of a run calls :meth:`look` first and :meth:`learn` after the generator's update.
    """

    def __init__(
        self, backbone: EfficientNetLite0, rate: float, wrong_age: float, runtime: Runtime
    ) -> None:
        """``backbone`` is frozen here; ``wrong_age`` weighs real faces under a wrong age."""
        fold_batchnorm(backbone.eval())
        self.backbone = runtime.place(channels_last(backbone.requires_grad_(False)))
        self.heads = runtime.place(ProjectedHeads(HEADS))
        self.wrong_age, self._runtime = wrong_age, runtime
        self.optimiser = torch.optim.Adam(
            self.heads.parameters(), rate, betas=(0.0, 0.99), fused=runtime.fused
        )
        self._seen: tuple[Tensor, list[Tensor]] | None = None

    def look(self, real: Tensor, fake: Tensor, target: Tensor) -> Tensor:
        """The generator's adversarial loss, on RGB (B, 3, H, W) in 0..1 and years (B,)."""
        taps = self.backbone.taps(diff_augment(fake), TAPS)
        self._seen = diff_augment(real), [tap.detach() for tap in taps]
        return adversarial.hinge_generator(self.heads(taps, target))

    def learn(self, source: Tensor, target: Tensor) -> float:
        """One update on what :meth:`look` saw last; returns its loss.

        Right pairs are real, generated and wrong-age pairs not. Both sides weigh the same, or
        the heads settle at "never real" and stop learning.
        """
        assert self._seen is not None, "look comes first"
        with self._runtime.autocast():
            loss = self._loss(*self._seen, source, target)
        self._runtime.update(loss, self.optimiser, self.heads)
        return loss.item()

    def _loss(
        self, real: Tensor, fake_taps: list[Tensor], source: Tensor, target: Tensor
    ) -> Tensor:
        with torch.no_grad():
            real_taps = self.backbone.taps(real, TAPS)
        right = adversarial.hinge_real(self.heads(real_taps, source))
        loss = (1 + self.wrong_age) * right
        loss = loss + adversarial.hinge_fake(self.heads(fake_taps, target))
        wrong = source.roll(1)
        differs = decade_of(wrong) != decade_of(source)
        if differs.any():
            logits = self.heads([tap[differs] for tap in real_taps], wrong[differs])
            loss = loss + self.wrong_age * adversarial.hinge_fake(logits)
        return loss
