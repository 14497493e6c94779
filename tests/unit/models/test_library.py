"""Models that the user brings: what is taken, what is refused, and that damage stays outside."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engine.errors import ModelError
from engine.models import registry as registry_module
from engine.models.library import user_models
from engine.models.onnx_convert import convert
from engine.models.registry import ModelRegistry
from engine.training.onnx_file import write_onnx
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


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `export-weights --onnx` writes of a model called "mine"."""
    folder = tmp_path_factory.mktemp("exported")
    spec = tiny.install(folder, tiny.lively_delta(1), "mine", title='Mine, "é"')
    write_onnx(tiny.lively_delta(1), spec, folder / "mine in one file.onnx")
    return folder / "mine in one file.onnx"


def test_an_onnx_file_brings_its_own_entry(
    registry: ModelRegistry, exported: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "alone" / exported.name
    alone.parent.mkdir()
    alone.write_bytes(exported.read_bytes())
    spec = registry.import_weights(alone)
    alone.unlink()
    assert (spec.name, spec.title, spec.is_onnx) == ("mine", 'Mine, "é"', True)
    assert spec.size_bytes == exported.stat().st_size
    again = ModelRegistry(registry.folder, tmp_path / "own")
    assert again.specs[-1] == spec
    assert again.files(spec)[0].is_relative_to(tmp_path / "own")


def test_so_it_does_beside_a_manifest_that_does_not_list_it(
    registry: ModelRegistry, exported: Path
) -> None:
    assert registry.import_weights(exported).name == "mine"


def test_an_onnx_model_of_two_files_is_copied_whole(
    registry: ModelRegistry, brought: Path, tmp_path: Path
) -> None:
    convert(brought, tmp_path / "onnx")
    spec = registry.import_weights(tmp_path / "onnx" / "mine.onnx")
    copied = {path.name for path in (tmp_path / "own" / "mine").iterdir()}
    assert copied == {"manifest.toml", "mine.onnx", "mine.decoder.onnx"}
    assert len(registry.files(spec)) == 2
    (tmp_path / "own" / "mine" / "mine.decoder.onnx").unlink()
    assert user_models(tmp_path / "own") == []
    (tmp_path / "onnx" / "mine.decoder.onnx").unlink()
    assert code_of(ModelRegistry(registry.folder, tmp_path / "x"), tmp_path / "onnx/mine.onnx") == (
        "model.weights_missing"
    )


def test_onnx_files_that_are_refused(registry: ModelRegistry, exported: Path) -> None:
    broken = exported.with_name("broken.onnx")
    broken.write_bytes(b"no network")
    assert code_of(registry, broken) == "model.weights_unreadable"
    silent = exported.with_name("silent.onnx")
    silent.write_bytes(exported.read_bytes().replace(b"[models.", b"[modelz."))
    assert code_of(registry, silent) == "model.manifest_missing"


def test_without_torch_safetensors_are_refused(
    registry: ModelRegistry, brought: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry_module, "has_torch", lambda: False)
    assert code_of(registry, brought / "mine.safetensors") == "model.needs_torch"
    assert [card.name for card in registry.cards()] == ["first"]
