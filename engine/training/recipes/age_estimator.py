"""Recipe of networks that read ages: on ImageNet's features, or from nothing."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.errors import TrainingError
from engine.models.age_reader import AgeReader
from engine.models.arch.age_estimator import AgeEstimator, AgeEstimatorConfig
from engine.models.arch.age_resnet import AgeResNet, AgeResNetConfig
from engine.models.backbone import take_imagenet
from engine.models.layers import channels_last
from engine.training.augment import colour_jitter, random_resample, shift_and_scale
from engine.training.common import Kept, learning
from engine.training.config import LoopConfig
from engine.training.dataset import PreparedSet, balanced_weights
from engine.training.ema import average
from engine.training.losses.age import age_cross_entropy
from engine.training.runtime import Runtime, one_process


@dataclass(frozen=True, slots=True)
class AgeEstimatorRecipe:
    """Weights and rates.

    Attributes:
        learning_rate: peak of the one-cycle schedule, for the head; the layers below get a share.
        backbone_share: of the learning rate.
        frozen_blocks: how many blocks after the stem stay as ImageNet made them.
        moved: share by which faces are shifted and scaled at random beyond what every set does.
        sigma: width in years of the label's Gaussian.
        expectation_weight: of the L1 between expected and true age, per year.
        gender_weight: of the gender's binary cross-entropy.
        balance: power of the age bins' count in sampling; 0 none, 1 flat.
    """

    learning_rate: float = 2e-3
    backbone_share: float = 0.5
    weight_decay: float = 0.02
    frozen_blocks: int = 3
    sigma: float = 2.5
    expectation_weight: float = 0.1
    gender_weight: float = 0.3
    balance: float = 0.5
    ema: float = 0.998
    moved: float = 0.0


class AgeEstimatorTraining:
    """Implements :class:`engine.training.loop.Recipe`."""

    least: ClassVar[Mapping[str, float]] = {}

    def __init__(
        self,
        recipe: AgeEstimatorRecipe,
        network: AgeReader,
        loop: LoopConfig,
        data: PreparedSet,
        runtime: Runtime | None = None,
    ) -> None:
        """``network`` from :func:`on_imagenet` or :func:`from_nothing`, with the run's seed.

        Without a ``runtime`` on the CPU in fp32.
        """
        self.runtime = runtime = runtime or one_process()
        self.recipe, self.loop, self.data = recipe, loop, data
        self.random = np.random.default_rng(loop.seed)
        self.network = runtime.place(channels_last(network))
        self.ema = copy.deepcopy(self.network).requires_grad_(False)
        runtime.compiled(self.network, "forward")
        labelled = np.isfinite(data.age) & (data.age < 100)
        self.train_index = np.flatnonzero(labelled & ~data.validation)
        self.val_index = np.flatnonzero(labelled & data.validation)
        if not len(self.train_index) or not len(self.val_index):
            raise TrainingError(
                "No labelled face is left to train or to validate on.", code="training.data_empty"
            )
        self.weights = balanced_weights(data.age[self.train_index], recipe.balance)
        rate, head = recipe.learning_rate, list(self.network.classifier.parameters())
        groups: list[dict[str, Any]] = [
            {
                "params": [p for p in learning(self.network) if not any(p is q for q in head)],
                "lr": rate * recipe.backbone_share,
            },
            {"params": head},
        ]
        self.optimiser = torch.optim.AdamW(
            groups, lr=rate, weight_decay=recipe.weight_decay, fused=runtime.fused
        )
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser,
            max_lr=[rate * recipe.backbone_share, rate],
            total_steps=loop.steps + 1,
            pct_start=0.15,
        )
        self.kept = Kept(
            self.random,
            {
                "network": self.network,
                "ema": self.ema,
                "optimiser": self.optimiser,
                "schedule": self.schedule,
            },
            runtime,
        )

    def step(self, number: int) -> Mapping[str, float]:
        """One batch of labelled faces, augmented."""
        chosen = self.random.choice(self.train_index, self.loop.batch, p=self.weights)
        batch = self.data.batch(chosen, self.random).to(self.runtime.device)
        image = shrunk(batch.image, 2 * self.network.size)
        if self.recipe.moved > 0:
            image = shift_and_scale(image, amount=self.recipe.moved)
        image = random_resample(colour_jitter(image, grey=0.15), low=64)
        self.network.train()
        with self.runtime.autocast():
            logits, gender = self.network(image)
            loss, parts = self._loss(logits, gender, batch.age, batch.gender)
        self.runtime.update(loss, self.optimiser, self.network, clip=5.0)
        self.schedule.step()
        average(self.ema, self.network, number, self.recipe.ema)
        return parts

    def state(self) -> dict[str, Any]:
        """Networks, optimiser, schedule and the random generators."""
        return self.kept.state()

    def load(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self.kept.load(state)

    def start_from(self, state: Mapping[str, Any]) -> None:
        """Begin with another run's running average, optimiser and schedule fresh."""
        self.kept.take(state, {"network": "ema", "ema": "ema"})

    @torch.no_grad()
    def snapshot(self, folder: Path, number: int) -> Mapping[str, float]:
        """Mean absolute age error and gender accuracy of the average weights on held-out faces."""
        self.ema.eval()
        errors, right = [], []
        for at in range(0, len(self.val_index), 64):
            rows = self.val_index[at : at + 64]
            batch = self.data.batch(rows).to(self.runtime.device)
            logits, gender = self.ema(batch.image)
            errors.append((self.ema.expectation(logits) - batch.age).abs())
            right.append(((gender > 0).float() == batch.gender)[batch.gender >= 0].float())
        return {
            "val_mae": float(torch.cat(errors).mean()),
            "val_gender": float(torch.cat(right).mean()),
        }

    def _loss(
        self, logits: Tensor, gender: Tensor, age: Tensor, female: Tensor
    ) -> tuple[Tensor, dict[str, float]]:
        recipe = self.recipe
        entropy = age_cross_entropy(logits, age, recipe.sigma)
        error = (self.network.expectation(logits) - age).abs().mean()
        known = female >= 0
        sex = logits.new_zeros(())
        if known.any():
            sex = F.binary_cross_entropy_with_logits(gender[known], female[known])
        loss = entropy + recipe.expectation_weight * error + recipe.gender_weight * sex
        return loss, {"entropy": entropy.item(), "mae": error.item(), "gender": sex.item()}


def shrunk(image: Tensor, least: int) -> Tensor:
    """Pictures (B, 3, S, S) halved while their side stays ``least`` or more: augmenting is dear."""
    times = image.shape[-1] // least
    if times < 2:
        return image
    return F.avg_pool2d(image, 1 << (times.bit_length() - 1))


def on_imagenet(
    config: AgeEstimatorConfig, imagenet: Path, *, frozen_blocks: int, seed: int
) -> AgeEstimator:
    """An estimator on the published backbone in the file ``imagenet``, its first blocks frozen."""
    torch.manual_seed(seed)
    network = AgeEstimator(config)
    take_imagenet(network.backbone, imagenet)
    for module in [network.backbone.stem, *network.backbone.blocks[:frozen_blocks]]:
        module.requires_grad_(False)
    return network


def from_nothing(config: AgeResNetConfig, *, seed: int) -> AgeResNet:
    """A residual network with random weights."""
    torch.manual_seed(seed)
    return AgeResNet(config)
