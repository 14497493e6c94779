"""The real engine: one service for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.domain import AgeRequest
from engine.inference.pipeline import AgingPipeline, build_service
from engine.paths import samples_dir


@pytest.fixture(scope="session")
def service() -> Iterator[AgingPipeline]:
    """The service with the installed weights, its threads already started."""
    made = build_service("cpu")
    photo = made.open_photo(samples_dir() / "grace_hopper.jpg")
    made.age_face(photo, made.find_faces(photo)[0], AgeRequest(1, 40.0))
    yield made
    made.close()


@pytest.fixture(params=["astronaut.png", "grace_hopper.jpg"])
def sample(request: pytest.FixtureRequest) -> Path:
    """Each public-domain sample in turn."""
    return samples_dir() / str(request.param)
