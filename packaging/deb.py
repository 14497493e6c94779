"""Makes the .deb from the finished folder: files laid out, control fields, dpkg-deb.

Standard library and dpkg-deb. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import bundle

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"
HOME = "usr/lib/agelens"
ICONS = (16, 22, 24, 32, 48, 64, 128, 256, 512)
MAINTAINER = "Agelens developers <developers@agelens.invalid>"
# What the .deb is built against; a lower glibc lacks symbols that Python asks for.
LIBC = "libc6 (>= {glibc})"
# Packages that Debian 13 and Ubuntu 24.04 have renamed when time_t became 64 bits wide.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0"}
RECOMMENDS = "fonts-dejavu-core | fonts-noto-core | fonts-liberation"
SUGGESTS = "libgtk-3-0t64 | libgtk-3-0, xdg-desktop-portal"


def depends(packages: Sequence[str], glibc: str) -> str:
    """The Depends field.

    Args:
        packages: Debian names, as :func:`bundle.packages_for` gives them.
        glibc: version that the programs were built against.
    """
    fields = [
        LIBC.format(glibc=glibc) if name == "libc6" else RENAMED.get(name, name)
        for name in packages
    ]
    return ", ".join(sorted(fields))


def control(version: str, architecture: str, size_kib: int, needs: str) -> str:
    """The control file."""
    fields = {
        "Package": "agelens",
        "Version": version,
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size_kib),
        "Depends": needs,
        "Recommends": RECOMMENDS,
        "Suggests": SUGGESTS,
        "Section": "graphics",
        "Priority": "optional",
        "Description": "see the faces in a photo at another age, offline\n"
        " Agelens opens photos, finds the faces, shows each at another age and puts the\n"
        " aged face back into the photo, at the photo's own resolution.\n"
        " .\n"
        " It works offline: no photo leaves the computer. Python and everything else that\n"
        " it is made of come along.",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def lay_out(root: Path, folder: Path, icons: Path, about: Mapping[str, str]) -> None:
    """Put every file where Debian wants it, below ``root``.

    Args:
        root: an empty folder.
        folder: the finished bundle.
        icons: holds ``agelens-N.png``.
        about: ``version`` and ``date`` (ISO 8601) of the build.
    """
    shutil.copytree(folder, root / HOME, symlinks=True, copy_function=_link)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/agelens").symlink_to("../lib/agelens/agelens")
    for side in ICONS:
        place = root / f"usr/share/icons/hicolor/{side}x{side}/apps/agelens.png"
        _copy(icons / f"agelens-{side}.png", place)
    scalable = root / "usr/share/icons/hicolor/scalable/apps/agelens.svg"
    _copy(ROOT / "resources" / "icons" / "agelens.svg", scalable)
    _copy(LINUX / "agelens.desktop", root / "usr/share/applications/agelens.desktop")
    told = {"@VERSION@": about["version"], "@DATE@": about["date"][:10]}
    metainfo = root / "usr/share/metainfo/agelens.metainfo.xml"
    _write(metainfo, _filled(LINUX / "agelens.metainfo.xml", told).encode())
    manual = _filled(LINUX / "agelens.1", told).encode()
    _write(root / "usr/share/man/man1/agelens.1.gz", _gzipped(manual))
    documents = root / "usr/share/doc/agelens"
    _write(documents / "changelog.gz", _gzipped((ROOT / "CHANGELOG.md").read_bytes()))
    _write(documents / "copyright", _copyright().encode())


def build(
    root: Path,
    target: Path,
    control_text: str,
    epoch: int,
) -> None:
    """Write DEBIAN/, set times and modes, and have dpkg-deb pack it."""
    files = bundle.files_of(root)
    sums = [f"{_md5(path)}  {path.relative_to(root).as_posix()}\n" for path in files]
    _write(root / "DEBIAN" / "control", control_text.encode())
    _write(root / "DEBIAN" / "md5sums", "".join(sums).encode())
    _set_modes(root)
    bundle.set_times([root, *root.rglob("*")], epoch)
    command = [
        "dpkg-deb",
        "--root-owner-group",
        "-Zzstd",
        "-z6",
        "--build",
        str(root),
        str(target),
    ]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "DPKG_DEB_THREADS_MAX": "2"}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def installed_kib(root: Path) -> int:
    """Debian's Installed-Size: each file rounded up to 1 KiB, one for each folder and link."""
    total = 0
    for path in root.rglob("*"):
        plain = path.is_file() and not path.is_symlink()
        total += -(-path.stat().st_size // 1024) if plain else 1
    return total


def _set_modes(root: Path) -> None:
    for path in [root, *root.rglob("*")]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)


def _link(source: str, target: str) -> None:
    """A hard link where that is possible, for a gigabyte is slow to copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _filled(source: Path, told: Mapping[str, str]) -> str:
    text = source.read_text(encoding="utf-8")
    for word, value in told.items():
        text = text.replace(word, value)
    return text


def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


def _copyright() -> str:
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: Agelens\n\n"
        "Files: *\n"
        "Copyright: the Agelens developers\n"
        "License: Apache-2.0\n"
        " On Debian systems the licence is in /usr/share/common-licenses/Apache-2.0.\n\n"
        f"Files: /{HOME}/_internal/*\n"
        "Copyright: their authors\n"
        "License: several\n"
        f" Agelens carries Python and packages under licences of their own. /{HOME}/licences\n"
        " holds a table of them and every text in full.\n"
    )


def _md5(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
