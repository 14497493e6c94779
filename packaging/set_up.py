"""Make ``.venv`` in the checkout and install one of the locked sets of dependencies into it.

Standard library only; run by the machine's own Python 3.11 to 3.13::

    python3 packaging/set_up.py [runtime|training|dev]

Each lock file leaves a stamp in ``.venv`` with a hash over itself and the Python version; while
that agrees, it is not installed again. docs/adr/0001-set-up-and-lock.md says why torch is apart.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "requirements"
SETS = {
    "runtime": ("runtime.txt", "torch.txt"),
    "training": ("runtime.txt", "torch.txt", "training.txt"),
    "dev": ("runtime.txt", "torch.txt", "dev.txt"),
}
UNHASHED = frozenset({"torch.txt"})


class SetUpError(Exception):
    """The environment cannot be made; the message is for the user."""


def venv_python(venv: Path = VENV) -> Path:
    """The interpreter inside a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(name: str, locks: Path = LOCKS) -> str:
    """Hash over the content of a lock file and the Python version that it is installed for."""
    version = f"python {sys.version_info[0]}.{sys.version_info[1]}\n"
    return hashlib.sha256(version.encode() + (locks / name).read_bytes()).hexdigest()


def run(command: Sequence[str], what: str) -> None:
    """Run a step; raises SetUpError naming it when it fails. Its own messages go through."""
    done = subprocess.run(list(command), stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise SetUpError(f"{what} failed; its messages are above. Mend that and run make again.")


def make_venv(venv: Path = VENV) -> None:
    """A fresh environment for this Python, unless a working one is there."""
    version = tuple(sys.version_info[:2])
    probe = f"import sys, pip; sys.exit(sys.version_info[:2] != {version})"
    if venv_python(venv).exists():
        known = subprocess.run([venv_python(venv), "-c", probe], capture_output=True, check=False)
        if known.returncode == 0:
            return
    print(f"making {venv.name} with Python {sys.version.split()[0]}", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(venv)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode != 0 and install_venv_module():
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise SetUpError(
            f"Python could not make {venv}: {(made.stdout + made.stderr).strip()}\n"
            "On Debian the missing part is installed by: sudo apt-get install python3-venv"
        )


def install_venv_module() -> bool:
    """As root on Debian, install what Debian leaves out of Python's venv; True if it tried."""
    if os.name == "nt" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    for step in (["update"], ["install", "-y", "python3-venv"]):
        command = ["apt-get", "-qq", *step]
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return True


def install(name: str, venv: Path = VENV) -> None:
    """Install one lock file: exact versions, wheels only, by hash wherever there is one."""
    pip = [str(venv_python(venv)), "-m", "pip", "--disable-pip-version-check", "install"]
    pip += ["--quiet", "--only-binary", ":all:", "--no-input", "-r", str(LOCKS / name)]
    if name not in UNHASHED:
        pip += ["--require-hashes", "--no-deps"]
    print(f"installing requirements/{name}", flush=True)
    run(pip, f"Installing requirements/{name}")


def stamp(name: str, venv: Path = VENV) -> Path:
    """The file that tells which state of a lock file is installed."""
    return venv / f".agelens-{name}"


def is_installed(name: str, venv: Path = VENV, locks: Path = LOCKS) -> bool:
    """Whether the lock file as it stands is what was installed last."""
    path = stamp(name, venv)
    return path.exists() and path.read_text(encoding="utf-8") == fingerprint(name, locks)


def set_up(which: str) -> None:
    """Bring ``.venv`` to the state of a set. Raises SetUpError."""
    make_venv()
    missing = [name for name in SETS[which] if not is_installed(name)]
    for name in missing:
        install(name)
    if missing:
        check = [str(venv_python()), "-m", "pip", "check", "--quiet"]
        run(check, "Checking the installed versions")
    for name in missing:
        stamp(name).write_text(fingerprint(name), encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Command line: 0 when the set is installed, 1 with a sentence otherwise."""
    parser = argparse.ArgumentParser(description="Make .venv and install a locked set into it.")
    parser.add_argument("set", nargs="?", choices=tuple(SETS), default="runtime")
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print("Agelens needs Python 3.11, 3.12 or 3.13.", file=sys.stderr)
        return 1
    try:
        set_up(parser.parse_args(argv).set)
    except (SetUpError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
