"""The shipped configurations and cards of the ancestors: complete, and from a run into the app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomli_w
import torch

from engine.aged import apply_change
from engine.errors import TrainingError
from engine.inference.loading import load_generator
from engine.inference.predictor import Predictor
from engine.models.arch.age_modulator import AgeModulatorConfig
from engine.models.arch.cgan import CganConfig
from engine.models.arch.cyclegan import CycleganConfig
from engine.models.arch.ipcgan import IpcganConfig
from engine.models.architectures import ARCHITECTURES
from engine.models.generator import PictureGenerator
from engine.models.registry import ModelRegistry
from engine.training.config import LoopConfig, build, read_toml
from engine.training.export import export_weights
from engine.training.gan_options import GanRecipe
from engine.training.launch import RECIPES, build_recipe
from engine.training.recipes.age_modulator import AgeModulatorRecipe
from engine.training.recipes.cgan import CganRecipe
from engine.training.recipes.cyclegan import CycleganRecipe
from engine.training.recipes.ipcgan import IpcganRecipe
from engine.training.run import RunFolder
from tests.unit.inference.parts import on_torch
from tests.unit.models import tiny
from tests.unit.training import tiny_set

CONFIGS = Path(__file__).resolve().parents[3] / "engine" / "training" / "configs"
KINDS: dict[str, tuple[type[GanRecipe], type[Any]]] = {
    "age_modulator": (AgeModulatorRecipe, AgeModulatorConfig),
    "cgan": (CganRecipe, CganConfig),
    "cyclegan": (CycleganRecipe, CycleganConfig),
    "ipcgan": (IpcganRecipe, IpcganConfig),
}


def network_table(name: str, table: dict[str, Any]) -> dict[str, Any]:
    """A shipped network made small, its groups untouched."""
    few = {key: 1 for key in ("blocks",) if key in table} | {"width": 8}
    return table | few | ({"levels": 3} if name == "cgan" else {})


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_key_is_known_and_its_recipe_is_registered(name: str) -> None:
    tables = read_toml(CONFIGS / f"{name}.toml")
    assert tables["recipe"] == name
    assert name in RECIPES
    training, network = KINDS[name]
    assert build(LoopConfig, tables["loop"], "loop").batch == 16
    recipe = build(training, tables["training"], "training")
    assert recipe.guard, "an age term alone is easily fooled"
    build(network, tables["network"], "network")


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_papers_values_are_the_defaults(name: str) -> None:
    recipe = KINDS[name][0]()
    assert (recipe.projected, recipe.guard, recipe.masked) == (0, False, False)
    assert recipe.freeze == ()


def test_the_papers_numbers() -> None:
    ipcgan, cyclegan = IpcganRecipe(), CycleganRecipe()
    weights = ipcgan.gan_loss_weight, ipcgan.fea_loss_weight, ipcgan.age_loss_weight
    assert weights == (75, 0.5e-4, 30)
    assert IpcganConfig().groups == (11, 21, 31, 41, 51)
    assert (cyclegan.cycle, cyclegan.identity, cyclegan.pool) == (10, 5, 50)
    assert (CycleganConfig().young, CycleganConfig().old) == ((18, 29), (55, 80))
    assert len(AgeModulatorConfig().groups) == 14


@pytest.mark.parametrize("name", sorted(KINDS))
def test_from_a_run_into_the_app(name: str, tmp_path: Path) -> None:
    table = network_table(name, read_toml(CONFIGS / f"{name}.toml")["network"])
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    network = ARCHITECTURES[name](values)
    (tmp_path / "x.toml").write_text(tomli_w.dumps({"recipe": name, "network": table}))
    run = RunFolder(tmp_path / "run", tmp_path / "x.toml")
    run.save(3, {"ema": network.state_dict()})
    export_weights(run.root, CONFIGS / f"{name}.card.toml", tmp_path / "weights")
    registry = ModelRegistry(tmp_path / "weights")
    predictor = on_torch(Predictor, tiny.estimator())
    spec = load_generator(registry, predictor, None)

    card = spec.card()
    assert not card.continuous
    loaded = registry.load(spec)
    assert isinstance(loaded, PictureGenerator)
    ages = torch.tensor([group.target for group in card.groups])
    assert loaded.choice(ages, ages).tolist() == list(range(len(card.groups))), "a tab a group"
    for years in ages.tolist():
        assert spec.age_min <= years <= spec.age_max

    crop = (tiny.pictures(1, 64)[0] * 255).byte().permute(1, 2, 0).numpy()
    (encoding,) = predictor.encode(spec.name, [crop])
    (change, mask) = predictor.decode(spec.name, [encoding], [30.0], [60.0])[0]
    assert change.shape == (64, 64, 3)
    assert bool((mask == 1).all())
    with torch.no_grad():
        wanted = loaded.picture(
            loaded.encode(torch.from_numpy(crop).permute(2, 0, 1)[None] / 255),
            loaded.choice(torch.tensor([30.0]), torch.tensor([60.0])),
        )
    shown = apply_change(np.ascontiguousarray(crop), change, mask)
    expected = (wanted[0].permute(1, 2, 0).numpy() * 255).round()
    assert np.abs(shown.astype(float) - expected).max() <= 1


@pytest.mark.parametrize("table", ["network", "training"])
def test_a_typo_is_refused_before_anything_is_loaded(table: str, tmp_path: Path) -> None:
    text = f"recipe = 'ipcgan'\n[loop]\nsteps = 1\nbatch = 2\n[{table}]\nwidht = 3\n"
    (tmp_path / "run.toml").write_text(text)
    data = tiny_set.write(tmp_path / "set")
    with pytest.raises(TrainingError, match="widht") as caught:
        build_recipe(tmp_path / "run.toml", data)
    assert caught.value.code == "training.config"


def test_groups_that_are_none_are_refused(tmp_path: Path) -> None:
    text = "recipe = 'cgan'\n[loop]\nsteps = 1\nbatch = 2\n[network]\ngroups = [50, 20]\n"
    (tmp_path / "run.toml").write_text(text)
    with pytest.raises(TrainingError, match="ascending") as caught:
        build_recipe(tmp_path / "run.toml", tiny_set.write(tmp_path / "set"))
    assert caught.value.code == "training.config"
