"""EfficientNet-Lite0: padding by hand, published weights, folding."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import torch
from torch import nn

from engine.errors import ModelError
from engine.models.backbone import (
    BLOCKS,
    HEAD,
    EfficientNetLite0,
    MBConv,
    SameConv,
    fold_batchnorm,
    normalise,
)
from tests.unit.models import tiny


def ones(kernel: int, stride: int) -> SameConv:
    conv = SameConv(1, 1, kernel, stride)
    nn.init.ones_(conv.weight)
    return conv


COUNTING = torch.arange(1.0, 17).view(1, 1, 4, 4)


@pytest.mark.parametrize(
    ("kernel", "expected"),
    [
        (3, [[54, 45], [72, 54]]),  # windows start at 0 and 2: one column of zeros, at the right
        (5, [[136, 108], [126, 99]]),  # windows start at -1 and 1: one zero before, two after
    ],
)
def test_the_odd_pixel_of_the_padding_goes_right_and_below(
    kernel: int, expected: list[list[float]]
) -> None:
    assert ones(kernel, 2)(COUNTING)[0, 0].tolist() == expected


def test_stride_one_keeps_the_side_and_the_centre() -> None:
    result = ones(3, 1)(COUNTING)[0, 0]
    assert result.shape == (4, 4)
    assert result[0].tolist() == [14, 24, 30, 22]


def test_taps_and_features() -> None:
    network, x = tiny.backbone(), tiny.pictures(2, 64)
    with torch.no_grad():
        taps = network.taps(x, (2, 4, 10, 15))
        features = network(x)
    assert [tuple(t.shape[1:]) for t in taps] == [
        (24, 16, 16), (40, 8, 8), (112, 4, 4), (320, 2, 2),
    ]  # fmt: skip
    assert len(network.blocks) == BLOCKS
    assert features.shape == (2, HEAD)
    with torch.no_grad():
        torch.testing.assert_close(network.head(taps[-1]).mean((2, 3)), features)
    assert features.std(0).mean() > 0.01, "two pictures, two features"


def test_residual_only_where_shapes_allow() -> None:
    x = torch.randn(1, 16, 8, 8)
    straight, wider = MBConv(16, 16, 3, 1, 6).eval(), MBConv(16, 24, 3, 1, 6).eval()
    with torch.no_grad():
        for block in (straight, wider):
            block.body[-1].weight.zero_()
        assert torch.equal(straight(x), x)
        assert not wider(x).any()


def test_the_range_that_the_published_weights_know() -> None:
    torch.testing.assert_close(
        normalise(torch.tensor([0, 127 / 255, 1])), torch.tensor([-127 / 128, 0, 1])
    )


def test_published_weights_come_in_by_their_order(tmp_path: Path) -> None:
    theirs, ours = tiny.backbone(seed=1), EfficientNetLite0().eval()
    tiny.save_published(theirs, tmp_path / "lite0.pth")
    ours.load_imagenet(tmp_path / "lite0.pth")
    x = tiny.pictures(2, 32)
    with torch.no_grad():
        assert torch.equal(ours(x), theirs(x))


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    torch.save({"conv.weight": torch.zeros(3, 3)}, tmp_path / "other.pth")
    with pytest.raises(ModelError, match=r"other\.pth") as caught:
        EfficientNetLite0().load_imagenet(tmp_path / "other.pth")
    assert caught.value.code == "model.shape"


@pytest.mark.parametrize("content", [b"", b"no weights at all", b"\x80\x02K\x01."])
def test_a_file_that_holds_no_weights_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.pth"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"odd\.pth"):
        EfficientNetLite0().load_imagenet(path)


def test_a_pickle_that_would_run_code_runs_none(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    call = f"cposix\nsystem\n(S'touch {marker}'\ntR."
    (tmp_path / "evil.pth").write_bytes(call.encode())
    with pytest.raises(ModelError):
        EfficientNetLite0().load_imagenet(tmp_path / "evil.pth")
    assert not marker.exists()


def test_folding_leaves_the_output_as_it_was() -> None:
    torch.manual_seed(2)
    network = tiny.backbone()
    for norm in (m for m in network.modules() if isinstance(m, nn.BatchNorm2d)):
        nn.init.normal_(norm.running_mean, std=0.2)
        nn.init.uniform_(norm.running_var, 0.5, 2)
    folded = fold_batchnorm(copy.deepcopy(network))
    assert not any(isinstance(m, nn.BatchNorm2d) for m in folded.modules())
    x = tiny.pictures(2, 64)
    with torch.no_grad():
        before, after = network(x), folded(x)
    assert before.abs().max() > 0.1
    torch.testing.assert_close(after, before, atol=1e-4, rtol=1e-4)


def test_folding_keeps_a_bias_that_was_there() -> None:
    pair = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)).eval()
    nn.init.normal_(pair[1].running_mean)
    x = tiny.pictures(1, 8)
    with torch.no_grad():
        before = pair(x)
        torch.testing.assert_close(fold_batchnorm(pair)(x), before, atol=1e-5, rtol=0)
