"""`provenance`: everything that `age` wrote is read back; what it exits with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.aged import AgingResult
from engine.cli import main
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.imaging.provenance import SOURCE_TYPE
from engine.orders import ExportSpec
from tests.unit.imaging.pictures import aged_face, flat_change, similarity

FACE = aged_face(similarity(1, 0, (100, 90), (32, 32)), flat_change(64, 0.1, 0, 0))


@pytest.fixture
def old(tmp_path: Path, samples: Path) -> Path:
    """A file as `age` writes it."""
    source = load_photo(samples / "astronaut.png")
    made = AgingResult(source, source.pixels, (FACE,), "delta", model_sha256="ab" * 32)
    return export_result(made, ExportSpec(tmp_path / "old.png")).path


def test_json_holds_marking_and_credentials(old: Path, run_json: Callable[..., Any]) -> None:
    found = run_json("provenance", old, "--json")
    assert set(found) == {"file", "marking", "credentials"}
    assert found["marking"]["source_type"] == SOURCE_TYPE
    assert "face 1 aged to 60" in found["marking"]["history"][0]["parameters"]
    told = found["credentials"]
    assert set(told) == {
        "state", "signer", "issuer", "made_here", "generator", "actions", "ingredients", "problems",
    }  # fmt: skip
    assert (told["state"], told["made_here"]) == ("Valid", True)
    assert told["actions"][1]["parameters"]["com.agelens.model_sha256"] == "ab" * 32
    assert told["ingredients"][0]["title"] == "astronaut.png"


def test_people_read_lines(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["provenance", str(old)]) == 0
    text = capsys.readouterr().out
    for part in (
        "Marked as     compositeWithTrainedAlgorithmicMedia",
        "model delta (sha256 abab",
        "Credentials   Valid: unchanged since it was signed",
        "made on this computer",
        "Made from     astronaut.png (parentOf)",
        "Action        c2pa.edited compositeWithTrainedAlgorithmicMedia",
    ):
        assert part in text


def test_a_file_that_was_changed_exits_with_1(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.png"
    shutil.copy(old, changed)
    data = changed.read_bytes()
    changed.write_bytes(data.replace(b"IEND\xaeB`\x82", b"IEND\xaeB`\x82 more"))
    assert main(["provenance", str(changed)]) == 1
    assert "Credentials   Invalid: the file was changed" in capsys.readouterr().out


def test_a_plain_picture_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plain.png"
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(path)
    assert main(["provenance", str(path)]) == 1
    assert capsys.readouterr().err == "plain.png says nothing about how it was made.\n"
