"""The command line over the fake service, on photos of its own."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main, session
from tests.fakes.fake_service import FakeService

SMALL = "small.png"
OBSTACLE = "Face 2 is 24 pixels across; at least 40 are needed."


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> FakeService:
    """The service that the commands get; it knows the samples, a pair and a photo without faces."""
    fake = FakeService()
    astronaut = fake.faces["astronaut.png"][0]
    fake.faces["pair.png"] = (astronaut, ((300.0, 80.0, 24.0, 24.0), 20.0, OBSTACLE))
    fake.faces[SMALL] = (((300.0, 80.0, 24.0, 24.0), 20.0, OBSTACLE.replace("2", "1", 1)),)

    @contextlib.contextmanager
    def open_service(device: str) -> Iterator[FakeService]:
        try:
            yield fake
        finally:
            fake.close()

    monkeypatch.setattr(session, "open_service", open_service)
    return fake


@pytest.fixture
def folder(tmp_path: Path, samples: Path) -> Path:
    """A folder with photos: one face, a pair of which one is too small, one small, none."""
    place = tmp_path / "photos"
    place.mkdir()
    for name in ("astronaut.png", "pair.png", SMALL, "nobody.png"):
        shutil.copy(samples / "astronaut.png", place / name)
    return place


@pytest.fixture
def run_json(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run a command that must succeed and give the only JSON object on stdout."""

    def run(*arguments: object) -> Any:
        assert main([str(one) for one in arguments]) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        (line,) = captured.out.splitlines()
        return json.loads(line)

    return run


@pytest.fixture
def fail(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that must exit with 1 and nothing on stdout; the sentence on stderr."""

    def run(*arguments: object, code: int = 1) -> str:
        assert main([str(one) for one in arguments]) == code
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "Traceback" not in captured.err
        return captured.err.strip()

    return run
