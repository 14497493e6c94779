"""What the recipes of age groups share: one step, its options, its checkpoint, its samples."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from engine.errors import TrainingError
from engine.models.generator import PictureGenerator
from engine.models.layers import channels_last
from engine.training.augment import same_light
from engine.training.common import (
    Kept,
    freeze,
    growing,
    known_ages,
    learning,
    linear_decay,
    set_rate,
)
from engine.training.config import LoopConfig
from engine.training.dataset import Batch, PreparedSet
from engine.training.ema import average
from engine.training.gan_options import GanRecipe
from engine.training.guard import guarded
from engine.training.judges import Judges, ProjectedJudge
from engine.training.losses import change
from engine.training.losses.gradient_penalty import r1
from engine.training.runtime import Runtime, one_process
from engine.training.samples import judge_samples, sample_faces
from engine.training.teacher import Asked, Teacher


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """What one pass of the generator came to.

    Attributes:
        parts: the generator's losses by name, not yet weighed.
        weights: of those parts.
        critic: the discriminators' loss on the same pictures; asked after the generator's update.
        verdict: real pictures in the place of ``real`` → the discriminators' logits of them.
        real, fake: the same faces (B, 3, S, S) as they were and as they came out.
        source, target: their years (B,).
        seen: figures to log as they are.
    """

    parts: dict[str, Tensor]
    weights: Mapping[str, float]
    critic: Callable[[], Tensor]
    verdict: Callable[[Tensor], Tensor]
    real: Tensor
    fake: Tensor
    source: Tensor
    target: Tensor
    seen: Mapping[str, float]


Config = TypeVar("Config", bound=GanRecipe)
_RESTRAINTS: Mapping[str, Callable[[Tensor], Tensor]] = {
    "large_change": change.large_change,
    "low_frequency": change.low_frequency_change,
    "colour_cast": change.colour_cast,
}


class GanTraining(ABC, Generic[Config]):
    """Implements :class:`engine.training.loop.Recipe` for one generator and its critics."""

    least: ClassVar[Mapping[str, float]] = {"critic": 1e-3, "mean_change": 2e-4}
    hot: ClassVar[tuple[str, ...]] = ("encode", "picture")
    """Methods of the generator that a step calls."""

    def __init__(
        self,
        recipe: Config,
        loop: LoopConfig,
        data: PreparedSet,
        judges: Judges,
        generator: PictureGenerator,
        critics: nn.Module,
        *,
        back: nn.Module | None = None,
        runtime: Runtime | None = None,
    ) -> None:
        """``back`` is trained with the generator and never exported.

        Without a ``runtime`` on the CPU in fp32. Raises TrainingError on a ``freeze`` that fits
        nothing.
        """
        self.runtime = runtime = runtime or one_process()
        self.recipe, self.loop, self.data = recipe, loop, data
        self.random = np.random.default_rng(loop.seed)
        self.estimator = runtime.place(judges.estimator.eval().requires_grad_(False))
        self.sface = runtime.place(judges.sface)
        self.generator = runtime.place(channels_last(generator))
        freeze(self.generator, recipe.freeze)
        self.ema = copy.deepcopy(self.generator).eval().requires_grad_(False)
        self.critics = runtime.place(channels_last(critics))
        self.moved = [generator] if back is None else [generator, channels_last(back)]
        self.learning = learning(*map(runtime.place, self.moved))
        self.teacher = Teacher(recipe.teacher, runtime) if recipe.teacher else None
        self.begin = round(loop.steps * recipe.imitation) if recipe.teacher else 0
        for network in self.moved:
            runtime.compiled(network, *self.hot)
        betas = recipe.beta1, recipe.beta2
        self.optimiser_g = torch.optim.Adam(
            self.learning, recipe.learning_rate, betas=betas, fused=runtime.fused
        )
        self.optimiser_c = torch.optim.Adam(
            critics.parameters(), recipe.discriminator_rate, betas=betas, fused=runtime.fused
        )
        self.age = known_ages(data, self.estimator, runtime.device)
        parts: dict[str, Any] = {
            "generator": self.generator,
            "ema": self.ema,
            "critics": self.critics,
            "optimiser_g": self.optimiser_g,
            "optimiser_c": self.optimiser_c,
        }
        if back is not None:
            parts["back"] = back
        if self.teacher is not None:
            taught = learning(self.generator)
            self.pupil = torch.optim.Adam(taught, recipe.imitation_rate, fused=runtime.fused)
            parts["pupil"] = self.pupil
        self.judge: ProjectedJudge | None = None
        if recipe.projected > 0:
            rate = recipe.discriminator_rate
            self.judge = ProjectedJudge(judges.backbone, rate, recipe.wrong_age, runtime)
            parts |= {"heads": self.judge.heads, "optimiser_d": self.judge.optimiser}
        self.kept = Kept(self.random, parts, runtime)

    @abstractmethod
    def play(self) -> Played:
        """Draw a batch and run the generator on it."""

    @abstractmethod
    def asked(self) -> Asked:
        """Draw a batch to imitate a teacher on; some faces are asked for the age they have."""

    @abstractmethod
    def targets(self) -> tuple[float, ...]:
        """The years of the sample grid's columns."""

    def step(self, number: int) -> Mapping[str, float]:
        """One update of the generator, then one of the discriminators on the same pictures."""
        if self.teacher is not None and number < self.begin:
            return self._imitate(self.teacher, number)
        recipe = self.recipe
        own = (number - self.begin) / (self.loop.steps - self.begin)
        factor = linear_decay(own, recipe.decay, 0.0)
        set_rate(self.optimiser_g, recipe.learning_rate * factor)
        set_rate(self.optimiser_c, recipe.discriminator_rate * factor)
        self.critics.requires_grad_(False)
        with self.runtime.autocast():
            played = self.play()
            parts, weights = dict(played.parts), dict(played.weights)
            weights |= self._shared_weights(growing(own, recipe.light_start))
            parts |= self._shared_parts(played)
            loss = torch.stack([weights[name] * value for name, value in parts.items()]).sum()
        self.runtime.update(loss, self.optimiser_g, *self.moved, clip=recipe.clip)
        average(self.ema, self.generator, number, recipe.ema)

        self.critics.requires_grad_(True)
        with self.runtime.autocast():
            judged = played.critic()
            if recipe.r1 > 0:
                judged = judged + recipe.r1 * r1(played.verdict, played.real)
        self.runtime.update(judged, self.optimiser_c, self.critics)
        figures = {name: value.item() for name, value in parts.items()} | dict(played.seen)
        figures["mean_change"] = change.mean_change(played.fake - played.real).item()
        if self.judge is not None:
            set_rate(self.judge.optimiser, recipe.discriminator_rate * factor)
            figures["judge"] = self.judge.learn(played.source, played.target)
        return figures | {"critic": judged.item()}

    def _imitate(self, teacher: Teacher, number: int) -> Mapping[str, float]:
        """One update towards the teacher's pictures; what leads back starts where this ends."""
        asked = self.asked()
        with self.runtime.autocast():
            picture = self.generator.picture(self.generator.encode(asked.image), asked.choice)
            loss = teacher.distance(picture, asked)
        self.runtime.update(loss, self.pupil, *self.moved, clip=self.recipe.clip)
        average(self.ema, self.generator, number, self.recipe.ema)
        if number + 1 == self.begin:
            for back in self.moved[1:]:
                back.load_state_dict(self.moved[0].state_dict())
        changed = change.mean_change(picture - asked.image).item()
        return {"imitation": loss.item(), "mean_change": changed}

    def state(self) -> dict[str, Any]:
        """Networks, optimisers and random generators."""
        return self.kept.state()

    def load(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self.kept.load(state)

    def start_from(self, state: Mapping[str, Any]) -> None:
        """Begin with another run's running average and discriminators, optimisers fresh."""
        names = {"generator": "ema", "ema": "ema", "critics": "critics"}
        optional = {name: name for name in ("back", "heads") if name in state}
        self.kept.take(state, names | {k: v for k, v in optional.items() if self.kept.has(k)})

    @torch.no_grad()
    def snapshot(self, folder: Path, number: int) -> Mapping[str, float]:
        """The same held-out faces at the same ages: a grid and the mean error the guide sees."""
        batch = sample_faces(self.data).to(self.runtime.device)
        encoding = self.ema.encode(batch.image)

        def aged(target: Tensor) -> Tensor:
            picture = self.ema.picture(encoding, self.ema.choice(batch.age, target))
            return batch.image + (picture - batch.image) * batch.mask

        path = folder / f"samples-{number:05d}.jpg"
        return judge_samples(batch, aged, self.targets(), self.estimator, self.sface, path)

    def _shared_weights(self, light: float = 1.0) -> dict[str, float]:
        recipe = self.recipe
        return {
            "projected": recipe.projected * light,
            "large_change": recipe.large_change * light,
            "low_frequency": recipe.low_frequency * light,
            "colour_cast": recipe.colour_cast * light,
        }

    def _shared_parts(self, played: Played) -> dict[str, Tensor]:
        """The options' losses, where they weigh anything."""
        parts = {}
        if self.judge is not None:
            parts["projected"] = self.judge.look(played.real, played.fake, played.target)
        moved = played.fake - played.real
        for name, restraint in _RESTRAINTS.items():
            if self._shared_weights()[name] > 0:
                parts[name] = restraint(moved)
        return parts

    def shown(self, picture: Tensor, batch: Batch) -> Tensor:
        """A picture as it is judged: as it is, or put back into its face's mask."""
        if not self.recipe.masked:
            return picture
        return batch.image + (picture - batch.image) * batch.mask

    def ages_seen(self, fake: Tensor, real: Tensor) -> Tensor:
        """The estimator's age logits (B, 101) of results of the faces ``real``.

        Guarded and in the faces' own light where the recipe says so.
        """
        if self.recipe.same_light > 0:
            fake = same_light(fake, real, share=self.recipe.same_light)
        logits: Tensor = self.estimator(guarded(fake) if self.recipe.guard else fake)[0]
        return logits

    def rows_of(self, low: float, high: float) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Training faces of ``low`` years or more and below ``high``.

        Raises TrainingError if there are fewer than two.
        """
        kept = ~self.data.validation & (self.age >= low) & (self.age < high)
        if self.recipe.softest > 0:
            kept &= self.data.sharp(self.recipe.softest)
        rows = np.flatnonzero(kept)
        if len(rows) < 2 or self.loop.batch < 2:
            raise TrainingError(
                f"This recipe needs a batch of at least 2 and faces of {low:g} to {high:g} years "
                "to train on.",
                code="training.data_empty",
            )
        return rows
