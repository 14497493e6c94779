"""Recipe of the delta generator: change and mask, judged on frozen features.

The age loss alone is easily fooled, so the estimator sees results only through a guard of
random shifts, scales, resampling, tints, grey and noise, and a projected discriminator on five
depths of ImageNet features, from two pixels up to the whole face, decides what looks like a
photograph of that age. Guides and discriminator look at 128 pixels; of larger crops a second
discriminator sees windows of that size at full sharpness. (PatchGANs on pixels beside it stayed
at chance: with spectral norm for
300 steps, with instance norm and least squares for 143.)
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from engine.errors import TrainingError
from engine.models.arch.delta import Delta, DeltaConfig
from engine.models.generator import Encoding
from engine.models.layers import channels_last
from engine.training.augment import same_light, soften
from engine.training.common import Kept, Sampler, growing, known_ages, linear_decay, set_rate
from engine.training.config import LoopConfig
from engine.training.dataset import Batch, PreparedSet, balanced_weights, evened_weights
from engine.training.delta_options import DeltaRecipe
from engine.training.ema import average
from engine.training.guides import Guides
from engine.training.hair import HairTones
from engine.training.judges import Judges, ProjectedJudge
from engine.training.losses import change
from engine.training.losses.identity import identity_margin
from engine.training.runtime import Runtime, one_process
from engine.training.samples import judge_samples, sample_faces
from engine.training.targets import draw_targets

SEEN = 128
"""Side in pixels at which guides and the first discriminator see a crop."""
MIDDLE = 40.0
SAMPLE_AGES = (15.0, 25.0, 35.0, 45.0, 55.0, 65.0, 75.0)


class DeltaTraining:
    """Implements :class:`engine.training.loop.Recipe`."""

    least: ClassVar[Mapping[str, float]] = {"judge": 0.02, "mean_change": 2e-4}

    def __init__(
        self,
        recipe: DeltaRecipe,
        network: DeltaConfig,
        loop: LoopConfig,
        data: PreparedSet,
        judges: Judges,
        runtime: Runtime | None = None,
    ) -> None:
        """Random weights; raises TrainingError where nothing is left to train on.

        Without a ``runtime`` on the CPU in fp32.
        """
        self.runtime = runtime = runtime or one_process()
        torch.manual_seed(loop.seed)
        self.recipe, self.loop, self.data = recipe, loop, data
        self.random = np.random.default_rng(loop.seed)
        self.estimator = runtime.place(judges.estimator.eval().requires_grad_(False))
        self.sface = runtime.place(judges.sface)
        self.guides = Guides(self.estimator, recipe.guides, runtime)
        self.hair = HairTones(runtime) if recipe.hair else None
        self.generator = runtime.place(channels_last(Delta(network)))
        self.ema = copy.deepcopy(self.generator).requires_grad_(False)
        runtime.compiled(self.generator, "encode", "decode")
        rate, wrong_age = recipe.discriminator_rate, recipe.wrong_age
        self.judge = ProjectedJudge(judges.backbone, rate, wrong_age, runtime)
        self.shrink = max(1, data.side // SEEN)
        self.closer: ProjectedJudge | None = None
        if recipe.detail > 0 and self.shrink > 1:
            self.closer = ProjectedJudge(judges.backbone, rate, wrong_age, runtime)
        self.optimiser_g = torch.optim.Adam(
            self.generator.parameters(),
            recipe.learning_rate,
            betas=(0.0, 0.99),
            fused=runtime.fused,
        )
        self.age = known_ages(data, self.estimator, runtime.device)
        usable = data.sharp(recipe.softest) & (self.age >= 8) & (self.age <= 90) & ~data.validation
        self.index = np.flatnonzero(usable)
        if loop.batch < 2 or not len(self.index):
            raise TrainingError(
                "This recipe needs a batch of at least 2 and sharp labelled faces of 8 to 90 to "
                "train on.",
                code="training.data_empty",
            )
        weights = balanced_weights(self.age[self.index], 0.6)
        if recipe.alike > 0:
            weights = self._evened(weights, recipe.alike)
        self.sampler = Sampler(data, self.age, self.index, weights, self.random, runtime.device)
        self.target_weights = balanced_weights(self.age[self.index], 0.8)
        parts: dict[str, Any] = {
            "generator": self.generator,
            "ema": self.ema,
            "optimiser_g": self.optimiser_g,
            "heads": self.judge.heads,
            "optimiser_d": self.judge.optimiser,
        }
        if self.closer is not None:
            parts |= {"closer": self.closer.heads, "optimiser_c": self.closer.optimiser}
        self.kept = Kept(self.random, parts, runtime)

    def step(self, number: int) -> Mapping[str, float]:
        """One update of the generator, then one of the discriminators on the same pictures."""
        done = number / self.loop.steps
        self._set_rates(done)
        moves = number >= self.recipe.judges_first
        with torch.set_grad_enabled(moves), self.runtime.autocast():
            loss, parts, years = self._losses(done)
        if moves:
            self.runtime.update(loss, self.optimiser_g, self.generator, clip=5.0)
            average(self.ema, self.generator, number, self.recipe.ema)
        figures = {name: value.item() for name, value in parts.items()}
        figures["judge"] = self.judge.learn(*years)
        if self.closer is not None:
            figures["closer"] = self.closer.learn(*years)
        return figures

    def _losses(self, done: float) -> tuple[Tensor, dict[str, Tensor], tuple[Tensor, Tensor]]:
        """The generator's whole loss on a fresh batch, its parts, and the batch's years."""
        batch, source, target = self._draw()
        noisy = source + torch.randn_like(source) * self.recipe.source_noise
        encoding = self.generator.encode(batch.image)
        delta, mask = self.generator.decode(encoding, noisy, target)
        masked = delta * mask * batch.mask
        toned = batch.image if self.hair is None else self.hair.toned(batch.image, source, target)
        fake = (toned + masked).clamp(0, 1)
        own = self._own_age_change(encoding, batch, noisy)
        seen, aged, low = (self._seen(x) for x in (batch.image, fake, masked))
        points = self._points_seen(batch.points)

        gap = target - source
        parts = {
            "projected": self.judge.look(seen, aged, target),
            "age": self._age_loss(aged, self._seen(toned), target),
            "identity": self._identity_loss(seen, aged, points, gap),
            "own_age": change.mean_change(own),
            "low_frequency": change.low_frequency_change(low),
            "colour_cast": change.colour_cast(low),
            "mean_change": change.mean_change(masked),
            "large_change": change.large_change(masked, 1 + self.recipe.younger * (gap < -5)),
            "darkening": change.darkening(low, gap, points[:, :2, 1].mean(1)),
            "coloured": change.coloured(masked),
            "eye_whites": change.eye_whites(low, gap, points[:, :2]),
            "shadows": change.shadows(low, gap, points),
            "highlights": change.highlights(low, gap),
            "new_edges": change.new_edges(seen, low, gap),
            "creases": change.creases(seen, low, gap),
        }
        if self.closer is not None:
            window = self._window(batch.image.shape[-1])
            parts["detail"] = self.closer.look(batch.image[window], fake[window], target)
        weights = self._weights(done)
        loss = torch.stack([weights[name] * value for name, value in parts.items()]).sum()
        return loss, parts, (source, target)

    def state(self) -> dict[str, Any]:
        """Networks, optimisers and random generators."""
        return self.kept.state()

    def load(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self.kept.load(state)

    def start_from(self, state: Mapping[str, Any]) -> None:
        """Begin with another run's running average and judges, optimisers fresh.

        A run at 128 pixels lacks the level of details, which starts at no change, and the second
        discriminator, which starts as the first. Installed weights bring no judges at all.
        """
        fresh = {k: v for k, v in self.ema.state_dict().items() if k.startswith("detail_")}
        state = dict(state) | {"ema": fresh | dict(state.get("ema", {}))}
        names = {"generator": "ema", "ema": "ema"}
        if "heads" in state:
            names["heads"] = "heads"
        if self.closer is not None and "heads" in state:
            names["closer"] = "closer" if "closer" in state else "heads"
        self.kept.take(state, names)

    @torch.no_grad()
    def snapshot(self, folder: Path, number: int) -> Mapping[str, float]:
        """The same held-out faces at the same ages: a grid and the mean error the guide sees."""
        batch = sample_faces(self.data).to(self.runtime.device)
        source = self.estimator.age(batch.image)
        encoding = self.ema.encode(batch.image)

        def aged(target: Tensor) -> Tensor:
            delta, mask = self.ema.decode(encoding, source, target)
            return (batch.image + delta * mask * batch.mask).clamp(0, 1)

        path = folder / f"samples-{number:05d}.jpg"
        return judge_samples(batch, aged, SAMPLE_AGES, self.estimator, self.sface, path)

    def _draw(self) -> tuple[Batch, Tensor, Tensor]:
        count = self.loop.batch
        batch, source = self.sampler.draw(count)
        if self.recipe.soften > 0:
            soft = soften(batch.image, low=48, share=self.recipe.soften)
            batch = replace(batch, image=soft)
        target = draw_targets(
            self.random,
            source.cpu().numpy(),
            self.age[self.random.choice(self.index, count, p=self.target_weights)],
            uniform=self.recipe.uniform_targets,
            far=self.recipe.far_targets,
        )
        return batch, source, torch.from_numpy(target).to(source.device)

    def _evened(self, weights: NDArray[np.float64], power: float) -> NDArray[np.float64]:
        labels = 2 * self.data.race[self.index] + self.data.gender[self.index]
        return evened_weights(weights, self.age[self.index], labels, power)

    def _own_age_change(self, encoding: Encoding, batch: Batch, source: Tensor) -> Tensor:
        half = len(source) // 2
        first = tuple(part[:half] for part in encoding)
        delta, mask = self.generator.decode(first, source[:half], source[:half])
        change_here: Tensor = delta * mask * batch.mask[:half]
        return change_here

    def _age_loss(self, fake: Tensor, image: Tensor, target: Tensor) -> Tensor:
        if self.recipe.same_light > 0:
            fake = same_light(fake, image, share=self.recipe.same_light)
        asked = target + self.recipe.overshoot * (target - MIDDLE).clamp(min=0)
        return self.guides.loss(fake, asked, self.recipe.age_sigma, shading=self.recipe.shading)

    def _identity_loss(self, seen: Tensor, aged: Tensor, points: Tensor, gap: Tensor) -> Tensor:
        half = len(aged) // 2  # the embedding is dear
        points, gap = points[:half], gap[:half]
        with torch.no_grad():
            before = self.sface(seen[:half], points)
        after = self.sface(aged[:half], points)
        start, slope = self.recipe.identity_start, self.recipe.identity_per_year
        return identity_margin(before, after, gap, start=start, per_year=slope)

    def _seen(self, x: Tensor) -> Tensor:
        return F.avg_pool2d(x, self.shrink) if self.shrink > 1 else x

    def _points_seen(self, points: Tensor) -> Tensor:
        """Integers are pixel centres."""
        return (points + 0.5) / self.shrink - 0.5

    def _window(self, side: int) -> tuple[slice, ...]:
        y, x = (int(v) for v in self.random.integers(0, side - SEEN + 1, 2))
        return slice(None), slice(None), slice(y, y + SEEN), slice(x, x + SEEN)

    def _weights(self, done: float) -> dict[str, float]:
        """Each loss's weight now: what holds the change back grows over the first steps."""
        recipe = self.recipe
        light = growing(done, recipe.light_start)
        return {
            "projected": recipe.projected,
            "detail": recipe.detail,
            "age": recipe.age,
            "identity": recipe.identity + done * (recipe.identity_last - recipe.identity),
            "own_age": recipe.own_age * light,
            "low_frequency": recipe.low_frequency * light,
            "colour_cast": recipe.colour_cast,
            "mean_change": recipe.mean_change * light,
            "large_change": recipe.large_change,
            "darkening": recipe.darkening,
            "coloured": recipe.coloured,
            "eye_whites": recipe.eye_whites,
            "shadows": recipe.shadows,
            "highlights": recipe.highlights,
            "new_edges": recipe.new_edges,
            "creases": recipe.creases,
        }

    def _set_rates(self, done: float) -> None:
        factor = linear_decay(done, self.recipe.decay, 0.1)
        set_rate(self.optimiser_g, self.recipe.learning_rate * factor)
        for judge in (self.judge, self.closer):
            if judge is not None:
                set_rate(judge.optimiser, self.recipe.discriminator_rate * factor)
