"""Weights on disk: what is written comes back; what is not ours is refused, each by its code."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from engine.domain import AgeGroup
from engine.errors import ModelError
from engine.models.assets import file_sha256
from engine.models.checkpoints import load_weights, save_weights
from engine.models.manifest import MANIFEST, read_manifest
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec
from engine.training.export import write_entry
from tests.unit.models import tiny


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    tiny.install(tmp_path, tiny.lively_delta(), "tiny")
    return tmp_path


def only_spec(folder: Path) -> ModelSpec:
    (spec,) = read_manifest(folder)
    return spec


def refused(folder: Path, spec: ModelSpec | None = None) -> ModelError:
    with pytest.raises(ModelError) as caught:
        load_weights(folder, spec or only_spec(folder))
    assert "tiny" in caught.value.sentence
    return caught.value


def with_true_hash(folder: Path) -> ModelSpec:
    """The spec as if the file, whatever it is, had been installed."""
    return replace(only_spec(folder), sha256=file_sha256(folder / "tiny.safetensors"))


def test_weights_come_back_rounded_to_half_precision(weights: Path) -> None:
    original = tiny.lively_delta().state_dict()
    loaded = load_weights(weights, only_spec(weights))
    assert list(loaded) == sorted(original)
    assert all(value.dtype == torch.float32 for value in loaded.values())
    assert all(torch.equal(loaded[k], v.half().float()) for k, v in original.items())


def test_saving_takes_any_memory_layout_and_leaves_no_other_file(tmp_path: Path) -> None:
    value = torch.randn(2, 3, 4, 4)
    path = tmp_path / "a.safetensors"
    save_weights(path, {"w": value.to(memory_format=torch.channels_last)}, "a")
    save_weights(path, {"w": value.to(memory_format=torch.channels_last)}, "a")
    spec = replace(tiny.install(tmp_path / "x", tiny.delta(), "a"), sha256=file_sha256(path))
    assert torch.equal(load_weights(tmp_path, spec)["w"], value.half().float())
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.safetensors"]


def test_the_manifest_keeps_everything_a_spec_says(tmp_path: Path) -> None:
    spec = tiny.install(
        tmp_path,
        tiny.delta(),
        "tiny",
        groups=(AgeGroup("10-19", 10.0, 19.0), AgeGroup("60+", 60.0, 80.0)),
        metrics={"own_error": 5.25},
        description='Says "é" and more.',
        continuous=False,
        default=True,
    )
    read = only_spec(tmp_path)
    assert replace(read, config={}) == replace(spec, config={})
    assert {k: tuple(v) if isinstance(v, list) else v for k, v in read.config.items()} == (
        spec.config
    )
    assert read.card().groups[0].target == 14.5
    assert read.card().metrics == {"own_error": 5.25}


def test_entries_join_and_the_default_comes_first(tmp_path: Path) -> None:
    tiny.install(tmp_path, tiny.delta(), "alpha")
    tiny.install(tmp_path, tiny.delta(), "omega", default=True)
    tiny.install(tmp_path, tiny.estimator(), "age")
    tiny.install(tmp_path, tiny.delta(), "alpha", title="Again")
    registry = ModelRegistry(tmp_path)
    assert [spec.name for spec in registry.specs] == ["omega", "age", "alpha"]
    assert [card.title for card in registry.cards()] == ["Omega", "Again"]
    assert not list(tmp_path.glob("*.tmp"))


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=MANIFEST) as caught:
        read_manifest(tmp_path)
    assert caught.value.code == "model.manifest_missing"


@pytest.mark.parametrize(
    "content",
    [
        b"[models.tiny",
        b"\xff\xfe\x00",
        b"models = 3",
        b"[models]\ntiny = 3",
        b"[models.tiny]\ntitle = 'no more'",
        b"[models.tiny]\nbogus = 1",
        b"[models.tiny]\ngroups = [{ name = 'x' }]",
        b"[models.tiny]\ngroups = 7",
    ],
)
def test_a_damaged_manifest(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        read_manifest(tmp_path)
    assert caught.value.code == "model.manifest"


def test_an_empty_manifest_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("")
    assert read_manifest(tmp_path) == ()


def test_missing_weights(weights: Path) -> None:
    (weights / "tiny.safetensors").unlink()
    assert refused(weights).code == "model.weights_missing"


def test_a_torch_file_is_never_opened(weights: Path) -> None:
    torch.save(tiny.delta().state_dict(), weights / "tiny.safetensors")
    assert refused(weights, with_true_hash(weights)).code == "model.pickle"


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_a_bare_pickle_is_never_opened(weights: Path, protocol: int) -> None:
    (weights / "tiny.safetensors").write_bytes(pickle.dumps({"w": [1.0] * 20}, protocol))
    assert refused(weights, with_true_hash(weights)).code == "model.pickle"


def test_truncated_weights(weights: Path) -> None:
    path = weights / "tiny.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    assert refused(weights).code == "model.weights_altered"


def test_one_changed_bit(weights: Path) -> None:
    path = weights / "tiny.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert refused(weights).code == "model.weights_altered"


@pytest.mark.parametrize("content", [b"", b"anything but tensors", b"\x10" + bytes(40)])
def test_a_file_that_is_no_safetensors(weights: Path, content: bytes) -> None:
    (weights / "tiny.safetensors").write_bytes(content)
    assert refused(weights, with_true_hash(weights)).code == "model.weights_unreadable"


def test_safetensors_whose_first_byte_is_a_pickles_are_read(weights: Path) -> None:
    """The file starts with its header's length: one file in 32 begins with 0x80 by chance."""
    path = weights / "tiny.safetensors"
    for padding in range(0, 512, 8):
        save_file({"w": torch.ones(2)}, path, metadata={"pad": "x" * padding})
        if path.read_bytes()[0] == 0x80:
            break
    assert path.read_bytes()[0] == 0x80
    assert torch.equal(load_weights(weights, with_true_hash(weights))["w"], torch.ones(2))


def test_an_entry_without_groups_or_metrics_stays_short(tmp_path: Path) -> None:
    spec = tiny.install(tmp_path, tiny.delta(), "tiny")
    write_entry(tmp_path / MANIFEST, spec)
    text = (tmp_path / MANIFEST).read_text()
    assert "groups" not in text
    assert "metrics" not in text
