"""The installed package where something is wrong: with the home, the files, fonts or displays."""

from __future__ import annotations

import pytest

from tests.frozen.conftest import INSTALLED, PHOTO
from tests.frozen.roots import Root
from tests.frozen.screens import Screen
from tests.frozen.use import painted, running

pytestmark = pytest.mark.package


def test_home_without_write_permission(root: Root, screen: Screen) -> None:
    """The window opens and the command line works; nothing can be remembered, nothing crashes."""
    home = root.inside("/home/locked")
    home.mkdir(exist_ok=True)
    home.chmod(0o555)
    with running(root, screen, PHOTO, HOME="/home/locked") as process:
        painted(screen, "^abuela – 1952.jpg – Agelens$")
        screen.key("ctrl+q")
        assert process.wait(60) == 0
    assert list(home.iterdir()) == []
    target = "/tmp/aged.png"
    words = ("agelens", "age", PHOTO, "--to", "30", "-o", target)
    done = root.run(*words, environ={"HOME": "/home/locked"})
    assert done.returncode == 0, done.stderr
    root.inside(target).unlink()


@pytest.mark.parametrize(
    ("name", "damage", "told"),
    [
        ("weights/agelens-delta-256.onnx", "missing", "missing"),
        ("weights/agelens-delta-256.onnx", "altered", "altered"),
        ("weights/agelens-delta-256.decoder.onnx", "altered", "altered"),
        ("weights/agelens-age.onnx", "missing", "missing"),
        ("weights/manifest.toml", "missing", "Reinstall Agelens"),
        ("resources/models/face_landmarker.task", "altered", "reinstall Agelens"),
    ],
)
def test_damaged_files_are_named(root: Root, name: str, damage: str, told: str) -> None:
    file = root.inside(f"{INSTALLED}/_internal/{name}")
    content = file.read_bytes()
    try:
        if damage == "missing":
            file.unlink()
        else:
            file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        done = root.run("agelens", "age", PHOTO, "--to", "30", "-o", "/tmp/never.png")
        checked = root.run("agelens", "--self-test")
    finally:
        file.write_bytes(content)
        file.chmod(0o644)
    assert (done.returncode, checked.returncode) == (1, 1)
    assert told in done.stderr
    assert file.name in done.stderr
    assert done.stderr.count("\n") == 1
    assert "FAILED" in checked.stdout


def test_no_fonts(root: Root, screen: Screen) -> None:
    fonts, away = root.inside("/usr/share/fonts"), root.inside("/usr/share/fonts.away")
    fonts.rename(away)
    try:
        with running(root, screen) as process:
            painted(screen)
            screen.key("ctrl+q")
            assert process.wait(60) == 0
    finally:
        away.rename(fonts)


@pytest.mark.parametrize("platform", ["wayland", "xcb"])
def test_platform_plugins_load_and_name_each_other(root: Root, platform: str) -> None:
    """Without a display each is found, tried and refused: not missing."""
    environ = {"QT_QPA_PLATFORM": platform, "XDG_RUNTIME_DIR": "/tmp"}
    done = root.run("agelens", environ=environ)
    assert done.returncode != 0
    assert "could not connect to display" in done.stderr.lower() or "wayland" in done.stderr
    assert "even though it was found" in done.stderr
    for known in ("offscreen", "wayland", "xcb"):
        assert known in done.stderr
