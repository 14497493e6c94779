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
from engine.training.delta_options import DeltaRecipe
from engine.training.judges import Judges
from engine.training.launch import begun_by
from engine.training.measuring import paint_set
from engine.training.recipes.delta import SEEN, DeltaTraining
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


def test_at_first_the_discriminators_may_learn_alone(folder: Path, sface: SFace) -> None:
    recipe = training(folder, sface, judges_first=1)
    pairs = [(recipe.generator, False), (recipe.ema, False), (recipe.judge.heads, True)]
    before = [[p.detach().clone() for p in network.parameters()] for network, _ in pairs]
    figures = recipe.step(0)
    assert figures["judge"] > 0
    for (network, learns), old in zip(pairs, before, strict=True):
        moved = any(not torch.equal(a, b) for a, b in zip(old, network.parameters(), strict=True))
        assert moved == learns
    recipe.step(1)
    assert any(
        not torch.equal(a, b) for a, b in zip(before[0], recipe.generator.parameters(), strict=True)
    )


def test_results_are_judged_with_their_hair(folder: Path, sface: SFace) -> None:
    """Hair that goes white all over is seen by the guides, and not by the losses on the change."""
    recipe = training(folder, sface, hair=True, same_light=1.0)
    assert recipe.hair is not None
    recipe.hair.toned = lambda image, source, target: torch.ones_like(image)  # type: ignore[method-assign]
    seen: list[torch.Tensor] = []
    guided = recipe.guides.loss

    def noted(fake, *rest, **options):  # type: ignore[no-untyped-def] # a spy
        seen.append(fake.detach())
        return guided(fake, *rest, **options)

    recipe.guides.loss = noted  # type: ignore[method-assign]
    figures = recipe.step(0)
    assert seen[0].mean() > 0.95
    assert figures["mean_change"] < 0.05


def test_a_run_may_begin_with_an_installed_model() -> None:
    begun = begun_by(Path("agelens-delta"))
    assert set(begun) == {"ema"}
    assert begun["ema"]["stem.weight"].shape[0] == 32
    with pytest.raises(TrainingError, match="no checkpoint"):
        begun_by(Path("agelens-nothing"))


def test_installed_weights_bring_no_judges(folder: Path, sface: SFace) -> None:
    recipe = training(folder, sface, detail=1.0)
    heads = [p.detach().clone() for p in recipe.judge.heads.parameters()]
    weights = tiny.delta(seed=5, config=PYRAMID).state_dict()
    recipe.start_from({"ema": weights})
    for network in (recipe.generator, recipe.ema):
        torch.testing.assert_close(network.state_dict(), weights)
    assert all(
        torch.equal(a, b) for a, b in zip(heads, recipe.judge.heads.parameters(), strict=True)
    )
