"""A prepared set's shards as flat arrays that training maps into memory.

Made at first use beside the shards, in ``unpacked/``: ``images.npy`` (N, S, S, 3) uint8 RGB,
``masks.npy`` (N, S, S) uint8, ``points.npy`` (N, 5, 2) float32, and ``of.json``, the hashes of
the shards they were made of. It can be deleted at any time.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.errors import TrainingError
from engine.training.shards import file_hash, read_shard, unpack

FOLDER = "unpacked"
_OF = "of.json"


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """All faces of a set; pictures and masks are maps of files, not to be written to."""

    images: NDArray[np.uint8]
    masks: NDArray[np.uint8]
    points: FloatArray


def unpacked(root: Path, shards: Mapping[str, str], folder: str, side: int, count: int) -> Arrays:
    """Open the arrays, made first where they are missing or of other shards.

    Args:
        root: the set's folder.
        shards: name → SHA-256, in order.
        folder: where the shards lie below ``root``.
        side: of the stored pictures.
        count: faces in all.

    Raises TrainingError (``training.data_broken``) if a shard is missing, was altered, or holds
    other faces than the manifest says.
    """
    place = root / FOLDER
    if not _made_of(place, shards):
        _make(place, [root / folder / name for name in shards], shards, side, count)
    return Arrays(
        images=np.load(place / "images.npy", mmap_mode="r"),
        masks=np.load(place / "masks.npy", mmap_mode="r"),
        points=np.load(place / "points.npy"),
    )


def _made_of(place: Path, shards: Mapping[str, str]) -> bool:
    try:
        return bool(json.loads((place / _OF).read_text(encoding="utf-8")) == dict(shards))
    except (OSError, ValueError):
        return False


def _make(
    place: Path, paths: Sequence[Path], shards: Mapping[str, str], side: int, count: int
) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    images: Any = _new(place / "images.npy", (count, side, side, 3), np.uint8)
    masks: Any = _new(place / "masks.npy", (count, side, side), np.uint8)
    points, row = np.empty((count, 5, 2), np.float32), 0
    for path in paths:
        if not path.exists() or file_hash(path) != shards[path.name]:
            raise _broken(path)
        for face in read_shard(path):
            image, mask = unpack(face)
            if row == count or image.shape != (side, side, 3) or mask.shape != (side, side):
                raise _broken(path)
            images[row], masks[row], points[row] = image, mask, face.points
            row += 1
    if row != count:
        raise _broken(paths[-1])
    np.save(place / "points.npy", points)
    images.flush()
    masks.flush()
    (place / _OF).write_text(json.dumps(dict(shards)), encoding="utf-8")


def _new(path: Path, shape: tuple[int, ...], dtype: type[np.generic]) -> NDArray[np.generic]:
    return np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)


def _broken(path: Path) -> TrainingError:
    return TrainingError(
        f"{path} is missing or is not what the set's manifest says; prepare the set again.",
        code="training.data_broken",
    )
