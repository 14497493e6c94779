"""How the engine behaves where it is packaged, told from a checkout by what PyInstaller sets."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import paths
from engine.cli import main
from engine.cli.app import COMMANDS


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A packaged application's ``_internal``, which this process takes for its own."""
    inner = tmp_path / "Äge lens" / "_internal"
    inner.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(inner), raising=False)
    monkeypatch.setattr(sys, "executable", str(inner.parent / "agelens"))
    paths.build_commit.cache_clear()
    yield inner
    paths.build_commit.cache_clear()


def test_everything_is_looked_for_in_the_bundle(bundle: Path) -> None:
    assert paths.is_frozen()
    for place in (paths.resources_dir(), paths.weights_dir(), paths.samples_dir()):
        assert place.is_relative_to(bundle)
    assert not paths.user_data_dir().is_relative_to(bundle)
    assert not paths.user_cache_dir().is_relative_to(bundle)
    assert paths.program_name() == "agelens"


def test_checkout_is_a_checkout() -> None:
    assert not paths.is_frozen()
    assert paths.can_train()
    assert paths.build_commit() == ""
    assert paths.program_name() == "python main.py"


def test_commit_is_told(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    (bundle / "build.json").write_text(json.dumps({"commit": commit}), encoding="utf-8")
    assert paths.build_commit() == commit[:12]
    assert main(["--version"]) == 0
    assert "(0123456789ab)" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "[]", '{"commit"', "{}"])
def test_damaged_identity_is_no_identity(bundle: Path, content: str) -> None:
    (bundle / "build.json").write_text(content, encoding="utf-8")
    assert paths.build_commit() == ""


def test_packaged_help_lists_what_works(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert "usage: agelens" in told
    for command in COMMANDS:
        listed = re.search(rf"^    {command.name}\s", told, flags=re.MULTILINE)
        assert bool(listed) is not command.training


@pytest.mark.parametrize("command", [one.name for one in COMMANDS if one.training])
def test_packaged_training_is_refused_with_a_sentence(
    bundle: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "checkout" in told.err
    assert told.err.count("\n") == 1


def test_packaged_benchmark_knows_no_training(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["benchmark", "--training"]) == 2
    assert "--training" in capsys.readouterr().err
