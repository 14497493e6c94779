"""A prepared set as training sees it: arrays in memory maps, labels as vectors, batches."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import TrainingError
from engine.faces.mask import border_ramp
from engine.training.prepare import CROP, STORED

SOFTEST_SHARE = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Faces on their way into a step.

    Attributes:
        image: (B, 3, 128, 128) float32 RGB in 0..1, channels last in memory.
        mask: (B, 1, 128, 128) float32 in 0..1, falling to 0 at the border.
        points: (B, 5, 2) float32 crop pixels, SFace's five points, left to right.
        age: (B,) float32 years.
        gender: (B,) float32, 1 female, 0 male, -1 unknown.
    """

    image: Tensor
    mask: Tensor
    points: Tensor
    age: Tensor
    gender: Tensor


class PreparedSet:
    """The folder that :func:`engine.training.prepare.prepare` wrote."""

    def __init__(self, root: Path) -> None:
        """Map the arrays and read the labels. Raises TrainingError if it is not such a folder."""
        try:
            with (root / "faces.csv").open(newline="", encoding="utf-8") as stream:
                rows = list(csv.DictReader(stream))
            self.images = np.load(root / "images.npy", mmap_mode="r")
            self.masks = np.load(root / "masks.npy", mmap_mode="r")
            self.points = np.load(root / "points.npy")
        except (OSError, ValueError) as error:
            raise TrainingError(
                f"{root} is not a prepared data set; make one with `python main.py prepare`.",
                code="training.data_missing",
            ) from error
        columns = {"file", "source", "age", "gender", "race", "sharpness", "split"}
        whole = not rows or columns <= set(rows[0])
        if not whole or {len(self.images), len(self.masks), len(self.points)} != {len(rows)}:
            raise TrainingError(
                f"The table and the pictures in {root} do not belong together; prepare it again.",
                code="training.data_broken",
            )
        self.files = [row["file"] for row in rows]
        self.source = np.array([row["source"] for row in rows])
        self.age = np.array([float(row["age"] or "nan") for row in rows], np.float32)
        self.gender = np.array([int(row["gender"]) for row in rows], np.int64)
        self.race = np.array([int(row["race"]) for row in rows], np.int64)
        self.sharpness = np.array([float(row["sharpness"]) for row in rows], np.float32)
        self.validation = np.array([row["split"] == "val" for row in rows])
        self._ramp = border_ramp(CROP)

    def __len__(self) -> int:
        """Number of faces."""
        return len(self.images)

    def sharp(self, softest: float = SOFTEST_SHARE) -> NDArray[np.bool_]:
        """Which faces are not among the softest share of UTKFace."""
        reference = self.sharpness[self.source == "utkface"]
        limit = np.quantile(reference if len(reference) else self.sharpness, softest)
        return np.asarray(self.sharpness >= limit)

    def batch(
        self,
        indices: NDArray[np.int64],
        random: np.random.Generator | None = None,
        *,
        shift: int = 8,
    ) -> Batch:
        """Cut crops: centred without ``random``, else shifted up to ``shift`` px and mirrored."""
        images, masks, points = self.images[indices], self.masks[indices], self.points[indices]
        count, rim = len(indices), (STORED - CROP) // 2
        out = np.empty((count, CROP, CROP, 3), np.uint8)
        soft = np.empty((count, CROP, CROP), np.float32)
        points = points.copy()
        for i in range(count):
            dx = dy = rim
            if random is not None:
                dx, dy = (int(v) for v in random.integers(rim - shift, rim + shift + 1, 2))
            crop, mask = (
                images[i, dy : dy + CROP, dx : dx + CROP],
                masks[i, dy : dy + CROP, dx : dx + CROP],
            )
            points[i] -= (dx, dy)
            if random is not None and random.random() < 0.5:
                crop, mask = crop[:, ::-1], mask[:, ::-1]
                points[i, :, 0] = CROP - 1 - points[i, :, 0]
                points[i] = points[i, [1, 0, 2, 4, 3]]
            out[i], soft[i] = crop, mask
        image = torch.from_numpy(out).permute(0, 3, 1, 2).float().div_(255)
        return Batch(
            image=image.contiguous(memory_format=torch.channels_last),
            mask=torch.from_numpy(soft * (self._ramp / 255))[:, None],
            points=torch.from_numpy(points),
            age=torch.from_numpy(self.age[indices]),
            gender=torch.from_numpy(self.gender[indices].astype(np.float32)),
        )


def balanced_weights(
    age: NDArray[np.float32], power: float, bin_years: int = 5
) -> NDArray[np.float64]:
    """Sampling weights 1 / (count of the age's bin) ** power, summing to 1."""
    bins = (age // bin_years).astype(int)
    counts = np.bincount(bins)
    weights = 1.0 / counts[bins].astype(np.float64) ** power
    return np.asarray(weights / weights.sum())
