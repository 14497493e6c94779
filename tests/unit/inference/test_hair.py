"""Hair of a face at an age: beyond the crop's edge, by strength and region, in the photo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.aged import AgedFace
from engine.domain import EYES, HAIR, SKIN, AgeRequest, Face, FloatArray, Photo
from engine.faces.head import FRAME, PARSED_SIDE, PARTS
from engine.imaging.geometry import compose, invert, transform_points, translation
from engine.inference.pipeline import AgingPipeline
from engine.inference.predictor import Predictor
from engine.inference.torch_host import TorchEstimator, TorchHost
from engine.paths import samples_dir
from tests.unit.inference.parts import CPU, build
from tests.unit.models import tiny

SIDE = 64  # of the tiny model's crop


class Bands:
    """A parser that sees hair in the upper part of the frame and skin in its middle."""

    def parts(self, frames: NDArray[np.uint8]) -> FloatArray:
        shares = np.zeros((len(frames), len(PARTS), PARSED_SIDE, PARSED_SIDE), np.float32)
        top, middle = round(0.35 * PARSED_SIDE), round(0.7 * PARSED_SIDE)
        shares[:, 2, :top] = shares[:, 1, top:middle] = shares[:, 0, middle:] = 1
        return shares


@pytest.fixture(scope="module")
def haired(weights: Path) -> Iterator[AgingPipeline]:
    host = TorchHost(CPU)
    made = build(weights, Predictor(host, TorchEstimator(host, tiny.estimator()), Bands()))
    photo = made.open_photo(samples_dir() / "astronaut.png")
    made.age_face(photo, made.find_faces(photo)[0], AgeRequest(1, 40.0))  # starts every thread
    yield made
    made.close()


def at(service: AgingPipeline, photo: Photo, face: Face, request: AgeRequest) -> AgedFace:
    return service.age_face(photo, face, request)


def now(target: float, **asked: object) -> AgeRequest:
    return AgeRequest(1, target, 30.0, **asked)  # type: ignore[arg-type]


def test_hair_greys_beyond_the_crop(haired: AgingPipeline, photo: Photo, face: Face) -> None:
    aged = at(haired, photo, face, now(75.0))
    assert aged.hair is not None
    framed = aged.framed()
    assert framed.change.shape == (FRAME * SIDE, FRAME * SIDE, 3)
    pixels = haired.age_photo(photo, [face], [now(75.0)]).pixels
    to_photo = invert(compose(aged.aligned.matrix, translation(*framed.corner)))
    ((x, y),) = transform_points(to_photo, [(FRAME * SIDE / 2, 0.2 * FRAME * SIDE)]).astype(int)
    above_the_crop = (slice(y - 2, y + 3), slice(x - 2, x + 3))
    before, after = (p[above_the_crop].astype(float) for p in (photo.pixels, pixels))
    assert after.mean() > before.mean() + 3
    assert np.ptp(after.mean((0, 1))) < 0.6 * np.ptp(before.mean((0, 1))), "its colour goes"


def test_at_the_same_age_it_stays(haired: AgingPipeline, photo: Photo, face: Face) -> None:
    assert at(haired, photo, face, now(30.0)).hair is None


def test_without_a_parser_it_stays(service: AgingPipeline, photo: Photo, face: Face) -> None:
    assert at(service, photo, face, now(75.0)).hair is None


def test_the_preview_is_the_crop(
    haired: AgingPipeline, service: AgingPipeline, photo: Photo, face: Face
) -> None:
    with_hair, without = (at(s, photo, face, now(75.0)).preview() for s in (haired, service))
    assert with_hair.shape == without.shape == (SIDE, SIDE, 3)
    assert with_hair[2:8, :, 2].mean() > without[2:8, :, 2].mean() + 4, "less yellow"
    apart = np.abs(with_hair[40:].astype(int) - without[40:])
    assert apart.max() <= 1, "the lower face has no hair here"


def test_half_the_strength_is_half_the_grey(
    haired: AgingPipeline, photo: Photo, face: Face
) -> None:
    whole, half = (at(haired, photo, face, now(75.0, strength=s)).preview() for s in (1.0, 0.5))
    plain = at(haired, photo, face, now(75.0)).aligned.pixels
    moved = [float((p[2:8].astype(float) - plain[2:8]).mean()) for p in (whole, half)]
    assert moved[1] == pytest.approx(moved[0] / 2, rel=0.1)


def test_hair_is_left_out_with_its_region(haired: AgingPipeline, photo: Photo, face: Face) -> None:
    aged = at(haired, photo, face, now(75.0, regions=frozenset({SKIN, EYES})))
    top = aged.framed().mask[: round(0.25 * FRAME * SIDE)]
    assert top.max() < 0.05
    assert at(haired, photo, face, now(75.0)).framed().mask[: len(top)].max() > 0.9


def test_a_share_weighs_it(haired: AgingPipeline, photo: Photo, face: Face) -> None:
    top = slice(16, 30)
    whole, third = (
        at(haired, photo, face, now(75.0, shares=((HAIR, s),))).framed() for s in (1.0, 0.3)
    )
    assert third.mask[top].mean() == pytest.approx(0.3 * whole.mask[top].mean(), rel=0.02)


def test_asking_again_for_less_runs_no_network(
    haired: AgingPipeline, photo: Photo, face: Face
) -> None:
    fresh = at(haired, photo, face, now(75.0, strength=0.4))
    again = at(haired, photo, face, now(75.0)).asked(now(75.0, strength=0.4))
    np.testing.assert_array_equal(fresh.preview(), again.preview())


def test_a_face_that_is_decoded_for_a_nearer_age_keeps_the_hair_of_the_age_asked_for(
    haired: AgingPipeline, photo: Photo, face: Face, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = at(haired, photo, face, now(70.0)).hair
    decoded: list[float] = []
    decode = Predictor.decode

    def noted(self, name, faces, source, target):  # type: ignore[no-untyped-def] # a spy
        decoded.extend(target)
        return decode(self, name, faces, source, target)

    monkeypatch.setattr(Predictor, "decode", noted)
    readings = iter([85.0, 72.0])
    monkeypatch.setattr(Predictor, "ages", lambda self, crops: [next(readings) for _ in crops])
    pulled = at(haired, photo, face, now(70.0)).hair
    assert len(decoded) == 2
    assert decoded[0] == 70
    assert decoded[1] < 60
    assert plain is not None
    assert pulled is not None
    np.testing.assert_array_equal(pulled.change, plain.change)


def test_a_black_and_white_photo_stays_so(haired: AgingPipeline, photo: Photo, face: Face) -> None:
    from dataclasses import replace

    grey = np.repeat(photo.pixels.mean(2, keepdims=True).astype(np.uint8), 3, 2)
    plain = replace(photo, pixels=grey, sha256="grey")
    pixels = haired.age_photo(plain, [face], [now(75.0)]).pixels
    assert (pixels != grey).any()
    assert (pixels.max(2) == pixels.min(2)).all()
