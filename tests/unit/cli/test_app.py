"""Exit codes, streams and the one path that every failure takes."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cli import main
from engine.cli.app import COMMANDS
from engine.errors import Cancelled, PhotoError
from tests.fakes.fake_service import FakeService

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("command", [None, *(command.name for command in COMMANDS)])
def test_help_everywhere(command: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*([command] if command else []), "--help"]) == 0
    captured = capsys.readouterr()
    assert "usage: main.py" in captured.out
    assert captured.err == ""


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from engine.cli import main; main(['age', '--help']);"
        "print(sorted({'torch', 'cv2', 'mediapipe', 'rich', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    heavy = done.stdout.splitlines()[-1]
    assert not {"torch", "cv2", "mediapipe"} & set(ast.literal_eval(heavy)), heavy


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--no-such-option"],
        ["no-such-command"],
        ["age"],
        ["age", "me.jpg"],
        ["age", "me.jpg", "--to", "41-"],
        ["age", "me.jpg", "--to", "65", "--strength", "1.5"],
        ["age", "me.jpg", "--to", "65", "--strength", "nan"],
        ["age", "me.jpg", "--to", "65", "--from", "200"],
        ["age", "me.jpg", "--to", "65", "--device", "tpu"],
        ["age", "me.jpg", "--to", "65", "--face", "0"],
        ["age", "me.jpg", "--to", "65", "--regions", "skin,nose"],
        ["age", "me.jpg", "--to", "65", "--regions", "skin=2"],
        ["age", "me.jpg", "--to", "65", "--regions", "skin=half"],
        ["batch", "me.jpg", "--to", "65", "--out-dir", ".", "--regions", ""],
        ["batch", "me.jpg", "--to", "65"],
        ["batch", "--to", "65", "--out-dir", "."],
    ],
)
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "error:" in captured.err
    assert "Traceback" not in captured.err


def test_debug_shows_the_traceback_before_or_after_the_command(
    service: FakeService, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = str(folder / "missing.png")
    for arguments in (["--debug", "age", photo], ["age", photo, "--debug"]):
        assert main([*arguments, "--to", "65"]) == 1
        said = capsys.readouterr().err
        assert "Traceback" in said
        assert said.splitlines()[-1].endswith("Check the name and the folder.")


@pytest.mark.parametrize(
    ("failure", "code", "sentence"),
    [
        (PhotoError("It is torn."), 1, "It is torn."),
        (Cancelled(), 130, "Interrupted."),
        (KeyboardInterrupt(), 130, "Interrupted."),
        (ValueError("odd\nshape"), 1, "Something went wrong (odd shape); run it with --debug"),
        (MemoryError(), 1, "Something went wrong (MemoryError)"),
    ],
)
def test_failures_of_the_work_become_a_code_and_a_sentence(
    service: FakeService,
    folder: Path,
    fail: Callable[..., str],
    failure: BaseException,
    code: int,
    sentence: str,
) -> None:
    service.failures["find_faces"] = failure  # type: ignore[assignment]
    said = fail("faces", folder / "astronaut.png", code=code)
    assert said.startswith(sentence)
    assert service.closed


def test_a_reader_that_leaves_is_no_crash(samples: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} main.py models --json | true",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
