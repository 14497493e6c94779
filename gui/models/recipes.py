"""Configurations to train from, and the cards that make models of runs. No widgets."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import paths
from gui.bridge.runs import RunRecord
from gui.models.run_files import read_table, whole_number

_CARD = ".card.toml"
_UNFIT = re.compile(r"[^A-Za-z0-9.-]+")
_OWN_LINES = re.compile(r"^(?:name|title|default)\s*=.*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Configuration:
    """A TOML to train from: its file, its recipe, and how many steps it asks for."""

    path: Path
    recipe: str
    steps: int


def configs_folder() -> Path:
    """Where the configurations lie that come along."""
    return paths.recipes_dir()


def read_configuration(path: Path) -> Configuration | None:
    """What a TOML asks to train; ``None`` where it is no configuration."""
    table = read_table(path)
    recipe, steps = table.get("recipe"), whole_number(table, "loop", "steps")
    return Configuration(path, recipe, steps) if isinstance(recipe, str) else None


def configurations(folder: Path) -> tuple[Configuration, ...]:
    """Every configuration of a folder by name."""
    found = (read_configuration(path) for path in sorted(folder.glob("*.toml")))
    return tuple(one for one in found if one is not None)


def card_of(recipe: str, folder: Path) -> Path | None:
    """The card that makes models of a recipe's runs."""
    path = folder / f"{recipe}{_CARD}"
    return path if recipe and path.is_file() else None


def makes_faces(card: Path) -> bool:
    """Whether the models of a card turn faces; others, as the estimator, only look at them."""
    return str(read_table(card).get("kind", "generator")) == "generator"


@dataclass(frozen=True, slots=True)
class RunModel:
    """A model made of a run: what it is called, and its card as TOML."""

    name: str
    card: str


def model_of(record: RunRecord, card: Path) -> RunModel:
    """The model of a run's newest checkpoint, named after the run and the step.

    Raises OSError and ValueError where the card cannot be read.
    """
    text = card.read_text(encoding="utf-8")
    top, opening, rest = text.partition("\n[")
    table: dict[str, Any] = read_table(card)
    step = record.samples[-1].step if record.samples else record.step
    run = _UNFIT.sub("-", record.folder.name).strip("-.") or "run"
    name = f"{table['name']}-{run}-{step}"
    title = f"{table.get('title', table['name'])} · {record.folder.name} · {step}"
    # The list of groups is no table of its own; lines of the card's own top are replaced.
    top = _OWN_LINES.sub("", top)
    quoted = f"name = {json.dumps(name)}\ntitle = {json.dumps(title, ensure_ascii=False)}\n"
    return RunModel(name, quoted + top + opening + rest)
