"""Hair in the sample photos, with the weights that are shipped."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from engine.aged import AgingResult
from engine.domain import FACIAL_HAIR, HAIR, AgeRequest, FloatArray, Photo
from engine.inference.pipeline import AgingPipeline
from engine.paths import samples_dir


def aged(service: AgingPipeline, name: str, request: AgeRequest) -> tuple[Photo, AgingResult]:
    photo = service.open_photo(Path(samples_dir() / name))
    return photo, service.age_photo(photo, service.find_faces(photo), [request])


def lab(pixels: object, box: tuple[int, int, int, int]) -> FloatArray:
    """Mean L*, a*, b* of a box: left, top, right, bottom."""
    left, top, right, bottom = box
    part = np.asarray(pixels)[top:bottom, left:right].astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2LAB).mean((0, 1)), np.float32)


CROWN, SUIT, CORNER = (195, 22, 255, 52), (200, 400, 300, 500), (10, 10, 60, 60)


def test_blond_hair_turns_white_and_nothing_beside_it_changes(service: AgingPipeline) -> None:
    photo, result = aged(service, "astronaut.png", AgeRequest(1, 80.0, 30.0))
    before, after = lab(photo.pixels, CROWN), lab(result.pixels, CROWN)
    assert np.hypot(*after[1:]) < 0.6 * np.hypot(*before[1:])
    assert after[0] >= before[0] - 1
    for place in (SUIT, CORNER):
        np.testing.assert_array_equal(lab(result.pixels, place), lab(photo.pixels, place))


def test_it_stays_without_its_region(service: AgingPipeline) -> None:
    shares = ((FACIAL_HAIR, 0.0), (HAIR, 0.0))
    photo, result = aged(service, "astronaut.png", AgeRequest(1, 80.0, 30.0, shares=shares))
    np.testing.assert_allclose(lab(result.pixels, CROWN), lab(photo.pixels, CROWN), atol=0.5)


def test_a_cap_is_no_hair(service: AgingPipeline) -> None:
    photo, result = aged(service, "grace_hopper.jpg", AgeRequest(1, 20.0, 85.0))
    cap = (200, 40, 320, 120)
    np.testing.assert_allclose(lab(result.pixels, cap), lab(photo.pixels, cap), atol=1.0)
