"""Which modules of torch go into the package. Read by the spec, its hooks and tests.

Standard library only; packages are looked at by their files.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from contents import TORCH_LEFT_OUT

_READS_ITSELF = re.compile(
    r"^install_config_module\(|^from torch\._jit_internal import [^()]*\b_overload"
    r"|^from torch\._jit_internal import \([^)]*\b_overload|^ *@torch\.[\w.]*\b_overload",
    re.MULTILINE,
)


def submodules(package: str, folder: Path) -> set[str]:
    """Every module of a package by its files, without importing one.

    Args:
        package: dotted name.
        folder: where its ``__init__`` lies.
    """
    found = set()
    for file in folder.rglob("*.py"):
        parts = file.relative_to(folder).with_suffix("").parts
        if all(part.isidentifier() for part in parts):
            found.add(".".join((package, *(p for p in parts if p != "__init__"))))
    return found


def source_modules(package: str, folder: Path) -> set[str]:
    """Modules of torch that read their own source as they are imported.

    Some look for comments in it, others for the overloads of TorchScript, and warn without it.
    """
    found = set()
    for name in submodules(package, folder):
        file = folder.joinpath(*name.split(".")[1:])
        file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
        if (
            name != package
            and file.is_file()
            and _READS_ITSELF.search(file.read_text(encoding="utf-8"))
        ):
            found.add(name)
    return found


def is_below(name: str, prefixes: Iterable[str]) -> bool:
    """Whether a module is one of ``prefixes`` or lies in one."""
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def loaded_by(module: str) -> set[str]:
    """What is imported when ``module`` is, in a fresh process."""
    code = f"import {module}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def torch_left_out(known: Iterable[str], needed: Iterable[str]) -> list[str]:
    """Modules of torch to leave out: below :data:`contents.TORCH_LEFT_OUT`, and not needed.

    A parent of a needed module stays.
    """
    kept = set(needed)
    for name in list(kept):
        while "." in name:
            name = name.rpartition(".")[0]
            kept.add(name)
    return sorted(n for n in known if is_below(n, TORCH_LEFT_OUT) and n not in kept)
