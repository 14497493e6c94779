"""From a manifest to a network: what is built, chosen and refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from engine.errors import ModelError
from engine.faces.template import get_template
from engine.models.registry import ModelRegistry, build_network
from tests.unit.models import tiny


@pytest.fixture
def registry(tmp_path: Path) -> ModelRegistry:
    tiny.install(tmp_path, tiny.lively_delta(), "first", default=True)
    tiny.install(tmp_path, tiny.lively_delta(1), "second")
    tiny.install(tmp_path, tiny.estimator(), "age")
    return ModelRegistry(tmp_path)


def test_a_loaded_network_answers_as_the_saved_one(registry: ModelRegistry) -> None:
    network = registry.load(registry.generator())
    assert not network.training
    assert not any(p.requires_grad for p in network.parameters())
    x, ages = tiny.pictures(1, 64), (torch.tensor([30.0]), torch.tensor([60.0]))
    with torch.no_grad():
        expected, _ = tiny.lively_delta()(x, *ages)
        torch.testing.assert_close(network(x, *ages)[0], expected, atol=5e-3, rtol=0)


def test_choosing_by_name_and_by_default(registry: ModelRegistry) -> None:
    assert registry.generator().name == "first"
    assert registry.generator("second").name == "second"
    assert registry.estimator().name == "age"
    assert [card.name for card in registry.cards()] == ["first", "second"]


@pytest.mark.parametrize("name", ["third", "age"])
def test_an_unknown_generator_names_the_known_ones(registry: ModelRegistry, name: str) -> None:
    with pytest.raises(ModelError, match="first, second") as caught:
        registry.generator(name)
    assert caught.value.code == "model.unknown"


def test_a_folder_without_estimator_or_generator(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("")
    registry = ModelRegistry(tmp_path)
    for ask in (registry.generator, registry.estimator):
        with pytest.raises(ModelError) as caught:
            ask()
        assert caught.value.code == "model.unknown"


def test_weights_that_do_not_fit_the_network(registry: ModelRegistry) -> None:
    spec = registry.generator()
    wider = replace(spec, config={**spec.config, "channels": [32, 32, 32]})
    with pytest.raises(ModelError, match="first") as caught:
        registry.load(wider)
    assert caught.value.code == "model.shape"


def test_an_architecture_of_the_future(registry: ModelRegistry) -> None:
    with pytest.raises(ModelError, match="diffusion") as caught:
        build_network(replace(registry.generator(), architecture="diffusion"))
    assert caught.value.code == "model.architecture"


@pytest.mark.parametrize(
    "config",
    [
        {"bogus": 1},
        {"channels": 3},
        {"channels": [16, 16]},
        {"channels": [16, 16, 8]},
        {"channels": [16, 16, "x"]},
    ],
)
def test_settings_that_make_no_network(registry: ModelRegistry, config: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="first") as caught:
        build_network(replace(registry.generator(), config=config))
    assert caught.value.code == "model.manifest"


def test_a_template_of_the_future() -> None:
    with pytest.raises(ModelError, match="portrait-v9") as caught:
        get_template("portrait-v9")
    assert caught.value.code == "model.template"
