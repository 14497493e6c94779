"""A screen in memory on which the packaged window is started, seen and driven."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageGrab

PATIENCE_S = 240.0
TOOLS = ("Xvfb", "xdotool", "openbox")
SIZE = (1360, 860)


def obstacle() -> str:
    """Why there can be no screen here; empty if there can."""
    missing = [name for name in TOOLS if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


@dataclass(frozen=True)
class Window:
    """A window on the screen."""

    number: str
    x: int
    y: int
    width: int
    height: int


class Screen:
    """Looks at a display and sends it keys and clicks."""

    def __init__(self, display: str) -> None:
        self.display = display

    def tool(self, *words: str) -> str:
        """Run xdotool; gives what it says, empty when it finds nothing."""
        done = subprocess.run(
            ["xdotool", *words],
            env=os.environ | {"DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    def window(self, title: str) -> Window | None:
        """The visible window with that title (a regular expression), if there is one."""
        found = self.tool("search", "--onlyvisible", "--name", title).split()
        if not found:
            return None
        shell = self.tool("getwindowgeometry", "--shell", found[-1])
        known = dict(re.findall(r"^(\w+)=(\d+)$", shell, flags=re.MULTILINE))
        if not {"X", "Y", "WIDTH", "HEIGHT"} <= known.keys():
            return None
        return Window(found[-1], *(int(known[k]) for k in ("X", "Y", "WIDTH", "HEIGHT")))

    def picture(self, window: Window | None = None) -> Image.Image:
        """The screen, or the part of it where a window is."""
        whole = ImageGrab.grab(xdisplay=self.display)
        if window is None:
            return whole
        right, bottom = window.x + window.width, window.y + window.height
        return whole.crop((window.x, window.y, right, bottom))

    def key(self, keys: str) -> None:
        """Press a key combination, as xdotool spells it."""
        self.tool("key", "--clearmodifiers", keys)

    def click(self, window: Window, x: float, y: float) -> None:
        """Click at a place of a window, in shares of its size."""
        place = (str(round(window.x + x * window.width)), str(round(window.y + y * window.height)))
        self.tool("mousemove", *place, "click", "1")


def is_painted(picture: Image.Image) -> bool:
    """Whether there is more to see than one colour or a blank frame."""
    colours = picture.convert("RGB").resize((64, 64)).getcolors(4096)
    return colours is None or len(colours) > 12


def differs(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures of one size, 0..255."""
    difference = ImageChops.difference(one.convert("L"), other.convert("L"))
    histogram = difference.histogram()
    return sum(level * count for level, count in enumerate(histogram)) / sum(histogram)


def wait_until(done: Callable[[], bool], what: str, patience: float = PATIENCE_S) -> float:
    """Wait for something; gives the seconds it took. Raises TimeoutError naming it."""
    begun = time.monotonic()
    while not done():
        if time.monotonic() - begun > patience:
            raise TimeoutError(f"waited {patience:.0f} s for {what}")
        time.sleep(0.05)
    return time.monotonic() - begun


@contextlib.contextmanager
def screen() -> Iterator[Screen]:
    """A display with a window manager, gone afterwards."""
    reading, writing = os.pipe()
    geometry = f"{SIZE[0]}x{SIZE[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", geometry, "-nolisten", "tcp", "-ac"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as stream:
        display = f":{stream.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"],
        env=os.environ | {"DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Screen(display)
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(30)
