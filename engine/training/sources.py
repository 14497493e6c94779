"""Readers of face data sets: where each photo lies and what is known of the person."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.errors import TrainingError

_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
_UTK_NAME = re.compile(r"^(\d{1,3})_([01])_([0-4])_\d+")


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled photo.

    Attributes:
        path: the picture.
        age: years, or ``None`` where the set does not say.
        gender: 0 male, 1 female, -1 unknown.
        race: UTKFace's 0 White, 1 Black, 2 Asian, 3 Indian, 4 other, -1 unknown.
        source: name of the data set.
    """

    path: Path
    age: float | None
    gender: int
    race: int
    source: str


def utkface(root: Path) -> Iterator[Sample]:
    """UTKFace: ``age_gender_race_date.jpg.chip.jpg``; broken names are passed over."""
    for path in _pictures(root):
        match = _UTK_NAME.match(path.name)
        if match:
            age, gender, race = (int(part) for part in match.groups())
            yield Sample(path, float(age), gender, race, "utkface")


def people_csv(root: Path) -> Iterator[Sample]:
    """A folder with ``people.csv``: columns file, gender (M/F), and age or birthday with year.

    Rows whose picture is missing are passed over; an age not between 0 and 116 is unknown.
    """
    table = root / "people.csv"
    with table.open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            path = root / (row.get("file") or "")
            if not row.get("file") or not path.is_file():
                continue
            age = _age(row)
            gender = {"M": 0, "F": 1}.get((row.get("gender") or "")[:1].upper(), -1)
            yield Sample(path, age, gender, -1, root.name)


def folder(root: Path) -> Iterator[Sample]:
    """Any folder of pictures, nothing known of the people (FFHQ and the like)."""
    for path in _pictures(root):
        yield Sample(path, None, -1, -1, root.name)


SOURCES: dict[str, Callable[[Path], Iterator[Sample]]] = {
    "utkface": utkface,
    "people_csv": people_csv,
    "folder": folder,
}


def read_source(kind: str, root: Path) -> list[Sample]:
    """All samples of a source, in the order of their paths.

    Raises TrainingError: unknown kind, no such folder, or nothing usable in it.
    """
    if kind not in SOURCES:
        raise TrainingError(
            f"Unknown data source {kind!r}; known are {', '.join(SOURCES)}.",
            code="training.source",
        )
    if not root.is_dir():
        raise TrainingError(f"There is no data folder {root}.", code="training.data_missing")
    try:
        samples = sorted(SOURCES[kind](root), key=lambda sample: str(sample.path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TrainingError(
            f"{root} does not look like a {kind} data set: {error}.",
            code="training.data_missing",
        ) from error
    if not samples:
        raise TrainingError(
            f"{root} holds no picture that reads as {kind}.", code="training.data_empty"
        )
    return samples


def _pictures(root: Path) -> list[Path]:
    return [path for path in sorted(root.rglob("*")) if path.suffix.lower() in _SUFFIXES]


def _age(row: dict[str, str]) -> float | None:
    """``age``, or the years from ``birthday`` (ISO) to the January of ``latest_term_start``."""
    try:
        if row.get("age"):
            age = float(row["age"])
        else:
            born = date.fromisoformat(row.get("birthday") or "")
            age = (date(int(row.get("latest_term_start") or ""), 1, 3) - born).days / 365.25
    except ValueError:
        return None
    return age if 0 <= age <= 116 else None
