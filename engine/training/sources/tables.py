"""Data sets with a table beside the pictures: a CSV, or a MATLAB file."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import TrainingError
from engine.training.sources.sample import Sample, plausible

_MATLAB_DAY_ZERO = 366  # MATLAB counts days from the year 0, Python from the year 1


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


def cacd_mat(root: Path) -> Iterator[Sample]:
    """CACD by its ``celebrity2000_meta.mat``: age, identity and name of each picture."""
    images = _struct(root / "celebrity2000_meta.mat", "celebrityImageData")
    for age, identity, name in zip(
        _column(images, "age"), _column(images, "identity"), _column(images, "name"), strict=True
    ):
        path = _find(root, str(name))
        if path is not None:
            subject = str(int(identity))
            yield Sample(path, plausible(float(age)), -1, -1, "cacd", subject=subject)


def imdb_wiki(root: Path) -> Iterator[Sample]:
    """IMDB-WIKI by its ``imdb.mat`` or ``wiki.mat``; see :func:`_imdb_row` for what is dropped.

    R. Rothe, R. Timofte and L. Van Gool, "DEX: Deep EXpectation of apparent age from a single
    image", ICCV Workshops 2015.
    """
    tables = [path for path in (root / "imdb.mat", root / "wiki.mat") if path.is_file()]
    if not tables:
        raise FileNotFoundError(f"neither imdb.mat nor wiki.mat lies in {root}")
    for table in tables:
        meta = _struct(table, table.stem)
        keys = ("full_path", "dob", "photo_taken", "gender", "face_score", "second_face_score")
        names = _column(meta, "name")
        for *row, name in zip(*(_column(meta, key) for key in keys), names, strict=True):
            sample = _imdb_row(root, row, str(name))
            if sample is not None:
                yield sample


def _imdb_row(root: Path, row: Sequence[Any], name: str) -> Sample | None:
    """One row: none without a face or with two, without its picture, or of an age that cannot be.

    The photo counts as taken in the middle of its year.
    """
    path = _find(root, str(row[0]))
    born, taken, gender, score, second = (float(value) for value in row[1:])
    if path is None or not math.isfinite(score) or not math.isnan(second):
        return None
    try:
        birthday = date.fromordinal(int(born) - _MATLAB_DAY_ZERO)
        age = plausible((date(int(taken), 7, 1) - birthday).days / 365.25)
    except (ValueError, OverflowError):
        return None
    if age is None:
        return None
    known = {0.0: 1, 1.0: 0}  # the set says 1 for a man
    return Sample(path, age, known.get(gender, -1), -1, "imdb_wiki", subject=name)


def _struct(table: Path, name: str) -> Any:
    """A struct of a MATLAB file (version 7 or older)."""
    from scipy.io import loadmat
    from scipy.io.matlab import MatReadError

    try:
        return loadmat(table, squeeze_me=True, struct_as_record=True)[name]
    except (KeyError, NotImplementedError, ValueError, TypeError, MatReadError) as error:
        raise TrainingError(
            f"{table} is damaged or no MATLAB file with a table {name!r}.",
            code="training.data_broken",
        ) from error


def _column(struct: Any, key: str) -> list[Any]:
    try:
        return list(np.atleast_1d(struct[key].item()))
    except (ValueError, IndexError, AttributeError) as error:
        raise TrainingError(
            f"The data set's table has no column {key!r}.", code="training.data_broken"
        ) from error


def _find(root: Path, name: str) -> Path | None:
    """A listed picture, in its folder; a name that leads out of ``root`` is passed over."""
    path = (root / name).resolve()
    inside = path.is_relative_to(root.resolve())
    return root / name if name and inside and path.is_file() else None


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
    return plausible(age)
