"""Readers of face data sets: where each photo lies and what is known of the person."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.errors import TrainingError
from engine.training.sources.named import cacd, folder, utkface
from engine.training.sources.sample import Sample
from engine.training.sources.tables import cacd_mat, imdb_wiki, people_csv

__all__ = ["LICENCES", "SOURCES", "Sample", "read_source"]

SOURCES: dict[str, Callable[[Path], Iterator[Sample]]] = {
    "utkface": utkface,
    "cacd": cacd,
    "cacd_mat": cacd_mat,
    "imdb_wiki": imdb_wiki,
    "people_csv": people_csv,
    "folder": folder,
}

LICENCES = {
    "utkface": "non-commercial research",
    "cacd": "non-commercial research",
    "cacd_mat": "non-commercial research",
    "imdb_wiki": "non-commercial research",
}
"""Terms of the sets that a reader belongs to; those of other sets stand in the configuration."""


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
