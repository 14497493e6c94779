"""What the ancestors' recipes are put together of: critics, pool, features, groups, freezing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import TrainingError
from engine.models.arch.cgan import CganConfig
from engine.models.arch.ipcgan import Ipcgan, IpcganConfig
from engine.training.common import freeze, growing, learning, linear_decay
from engine.training.features import AlexNetLayer, BackboneLayer, feature_layer
from engine.training.groups import group_weights, middle_of, other_group, sample_targets
from engine.training.patch import CriticConfig, PatchDiscriminator
from engine.training.pool import ImagePool
from tests.unit.models import tiny


@pytest.mark.parametrize("norm", ["instance", "batch", "group", "spectral", "none"])
def test_a_critic_has_a_logit_a_patch(norm: str) -> None:
    critic = PatchDiscriminator(CriticConfig(8, 2, norm))
    assert critic(tiny.pictures(2, 64)).shape == (2, 1, 14, 14)


@pytest.mark.parametrize("norm", ["batch", "group", "spectral", "none"])
def test_a_critic_heeds_what_it_is_told(norm: str) -> None:
    critic = PatchDiscriminator(CriticConfig(8, 2, norm), groups=3).eval()
    x = tiny.pictures(2, 64)
    one, other = critic(x, torch.tensor([0, 0])), critic(x, torch.tensor([0, 2]))
    assert torch.equal(one[0], other[0])
    away_from_borders = (one - other)[1, 0, 5:-5, 5:-5].abs()
    assert away_from_borders.min() > 0


@pytest.mark.parametrize("network", [IpcganConfig, CganConfig])
def test_a_norm_that_hides_the_group_is_refused(
    network: Callable[..., IpcganConfig | CganConfig],
) -> None:
    with pytest.raises(ValueError, match="instance norm"):
        network(norm="instance")
    with pytest.raises(ValueError, match="instance norm"):
        PatchDiscriminator(CriticConfig(8, 2, "instance"), groups=3)


def test_a_critic_that_names_the_group() -> None:
    critic = PatchDiscriminator(CriticConfig(8, 2), classes=5)
    verdict, groups = critic.both(tiny.pictures(2, 32))
    assert groups.shape == (2, 5)
    torch.testing.assert_close(verdict, critic(tiny.pictures(2, 32)))


def test_an_unknown_norm() -> None:
    with pytest.raises(ValueError, match="layer"):
        PatchDiscriminator(CriticConfig(8, 2, "layer"))


def test_a_pool_of_none_hands_back() -> None:
    x = tiny.pictures(2, 8)
    assert ImagePool(0).swap(x) is x


def test_a_pool_gives_older_pictures_half_of_the_time() -> None:
    torch.manual_seed(0)
    pool = ImagePool(4)
    first = torch.full((4, 3, 2, 2), 1.0)
    assert torch.equal(pool.swap(first), first), "while it fills, what it gets"
    answers = pool.swap(torch.full((400, 3, 2, 2), 2.0))
    assert int((answers == 1).all((1, 2, 3)).sum()) == 4, "each of the first comes back once"
    again = pool.swap(torch.full((400, 3, 2, 2), 3.0))
    old = int((again != 3).all((1, 2, 3)).sum())
    assert old == 4, "what was kept in between"


def test_a_pool_goes_on_from_its_state() -> None:
    one, two = ImagePool(3), ImagePool(3)
    one.swap(tiny.pictures(3, 8))
    two.load_state_dict(one.state_dict())
    for pool in (one, two):
        torch.manual_seed(1)
        pool.answer = pool.swap(tiny.pictures(6, 8, seed=2))  # type: ignore[attr-defined] # kept
    assert torch.equal(one.answer, two.answer)  # type: ignore[attr-defined] # kept above


def test_a_layer_of_the_features_at_hand() -> None:
    layer = feature_layer("lite0", "block10", "", tiny.backbone())
    assert isinstance(layer, BackboneLayer)
    assert layer(tiny.pictures(1, 64)).shape == (1, 112, 4, 4)
    assert not any(p.requires_grad for p in layer.parameters())


def test_alexnet_where_its_weights_are_given(tmp_path: Path) -> None:
    shapes = {
        0: (64, 3, 11),
        3: (192, 64, 5),
        6: (384, 192, 3),
        8: (256, 384, 3),
        10: (256, 256, 3),
    }
    published = {"classifier.1.weight": torch.zeros(2, 2)}
    for at, (outputs, inputs, kernel) in shapes.items():
        published[f"features.{at}.weight"] = torch.randn(outputs, inputs, kernel, kernel) * 0.05
        published[f"features.{at}.bias"] = torch.zeros(outputs)
    torch.save(published, tmp_path / "alexnet.pth")
    for name, shape in (("conv1", (64, 55, 55)), ("conv5", (256, 13, 13))):
        layer = feature_layer("alexnet", name, str(tmp_path / "alexnet.pth"), tiny.backbone())
        assert isinstance(layer, AlexNetLayer)
        features = layer(tiny.pictures(1, 64))
        assert features.shape == (1, *shape)
        assert float(features.min()) == 0, "after its ReLU"


@pytest.mark.parametrize(
    ("network", "layer", "weights", "code"),
    [
        ("lite0", "block16", "", "training.config"),
        ("lite0", "conv5", "", "training.config"),
        ("alexnet", "conv5", "", "training.config"),
        ("alexnet", "conv9", "x.pth", "training.config"),
        ("alexnet", "conv5", "missing.pth", "training.features"),
        ("vgg", "conv5", "x.pth", "training.config"),
    ],
)
def test_a_layer_that_is_not_there(network: str, layer: str, weights: str, code: str) -> None:
    with pytest.raises(TrainingError) as caught:
        feature_layer(network, layer, weights, tiny.backbone())
    assert caught.value.code == code


def test_another_group_is_never_the_own() -> None:
    own = torch.arange(5).repeat(200)
    other = other_group(own, 5)
    assert not (other == own).any()
    assert torch.bincount((other - own) % 5).tolist()[0] == 0
    assert bool((torch.bincount((other - own) % 5)[1:] > 180).all())


def test_rare_groups_are_drawn_as_often() -> None:
    weights = group_weights(np.array([12, 13, 14, 60], np.float32), (10, 50), 1.0)
    np.testing.assert_allclose(weights, [1 / 6, 1 / 6, 1 / 6, 1 / 2])


def test_the_age_of_a_group() -> None:
    assert middle_of((0, 10, 30)).tolist() == [5, 20, 35]
    assert sample_targets((0, 10, 30)) == (20.0, 35.0)


def test_rates_fall_at_the_end() -> None:
    assert [linear_decay(done, 0.5, 0.0) for done in (0, 0.5, 0.75, 1)] == [1, 1, 0.5, 0]
    assert linear_decay(1.0, 0.0, 0.1) == 1


def test_what_holds_back_grows_from_a_tenth() -> None:
    assert [growing(done, 0.2) for done in (0, 0.1, 0.18, 1)] == pytest.approx([0.1, 0.6, 1, 1])
    assert growing(0.0, 0.0) == 1


def test_freezing_by_the_beginning_of_names() -> None:
    network = Ipcgan(IpcganConfig(width=4, blocks=1))
    freeze(network, ("trunk.down", "trunk.head.bias"))
    frozen = {name for name, p in network.named_parameters() if not p.requires_grad}
    assert frozen == {
        name
        for name, _ in network.named_parameters()
        if name.startswith("trunk.down") or name == "trunk.head.bias"
    }
    assert len(learning(network)) == len(list(network.parameters())) - len(frozen)


@pytest.mark.parametrize(("prefix", "said"), [("decoder", "trunk"), ("trunk", "nothing to train")])
def test_freezing_what_is_not_there_or_all(prefix: str, said: str) -> None:
    with pytest.raises(TrainingError, match=said) as caught:
        freeze(Ipcgan(IpcganConfig(width=4, blocks=1)), (prefix,))
    assert caught.value.code == "training.config"
