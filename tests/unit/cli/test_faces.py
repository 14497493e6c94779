"""`faces` and `models`: the lists that people and scripts choose from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.cli import main
from tests.fakes.fake_service import FakeService


def test_faces_as_json(service: FakeService, folder: Path, run_json: Callable[..., Any]) -> None:
    report = run_json("faces", folder / "pair.png", "--json")
    assert set(report) == {"photo", "size", "faces"}
    first, second = report["faces"]
    assert set(first) == {
        "index", "box", "score", "age", "landmarks", "sharpness", "size", "roll", "yaw", "obstacle",
    }  # fmt: skip
    assert (first["landmarks"], first["size"], first["age"]) == (478, 105.6, 34.0)
    assert first["obstacle"] is None
    assert second["obstacle"].startswith("Face 2 is 24 pixels")


def test_faces_as_a_table(
    service: FakeService, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["faces", str(folder / "pair.png")]) == 0
    heading, first, second = capsys.readouterr().out.splitlines()
    assert heading.split()[:2] == ["face", "size"]
    assert first.split()[:3] == ["1", "106", "px"]
    assert second.endswith("at least 40 are needed.")


def test_drawing_marks_faces_and_keeps_the_rest(
    service: FakeService, folder: Path, samples: Path
) -> None:
    drawn = folder / "drawn.png"
    assert main(["faces", str(folder / "pair.png"), "--draw", str(drawn)]) == 0
    before = np.asarray(Image.open(samples / "astronaut.png").convert("RGB")).astype(int)
    after = np.asarray(Image.open(drawn)).astype(int)
    changed = np.abs(after - before).max(2) > 0
    assert changed[60:190, 175:280].any()
    assert changed[75:110, 295:330].any()
    assert not changed[250:].any()


def test_no_face_is_an_empty_list_a_sentence_and_1(
    service: FakeService, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = folder / "drawn.png"
    assert main(["faces", str(folder / "nobody.png"), "--json", "--draw", str(drawn)]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["faces"] == []
    assert "No face was found in nobody.png" in captured.err
    assert not drawn.exists()


def test_the_photo_itself_is_not_drawn_on(
    service: FakeService, folder: Path, fail: Callable[..., str]
) -> None:
    photo = folder / "pair.png"
    assert "never overwritten" in fail("faces", photo, "--draw", photo, "--overwrite")


MANIFEST = """
[models.tiny]
title = "Tiny"
kind = "generator"
architecture = "delta"
file = "tiny.safetensors"
sha256 = "00"
size_bytes = 1200000
input_size = 128
template = "portrait-v1"
licence = "CC BY-NC 4.0"
training_data = "none"
age_min = 10.0
age_max = 80.0
default = true
groups = [{ name = "41-50", low = 41.0, high = 50.0 }]
[models.tiny.metrics]
own_error = 5.25
"""


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "weights"
    place.mkdir()
    (place / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    monkeypatch.setenv("AGELENS_WEIGHTS", str(place))
    return place


def test_models_as_json(weights: Path, run_json: Callable[..., Any]) -> None:
    (model,) = run_json("models", "--json")["models"]
    assert model["name"] == "tiny"
    assert (model["age_min"], model["age_max"]) == (10.0, 80.0)
    assert model["groups"] == [{"name": "41-50", "low": 41.0, "high": 50.0}]
    assert model["metrics"] == {"own_error": 5.25}
    assert model["licence"] == "CC BY-NC 4.0"
    assert model["size_bytes"] == 1_200_000


def test_models_for_people(weights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    text = capsys.readouterr().out
    for part in (
        "tiny (default): Tiny",
        "10 to 80",
        "41-50",
        "1.2 MB",
        "CC BY-NC",
        "own_error 5.25",
    ):
        assert part in text


def test_models_without_weights_says_what_to_do(weights: Path, fail: Callable[..., str]) -> None:
    (weights / "manifest.toml").unlink()
    assert "No weights are installed" in fail("models")
