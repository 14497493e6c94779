"""What is done to the folder that PyInstaller has made, and what is measured on it.

Standard library and, on Linux, binutils (``strip``, ``readelf``).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import system_libraries

# The goals of docs/packaging.md, which tells what stands between them and the sizes there are,
# and the size at which the build fails because something crept in. Millions of bytes.
UNPACKED_GOAL, UNPACKED_CEILING = 700, 640
PACKED_GOAL = 250
LARGEST = 10

# Linux: libraries with a symbol table that only a debugger reads.
STRIPPED = (
    "_internal/onnxruntime/capi/*.so",
    "_internal/torch/lib/*.so*",
    "_internal/mediapipe/tasks/c/*.so",
    "_internal/libpython3*.so*",
    "_internal/numpy/**/*.so",
    "_internal/PIL/*.so",
    "_internal/cryptography/**/*.so",
    "_internal/jpeglib/**/*.so",
)

# Sonames that the system provides, with the Debian package of each.
SYSTEM = (
    system_libraries.ENGINE
    | system_libraries.WINDOW
    | {
        "ld-linux-x86-64.so.2": "libc6",
        "libbrotlicommon.so.1": "libbrotli1",
        "libc.so.6": "libc6",
        "libdl.so.2": "libc6",
        "libgcc_s.so.1": "libgcc-s1",
        "libglib-2.0.so.0": "libglib2.0-0",
        "libm.so.6": "libc6",
        "libmvec.so.1": "libc6",
        "libpthread.so.0": "libc6",
        "libresolv.so.2": "libc6",
        "librt.so.1": "libc6",
        "libstdc++.so.6": "libstdc++6",
        "libutil.so.1": "libc6",
        "libuuid.so.1": "libuuid1",
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
        "libwayland-egl.so.1": "libwayland-egl1",
        "libz.so.1": "zlib1g",
    }
)
# Plugins that Qt passes over without a word where the desktop that they serve is not installed.
OPTIONAL = frozenset({"libqgtk3.so"})
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


class BundleError(Exception):
    """The folder is not what it should be; the message is for who builds."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in bytes: of all files, and the largest with their names."""

    total: int
    largest: tuple[tuple[str, int], ...]


def files_of(folder: Path) -> list[Path]:
    """Every file that takes room, sorted; links do not."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def measure(folder: Path) -> Sizes:
    """How large the folder is."""
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files_of(folder)}
    ranked = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    return Sizes(sum(sizes.values()), tuple(ranked[:LARGEST]))


def size_report(sizes: Sizes, ceiling: float = UNPACKED_CEILING) -> list[str]:
    """Lines for who builds. Raises BundleError above the ceiling, in MB."""
    total = sizes.total / 1e6
    lines = [f"{size / 1e6:8.1f} MB  {name}" for name, size in sizes.largest]
    lines.append(f"{total:8.1f} MB  unpacked; {verdict(total, UNPACKED_GOAL)}")
    if total > ceiling:
        raise BundleError(
            f"The folder has {total:.0f} MB, more than {ceiling:.0f}: something has crept in."
        )
    return lines


def verdict(size: float, goal: float) -> str:
    """How a size stands to its goal, both in MB."""
    if size <= goal:
        return f"goal of {goal:.0f} MB met"
    return f"goal of {goal:.0f} MB missed by {size - goal:.0f} (docs/packaging.md says why)"


def strip(folder: Path) -> int:
    """Take the symbol tables out of :data:`STRIPPED`; gives the bytes saved. Linux only."""
    if not sys.platform.startswith("linux"):
        return 0
    before = measure(folder).total
    found = {path for pattern in STRIPPED for path in folder.glob(pattern)}
    for path in sorted(p for p in found if p.is_file() and not p.is_symlink()):
        subprocess.run(["strip", "--strip-unneeded", "-p", str(path)], check=True)
    return before - measure(folder).total


def make_twin(folder: Path, program: str = "agelens", twin: str = "agelens-cli") -> None:
    """The command line's name: a link where a windowed program has a terminal too."""
    if os.name == "nt":
        return
    link = folder / twin
    link.unlink(missing_ok=True)
    link.symlink_to(program)


def broken_links(folder: Path) -> list[str]:
    """Links in the folder that lead nowhere."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() and not path.exists()
    )


def needed(files: Sequence[Path]) -> dict[Path, set[str]]:
    """The sonames that each ELF file is linked with; other files are left out."""
    elf = [path for path in files if _is_elf(path)]
    found: dict[Path, set[str]] = {}
    for path in elf:
        command = ["readelf", "-d", str(path)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found[path] = set(_NEEDED.findall(told))
    return found


def system_needs(folder: Path) -> dict[str, str]:
    """The sonames that the bundle takes from the system, each with who asks for it."""
    links = needed(files_of(folder))
    own = {path.name for path in folder.rglob("*")}
    asked: dict[str, str] = {}
    for path, names in links.items():
        if path.name not in OPTIONAL:
            asked |= dict.fromkeys(names - own, path.name)
    return asked


def packages_for(sonames: Mapping[str, str], known: Mapping[str, str] = SYSTEM) -> list[str]:
    """Debian's packages of sonames. Raises BundleError for one that no package is known for."""
    unknown = sorted(f"{name} (for {who})" for name, who in sonames.items() if name not in known)
    if unknown:
        raise BundleError(
            "These libraries are neither in the bundle nor known as the system's: "
            f"{', '.join(unknown)}. Name their packages in packaging/bundle.py, or leave out what "
            "asks for them in packaging/contents.py."
        )
    return sorted({known[name] for name in sonames})


def set_times(paths: Iterable[Path], epoch: int) -> None:
    """Give files, links and folders one time, so that archives of them are alike."""
    for path in paths:
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"
