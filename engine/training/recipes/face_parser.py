"""Recipe of the face parser: random scenes of labelled heads, every pixel's part."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.errors import TrainingError
from engine.faces.head import PARTS
from engine.models.arch.face_parser import FaceParser, FaceParserConfig
from engine.models.backbone import take_imagenet
from engine.models.layers import channels_last
from engine.training.ahead import Ahead
from engine.training.common import Kept
from engine.training.config import LoopConfig
from engine.training.ema import average
from engine.training.heads.head_set import HeadSet
from engine.training.heads.labels import BARE, COVER, IGNORED, coloured
from engine.training.heads.scenes import Scene
from engine.training.runtime import Runtime, one_process
from engine.training.samples import SAMPLE_FACES, write_grid

_WARM_UP, _FLOOR = 50, 0.01


@dataclass(frozen=True, slots=True)
class FaceParserRecipe:
    """Weights and rates.

    Attributes:
        learning_rate: peak; it warms up over 50 steps and falls to a hundredth by a cosine.
        backbone_rate: the backbone's share of it, as it knows much already.
        weights: of each part in the cross-entropy, in the order of its planes.
        clip: bound of the gradient's norm.
        bare: of the mean cost of a cover where nothing covers the head, whatever is there.
        others: share of the scenes that are made of other photos than portraits before a screen.
        ema: decay of the running average of the weights.
    """

    learning_rate: float = 2e-3
    backbone_rate: float = 0.15
    weight_decay: float = 1e-3
    weights: tuple[float, ...] = (1.0, 1.0, 1.3, 1.6)
    clip: float = 1.0
    bare: float = 1.0
    others: float = 0.62
    ema: float = 0.995


class FaceParserTraining:
    """Implements :class:`engine.training.loop.Recipe`."""

    least: ClassVar[Mapping[str, float]] = {}

    def __init__(
        self,
        recipe: FaceParserRecipe,
        network: FaceParserConfig,
        loop: LoopConfig,
        data: HeadSet,
        runtime: Runtime | None = None,
        imagenet: Path | None = None,
    ) -> None:
        """Without a ``runtime`` on the CPU in fp32; without ``imagenet`` with random weights.

        Raises TrainingError if configuration or data do not fit, ModelError if the file with the
        backbone's ImageNet weights does not.
        """
        self.runtime = runtime = runtime or one_process()
        if len(recipe.weights) != network.parts or network.parts != len(PARTS):
            raise TrainingError(
                f"[training] weights and [network] parts should be {len(PARTS)}, one for each of "
                f"{', '.join(PARTS)}.",
                code="training.config",
            )
        if not len(data.portraits) + len(data.others) or not len(data.held_out):
            raise TrainingError(
                "No labelled head is left to train or to validate on.", code="training.data_empty"
            )
        torch.manual_seed(loop.seed)
        self.recipe, self.loop, self.data = recipe, loop, data
        parser = FaceParser(network)
        if imagenet is not None:
            take_imagenet(parser.backbone, imagenet)
        self.network = runtime.place(channels_last(parser))
        self.ema = copy.deepcopy(self.network).requires_grad_(False)
        runtime.compiled(self.network, "forward")
        self.weights = torch.tensor(recipe.weights, device=runtime.device)
        known = {id(one) for one in self.network.backbone.parameters()}
        fresh = [one for one in self.network.parameters() if id(one) not in known]
        slower = recipe.learning_rate * recipe.backbone_rate
        groups: list[dict[str, Any]] = [
            {"params": fresh},
            {"params": list(self.network.backbone.parameters()), "lr": slower},
        ]
        self.optimiser = torch.optim.AdamW(
            groups,
            lr=recipe.learning_rate,
            weight_decay=recipe.weight_decay,
            fused=runtime.fused,
        )
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._rate)
        self.kept = Kept(
            np.random.default_rng(loop.seed),
            {
                "network": self.network,
                "ema": self.ema,
                "optimiser": self.optimiser,
                "schedule": self.schedule,
            },
            runtime,
        )
        self._scenes = Ahead(self._drawn, loop.steps)

    def step(self, number: int) -> Mapping[str, float]:
        """One batch of scenes, a step's the same in every run of a seed."""
        frames, labels = self._tensors(self._scenes.take(number))
        self.network.train()
        with self.runtime.autocast():
            logits = self.network(frames)
        loss = self._loss(logits.float(), labels)
        self.runtime.update(loss, self.optimiser, self.network, clip=self.recipe.clip)
        self.schedule.step()
        average(self.ema, self.network, number, self.recipe.ema)
        return {"entropy": loss.item()}

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
        """Intersection over union of each part over all that is known of the held-out heads.

        ``val_iou_PART`` for each part that is there at all, and their mean ``val_iou``;
        ``val_mistaken``, the share taken for a cover of what is unknown but no cover; the first
        heads, what is said of them and what is known go into ``samples-NUMBER.jpg``.
        """
        self.ema.eval()
        both, either = np.zeros(len(PARTS)), np.zeros(len(PARTS))
        bare = mistaken = 0.0
        for at in range(0, len(self.data.held_out), self.loop.batch):
            rows = self.data.held_out[at : at + self.loop.batch]
            scenes = [self.data.plain(int(row)) for row in rows]
            frames, truth = self._tensors(scenes)
            said = self.ema(frames).argmax(1)
            for part in range(len(PARTS)):
                theirs, ours = truth == part, (said == part) & (truth < len(PARTS))
                both[part] += float((theirs & ours).sum())
                either[part] += float((theirs | ours).sum())
            bare += float((truth == BARE).sum())
            mistaken += float(((truth == BARE) & (said == COVER)).sum())
            if at == 0:
                _write_samples(scenes, said, folder / f"samples-{number:05d}.jpg")
        figures = {
            f"val_iou_{name}": float(shared / whole)
            for name, shared, whole in zip(PARTS, both, either, strict=True)
            if whole > 0
        }
        found = {"val_iou": float(np.mean(list(figures.values())))} | figures
        return found | ({"val_mistaken": mistaken / bare} if bare else {})

    def _loss(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Of logits (B, P, F, F) and labels (B, F, F): cross-entropy, and no cover where BARE."""
        bare = labels == BARE
        known = labels.masked_fill(bare, IGNORED)
        loss = F.cross_entropy(logits, known, self.weights, ignore_index=IGNORED)
        if self.recipe.bare > 0:
            others = logits[:, [part for part in range(len(PARTS)) if part != COVER]]
            missed = logits.logsumexp(1) - others.logsumexp(1)
            loss = loss + self.recipe.bare * (missed * bare).sum() / bare.sum().clamp(min=1)
        return loss

    def _rate(self, number: int) -> float:
        """Share of the learning rate at a step."""
        falling = 0.5 + 0.5 * math.cos(math.pi * min(number / self.loop.steps, 1.0))
        return min(1.0, (number + 1) / _WARM_UP) * falling + _FLOOR

    def _drawn(self, number: int) -> list[Scene]:
        """A step's scenes, from a chance of the step's own."""
        random = np.random.default_rng((self.loop.seed, self.runtime.rank, number))
        return self.data.scenes(self.loop.batch, self.recipe.others, random)

    def _tensors(self, scenes: list[Scene]) -> tuple[Tensor, Tensor]:
        """Frames (B, 3, F, F) in 0..1 and labels (B, F, F) on the device."""
        pixels = np.stack([scene.frame for scene in scenes])
        frames = torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div_(255)
        labels = torch.from_numpy(np.stack([scene.labels for scene in scenes])).long()
        laid = frames.contiguous(memory_format=torch.channels_last)
        return laid.to(self.runtime.device), labels.to(self.runtime.device)


def _write_samples(scenes: list[Scene], said: Tensor, path: Path) -> None:
    """A row a head: the frame, what the parser says, what is known."""
    few = scenes[:SAMPLE_FACES]
    answers = said[: len(few)].to(torch.uint8).cpu().numpy()
    columns = (
        [one.frame for one in few],
        [coloured(one.frame, answer) for one, answer in zip(few, answers, strict=True)],
        [coloured(one.frame, one.labels) for one in few],
    )
    write_grid(
        [torch.from_numpy(np.stack(one)).permute(0, 3, 1, 2).float() / 255 for one in columns],
        path,
    )
