"""Both recipes take real steps on a tiny set: they learn, and they go on where they stopped."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import pytest
import torch
from PIL import Image
from torch import Tensor, nn

from engine.errors import TrainingError
from engine.models.assets import SFACE, asset
from engine.training.config import LoopConfig
from engine.training.dataset import PreparedSet
from engine.training.delta_options import DeltaRecipe
from engine.training.judges import Judges
from engine.training.loop import Recipe
from engine.training.recipes.age_estimator import (
    AgeEstimatorRecipe,
    AgeEstimatorTraining,
    on_imagenet,
)
from engine.training.recipes.delta import DeltaTraining
from engine.training.run import RunFolder
from engine.training.sface import SFace
from tests.unit.models import tiny
from tests.unit.training import tiny_set


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("recipes")
    tiny_set.write(root / "set", unlabelled=2)
    tiny.save_published(tiny.backbone(), root / "lite0.pth")
    return root


@pytest.fixture(scope="module")
def sface() -> SFace:
    return SFace(asset(SFACE))


def age_training(folder: Path, steps: int = 4, **recipe: float) -> AgeEstimatorTraining:
    options = AgeEstimatorRecipe(**recipe)  # type: ignore[arg-type] # rates by name
    return AgeEstimatorTraining(
        options,
        on_imagenet(tiny.AGE, folder / "lite0.pth", frozen_blocks=options.frozen_blocks, seed=0),
        LoopConfig(steps, batch=8),
        PreparedSet(folder / "set"),
    )


def delta_training(folder: Path, sface: SFace) -> DeltaTraining:
    return DeltaTraining(
        DeltaRecipe(),
        tiny.DELTA,
        LoopConfig(steps=4, batch=2),
        PreparedSet(folder / "set"),
        Judges(tiny.estimator(), tiny.backbone(), sface),
    )


def copied(module: nn.Module) -> list[Tensor]:
    return [p.detach().clone() for p in module.parameters()]


def same(before: Iterable[Tensor], module: nn.Module) -> bool:
    return all(torch.equal(a, b) for a, b in zip(before, module.parameters(), strict=True))


def through_a_file(recipe: Recipe, fresh: Recipe, tmp_path: Path) -> None:
    """Carry a recipe's state over to another by a checkpoint."""
    (tmp_path / "x.toml").write_text("")
    run = RunFolder(tmp_path / "run", tmp_path / "x.toml")
    run.save(1, recipe.state())
    torch.randn(50)  # chance goes on elsewhere in between
    saved = run.load()
    assert saved is not None
    fresh.load(saved[1])


def test_the_estimator_learns(folder: Path) -> None:
    training = age_training(folder, steps=16, learning_rate=5e-3)
    logged = [training.step(number) for number in range(16)]
    assert set(logged[0]) == {"entropy", "mae", "gender"}
    first, last = (sum(v["entropy"] for v in part) / 4 for part in (logged[:4], logged[-4:]))
    assert last < first - 0.2


def test_the_estimator_freezes_what_it_was_told_to(folder: Path) -> None:
    training = age_training(folder, frozen_blocks=3)
    network = training.network
    early, late = copied(network.backbone.blocks[2]), copied(network.backbone.blocks[3])
    average = copied(training.ema)
    for number in range(2):
        training.step(number)
    assert same(early, network.backbone.blocks[2])
    assert not same(late, network.backbone.blocks[3])
    assert not same(average, training.ema)
    assert not same(copied(network), training.ema)


def test_the_estimator_is_validated_on_held_out_faces(folder: Path, tmp_path: Path) -> None:
    training = age_training(folder)
    assert not set(training.train_index) & set(training.val_index)
    assert training.data.validation[training.val_index].all()
    with torch.no_grad():
        training.ema.classifier.weight.zero_()
        training.ema.classifier.bias.zero_()
        training.ema.classifier.bias[30] = 1e3  # always 30 years
        training.ema.classifier.bias[-1] = 1.0  # always a woman
    figures = training.snapshot(tmp_path, 1)
    ages = training.data.age[training.val_index]
    assert figures["val_mae"] == pytest.approx(abs(ages - 30).mean(), rel=1e-4)
    women = training.data.gender[training.val_index] == 1
    assert figures["val_gender"] == pytest.approx(women.mean())


def test_the_estimator_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    one, two = age_training(folder), age_training(folder)
    one.step(0)
    through_a_file(one, two, tmp_path)
    state = torch.get_rng_state()
    expected = one.step(1)
    assert two.step(1) != expected, "with another state of chance the step must differ"
    through_a_file_again = RunFolder(tmp_path / "run", tmp_path / "x.toml").load()
    assert through_a_file_again is not None
    two.load(through_a_file_again[1])
    assert torch.equal(torch.get_rng_state(), state)
    assert two.step(1) == expected
    assert same(copied(one.network), two.network)
    assert same(copied(one.ema), two.ema)


def test_delta_takes_two_steps(folder: Path, sface: SFace) -> None:
    training = delta_training(folder, sface)
    judge = training.judge
    learning = (training.generator, judge.heads, training.ema)
    frozen = (training.estimator, judge.backbone, training.sface)
    before = [copied(module) for module in (*learning, *frozen)]
    logged = [training.step(number) for number in range(2)]
    assert all(math.isfinite(value) for values in logged for value in values.values())
    assert {"projected", "age", "identity", "own_age", "judge"} < set(logged[0])
    assert not any(same(b, m) for b, m in zip(before, learning, strict=False))
    assert all(same(b, m) for b, m in zip(before[3:], frozen, strict=True))


def test_delta_starts_from_the_networks_of_another_run(folder: Path, sface: SFace) -> None:
    first, second = delta_training(folder, sface), delta_training(folder, sface)
    first.step(0)
    second.start_from(first.state())
    average = copied(first.ema)
    assert same(average, second.generator)
    assert same(average, second.ema)
    assert same(copied(first.judge.heads), second.judge.heads)
    assert not second.optimiser_g.state_dict()["state"], "the optimiser begins anew"


def test_another_networks_run_is_refused(folder: Path) -> None:
    training = age_training(folder)
    for state in ({"ema": tiny.delta().state_dict()}, {}):
        with pytest.raises(TrainingError, match="does not fit") as caught:
            training.start_from(state)
        assert caught.value.code == "training.other_network"


def test_so_does_the_estimator(folder: Path) -> None:
    first, second = age_training(folder, learning_rate=5e-3), age_training(folder)
    first.step(0)
    second.start_from(first.state())
    assert same(copied(first.ema), second.network)


def test_delta_uses_no_face_that_is_held_out(folder: Path, sface: SFace) -> None:
    training = delta_training(folder, sface)
    assert not training.data.validation[training.index].any()
    assert set(training.index) <= set(training.data.sharp().nonzero()[0])
    assert not torch.from_numpy(training.age).isnan().any(), "the guide fills in missing ages"


def test_delta_goes_on_where_it_stopped(folder: Path, sface: SFace, tmp_path: Path) -> None:
    one, two = delta_training(folder, sface), delta_training(folder, sface)
    one.step(0)
    through_a_file(one, two, tmp_path)
    resumed = two.step(1)
    saved = RunFolder(tmp_path / "run", tmp_path / "x.toml").load()
    assert saved is not None
    torch.set_rng_state(saved[1]["torch_random"])
    assert one.step(1) == resumed
    assert same(copied(one.generator), two.generator)
    assert same(copied(one.judge.heads), two.judge.heads)


def test_delta_shows_its_work(folder: Path, sface: SFace, tmp_path: Path) -> None:
    training = delta_training(folder, sface)
    state = torch.get_rng_state()
    figures = training.snapshot(tmp_path, 3)
    assert torch.equal(torch.get_rng_state(), state), "or a resumed run would not be the same"
    assert figures["sample_identity"] > 0.98, "nothing is changed yet"
    with Image.open(tmp_path / "samples-00003.jpg") as grid:
        assert grid.width == 8 * 128
        assert grid.height % 128 == 0
