"""main.py sends each command line to the right half, and imports nothing heavy to do so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from engine.cli.app import COMMANDS

ROOT = Path(__file__).resolve().parents[3]


def run_main(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """`python main.py …` on a machine without a display."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {k: v for k, v in os.environ.items() if k not in hidden} | environ
    command = [sys.executable, "main.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
@pytest.mark.parametrize("photos", [(), ("photo.jpg",)])
def test_no_display_is_one_sentence_and_exit_1(photos: tuple[str, ...]) -> None:
    done = run_main(*photos)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == main.NO_DISPLAY + "\n"


def test_version_and_help_need_no_display() -> None:
    version = run_main("--version")
    assert (version.returncode, version.stderr) == (0, "")
    assert "0.1.0" in version.stdout
    usage = run_main("--help")
    assert usage.returncode == 0
    for subcommand in main.SUBCOMMANDS:
        assert subcommand in usage.stdout


def test_every_command_is_known_to_the_entry() -> None:
    """One that is not would be taken for a photo, and open the window."""
    assert {command.name for command in COMMANDS} == main.SUBCOMMANDS


def test_wrong_option_is_wrong_usage() -> None:
    done = run_main("--no-such-option")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("first", [*sorted(main.SUBCOMMANDS), "--help", "--version", "--debug"])
def test_subcommands_and_options_go_to_the_command_line(first: str) -> None:
    assert main.is_headless_command([first])


@pytest.mark.parametrize("argv", [[], ["photo.jpg"], ["./age"], ["photo.jpg", "--to"]])
def test_photos_go_to_the_window(argv: list[str]) -> None:
    assert not main.is_headless_command(argv)


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_has_display(platform: str, environ: dict[str, str], expected: bool) -> None:
    assert main.has_display(platform, environ) is expected


@pytest.mark.parametrize("module", ["main", "gui.app", "engine.models.registry"])
def test_what_the_window_and_the_list_of_models_need_is_light(module: str) -> None:
    heavy = "{'torch', 'cv2', 'mediapipe', 'onnxruntime', 'matplotlib'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_samples_are_photos_that_exist() -> None:
    names = [path.name for path in main.sample_photos()]
    assert "astronaut.png" in names
    assert all(path.is_file() for path in main.sample_photos())
