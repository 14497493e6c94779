"""The window of the installed package, used by mouse and keyboard, and what it costs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PIL import Image

from tests.frozen.conftest import PHOTO, PHOTOS, Teller
from tests.frozen.roots import Root
from tests.frozen.screens import Screen, Window, differs, is_painted, wait_until
from tests.frozen.use import painted, resident_mb, running, settings_of, shown, written

pytestmark = pytest.mark.package

STARTS = 3
# Goals on two quiet cores, told beside what is measured; a busy machine fails no test by them.
PAINT_GOAL_S, PREVIEW_GOAL_S, IDLE_GOAL_MB = 2.5, 6.0, 500
# Shares of the window at its first size, 1280 × 820: the tab "21-30", the button's edge, the face.
TAB = (0.913, 0.209)
EXPORT = (0.955, 0.055)
FACE = (0.40, 0.33, 0.46, 0.43)


def face(screen: Screen, window: Window) -> Image.Image:
    """The middle of the face in the photo."""
    picture = screen.picture(window)
    left, top, right, bottom = FACE
    width, height = picture.size
    corners = (left * width, top * height, right * width, bottom * height)
    return picture.crop(tuple(round(corner) for corner in corners))


def around(screen: Screen, window: Window, place: tuple[float, float]) -> Image.Image:
    """A small square of a window."""
    picture = screen.picture(window)
    x, y = place[0] * picture.width, place[1] * picture.height
    return picture.crop((round(x - 18), round(y - 18), round(x + 18), round(y + 18)))


def is_accent(picture: Image.Image) -> bool:
    """Whether the button is in the colour that it has when it can be pressed."""
    red, _green, blue = picture.convert("RGB").resize((1, 1)).getpixel((0, 0))
    return blue - red > 60


def clicked(screen: Screen, window: Window) -> bool:
    """Choose the age, again where nothing has come of it; gives time to compute."""
    if not is_accent(around(screen, window, EXPORT)):
        screen.click(window, *TAB)
        time.sleep(0.3)
    return True


def test_first_paint(root: Root, screen: Screen, tell: Teller) -> None:
    """Start to a painted window, told by the program itself; the first start reads the disk."""
    times = []
    for _ in range(STARTS + 1):
        begun = time.monotonic()
        environ = {"DISPLAY": screen.display}
        done = root.run("agelens", "benchmark", "--gui", "--first-paint", environ=environ)
        assert done.returncode == 0, done.stderr
        times.append(float(done.stdout.split("painted at ")[1]) - begun)
    warm = sorted(times[1:])[STARTS // 2]
    tell(f"window painted: first {times[0]:.2f} s, then {warm:.2f} s (goal {PAINT_GOAL_S} s)")


def test_open_age_export_close(root: Root, screen: Screen, tell: Teller, tmp_path: Path) -> None:
    """The main job in the window, by mouse and keyboard."""
    begun = time.monotonic()
    with running(root, screen, PHOTO) as process:
        window = painted(screen, "^abuela – 1952.jpg – Agelens$")
        tell(f"photo opened by argument: {time.monotonic() - begun:.1f} s")
        before = face(screen, window)

        wait_until(lambda: is_painted(around(screen, window, TAB)), "the face's ages")
        before = face(screen, window)

        def is_aged() -> bool:
            assert process.poll() is None, "the window has ended"
            return (
                is_accent(around(screen, window, EXPORT))
                and differs(before, face(screen, window)) > 1
            )

        wait_until(lambda: clicked(screen, window) and is_aged(), "the first aged preview")
        tell(
            f"first aged preview: {time.monotonic() - begun:.1f} s after the start "
            f"(goal {PREVIEW_GOAL_S:.0f} s)"
        )
        screen.key("ctrl+e")
        shown(screen, "^Export$")
        screen.picture().save(tmp_path / "export.png")
        files = root.inside(PHOTOS)
        known = written(files)
        screen.key("Return")
        wait_until(lambda: bool(written(files) - known), "the exported file")
        (name,) = written(files) - known
        with Image.open(files / name) as picture, Image.open(root.inside(PHOTO)) as original:
            assert picture.size == original.size
            assert differs(picture, original) > 0.1
        screen.key("ctrl+q")
        assert process.wait(60) == 0
    assert settings_of(root).joinpath("window.ini").is_file()
    assert not list(settings_of(root).glob("crashes/report-*"))


def test_idle_memory(root: Root, screen: Screen, tell: Teller) -> None:
    """Of an empty window: with folders of its own, so that no session comes back."""
    with running(root, screen, XDG_DATA_HOME="/tmp/nobody") as process:
        painted(screen)
        libraries = Path(f"/proc/{process.pid}/maps")
        wait_until(
            lambda: "onnxruntime_pybind11_state" in libraries.read_text("utf-8"), "the engine"
        )
        time.sleep(5)
        early = resident_mb(process)
        time.sleep(70)  # what a minute without work gives back
        tell(
            f"memory, idle: {early:.0f} MB, after a minute {resident_mb(process):.0f} MB "
            f"(goal {IDLE_GOAL_MB} MB)"
        )


def test_second_start_hands_its_photo_over(root: Root, screen: Screen) -> None:
    other = root.copy_in(root.inside(PHOTO), f"{PHOTOS}/segunda.jpg")
    with running(root, screen) as first:
        painted(screen)
        second = root.run("agelens", other, environ={"DISPLAY": screen.display}, timeout=120)
        assert second.returncode == 0, second.stderr
        shown(screen, "^segunda.jpg – Agelens$")
        assert first.poll() is None
