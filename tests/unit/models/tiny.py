"""Networks of the real architectures, small and random, and weights folders made of them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from engine.models.arch.age_estimator import AgeEstimator, AgeEstimatorConfig
from engine.models.arch.delta import Delta, DeltaConfig
from engine.models.arch.face_parser import FaceParser, FaceParserConfig
from engine.models.assets import file_sha256
from engine.models.backbone import EfficientNetLite0, fold_batchnorm
from engine.models.checkpoints import save_weights
from engine.models.generator import Generator
from engine.models.manifest import MANIFEST
from engine.models.registry import ModelRegistry
from engine.models.spec import ESTIMATOR, GENERATOR, PARSER, ModelSpec
from engine.paths import weights_dir
from engine.training.export import write_entry

DELTA = DeltaConfig(channels=(16, 16, 32), condition=8, coarse_blocks=1)
AGE = AgeEstimatorConfig(size=32, dropout=0.0)
PARSER_CONFIG = FaceParserConfig(channels=(8, 8, 16, 16))


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> Iterator[None]:
    """Tiny tensors gain nothing from threads, and one thread adds in one order."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def pictures(count: int, side: int, seed: int = 0) -> Tensor:
    """(count, 3, side, side) in 0..1: noise with a smooth part, different in each channel."""
    generator = torch.Generator().manual_seed(seed)
    coarse = torch.rand(count, 3, 4, 4, generator=generator)
    smooth = nn.functional.interpolate(coarse, (side, side), mode="bilinear")
    return (smooth * 0.9 + torch.rand(count, 3, side, side, generator=generator) * 0.1).clamp(0, 1)


def delta(seed: int = 0, config: DeltaConfig = DELTA) -> Delta:
    """A generator as training starts with it."""
    torch.manual_seed(seed)
    return Delta(config)


def lively_delta(seed: int = 0) -> Delta:
    """A generator with weights as after training: nothing is near zero, ages matter."""
    network = delta(seed)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if "film" in name or "conv2" in name or name == "head.weight":
                parameter.normal_(std=0.08)
    return network.eval()


def installed(name: str) -> tuple[Generator, ModelSpec]:
    """A generator of the repository's weights, and its entry."""
    registry = ModelRegistry(weights_dir())
    spec = registry.generator(name)
    network = registry.load(spec)
    assert isinstance(network, Generator)
    return network, spec


def estimator(seed: int = 0, config: AgeEstimatorConfig = AGE) -> AgeEstimator:
    """An age estimator on random features that tells pictures apart."""
    torch.manual_seed(seed)
    network = AgeEstimator(config).eval()
    network.backbone.load_state_dict(_folded_features())
    return network


def parser(seed: int = 0) -> FaceParser:
    """A face parser that sees something of every part."""
    torch.manual_seed(seed)
    network, features = FaceParser(PARSER_CONFIG), _folded_features()
    network.backbone.load_state_dict({k: features[k] for k in network.backbone.state_dict()})
    return network.eval()


def backbone(seed: int = 0) -> EfficientNetLite0:
    """Random features whose running statistics fit them, so that no signal dies on the way."""
    torch.manual_seed(seed)
    network = EfficientNetLite0()
    norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = 1.0
        nn.init.uniform_(norm.weight, 0.8, 1.2)
        nn.init.uniform_(norm.bias, -0.1, 0.1)
    with torch.no_grad():
        network.train()(pictures(8, 64, seed))
    return network.eval()


@functools.cache
def _folded_features() -> dict[str, Tensor]:
    return fold_batchnorm(backbone()).state_dict()


def save_published(network: EfficientNetLite0, path: Path) -> None:
    """Write a backbone as its publishers did: other names, a classifier at the end."""
    renamed = {f"_published.{name}": value for name, value in network.state_dict().items()}
    torch.save(renamed | {"_fc.weight": torch.zeros(10, 1280), "_fc.bias": torch.zeros(10)}, path)


_KINDS: dict[
    type[nn.Module], tuple[str, str, DeltaConfig | AgeEstimatorConfig | FaceParserConfig]
] = {
    Delta: (GENERATOR, "delta", DELTA),
    AgeEstimator: (ESTIMATOR, "age_estimator", AGE),
    FaceParser: (PARSER, "face_parser", PARSER_CONFIG),
}


def install(folder: Path, network: nn.Module, name: str, **about: object) -> ModelSpec:
    """Write weights and their manifest entry, as ``export-weights`` does."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.safetensors"
    save_weights(file, network.state_dict(), name)
    kind, architecture, config = _KINDS.get(type(network), _KINDS[AgeEstimator])
    fields: dict[str, object] = {
        "title": name.title(),
        "kind": kind,
        "architecture": architecture,
        "config": asdict(config),
        "input_size": 64,
        "template": "portrait-v1",
        "licence": "Apache-2.0",
        "training_data": "none",
        "age_min": 10.0,
        "age_max": 80.0,
        "file": file.name,
        "sha256": file_sha256(file),
        "size_bytes": file.stat().st_size,
    }
    spec = ModelSpec(name=name, **(fields | about))  # type: ignore[arg-type] # any field, by name
    write_entry(folder / MANIFEST, spec)
    return spec
