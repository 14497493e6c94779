"""Builds the packaged application: ``make package``. docs/packaging.md tells the whole.

Standard library only; run by the machine's own Python, whose version the package then carries::

    python3 packaging/build.py [--folder-only | --archives-only] [--with-torch]

An environment of its own, made from the same locks as development, is kept in ``build/package``
with PyInstaller's tables. What comes out lies in ``dist``: the folder, archives, checksums, log.
The package computes with ONNX Runtime, on the CPU; ``--with-torch`` makes one that computes with
whichever build of torch is installed, which is what CUDA takes.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import archives
import bundle
import chosen_weights
import set_up

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "package"
VENV = WORK / "venv"
STAGE = WORK / "stage"
DIST = ROOT / "dist"
FOLDER = DIST / "agelens"
LOCKS = ("runtime.txt", "torch.txt", "package.txt")
CV2 = ("opencv-contrib-python", "opencv-contrib-python-headless")


class Log:
    """What the build says, on the terminal and in ``dist/build.log``."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = time.monotonic()

    def say(self, text: str) -> None:
        """A line for both."""
        print(text, flush=True)
        self._stream.write(text + "\n")
        self._stream.flush()

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Tell a step and how long it took."""
        self.say(f"== {name}")
        begun = time.monotonic()
        yield
        self.say(f"   {time.monotonic() - begun:.0f} s")

    def run(self, command: Sequence[str], environment: dict[str, str]) -> None:
        """Run a program, its words into the log alone. Raises BundleError when it fails."""
        self._stream.write(f"$ {' '.join(command)}\n")
        self._stream.flush()
        done = subprocess.run(
            list(command),
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=self._stream,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode != 0:
            raise bundle.BundleError(
                f"{Path(command[0]).name} failed ({done.returncode}); {self._stream.name} says why."
            )


def identity(environ: dict[str, str]) -> dict[str, str]:
    """What the build calls itself: version, commit, and the commit's time unless one is set."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    commit = _git("rev-parse", "HEAD") or "unknown"
    changed = "-changed" if _git("status", "--porcelain", "--untracked-files=no") else ""
    epoch = environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct") or "0"
    return {
        "version": project["version"],
        "commit": commit + changed,
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(epoch))),
        "epoch": epoch,
    }


def make_environment() -> None:
    """The locked packages, with the one cv2 that the package carries."""
    set_up.make_venv(VENV)
    if all(set_up.is_installed(name, VENV) for name in LOCKS):
        return
    for name in LOCKS:
        set_up.stamp(name, VENV).unlink(missing_ok=True)
    for name in LOCKS:
        if name == "package.txt":  # whichever cv2 is there shares its files with the other
            pip = [str(set_up.venv_python(VENV)), "-m", "pip", "--disable-pip-version-check"]
            subprocess.run([*pip, "uninstall", "--quiet", "--yes", *CV2], check=False)
        set_up.install(name, VENV)
    for name in LOCKS:
        set_up.stamp(name, VENV).write_text(set_up.fingerprint(name), encoding="utf-8")


def environment(epoch: str, *, with_torch: bool = False) -> dict[str, str]:
    """The same for every build of a commit."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QT_", "AGELENS_"))}
    return kept | {
        "AGELENS_BUILD": str(STAGE),
        "AGELENS_WITH_TORCH": "1" if with_torch else "0",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYINSTALLER_CONFIG_DIR": str(WORK / "cache"),
        "QT_QPA_PLATFORM": "offscreen",
        "SOURCE_DATE_EPOCH": epoch,
        "TZ": "UTC",
    }


def freeze(log: Log, about: dict[str, str], variables: dict[str, str]) -> None:
    """PyInstaller, then what it leaves to do."""
    python = str(set_up.venv_python(VENV))
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True)
    told = {key: about[key] for key in ("version", "commit", "date")}
    (STAGE / "build.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    if os.name == "nt":
        archives.write_version_resource(STAGE / "version_info.txt", about["version"])
    with log.step("model files and icons"):
        log.run([python, "packaging/fetch_assets.py", "--group", "runtime"], variables)
        log.run([python, "packaging/icons.py", str(STAGE / "icons")], variables)
    with log.step("weights"):
        chosen_weights.stage(ROOT / "weights", STAGE / "chosen")
        if variables["AGELENS_WITH_TORCH"] == "1":
            (STAGE / "chosen").rename(STAGE / "weights")
        else:
            folders = [str(STAGE / "chosen"), str(STAGE / "weights")]
            log.run(
                [python, "packaging/to_onnx.py", *folders], variables | {"PYTHONPATH": str(ROOT)}
            )
    with log.step("PyInstaller"):
        shutil.rmtree(FOLDER, ignore_errors=True)
        options = ["--noconfirm", "--log-level", "INFO", "--distpath", str(DIST)]
        options += ["--workpath", str(WORK / "work"), "packaging/agelens.spec"]
        log.run([python, "-m", "PyInstaller", *options], variables)
    with log.step("symbol tables, the twin, licences, bill of materials"):
        log.say(f"   stripped {bundle.strip(FOLDER) / 1e6:.0f} MB")
        bundle.make_twin(FOLDER)
        tables = ["--work", str(WORK / "work" / "agelens"), "--bundle", str(FOLDER)]
        inventory = [python, "packaging/inventory.py", *tables, "--out", str(FOLDER)]
        log.run(inventory, variables)
    if broken := bundle.broken_links(FOLDER):
        raise bundle.BundleError(f"Links that lead nowhere: {', '.join(broken)}")
    bundle.set_times([FOLDER, *FOLDER.rglob("*")], int(about["epoch"]))


def check(log: Log, *, with_torch: bool = False) -> None:
    """Sizes against their goals, and the frozen self-test. torch makes any size."""
    ceiling = math.inf if with_torch else bundle.UNPACKED_CEILING
    for line in bundle.size_report(bundle.measure(FOLDER), ceiling):
        log.say(line)
    with log.step("self-test"):
        program = FOLDER / ("agelens-cli.exe" if os.name == "nt" else "agelens-cli")
        bare = {key: os.environ[key] for key in ("HOME", "SYSTEMROOT", "TEMP") if key in os.environ}
        log.run([str(program), "--self-test"], bare)


def checksums(files: Sequence[Path]) -> Path:
    """``SHA256SUMS`` beside the files."""
    target = DIST / "SHA256SUMS"
    lines = []
    for path in sorted(files):
        with path.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {path.name}\n")
    target.write_text("".join(lines), encoding="utf-8")
    return target


def main(argv: Sequence[str] | None = None) -> int:
    """Command line: 0 when everything lies in ``dist``, 1 with a sentence otherwise."""
    parser = argparse.ArgumentParser(description="Build the packaged application.")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--folder-only", action="store_true", help="no archives")
    only.add_argument("--archives-only", action="store_true", help="of the folder that is there")
    parser.add_argument("--with-torch", action="store_true", help="compute with torch, for CUDA")
    options = parser.parse_args(argv)
    with_torch = options.with_torch
    DIST.mkdir(exist_ok=True)
    WORK.mkdir(parents=True, exist_ok=True)
    os.umask(0o022)
    about = identity(dict(os.environ))
    mode = "a" if options.archives_only else "w"
    with (DIST / "build.log").open(mode, encoding="utf-8") as stream:
        log = Log(stream)
        log.say(f"Agelens {about['version']} ({about['commit']}), {about['date']}")
        log.say(f"Python {platform.python_version()}, {platform.platform()}")
        try:
            if not options.archives_only:
                with log.step("environment"):
                    make_environment()
                freeze(log, about, environment(about["epoch"], with_torch=with_torch))
            check(log, with_torch=with_torch)
            if not options.folder_only:
                with log.step("archives"):
                    made = archives.make_all(FOLDER, DIST, STAGE, about)
                for path in made:
                    log.say(f"{path.stat().st_size / 1e6:8.1f} MB  {path.name}")
                    if path.name.endswith(".tar.xz"):
                        words = bundle.verdict(path.stat().st_size / 1e6, bundle.PACKED_GOAL)
                        log.say(f"             packed; {words}")
                log.say((checksums(made)).read_text(encoding="utf-8").rstrip())
        except (
            set_up.SetUpError,
            bundle.BundleError,
            OSError,
            subprocess.SubprocessError,
        ) as error:
            log.say(f"The build failed: {error}")
            return 1
    return 0


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
