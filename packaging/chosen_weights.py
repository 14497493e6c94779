"""Which of the repository's weights the package carries: the default generator and its helpers.

The other generators are for comparing designs; whoever wants them imports them in the settings.
Standard library only.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Set
from pathlib import Path
from typing import Any

MANIFEST = "manifest.toml"
HELPERS = ("age_estimator", "face_parser")
_SECTION = re.compile(r"^\[models\.([^.\]]+)")


def carried(models: dict[str, Any]) -> set[str]:
    """Names of the manifest's models that come along."""
    return {
        name
        for name, entry in models.items()
        if entry.get("default") or entry.get("kind") in HELPERS
    }


def sections(text: str, names: Set[str]) -> str:
    """A manifest's text less the sections of every other model."""
    kept, keep = [], True
    for line in text.splitlines(keepends=True):
        if found := _SECTION.match(line):
            keep = found.group(1) in names
        if keep:
            kept.append(line)
    return "".join(kept).rstrip() + "\n"


def stage(weights: Path, target: Path) -> None:
    """Copy what comes along, with its cards and a manifest of its own, into a new folder."""
    text = (weights / MANIFEST).read_text(encoding="utf-8")
    models = tomllib.loads(text)["models"]
    names = carried(models)
    target.mkdir(parents=True)
    for name in sorted(names):
        shutil.copy2(weights / models[name]["file"], target)
        shutil.copy2(weights / f"{name}.md", target)
    (target / MANIFEST).write_text(sections(text, names), encoding="utf-8")
