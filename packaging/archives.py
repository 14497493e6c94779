"""What is handed out: .tar.xz and .deb on Linux, an installer on Windows, a disk image on macOS.

Standard library and each system's own packer. Windows and macOS have not been run yet.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import bundle
import deb

ROOT = Path(__file__).resolve().parent.parent
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def make_all(folder: Path, dist: Path, stage: Path, about: Mapping[str, str]) -> list[Path]:
    """Every archive for this system.

    Args:
        folder: the finished bundle.
        dist: where archives go.
        stage: holds ``icons`` and is written to.
        about: ``version``, ``date`` and ``epoch`` of the build.
    """
    if sys.platform == "win32":
        return windows(dist, about)
    if sys.platform == "darwin":
        return mac(folder, dist, about)
    return [tar_xz(folder, dist, about), debian(folder, dist, stage, about)]


def tar_xz(folder: Path, dist: Path, about: Mapping[str, str]) -> Path:
    """The folder as ``agelens-VERSION-linux-ARCH.tar.xz``: sorted, one time, one owner."""
    name = f"agelens-{about['version']}"
    target = dist / f"{name}-linux-{platform.machine()}.tar.xz"
    command = ["tar", "--sort=name", "--format=gnu", f"--mtime=@{about['epoch']}", "--owner=0"]
    command += ["--group=0", "--numeric-owner", "--mode=u=rwX,go=rX"]
    command += [f"--transform=s,^{folder.name},{name},S", "-C", str(folder.parent)]
    command += ["--use-compress-program=xz -T2 -6", "-cf", str(target), folder.name]
    subprocess.run(command, check=True)
    return target


def debian(folder: Path, dist: Path, stage: Path, about: Mapping[str, str]) -> Path:
    """The .deb, which depends on the system libraries that the bundle asks for."""
    root = stage / "deb"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    deb.lay_out(root, folder, stage / "icons", about)
    needs = deb.depends(
        bundle.packages_for(bundle.system_needs(folder)), platform.libc_ver()[1] or "2.36"
    )
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    text = deb.control(about["version"], architecture, deb.installed_kib(root), needs)
    target = dist / f"agelens_{about['version']}_{architecture}.deb"
    deb.build(root, target, text, int(about["epoch"]))
    shutil.rmtree(root)
    return target


def windows(dist: Path, about: Mapping[str, str]) -> list[Path]:
    """The installer, by Inno Setup. Not yet run."""
    script = ROOT / "packaging" / "windows" / "agelens.iss"
    compiler = os.environ.get("ISCC", r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe")
    command = [compiler, "/Qp", f"/DVersion={about['version']}", f"/O{dist}", str(script)]
    subprocess.run(command, check=True)
    return [dist / f"agelens-{about['version']}-windows-x64-setup.exe"]


def mac(folder: Path, dist: Path, about: Mapping[str, str]) -> list[Path]:
    """The disk image, by packaging/macos/make_dmg.sh. Not yet run."""
    target = dist / f"agelens-{about['version']}-macos-{platform.machine()}.dmg"
    app = dist / "Agelens.app" / "Contents" / "Resources"
    shutil.copytree(folder / "licences", app / "licences", dirs_exist_ok=True)
    shutil.copyfile(folder / "sbom.cdx.json", app / "sbom.cdx.json")
    script = ROOT / "packaging" / "macos" / "make_dmg.sh"
    subprocess.run(["sh", str(script), str(dist / "Agelens.app"), str(target)], check=True)
    return [target]


def write_version_resource(target: Path, version: str) -> None:
    """The version resource of the Windows programs, in PyInstaller's own notation."""
    numbers = tuple(int(part) for part in version.split("+")[0].split("-")[0].split("."))
    four = (*numbers, 0, 0, 0, 0)[:4]
    strings = {
        "CompanyName": "Agelens developers",
        "FileDescription": "Agelens",
        "FileVersion": version,
        "InternalName": "agelens",
        "LegalCopyright": "Agelens developers; Apache-2.0",
        "OriginalFilename": "agelens.exe",
        "ProductName": "Agelens",
        "ProductVersion": version,
    }
    told = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    target.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3F, flags=0x0, "
        "OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), "
        f"kids=[StringFileInfo([StringTable('040904B0', [{told}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n",
        encoding="utf-8",
    )
