"""`age --recipe`: the same file again, from the sidecar of the first."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main
from engine.imaging.export import export_result
from engine.imaging.recipe import read_recipe
from tests.fakes.fake_service import FakeService

Run = Callable[..., Any]


@pytest.fixture
def made(service: FakeService, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A result written by the real writer, with its sidecar."""
    monkeypatch.setattr(service, "export", export_result)
    options = ["--to", "65", "--from", "30", "--strength", "0.5", "--regions", "skin=0.25,eyes"]
    out = folder / "old.png"
    arguments = [str(folder / "astronaut.png"), *options, "-o", str(out), "--sidecar"]
    assert main(["age", *arguments, "--no-credentials", "--no-place"]) == 0
    return folder / "old.agelens.json"


def test_the_same_file_again_byte_for_byte(made: Path, run_json: Run) -> None:
    again = made.parent / "again.png"
    report = run_json("age", "--recipe", made, "-o", again, "--json")
    assert again.read_bytes() == (made.parent / "old.png").read_bytes()
    (face,) = report["faces"]
    assert face["results"][0]["target"] == 65.0
    assert face["results"][0]["file"] == str(again)


def test_the_sidecar_says_all_that_is_needed(made: Path) -> None:
    data = json.loads(made.read_text(encoding="utf-8"))
    assert data["photo"]["path"] == "astronaut.png"
    assert len(data["photo"]["sha256"]) == 64
    assert data["model"] == {"name": "fake-delta", "sha256": "f" * 64}
    (face,) = data["faces"]
    assert (face["target"], face["source"], face["strength"]) == (65.0, 30.0, 0.5)
    assert face["regions"] == ["eyes", "skin"]
    assert face["shares"] == {"skin": 0.25}
    assert read_recipe(made).faces[0].request.shares == (("skin", 0.25),)
    assert face["box"] == [180.7, 71.8, 89.5, 105.6]
    assert data["output"]["keep_place"] is False
    assert str(made.parent) not in made.read_text(encoding="utf-8"), "no folder of this computer"


def test_the_photo_may_lie_elsewhere(made: Path, tmp_path: Path) -> None:
    moved = tmp_path / "astronaut.png"
    (made.parent / "astronaut.png").rename(moved)
    assert main(["age", str(moved), "--recipe", str(made), "--overwrite"]) == 0


@pytest.mark.parametrize("wrong", ["photo", "model", "faces", "there", "junk", "version"])
def test_what_does_not_fit_is_refused(made: Path, fail: Run, wrong: str) -> None:
    data = json.loads(made.read_text(encoding="utf-8"))
    sentence = {
        "photo": "its bytes are others",
        "model": "not those that the recipe was made with",
        "faces": "was not found again",
        "there": "exists already",
        "junk": "no recipe of Agelens",
        "version": "version 99",
    }[wrong]
    if wrong == "photo":
        data["photo"]["sha256"] = "0" * 64
    if wrong == "model":
        data["model"]["sha256"] = "0" * 64
    if wrong == "faces":
        data["faces"][0]["box"][0] += 40
    if wrong == "version":
        data["agelens_recipe"] = 99
    made.write_text("junk" if wrong == "junk" else json.dumps(data), encoding="utf-8")
    place = [] if wrong == "there" else ["-o", made.parent / "again.png"]
    assert sentence in fail("age", "--recipe", made, *place)
    assert not (made.parent / "again.png").exists()


def test_a_recipe_cannot_write_out_of_its_folder(made: Path) -> None:
    data = json.loads(made.read_text(encoding="utf-8"))
    data["output"]["file"] = "../evil.png"
    made.write_text(json.dumps(data), encoding="utf-8")
    assert main(["age", "--recipe", str(made)]) == 0
    assert (made.parent / "evil.png").is_file()
    assert not (made.parent.parent / "evil.png").exists()


@pytest.mark.parametrize("arguments", [["--to", "65"], ["photo.png"], []])
def test_wrong_usage_is_said_as_such(
    service: FakeService, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["age", *arguments]) == 2
    assert "usage:" in capsys.readouterr().err


def test_ages_beside_a_recipe_are_wrong_usage(made: Path) -> None:
    assert main(["age", "--recipe", str(made), "--to", "65"]) == 2


def test_a_sidecar_s_name_that_is_taken(made: Path, service: FakeService) -> None:
    photo = str(made.parent / "astronaut.png")
    out = str(made.parent / "old.tiff")
    assert main(["age", photo, "--to", "30", "-o", out, "--sidecar"]) == 0
    assert (made.parent / "old.tiff.agelens.json").is_file()
    assert json.loads(made.read_text(encoding="utf-8"))["output"]["file"] == "old.png"
