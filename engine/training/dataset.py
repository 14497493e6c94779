"""A prepared set as training sees it: arrays in memory maps, labels as vectors, batches."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import TrainingError
from engine.faces.mask import border_ramp
from engine.training.config import build
from engine.training.crops import CropConfig
from engine.training.degrade import AugmentConfig, degraded
from engine.training.set_folder import SHARDS, read_manifest, read_table
from engine.training.splits import VALIDATION
from engine.training.unpacked import unpacked

SOFTEST_SHARE = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Faces on their way into a step.

    Attributes:
        image: (B, 3, S, S) float32 RGB in 0..1, channels last in memory.
        mask: (B, 1, S, S) float32 in 0..1, falling to 0 at the border.
        points: (B, 5, 2) float32 crop pixels, SFace's five points, left to right.
        age: (B,) float32 years.
        gender: (B,) float32, 1 female, 0 male, -1 unknown.
    """

    image: Tensor
    mask: Tensor
    points: Tensor
    age: Tensor
    gender: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same faces on a device."""
        return Batch(*(getattr(self, part.name).to(device) for part in fields(self)))


class PreparedSet:
    """The folder that :func:`engine.training.prepare.prepare` wrote."""

    def __init__(self, root: Path, augment: AugmentConfig | None = None) -> None:
        """Read the labels and map the arrays, unpacked from the shards at first use.

        Raises TrainingError if it is not such a folder, its parts do not belong together, or
        ``augment`` shifts further than the stored rim.
        """
        self.augment = augment or AugmentConfig()
        manifest = read_manifest(root)
        try:
            crop, shards = build(CropConfig, manifest["config"]["crop"], "crop"), manifest["shards"]
            rows = read_table(root)
            arrays = unpacked(root, shards, SHARDS, crop.stored, len(rows))
            self._label(rows)
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise TrainingError(
                f"The table, the manifest and the shards in {root} do not belong together; "
                "prepare it again.",
                code="training.data_broken",
            ) from error
        self.side, self._stored = crop.side, crop.stored
        self.images, self.masks, self.points = arrays.images, arrays.masks, arrays.points
        self._ramp = border_ramp(self.side)
        if self.augment.shift > (rim := (self._stored - self.side) // 2):
            raise TrainingError(
                f"[augment]: shift is {self.augment.shift}, but the faces of {root} are stored "
                f"with a rim of {rim} pixels.",
                code="training.config",
            )

    def _label(self, rows: list[dict[str, str]]) -> None:
        self.files = [row["file"] for row in rows]
        self.source = np.array([row["source"] for row in rows])
        self.age = np.array([float(row["age"] or "nan") for row in rows], np.float32)
        self.estimated = np.array([float(row["estimated"] or "nan") for row in rows], np.float32)
        self.gender = np.array([int(row["gender"]) for row in rows], np.int64)
        self.race = np.array([int(row["race"]) for row in rows], np.int64)
        self.sharpness = np.array([float(row["sharpness"]) for row in rows], np.float32)
        self.validation = np.array([row["split"] == VALIDATION for row in rows])

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
        """Cut crops: centred without ``random``, else shifted, mirrored and degraded.

        ``shift`` holds, in pixels and within the stored rim, where the set's ``augment`` says
        nothing.
        """
        images, masks, points = self.images[indices], self.masks[indices], self.points[indices]
        count, side, rim = len(indices), self.side, (self._stored - self.side) // 2
        out = np.empty((count, side, side, 3), np.uint8)
        soft = np.empty((count, side, side), np.float32)
        points = points.copy()
        shift = min(shift, rim) if self.augment.shift < 0 else self.augment.shift
        for i in range(count):
            dx = dy = rim
            if random is not None:
                dx, dy = (int(v) for v in random.integers(rim - shift, rim + shift + 1, 2))
            crop, mask = (
                images[i, dy : dy + side, dx : dx + side],
                masks[i, dy : dy + side, dx : dx + side],
            )
            points[i] -= (dx, dy)
            if random is not None and random.random() < self.augment.flip:
                crop, mask = crop[:, ::-1], mask[:, ::-1]
                points[i, :, 0] = side - 1 - points[i, :, 0]
                points[i] = points[i, [1, 0, 2, 4, 3]]
            if random is not None:
                crop = degraded(np.ascontiguousarray(crop), self.augment, random)
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


def evened_weights(
    weights: NDArray[np.float64],
    age: NDArray[np.float32],
    labels: NDArray[np.int64],
    power: float,
    bin_years: int = 10,
) -> NDArray[np.float64]:
    """``weights`` with those of rare ``labels`` raised within each bin of ages.

    A bin keeps its share of the whole. At a ``power`` of 1 all labels of a bin are as likely, at 0
    nothing changes; labels that a bin has fewer than eight times count as eight there, so that no
    face is drawn over and over.
    """
    out = np.array(weights, np.float64)
    bins = (age // bin_years).astype(int)
    for each in np.unique(bins):
        here = bins == each
        _kinds, which, counts = np.unique(labels[here], return_inverse=True, return_counts=True)
        raised = out[here] * (np.maximum(counts, 8).astype(np.float64) ** -power)[which]
        out[here] = raised * (out[here].sum() / raised.sum())
    return np.asarray(out / out.sum())
