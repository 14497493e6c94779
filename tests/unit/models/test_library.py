"""Models that the user brings: what is taken, what is refused, and that damage stays outside."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engine.errors import ModelError
from engine.models.library import user_models
from engine.models.registry import ModelRegistry
from tests.unit.models import tiny


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    tiny.install(folder, tiny.lively_delta(), "first", default=True)
    return folder


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    folder = tmp_path / "download"
    folder.mkdir()
    tiny.install(folder, tiny.lively_delta(1), "mine")
    tiny.install(folder, tiny.estimator(), "age")
    return folder


@pytest.fixture
def registry(shipped: Path, tmp_path: Path) -> ModelRegistry:
    return ModelRegistry(shipped, tmp_path / "own")


def test_an_imported_model_is_listed_and_loads_from_its_copy(
    registry: ModelRegistry, shipped: Path, brought: Path, tmp_path: Path
) -> None:
    spec = registry.import_weights(brought / "mine.safetensors")
    for file in brought.iterdir():
        file.unlink()
    assert [card.name for card in registry.cards()] == ["first", "mine"]
    again = ModelRegistry(shipped, tmp_path / "own")
    assert [card.name for card in again.cards()] == ["first", "mine"]
    assert again.generator().name == "first"
    expected = tiny.lively_delta(1).state_dict()
    for name, value in again.load(spec).state_dict().items():
        assert torch.allclose(value, expected[name], atol=1e-2)


def code_of(registry: ModelRegistry, file: Path) -> str:
    with pytest.raises(ModelError) as caught:
        registry.import_weights(file)
    return caught.value.code


def test_what_is_refused_and_why(registry: ModelRegistry, brought: Path, tmp_path: Path) -> None:
    pickled = brought / "evil.safetensors"
    torch.save({"a": torch.zeros(1)}, pickled)
    assert code_of(registry, pickled) == "model.pickle"
    assert code_of(registry, brought / "manifest.toml") == "model.format"
    assert code_of(registry, brought / "none.safetensors") == "model.weights_missing"
    assert code_of(registry, brought / "age.safetensors") == "model.kind"
    alone = tmp_path / "alone" / "mine.safetensors"
    alone.parent.mkdir()
    alone.write_bytes((brought / "mine.safetensors").read_bytes())
    assert code_of(registry, alone) == "model.manifest_missing"
    data = bytearray((brought / "mine.safetensors").read_bytes())
    data[-1] ^= 1
    (brought / "mine.safetensors").write_bytes(data)
    assert code_of(registry, brought / "mine.safetensors") == "model.weights_altered"
    assert not list((tmp_path / "own").glob("*"))
    assert [card.name for card in registry.cards()] == ["first"]


def test_a_name_is_taken_once(registry: ModelRegistry, brought: Path, shipped: Path) -> None:
    assert code_of(registry, shipped / "first.safetensors") == "model.known"
    registry.import_weights(brought / "mine.safetensors")
    assert code_of(registry, brought / "mine.safetensors") == "model.known"


def test_a_name_cannot_lead_out_of_the_folder(
    registry: ModelRegistry, brought: Path, tmp_path: Path
) -> None:
    manifest = brought / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("[models.mine", '[models."../mine"'))
    assert code_of(registry, brought / "mine.safetensors") == "model.manifest"
    assert not (tmp_path / "mine").exists()


def test_a_damaged_model_of_the_user_does_not_stop_the_others(
    registry: ModelRegistry, brought: Path, shipped: Path, tmp_path: Path
) -> None:
    registry.import_weights(brought / "mine.safetensors")
    broken = tmp_path / "own" / "broken"
    broken.mkdir()
    (broken / "manifest.toml").write_text("not toml [")
    (tmp_path / "own" / "stray.txt").write_text("hello")
    assert [spec.name for spec, _place in user_models(tmp_path / "own")] == ["mine"]
    assert len(ModelRegistry(shipped, tmp_path / "own").cards()) == 2
