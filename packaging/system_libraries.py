"""Find the system libraries that the engine and the window need, and install or name the missing.

As root on Debian and its relatives they are installed with apt-get; elsewhere one sentence says
what to run. Missing libraries never stop the set-up: the exit code is always 0. Standard library
only, since it runs before anything is installed. Linux only; other systems bring these along.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

# What mediapipe and cv2 link against: needed without a window too.
ENGINE = {
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
    "libGL.so.1": "libgl1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
}
# What Qt's widgets, its local sockets and its xcb platform plugin link against.
WINDOW = {
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libzstd.so.1": "libzstd1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
# Programs that read pictures without this project's code: tests compare notes where they are there.
READERS = {
    "exiftool": "libimage-exiftool-perl",
    "exiv2": "exiv2",
    "identify": "imagemagick",
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def loads(soname: str) -> bool:
    """Whether the dynamic loader finds a library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """Debian packages of those sonames that do not load, sorted, each once."""
    return sorted({package for soname, package in libraries.items() if not loads(soname)})


def has_fonts(folders: Iterable[Path] = FONT_FOLDERS) -> bool:
    """Whether any font file is installed; without one Qt draws boxes for letters."""
    return any(next(folder.rglob("*.[to]tf"), None) is not None for folder in folders)


def install(packages: list[str]) -> bool:
    """Install with apt-get, as root; True if it went through."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print(f"installing system libraries: {' '.join(packages)}", flush=True)
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        command = ["apt-get", "-qq", *step]
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    return done.returncode == 0


def advice(packages: list[str]) -> str:
    """One sentence with the command that mends it."""
    command = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        return (
            "Some system libraries are missing; with your system's package manager, install what "
            f"these Debian packages hold: {' '.join(packages)}"
        )
    return f"Some system libraries are missing; install them with: sudo {command}"


def main() -> int:
    """Check, install where that is possible, else say what to do. Always 0."""
    if not sys.platform.startswith("linux"):
        return 0
    wanted = missing_packages(ENGINE | WINDOW) + ([] if has_fonts() else [FONT_PACKAGE])
    if not wanted:
        return 0
    can_install = os.geteuid() == 0 and shutil.which("apt-get") is not None
    if not (can_install and install(wanted)):
        print(advice(wanted), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
