"""Every registered architecture: forward, backward, to safetensors and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from engine.errors import ModelError
from engine.models.age_reader import AgeReader
from engine.models.arch.face_parser import FaceParser
from engine.models.architectures import ARCHITECTURES
from engine.models.generator import Generator, PictureGenerator
from engine.models.registry import ModelRegistry
from engine.models.spec import ESTIMATOR, GENERATOR, PARSER
from tests.unit.models import tiny

GROUPS = (10, 40, 70)
TINY: dict[str, dict[str, Any]] = {
    "age_estimator": {"size": 32, "dropout": 0.0},
    "age_modulator": {"width": 8, "blocks": 1, "features": 8, "groups": GROUPS},
    "age_resnet": {"size": 32, "channels": (8, 16), "blocks": (1, 1), "dropout": 0.0},
    "cgan": {"width": 8, "levels": 3, "groups": GROUPS},
    "cyclegan": {"width": 8, "blocks": 1},
    "delta": {"channels": (16, 16, 32), "condition": 8, "coarse_blocks": 1},
    "face_parser": {"channels": (8, 8, 16, 16)},
    "ipcgan": {"width": 8, "blocks": 1, "groups": GROUPS},
}
KINDS = {"age_estimator": ESTIMATOR, "age_resnet": ESTIMATOR, "face_parser": PARSER}
PICTURES = sorted(set(TINY) - {*KINDS, "delta"})
SOURCE, YOUNG, OLD = (torch.tensor(years) for years in ([45.0, 30.0], [25.0, 25.0], [75.0, 75.0]))


def built(name: str, **other: object) -> nn.Module:
    torch.manual_seed(0)
    return ARCHITECTURES[name](TINY[name] | other)


def answer(network: nn.Module, x: Tensor, target: Tensor = OLD) -> tuple[Tensor, ...]:
    if isinstance(network, FaceParser):
        return (network(x),)
    return tuple(network(x) if isinstance(network, AgeReader) else network(x, SOURCE, target))


def test_none_is_left_out() -> None:
    assert set(TINY) == set(ARCHITECTURES)


@pytest.mark.parametrize("name", sorted(ARCHITECTURES))
def test_forward_and_backward(name: str) -> None:
    network, x = built(name).train(), tiny.pictures(2, 32)
    with torch.no_grad():
        for label, parameter in network.named_parameters():
            if not parameter.any() or label == "head.weight":
                parameter.normal_(std=0.05)  # what starts at zero for training's sake
    young, old = answer(network, x, YOUNG), answer(network, x, OLD)
    assert all(part.isfinite().all() for part in (*young, *old))
    if isinstance(network, Generator):
        assert [tuple(part.shape) for part in old] == [(2, 3, 32, 32), (2, 1, 32, 32)]
        assert not torch.equal(young[0], old[0]), "the target matters"
        aged = (x + old[0] * old[1]).detach()
        assert float(aged.min()) > -1e-3 or name == "delta"
        assert float(aged.max()) < 1 + 1e-3 or name == "delta"
    sum(part.square().sum() for part in (*young, *old)).backward()
    still = [n for n, p in network.named_parameters() if p.grad is None]
    assert still == []
    moved = [n for n, p in network.named_parameters() if p.grad.any()]
    assert len(moved) > 0.6 * len(list(network.parameters()))


@pytest.mark.parametrize("name", sorted(ARCHITECTURES))
def test_to_safetensors_and_back(name: str, tmp_path: Path) -> None:
    network = built(name).train()
    for _ in range(3):
        answer(network, tiny.pictures(2, 32))  # statistics of batch norm are weights, too
    network.eval()
    kind = KINDS.get(name, GENERATOR)
    spec = tiny.install(
        tmp_path, network, name, kind=kind, architecture=name, config=lists(TINY[name])
    )
    loaded = ModelRegistry(tmp_path).load(spec)
    with torch.no_grad():
        x = tiny.pictures(2, 32)
        for before, after in zip(answer(network, x), answer(loaded, x), strict=True):
            torch.testing.assert_close(after, before, atol=2e-2, rtol=2e-2)


@pytest.mark.parametrize("name", PICTURES)
def test_with_skip_it_starts_at_the_face(name: str) -> None:
    change, mask = built(name, skip=True).eval()(tiny.pictures(2, 32), SOURCE, OLD)
    assert float(change.detach().abs().mean()) < 0.02
    assert bool((mask == 1).all())


@pytest.mark.parametrize("name", PICTURES)
def test_each_face_of_a_batch_gets_its_own_age(name: str) -> None:
    network, x = built(name).eval(), tiny.pictures(2, 32)
    with torch.no_grad():
        together, _ = network(x, SOURCE, torch.tensor([25.0, 75.0]))
        young, _ = network(x[:1], SOURCE[:1], YOUNG[:1])
        old, _ = network(x[1:], SOURCE[1:], OLD[1:])
    torch.testing.assert_close(together, torch.cat([young, old]), atol=1e-5, rtol=0)


@pytest.mark.parametrize("name", PICTURES)
def test_what_is_encoded_serves_every_age(name: str) -> None:
    network, x = built(name).eval(), tiny.pictures(2, 32)
    assert isinstance(network, PictureGenerator)
    with torch.no_grad():
        encoding = network.encode(x)
        for target in (YOUNG, OLD):
            expected, _ = network(x, SOURCE, target)
            torch.testing.assert_close(network.decode(encoding, SOURCE, target)[0], expected)


@pytest.mark.parametrize("name", ["age_modulator", "cyclegan", "ipcgan"])
def test_folded_it_sees_the_same_sides(name: str) -> None:
    change, _ = built(name, fold=2)(tiny.pictures(2, 64), SOURCE, OLD)
    assert change.shape == (2, 3, 64, 64)


def test_cyclegan_goes_to_the_nearer_domain() -> None:
    network = built("cyclegan").eval()
    assert isinstance(network, PictureGenerator)
    targets = torch.tensor([10.0, 29.0, 41.9, 42.0, 55.0, 90.0])
    assert network.choice(targets.flip(0), targets).tolist() == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ipcgan", {"groups": [50, 20]}),
        ("cgan", {"groups": [20]}),
        ("ipcgan", {"norm": "layer"}),
        ("cyclegan", {"padding": "mirror"}),
        ("cyclegan", {"upsample": "cubic"}),
        ("cyclegan", {"fold": 3}),
        ("cyclegan", {"young": [18, 60]}),
        ("age_modulator", {"bogus": 1}),
    ],
)
def test_settings_that_make_no_network(name: str, wrong: dict[str, Any], tmp_path: Path) -> None:
    spec = tiny.install(
        tmp_path, built(name), name, architecture=name, config=lists(TINY[name] | wrong)
    )
    with pytest.raises(ModelError, match=name) as caught:
        ModelRegistry(tmp_path).load(spec)
    assert caught.value.code == "model.manifest"


def lists(config: Mapping[str, Any]) -> dict[str, Any]:
    """As TOML gives it."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in config.items()}


@pytest.mark.parametrize("side", [32, 64])
def test_a_parser_s_shares_are_together_one(side: int) -> None:
    network = built("face_parser")
    assert isinstance(network, FaceParser)
    shares = network.shares(tiny.pictures(2, side))
    assert shares.shape == (2, 4, side, side)
    torch.testing.assert_close(shares.sum(1), torch.ones(2, side, side))


def test_a_parser_of_another_depth() -> None:
    with pytest.raises(ValueError, match="4 widths"):
        built("face_parser", channels=(8, 16, 16))
