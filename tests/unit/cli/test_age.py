"""`age`: what it asks of the service, writes, prints and refuses."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.cli import main
from engine.domain import EYES, FACIAL_HAIR, SKIN, AgeRequest
from engine.errors import ExportError
from engine.imaging.provenance import SOURCE_TYPE
from tests.fakes.fake_service import FakeService

Run = Callable[..., Any]


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_json_is_the_documented_contract(
    service: FakeService, folder: Path, run_json: Run
) -> None:
    photo, old = folder / "astronaut.png", folder / "old.png"
    report = run_json("age", photo, "--to", "65", "-o", old, "--json")
    assert set(report) == {"photo", "size", "device", "model", "faces", "timings_ms", "warnings"}
    assert (report["photo"], report["size"]) == (str(photo), [512, 512])
    assert (report["device"], report["model"]) == ("cpu", "fake-delta")
    (face,) = report["faces"]
    assert set(face) == {"index", "box", "score", "age_before", "results"}
    assert (face["index"], face["box"]) == (1, [180.7, 71.8, 89.5, 105.6])
    assert face["age_before"] == 34.0
    (result,) = face["results"]
    assert set(result) == {
        "target", "age_after", "identity", "same_person", "verdict", "file",
    }  # fmt: skip
    assert result["target"] == 65.0
    assert result["age_after"] == pytest.approx(62.8)
    assert result["same_person"] is True
    assert result["file"] == str(old)
    assert old.is_file()
    assert {"open", "find_faces", "export", "total"} <= set(report["timings_ms"])
    assert report["warnings"] == []
    assert service.closed


def test_the_request_carries_all_that_was_asked_for(
    service: FakeService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age_photo, asked = service.age_photo, []

    def recording(*args: Any, **named: Any) -> Any:
        asked.append((args[2], named["model"]))
        return age_photo(*args, **named)

    monkeypatch.setattr(service, "age_photo", recording)
    options = ["--from", "30", "--strength", "0.5", "--model", "fake-groups"]
    options += ["--regions", "skin=0.5, Eyes, eyes=1,facial-hair"]
    assert main(["age", str(folder / "astronaut.png"), "--to", "41-50", *options]) == 0
    request = AgeRequest(
        face=1,
        target=45.5,
        source=30.0,
        strength=0.5,
        regions=frozenset({SKIN, EYES}),
        shares=((FACIAL_HAIR, 1.0), (SKIN, 0.5)),
    )
    assert asked == [([request], "fake-groups")]


def test_without_an_output_the_file_lies_beside_the_photo(
    service: FakeService, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["age", str(folder / "astronaut.png"), "--to", "65"]) == 0
    assert (folder / "astronaut_65.png").is_file()
    captured = capsys.readouterr()
    assert "Face 1 looked 34, at 65 it looks 63" in captured.out
    assert str(folder / "astronaut_65.png") in captured.out
    assert captured.err == ""


def test_all_groups_make_one_file_each_and_a_marked_strip(
    service: FakeService, folder: Path, run_json: Run
) -> None:
    out = folder / "out"
    out.mkdir()
    report = run_json("age", folder / "astronaut.png", "--to", "all", "-o", out, "--json")
    groups = [g.name.replace("–", "-") for g in service.cards[0].groups]
    assert files_in(out) == {f"astronaut_{name}.png" for name in (*groups, "strip")}
    assert [r["target"] for r in report["faces"][0]["results"]] == [14.5 + 10 * i for i in range(7)]
    assert report["strip"] == str(out / "astronaut_strip.png")
    with Image.open(report["strip"]) as strip:
        assert strip.width > 7 * 512
        assert SOURCE_TYPE in str(strip.info.get("xmp"))


@pytest.mark.parametrize(("framing", "tile"), [("face", (178, 178)), ("photo", (512, 512))])
def test_the_strip_shows_what_was_asked_for(
    service: FakeService, folder: Path, framing: str, tile: tuple[int, int]
) -> None:
    """Three tiles in a row: the photo, whole or around the face, and two ages."""
    options = ["--to", "25,65", "-o", str(folder / "new.png"), "--framing", framing]
    assert main(["age", str(folder / "astronaut.png"), *options]) == 0
    gap, line = max(4, tile[1] // 40), max(16, tile[1] // 14)
    with Image.open(folder / "new_strip.png") as strip:
        assert strip.size == (3 * tile[0] + 4 * gap, tile[1] + 2 * gap + line)


@pytest.mark.parametrize("framing", ["face", "aligned"])
def test_each_face_has_a_row_of_the_strip(service: FakeService, folder: Path, framing: str) -> None:
    """Both faces in ages of their own, beside the original, in the photo's surroundings."""
    service.faces["pair.png"] = (
        service.faces["astronaut.png"][0],
        ((300.0, 80.0, 60.0, 60.0), 20.0, None),
    )
    options = ["--to", "25,65", "-o", str(folder / "new.png"), "--framing", framing]
    assert main(["age", str(folder / "pair.png"), *options]) == 0
    with Image.open(folder / "new_strip.png") as strip:
        pixels = np.asarray(strip).astype(int)
    rows = np.array_split(pixels, 2)
    for row in rows:
        first, second, third = (part.mean(axis=2) for part in np.array_split(row, 3, axis=1))
        across = min(part.shape[1] for part in (first, second, third))
        assert np.abs(first[:, :across] - third[:, :across]).mean() > 1
        assert np.abs(second[:, :across] - third[:, :across]).mean() > 1
    assert abs(len(rows[0]) - len(rows[1])) <= 1
    assert pixels.shape[1] > pixels.shape[0]


def test_there_is_no_other_framing(
    service: FakeService, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--to", "all", "--framing", "upside"]
    assert main(["age", str(folder / "astronaut.png"), *options]) == 2
    assert "--framing: invalid choice: 'upside'" in capsys.readouterr().err


def test_a_group_is_its_middle_and_a_name_gets_each_age(service: FakeService, folder: Path) -> None:
    photo = str(folder / "astronaut.png")
    assert main(["age", photo, "--to", "40-49,25", "-o", str(folder / "new.jpg")]) == 0
    assert {"new_40-49.jpg", "new_25.jpg", "new_strip.jpg"} <= files_in(folder)


def test_a_face_that_cannot_be_aged_is_skipped_with_a_note(
    service: FakeService, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["age", str(folder / "pair.png"), "--to", "65"]) == 0
    captured = capsys.readouterr()
    assert captured.err == "Note: Face 2 is 24 pixels across; at least 40 are needed.\n"
    assert "Face 1" in captured.out


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("missing.png", [], "does not exist"),
        (".", [], "is a folder"),
        ("nobody.png", [], "No face was found in nobody.png"),
        ("small.png", [], "Face 1 is 24 pixels across; at least 40 are needed."),
        ("pair.png", ["--face", "2"], "Face 2 is 24 pixels across"),
        ("pair.png", ["--face", "3"], "There is no face 3 in pair.png: it has 2 faces."),
        ("astronaut.png", ["--to", "9"], "fake-delta takes 10 to 80"),
        ("astronaut.png", ["--to", "81"], "fake-delta takes 10 to 80"),
        ("astronaut.png", ["--to", "33-44"], "its groups are: 10–19, 20–29"),
        ("astronaut.png", ["--model", "nope"], "installed are: fake-delta, fake-groups"),
        ("astronaut.png", ["-o", "no/such/folder/old.png"], "no/such/folder does not exist"),
        ("astronaut.png", ["-o", "old.xyz"], "does not end in a format"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(
    service: FakeService,
    folder: Path,
    fail: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    options: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(folder)
    before = files_in(folder)
    said = fail("age", folder / name, "--to", "65", "--json", *options)
    assert sentence in said
    assert "\n" not in said
    assert files_in(folder) == before


def test_the_original_is_never_the_target(
    service: FakeService, folder: Path, fail: Callable[..., str]
) -> None:
    photo = folder / "astronaut.png"
    before = photo.read_bytes()
    said = fail("age", photo, "--to", "65", "-o", photo, "--overwrite")
    assert "Originals are never overwritten" in said
    assert photo.read_bytes() == before


def test_an_existing_file_is_kept_unless_overwriting_is_allowed(
    service: FakeService, folder: Path, fail: Callable[..., str]
) -> None:
    photo, old = str(folder / "astronaut.png"), folder / "old.png"
    old.write_bytes(b"mine")
    assert "exists already" in fail("age", photo, "--to", "65", "-o", old)
    assert old.read_bytes() == b"mine"
    assert main(["age", photo, "--to", "65", "-o", str(old), "--overwrite"]) == 0
    assert old.read_bytes() != b"mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX only")
def test_a_pipe_is_no_photo(service: FakeService, folder: Path, fail: Callable[..., str]) -> None:
    os.mkfifo(folder / "pipe.jpg")
    assert "not a regular file" in fail("age", folder / "pipe.jpg", "--to", "65")


@pytest.mark.parametrize(
    "failure", [ExportError("There is no room.", code="export.full"), KeyboardInterrupt()]
)
def test_a_failure_half_way_takes_back_what_was_written(
    service: FakeService,
    folder: Path,
    fail: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
) -> None:
    before, export = files_in(folder), service.export
    calls: list[object] = []

    def third_fails(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 3:
            raise failure
        return export(*args)

    monkeypatch.setattr(service, "export", third_fails)
    code = 130 if isinstance(failure, KeyboardInterrupt) else 1
    fail("age", folder / "astronaut.png", "--to", "all", code=code)
    assert len(calls) == 3
    assert files_in(folder) == before
    assert service.closed
