"""One thread, one pipeline over tiny weights and one face for every test here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.domain import AgeRequest, Face, Photo
from engine.inference.pipeline import AgingPipeline
from engine.paths import samples_dir
from tests.unit.inference.parts import Counting, build, on_torch
from tests.unit.models import tiny
from tests.unit.models.tiny import one_thread

__all__ = ["one_thread"]


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    tiny.install(folder, tiny.lively_delta(), "first", default=True)
    tiny.install(folder, tiny.lively_delta(1), "second", input_size=128)
    tiny.install(folder, tiny.estimator(), "age")
    return folder


@pytest.fixture(scope="session")
def predictor() -> Counting:
    return on_torch(Counting, tiny.estimator())


@pytest.fixture(scope="session")
def service(weights: Path, predictor: Counting) -> Iterator[AgingPipeline]:
    made = build(weights, predictor)
    photo = made.open_photo(samples_dir() / "astronaut.png")
    made.age_face(photo, made.find_faces(photo)[0], AgeRequest(1, 40.0))  # starts every thread
    predictor.encoded = 0
    yield made
    made.close()


@pytest.fixture(scope="session")
def photo(service: AgingPipeline) -> Photo:
    return service.open_photo(samples_dir() / "astronaut.png")


@pytest.fixture(scope="session")
def face(service: AgingPipeline, photo: Photo) -> Face:
    (found,) = service.find_faces(photo)
    return found
