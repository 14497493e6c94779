"""Where the package is tried: a clean Debian without Python, made once and copied for each run.

As root on Debian only: debootstrap, chroot, apt-get. The tests say so where that is not given.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

USER, NUMBER = "zoë", 1007
HOME = "/home/Zoë Müller"
PATH = "/usr/local/bin:/usr/bin:/bin"
_PREPARED = "prepared"


def obstacle() -> str:
    """Why no clean root can be made here; empty if one can."""
    if os.name == "nt" or os.geteuid() != 0:
        return "only root can make a clean root"
    missing = [name for name in ("debootstrap", "apt-get", "chroot") if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


class Root:
    """A clean root in which programs run as an ordinary user, without this machine's variables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def inside(self, path: str) -> Path:
        """Where a path of the root lies outside."""
        return self.folder / path.lstrip("/")

    def command(self, words: Sequence[str], *, root: bool = False) -> list[str]:
        """The command that runs ``words`` inside."""
        who = [] if root else [f"--userspec={NUMBER}:{NUMBER}"]
        chroot = shutil.which("chroot") or "chroot"  # not in the path that programs inside see
        return [chroot, *who, str(self.folder), *words]

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """All that a program inside sees."""
        return {"PATH": PATH, "HOME": HOME, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(more or {})}

    def run(
        self,
        *words: str,
        root: bool = False,
        environ: Mapping[str, str] | None = None,
        timeout: float = 300,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program inside to its end."""
        return subprocess.run(
            self.command(words, root=root),
            env=self.environment(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )

    def start(self, *words: str, environ: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Start a program inside."""
        return subprocess.Popen(
            self.command(words),
            env=self.environment(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def copy_in(self, source: Path, target: str) -> str:
        """Give the user a file; returns its path inside."""
        place = self.inside(target)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        for path in (place, place.parent):
            os.chown(path, NUMBER, NUMBER)
        return target

    def files(self) -> set[str]:
        """Every path of the root but the user's, the kernel's and the system's own notes."""
        moving = ("proc", "dev", "tmp", "home", "run", "sys", "var/cache", "var/log", "var/lib/apt")
        found = set()
        for base, folders, names in os.walk(self.folder):
            inner = os.path.relpath(base, self.folder)
            folders[:] = [f for f in folders if os.path.normpath(f"{inner}/{f}") not in moving]
            found |= {os.path.normpath(f"{inner}/{name}") for name in (*folders, *names)}
        return found


@contextlib.contextmanager
def clean_root(cache: Path) -> Iterator[Root]:
    """A fresh copy of a minimal Debian; ``cache`` keeps the original between runs."""
    original = cache / "clean-root"
    if not (original / _PREPARED).exists():
        _make(original)
    folder = cache / "test-root"
    _unmount(folder)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["cp", "-a", str(original), str(folder)], check=True)
    root = Root(folder)
    _mount(folder)
    try:
        home = root.inside(HOME)
        home.mkdir(parents=True)
        os.chown(home, NUMBER, NUMBER)
        yield root
    finally:
        _unmount(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _make(original: Path) -> None:
    """debootstrap from the archive that this machine uses itself."""
    shutil.rmtree(original, ignore_errors=True)
    original.parent.mkdir(parents=True, exist_ok=True)
    words = "$(REPO_URI) $(RELEASE)"
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", words, "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=True,
    )
    archive, release = told.stdout.split("\n", 1)[0].split(" ", 1)
    subprocess.run(
        ["debootstrap", "--variant=minbase", release, str(original), archive],
        check=True,
        capture_output=True,
    )
    with (original / "etc/passwd").open("a", encoding="utf-8") as stream:
        stream.write(f"{USER}:x:{NUMBER}:{NUMBER}::{HOME}:/bin/sh\n")
    _mount(original)
    try:
        subprocess.run(
            ["chroot", str(original), "apt-get", "-qq", "update"], check=True, capture_output=True
        )
    finally:
        _unmount(original)
    (original / _PREPARED).touch()


def _mount(folder: Path) -> None:
    """What every system has and MediaPipe asks: processes, and how many processors there are."""
    subprocess.run(["mount", "-t", "proc", "proc", str(folder / "proc")], check=True)
    subprocess.run(["mount", "-t", "sysfs", "-o", "ro", "sys", str(folder / "sys")], check=True)
    (folder / "dev/shm").mkdir(exist_ok=True)
    (folder / "dev/shm").chmod(0o1777)
    (folder / "tmp").chmod(0o1777)


def _unmount(folder: Path) -> None:
    for name in ("sys", "proc"):
        if os.path.ismount(folder / name):
            subprocess.run(["umount", "--lazy", str(folder / name)], check=True)
