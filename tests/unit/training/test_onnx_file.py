"""The exported file answers as torch does, for any batch, in another runtime."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from engine.errors import TrainingError
from engine.models.generator import Generator
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec
from engine.paths import weights_dir
from engine.training.onnx_file import write_onnx
from tests.unit.models import tiny

SIDE = 32


def test_onnx_runtime_and_torch_agree(tmp_path: Path) -> None:
    agree(tiny.lively_delta(), ModelRegistry(weights_dir()).generator(), tmp_path / "new")


@pytest.mark.parametrize("name", ["cgan", "ipcgan", "cyclegan", "age-modulator"])
def test_so_they_do_for_the_published_designs(tmp_path: Path, name: str) -> None:
    network, spec = tiny.installed(f"agelens-{name}")
    agree(network, spec, tmp_path / "new")


def agree(network: Generator, spec: ModelSpec, folder: Path) -> None:
    """Export at a small size and compare; the file alone is left in the folder."""
    spec, path = replace(spec, input_size=SIDE), folder / "network.onnx"
    write_onnx(network, spec, path)
    session = onnxruntime.InferenceSession(path)
    for count in (1, 3):
        x = tiny.pictures(count, SIDE).contiguous()
        source, target = torch.linspace(20, 40, count), torch.linspace(80, 30, count)
        found = session.run(
            ["change", "mask"],
            {"picture": x.numpy(), "source": source.numpy(), "target": target.numpy()},
        )
        with torch.no_grad():
            expected = network(x, source, target)
        assert np.abs(found[0]).mean() > 1e-3, "it does something"
        for ours, theirs in zip(expected, found, strict=True):
            np.testing.assert_allclose(theirs, ours, atol=1e-3)
    about = session.get_modelmeta().custom_metadata_map
    assert (about["name"], about["licence"]) == (spec.name, spec.licence)
    assert float(about["age_max"]) == spec.age_max
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_where_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    spec = replace(ModelRegistry(weights_dir()).generator(), input_size=SIDE)
    with pytest.raises(TrainingError, match="cannot be written"):
        write_onnx(tiny.lively_delta(), spec, tmp_path / "taken" / "delta.onnx")
