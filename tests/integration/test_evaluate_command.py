"""``evaluate`` with the shipped model and the real judges, on a set of painted faces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main
from tests.unit.training import tiny_set


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_set.write(tmp_path_factory.mktemp("set"), count=20)


def measured(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert main(["evaluate", *(str(one) for one in arguments)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.mark.slow
def test_the_folder_holds_page_figures_and_grid(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "evaluation"
    figures = measured(capsys, "--data", data, "--faces", 3, "--out", out)
    name = figures["model"]
    assert {path.name for path in out.iterdir()} == {"index.html", f"{name}.json", f"{name}.jpg"}
    assert json.loads((out / f"{name}.json").read_text(encoding="utf-8")) == figures
    assert figures["faces"] == 3
    assert list(figures["by_target"]) == ["15", "25", "35", "45", "55", "65", "75"]
    assert figures["background_change"] is not None
    assert figures["speed"]["mflops"] > 100
    again = measured(capsys, "--data", data, "--faces", 3, "--model", name)
    figures.pop("speed")
    again.pop("speed")
    assert again == figures, "the same seed gives the same numbers"


def test_an_unknown_model_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--data", str(data), "--model", "nobody"]) == 1
    assert "nobody" in capsys.readouterr().err
