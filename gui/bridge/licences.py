"""Under which licences everything stands that Agelens is made of. Reads files alone, no network.

May take a tenth of a second: for a dialog that was asked for, not for the start.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from engine import __version__, paths

_NAME = re.compile(r"[\w.-]+")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Part:
    """Something with a licence of its own.

    Attributes:
        name: a package, a model or a file; with its version where it has one.
        licence: its short name.
        about: what it is for or was made of; may be empty.
    """

    name: str
    licence: str
    about: str = ""


def own() -> Part:
    """Agelens itself."""
    return Part(f"Agelens {__version__}", "Apache-2.0")


def own_text() -> str:
    """The whole licence of Agelens; empty where the file is missing."""
    return _text(paths.app_root() / "LICENSE")


def weights() -> list[Part]:
    """The networks of the project and those that the user brought, by their manifests."""
    brought = sorted(paths.user_models_dir().glob("*/manifest.toml"))
    parts = []
    for manifest in (paths.weights_dir() / "manifest.toml", *brought):
        for name, entry in _table(manifest, "models").items():
            title, licence = str(entry.get("title", name)), str(entry.get("licence", ""))
            parts.append(Part(title, licence, str(entry.get("training_data", ""))))
    return parts


def model_files() -> list[Part]:
    """The model files of others, by the lock that they are fetched with."""
    lock = _toml(paths.app_root() / "packaging" / "assets.lock.toml").get("asset", [])
    return [Part(str(a["file"]), str(a["licence"]), str(a["purpose"])) for a in lock]


def packages() -> list[Part]:
    """The Python packages that Agelens needs, and those that they need, by name."""
    project = _table(paths.app_root() / "pyproject.toml", "project")
    wanted = [str(one) for one in project.get("dependencies", [])]
    found = _closure(wanted) if wanted else list(metadata.distributions())
    parts = {one.name: Part(f"{one.name} {one.version}", _licence(one)) for one in found}
    return [parts[name] for name in sorted(parts, key=str.casefold)]


def _closure(wanted: Iterable[str]) -> list[metadata.Distribution]:
    """The installed packages of those requirements and, in turn, of theirs."""
    known: dict[str, metadata.Distribution] = {}
    waiting = list(wanted)
    while waiting:
        match = _NAME.match(waiting.pop())
        name = re.sub(r"[-_.]+", "-", match.group()).lower() if match else ""
        if not name or name in known:
            continue
        try:
            known[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system or another Python
        waiting += [one for one in known[name].requires or () if "extra ==" not in one]
    return list(known.values())


def _licence(package: metadata.Distribution) -> str:
    classes = _stated(package, "Classifier")
    classed = [one.rpartition(" :: ")[2] for one in classes if one.startswith("License ::")]
    words = [one.strip() for one in _stated(package, "License")]
    short = [one for one in words if "\n" not in one and 0 < len(one) <= _LONGEST]
    return ", ".join(_stated(package, "License-Expression") or short or classed)


def _stated(package: metadata.Distribution, key: str) -> list[str]:
    return package.metadata.get_all(key) or []


def _table(file: Path, key: str) -> dict[str, Any]:
    found = _toml(file).get(key, {})
    return found if isinstance(found, dict) else {}


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError:
        return {}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
