"""The page of a prepared set: what is in it, what was dropped, samples of each split."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.evaluation import plots
from engine.evaluation.html import jpeg_url, render
from engine.training.shards import Labels, read_shard, unpack

_TEMPLATE = Path(__file__).with_name("set_report.html")
_GENDERS = {0: "Male", 1: "Female", -1: "Unknown"}
_RACES = {0: "White", 1: "Black", 2: "Asian", 3: "Indian", 4: "Others", -1: "Unknown"}
_COLUMNS, _ROWS, _SIDE = 10, 4, 96


def set_report(
    manifest: dict[str, Any],
    labels: Sequence[Labels],
    split: Sequence[str],
    shards: Sequence[Path],
) -> str:
    """The page as HTML, complete in itself; the same set gives the same page."""
    return render(
        _TEMPLATE,
        manifest=manifest,
        plots=[
            plots.bars("Ages", *_ages(labels), unit="faces"),
            plots.bars("Genders", *_counts(labels, "gender", _GENDERS), unit="faces"),
            plots.bars("Races (UTKFace's labels)", *_counts(labels, "race", _RACES), unit="faces"),
            plots.bars("Sharpness (variance of the Laplacian)", *_sharpness(labels), unit="faces"),
        ],
        sheets={name: _sheet(split, name, shards) for name in sorted(set(split))},
    )


def _ages(labels: Sequence[Labels]) -> tuple[list[str], list[int]]:
    ages = [face.age for face in labels if face.age is not None]
    counts, edges = np.histogram(ages, range(0, 121, 10))
    return [f"{low}–{low + 9}" for low in edges[:-1]], counts.tolist()


def _sharpness(labels: Sequence[Labels]) -> tuple[list[str], list[int]]:
    edges = [0, 50, 100, 200, 400, 800, 1600]
    places = np.digitize([face.sharpness for face in labels], edges) - 1
    names = [*(f"{a}–{b}" for a, b in itertools.pairwise(edges)), f"{edges[-1]}+"]
    return names, np.bincount(places, minlength=len(names)).tolist()


def _counts(
    labels: Sequence[Labels], column: str, names: dict[int, str]
) -> tuple[list[str], list[int]]:
    counts = Counter(getattr(face, column) for face in labels)
    shown = [value for value in names if counts[value]]
    return [names[value] for value in shown], [counts[value] for value in shown]


def _sheet(split: Sequence[str], name: str, shards: Sequence[Path]) -> str:
    """Forty faces of a split, spread over the whole set, as a data URL."""
    rows = [row for row, one in enumerate(split) if one == name]
    shown = set(rows[:: max(1, len(rows) // (_COLUMNS * _ROWS))][: _COLUMNS * _ROWS])
    sheet = np.full((_ROWS * _SIDE, _COLUMNS * _SIDE, 3), 255, np.uint8)
    faces = (face for path in shards for face in read_shard(path))
    chosen = (face for row, face in enumerate(faces) if row in shown)
    for place, face in enumerate(chosen):
        y, x = divmod(place, _COLUMNS)
        small = cv2.resize(unpack(face)[0], (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
        sheet[y * _SIDE : (y + 1) * _SIDE, x * _SIDE : (x + 1) * _SIDE] = small
    return _data_url(sheet[: -(-len(shown) // _COLUMNS) * _SIDE])


def _data_url(rgb: NDArray[np.uint8]) -> str:
    done, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
    assert done, "an 8-bit array can be encoded"
    return jpeg_url(data.tobytes())
