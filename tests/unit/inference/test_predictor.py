"""The predictor gives what the plain networks give, and survives a device without memory."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.device import Device
from engine.domain import DeviceReport
from engine.inference.predictor import Predictor
from engine.models.arch.delta import Delta
from engine.models.generator import Encoding
from tests.unit.inference.parts import on_torch
from tests.unit.models import tiny


def device(autocast: torch.dtype | None = None, name: str = "test device") -> Device:
    return Device(DeviceReport("cpu", name, "float32", "asked for"), torch.device("cpu"), autocast)


def crops(count: int, side: int = 64) -> list[NDArray[np.uint8]]:
    x = (tiny.pictures(count, side) * 255).round().byte()
    return [np.ascontiguousarray(part.permute(1, 2, 0).numpy()) for part in x]


def plain(network: Delta, pixels: list[NDArray[np.uint8]], *ages: list[float]) -> list[Tensor]:
    x = torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).float() / 255
    with torch.no_grad():
        return list(network(x, *(torch.tensor(a) for a in ages)))


def made(where: Device | None = None, network: Delta | None = None) -> Predictor:
    generators = {"tiny": network or tiny.lively_delta()}
    return on_torch(Predictor, tiny.estimator(), generators, where or device())


@pytest.fixture
def predictor() -> Predictor:
    return made()


def test_encode_and_decode_are_the_network(predictor: Predictor) -> None:
    pixels, source, target = crops(3), [30.0, 40.0, 50.0], [60.0, 20.0, 50.0]
    change, mask = plain(tiny.lively_delta(), pixels, source, target)
    results = predictor.decode("tiny", predictor.encode("tiny", pixels), source, target)
    assert len(results) == 3
    for i, (found_change, found_mask) in enumerate(results):
        assert found_change.shape == (64, 64, 3)
        assert found_mask.shape == (64, 64)
        assert found_change.dtype == found_mask.dtype == np.float32
        np.testing.assert_allclose(found_change, change[i].permute(1, 2, 0), atol=1e-5)
        np.testing.assert_allclose(found_mask, mask[i, 0], atol=1e-5)


def test_encodings_can_be_mixed_and_used_again(predictor: Predictor) -> None:
    one, two = predictor.encode("tiny", crops(2))
    apart = [predictor.decode("tiny", [e], [30.0], [70.0])[0][0] for e in (two, one)]
    together = predictor.decode("tiny", [two, one], [30.0, 30.0], [70.0, 70.0])
    for a, (b, _) in zip(apart, together, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)


def test_a_black_and_white_face_stays_so(predictor: Predictor) -> None:
    coloured = crops(1)[0]
    grey = np.repeat(coloured[..., :1], 3, axis=2)
    noisy = grey.copy()
    noisy[::16, ::16, 0] ^= 1
    colour, none, hardly = (
        np.ptp(change, axis=2)
        for change, _ in predictor.decode(
            "tiny", predictor.encode("tiny", [coloured, grey, noisy]), [30.0] * 3, [70.0] * 3
        )
    )
    assert colour.max() > 0.01
    assert none.max() < 1e-5
    assert hardly.max() < 1e-5


def test_names(predictor: Predictor) -> None:
    assert predictor.has("tiny")
    assert not predictor.has("other")


def test_ages_are_the_estimators(predictor: Predictor) -> None:
    pixels = crops(3)
    x = torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).float() / 255
    with torch.no_grad():
        expected = tiny.estimator().age(x).tolist()
    assert predictor.ages(pixels) == pytest.approx(expected, abs=1e-3)
    assert predictor.ages([]) == []


def test_no_gradient_is_kept(predictor: Predictor) -> None:
    (encoding,) = predictor.encode("tiny", crops(1))
    assert not any(part.requires_grad for part in encoding.parts)


def test_reduced_precision_changes_little_and_leaves_the_estimator_alone() -> None:
    reduced = made(device(torch.bfloat16))
    encodings = reduced.encode("tiny", crops(1))
    assert encodings[0].parts[0].dtype == torch.bfloat16
    change, mask = reduced.decode("tiny", encodings, [30.0], [70.0])[0]
    expected, _ = plain(tiny.lively_delta(), crops(1), [30.0], [70.0])
    assert change.dtype == mask.dtype == np.float32
    assert np.abs(change - expected[0].permute(1, 2, 0).numpy()).max() < 0.05
    assert reduced.ages(crops(1)) == made().ages(crops(1))


def test_encodings_outlive_a_change_of_precision(predictor: Predictor) -> None:
    """As after running out of memory: encoded in half precision there, decoded in full here."""
    reduced = made(device(torch.bfloat16))
    (change, _), *_ = predictor.decode("tiny", reduced.encode("tiny", crops(1)), [30.0], [70.0])
    expected, _ = plain(tiny.lively_delta(), crops(1), [30.0], [70.0])
    assert np.abs(change - expected[0].permute(1, 2, 0).numpy()).max() < 0.05


class Hungry(Delta):
    """A generator whose device has no memory for the next ``meals`` calls."""

    meals = 1

    def _eat(self) -> None:
        if self.meals > 0:
            self.meals -= 1
            raise torch.OutOfMemoryError("no memory is left")

    def encode(self, x: Tensor) -> Encoding:
        self._eat()
        return super().encode(x)

    def decode(self, encoding: Encoding, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        self._eat()
        return super().decode(encoding, source, target)


def hungry(meals: int) -> Hungry:
    network = Hungry(tiny.DELTA)
    network.load_state_dict(tiny.lively_delta().state_dict())
    network.meals = meals
    return network


@pytest.mark.parametrize("when", ["encode", "decode"])
def test_out_of_memory_falls_back_and_says_so(when: str) -> None:
    network = hungry(1 if when == "encode" else 0)
    predictor = made(device(name="Small GPU"), network)
    assert predictor.report.reason == "asked for"
    encodings = predictor.encode("tiny", crops(1))
    network.meals = 1 if when == "decode" else 0
    (change, _), *_ = predictor.decode("tiny", encodings, [30.0], [70.0])
    expected, _ = plain(tiny.lively_delta(), crops(1), [30.0], [70.0])
    assert np.abs(change - expected[0].permute(1, 2, 0).numpy()).max() < 0.05
    assert predictor.report.kind == "cpu"
    assert predictor.report.reason == "Small GPU ran out of memory."
    assert predictor.ages(crops(1))


def test_memory_that_is_short_on_the_cpu_too_is_an_error() -> None:
    predictor = made(network=hungry(5))
    with pytest.raises(torch.OutOfMemoryError):
        predictor.encode("tiny", crops(1))
