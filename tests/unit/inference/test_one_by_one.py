"""Faces come out the same aged one by one or together, in whatever order, even where they touch."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.domain import AgeRequest, Face, Photo
from engine.imaging.composite import composite
from engine.inference.pipeline import AgingPipeline
from tests.unit.faces.scenes import Placed, background, compose
from tests.unit.inference.parts import Counting, build

REQUESTS = [AgeRequest(1, 70.0), AgeRequest(2, 15.0), AgeRequest(3, 50.0, strength=0.7)]


@pytest.fixture(scope="module")
def crowd(photo: Photo) -> Photo:
    """Three faces cheek to cheek."""
    placed = [Placed(0, 200, 200, 150), Placed(1, 330, 215, 150, 15), Placed(0, 262, 350, 150, -8)]
    return replace(photo, pixels=compose(background(500, 560), placed), sha256="a crowd")


@pytest.fixture(scope="module")
def faces(service: AgingPipeline, crowd: Photo) -> tuple[Face, ...]:
    found = service.find_faces(crowd)
    assert len(found) == 3
    return found


@pytest.fixture
def fresh(weights: Path, predictor: Counting) -> Iterator[AgingPipeline]:
    """A service that remembers no face."""
    made = build(weights, predictor)
    yield made
    made.close()


def test_one_by_one_or_together(
    service: AgingPipeline, fresh: AgingPipeline, crowd: Photo, faces: tuple[Face, ...]
) -> None:
    together = service.age_photo(crowd, faces, REQUESTS).pixels
    single = [
        fresh.age_face(crowd, faces[request.face - 1], request) for request in reversed(REQUESTS)
    ]
    np.testing.assert_array_equal(composite(crowd, single), together)
    assert (together != crowd.pixels).any()


def test_in_any_order(service: AgingPipeline, crowd: Photo, faces: tuple[Face, ...]) -> None:
    first = service.age_photo(crowd, faces, REQUESTS).pixels
    for order in itertools.permutations(REQUESTS):
        np.testing.assert_array_equal(service.age_photo(crowd, faces, order).pixels, first)
