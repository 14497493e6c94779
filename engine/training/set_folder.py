"""How a prepared set lies on the disk.

- ``shards/00000.tar`` …: WebDataset shards, see :mod:`engine.training.shards`. Each holds what is
  left of so many photos in a row, so a run that was stopped goes on with the first shard missing.
- ``faces.csv``: one row a face, in the shards' order: file, source, subject, age, estimated (an
  age for faces without a label), gender, race, sharpness, yaw, split.
- ``manifest.json``: configuration, counts, what was dropped and why, the sources' licences, the
  shards' hashes.
- ``report.html``: histograms and samples of the above.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.errors import TrainingError
from engine.training.shards import Labels

SHARDS, TABLE, MANIFEST, REPORT = "shards", "faces.csv", "manifest.json", "report.html"
_COLUMNS = (
    "file", "source", "subject", "age", "estimated", "gender", "race", "sharpness", "yaw", "split",
)  # fmt: skip


def shard_path(root: Path, number: int) -> Path:
    """Where a shard lies."""
    return root / SHARDS / f"{number:05d}.tar"


def record_path(root: Path, number: int) -> Path:
    """What says that a shard is whole, until the set is."""
    return root / SHARDS / f"{number:05d}.json"


def read_manifest(out: Path) -> dict[str, Any]:
    """What is known of a finished set. Raises TrainingError if it is none."""
    try:
        found: dict[str, Any] = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError) as error:
        raise TrainingError(
            f"{out} is not a prepared data set; make one with `python main.py prepare`.",
            code="training.data_missing",
        ) from error


def read_table(root: Path) -> list[dict[str, str]]:
    """The rows of a finished set's table, by column."""
    with (root / TABLE).open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def write_table(
    root: Path, labels: Sequence[Labels], guesses: Sequence[float | None], split: Sequence[str]
) -> None:
    """One row a face; ``guesses`` are estimated ages in years."""
    with (root / TABLE).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(_COLUMNS)
        writer.writerows(map(_row, labels, guesses, split))


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """Write beside the file, then replace it."""
    fresh = path.with_name(path.name + ".tmp")
    fresh.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
    fresh.replace(path)


def _row(face: Labels, guess: float | None, split: str) -> tuple[object, ...]:
    return (
        face.file,
        face.source,
        face.subject,
        "" if face.age is None else f"{face.age:.1f}",
        "" if guess is None else f"{guess:.1f}",
        face.gender,
        face.race,
        f"{face.sharpness:.1f}",
        f"{face.yaw:.1f}",
        split,
    )
