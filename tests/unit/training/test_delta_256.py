"""Crops of 256 pixels: guides see half of it, a second discriminator sees windows of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from engine.errors import TrainingError
from engine.models.assets import SFACE, asset
from engine.training.config import LoopConfig
from engine.training.dataset import PreparedSet
from engine.training.judges import Judges
from engine.training.measuring import paint_set
from engine.training.recipes.delta import SEEN, DeltaRecipe, DeltaTraining
from engine.training.sface import SFace
from tests.unit.models import tiny

PYRAMID = replace(tiny.DELTA, detail=16)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("set256")
    paint_set(root, 256, count=24)
    return root


@pytest.fixture(scope="module")
def sface() -> SFace:
    return SFace(asset(SFACE))


def training(folder: Path, sface: SFace, **recipe: float) -> DeltaTraining:
    return DeltaTraining(
        DeltaRecipe(**recipe),  # type: ignore[arg-type] # weights by name
        PYRAMID,
        LoopConfig(steps=2, batch=2),
        PreparedSet(folder),
        Judges(tiny.estimator(), tiny.backbone(), sface),
    )


def test_two_discriminators_learn_at_128_pixels(folder: Path, sface: SFace) -> None:
    recipe = training(folder, sface, detail=1.0)
    seen: list[int] = []
    for judge in (recipe.judge, recipe.closer):
        assert judge is not None
        look = judge.look

        def noted(real, fake, target, look=look):  # type: ignore[no-untyped-def] # a spy
            seen.append(real.shape[-1])
            assert fake.shape == real.shape
            return look(real, fake, target)

        judge.look = noted  # type: ignore[method-assign]
    heads = [p.detach().clone() for p in recipe.closer.heads.parameters()] if recipe.closer else []
    figures = recipe.step(0)
    assert seen == [SEEN, SEEN]
    assert {"detail", "closer"} <= figures.keys()
    assert recipe.closer is not None
    moved = [
        not torch.equal(a, b) for a, b in zip(heads, recipe.closer.heads.parameters(), strict=True)
    ]
    assert any(moved)


def test_without_a_weight_there_is_no_second_one(folder: Path, sface: SFace) -> None:
    recipe = training(folder, sface)
    assert recipe.closer is None
    assert "closer" not in recipe.state()


def test_points_and_pictures_shrink_alike(folder: Path, sface: SFace) -> None:
    """On a ramp that is as bright as its column's number, a point reads its own column."""
    recipe = training(folder, sface)
    ramp = torch.arange(256.0).expand(1, 1, 256, 256)
    points = torch.tensor([[[100.0, 80.0], [101.5, 33.25]]])
    seen, at = recipe._seen(ramp)[0, 0, 0], recipe._points_seen(points)[0, :, 0]
    assert len(seen) == SEEN
    left = at.floor().long()
    read = seen[left] + (at - left) * (seen[left + 1] - seen[left])
    assert read.tolist() == pytest.approx(points[0, :, 0].tolist())


def test_starts_from_a_run_without_details(folder: Path, sface: SFace) -> None:
    recipe = training(folder, sface, detail=1.0)
    small, heads = tiny.lively_delta(seed=5).state_dict(), recipe.judge.heads.state_dict()
    heads = {name: torch.randn_like(value) for name, value in heads.items()}
    recipe.start_from({"ema": small, "heads": heads})
    for network in (recipe.generator, recipe.ema):
        assert torch.equal(network.down1.weight, small["down1.weight"])
    assert recipe.closer is not None
    for judge in (recipe.judge, recipe.closer):
        assert torch.equal(judge.heads.judge[0].bias, heads["judge.0.bias"])
    with pytest.raises(TrainingError, match="same network"):
        recipe.start_from({"ema": {k: v for k, v in small.items() if k != "head.bias"}})
