"""A prepared data set of a few painted faces, as ``prepare`` would have written it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.identity import FIVE_POINTS, SIDE
from engine.training.crops import CropConfig
from engine.training.set_folder import MANIFEST, shard_path, write_json, write_table
from engine.training.shards import Labels, file_hash, pack, write_shard

CROP = CropConfig()
STORED = CROP.stored
Pictures = Sequence[NDArray[np.uint8]]
Points = Sequence[NDArray[np.float32]]

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


def write(
    root: Path,
    count: int = 24,
    *,
    unlabelled: int = 0,
    seed: int = 0,
    images: Pictures | None = None,
    masks: Pictures | None = None,
    points: Points | None = None,
) -> Path:
    """A set of ``count`` faces from 12 to 80 years, a quarter of them for validation."""
    random = np.random.default_rng(seed)
    ages = np.linspace(12, 80, count)
    centred = ((FIVE_POINTS - (SIDE - 1) / 2) * 0.9 + (STORED - 1) / 2).astype(np.float32)
    images = [face(age, random) for age in ages] if images is None else images
    masks = [np.full((STORED, STORED), 255, np.uint8)] * count if masks is None else masks
    points = [centred] * count if points is None else points
    labels = [
        Labels(
            file=f"{i}.jpg",
            source="folder" if i < unlabelled else "utkface",
            subject="",
            age=None if i < unlabelled else round(float(age), 1),
            gender=i % 2,
            race=i % 5,
            sharpness=100.0 + i * 37 % 50,
            yaw=0.0,
        )
        for i, age in enumerate(ages)
    ]
    shard = shard_path(root, 0)
    shard.parent.mkdir(parents=True, exist_ok=True)
    packed = map(pack, images, masks, points, labels, ["png"] * count)
    write_shard(shard, packed)
    split = ["val" if i % 4 == 1 else "train" for i in range(count)]
    write_table(root, labels, [None] * count, split)
    manifest = {"config": {"crop": asdict(CROP)}, "shards": {shard.name: file_hash(shard)}}
    write_json(root / MANIFEST, manifest)
    return root
