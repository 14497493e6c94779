"""`batch`: every photo gets its turn, whatever happened to the others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cli import main
from tests.fakes.fake_service import FakeService


@pytest.fixture
def out(tmp_path: Path) -> Path:
    place = tmp_path / "out"
    place.mkdir()
    return place


def test_it_goes_on_past_failures_and_exits_with_1(
    service: FakeService, folder: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["missing.png", "astronaut.png", "nobody.png", "pair.png"]
    photos = [str(folder / name) for name in names]
    assert main(["batch", *photos, "--to", "65", "--out-dir", str(out), "--json"]) == 1
    captured = capsys.readouterr()
    reports = [json.loads(line) for line in captured.out.splitlines()]
    assert [report["photo"] for report in reports] == photos
    assert [report.get("error", {}).get("code") for report in reports] == [
        "photo.missing", None, "face.none", None,
    ]  # fmt: skip
    assert "does not exist" in reports[0]["error"]["sentence"]
    assert reports[1]["faces"][0]["results"][0]["file"] == str(out / "astronaut_65.png")
    assert captured.err.splitlines()[-1] == "2 of 4 photos failed."
    assert {path.name for path in out.iterdir()} == {"astronaut_65.png", "pair_65.png"}
    assert service.calls.count(service.calls[-1]) == 1
    assert service.closed


def test_all_well_is_0_and_silent_on_stderr(
    service: FakeService, folder: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = str(folder / "astronaut.png")
    assert main(["batch", photo, "--to", "25,65", "--out-dir", str(out)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert {path.name for path in out.iterdir()} == {
        "astronaut_25.png", "astronaut_65.png", "astronaut_strip.png",
    }  # fmt: skip


def test_two_photos_of_one_name_do_not_replace_each_other(
    service: FakeService, folder: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = folder / "other"
    other.mkdir()
    shutil.copy(folder / "astronaut.png", other)
    photos = [str(folder / "astronaut.png"), str(other / "astronaut.png")]
    assert main(["batch", *photos, "--to", "65", "--out-dir", str(out), "--overwrite"]) == 1
    assert "rename one of them" in capsys.readouterr().err
    assert len(list(out.iterdir())) == 1


def test_a_missing_folder_is_refused_before_any_work(
    service: FakeService, folder: Path, fail: Callable[..., str]
) -> None:
    said = fail("batch", folder / "astronaut.png", "--to", "65", "--out-dir", folder / "no")
    assert "Create it or choose another one" in said
    assert service.calls == []
