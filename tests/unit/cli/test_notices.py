"""What a file carries that cannot be kept is said once, before any work."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engine.cli import main, session
from engine.errors import DeviceError
from tests.fakes.fake_service import FakeService

NOTICE = "Note: The file is an animation; only its first picture is used."


@pytest.fixture
def animation(folder: Path) -> Path:
    frames = [Image.open(folder / "astronaut.png").convert("RGB")]
    frames.append(frames[0].rotate(90))
    place = folder / "moving" / "astronaut.png"  # the fake service knows faces by file name
    place.parent.mkdir()
    frames[0].save(place, save_all=True, append_images=frames[1:])
    return place


@pytest.mark.usefixtures("service")
def test_once_for_people(animation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = str(animation.with_name("old.png"))
    assert main(["age", str(animation), "--to", "65", "-o", old]) == 0
    assert capsys.readouterr().err.splitlines() == [NOTICE]


def test_before_the_work(
    animation: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []

    def open_service(device: str) -> FakeService:
        said.append(capsys.readouterr().err)
        raise DeviceError(f"{device} is not needed here.")

    monkeypatch.setattr(session, "open_service", open_service)
    assert main(["age", str(animation), "--to", "65"]) == 1
    assert said == [f"{NOTICE}\n"]


@pytest.mark.usefixtures("service")
def test_a_batch_says_it_too(animation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(animation.parent)
    main(["batch", str(animation), "--to", "65", "--out-dir", out])
    assert capsys.readouterr().err.splitlines() == [NOTICE]
