"""A prepared data set of a few painted faces, as ``prepare`` would have written it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.identity import FIVE_POINTS, SIDE
from engine.training.prepare import STORED

COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 255, 255))
POINTS = np.array([(52, 58), (92, 60), (72, 80), (56, 100), (88, 98)], np.float32)
"""Eye centres, nose tip, mouth corners: whole pixels, not symmetrical."""


def markers() -> NDArray[np.uint8]:
    """A stored picture, black but for a dot of its own colour at each of the five points."""
    picture = np.zeros((STORED, STORED, 3), np.uint8)
    for (x, y), colour in zip(POINTS.astype(int), COLOURS, strict=True):
        picture[y, x] = colour
    return picture


def face(age: float, random: np.random.Generator) -> NDArray[np.uint8]:
    """A stored picture whose light and grain tell the age."""
    y, x = np.mgrid[:STORED, :STORED] / STORED
    base = np.stack([0.8 - age / 150 + 0.1 * x, 0.4 + 0.1 * y, np.full_like(x, age / 120)], 2)
    noise = random.normal(0, 0.02 + age / 800, base.shape)
    return np.clip((base + noise) * 255, 0, 255).astype(np.uint8)


def write(root: Path, count: int = 24, *, unlabelled: int = 0, seed: int = 0) -> Path:
    """A set of ``count`` faces from 12 to 80 years, a quarter of them for validation."""
    random = np.random.default_rng(seed)
    ages = np.linspace(12, 80, count)
    root.mkdir(parents=True, exist_ok=True)
    points = (FIVE_POINTS - (SIDE - 1) / 2) * 0.9 + (STORED - 1) / 2
    np.save(root / "images.npy", np.stack([face(age, random) for age in ages]))
    np.save(root / "masks.npy", np.full((count, STORED, STORED), 255, np.uint8))
    np.save(root / "points.npy", np.repeat(points[None].astype(np.float32), count, 0))
    rows = [
        {
            "file": f"{i}.jpg",
            "source": "folder" if i < unlabelled else "utkface",
            "age": "" if i < unlabelled else f"{age:.1f}",
            "gender": i % 2,
            "race": i % 5,
            "sharpness": f"{100 + i * 37 % 50}",
            "yaw": "0.0",
            "split": "val" if i % 4 == 1 else "train",
        }
        for i, age in enumerate(ages)
    ]
    with (root / "faces.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return root
