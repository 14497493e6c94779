"""A set of labelled heads: how it lies on the disk, and what training draws from it.

- ``frames.npy``: (N, F, F, 3) uint8 RGB, mirrored where a frame reaches beyond its photo.
- ``labels.npy``: (N, F, F) uint8, see :mod:`engine.training.heads.labels`.
- ``landmarks.npy``: (N, 478, 2) float32 frame pixels.
- ``heads.json``: the names in that order, portraits before a screen first; which are held out; the
  configuration, the sources' licences, what was dropped and why. Written last.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.errors import TrainingError
from engine.faces.head import PARTS
from engine.training.heads.labels import BEYOND, Pixels, learnt
from engine.training.heads.scenes import LabelledHead, Scene, scene
from engine.training.set_folder import write_json

_ABOUT = "heads.json"
_FRAMES, _LABELS, _LANDMARKS = "frames.npy", "labels.npy", "landmarks.npy"
Rows = NDArray[np.int64]


def write_heads(
    root: Path,
    about: Mapping[str, Any],
    names: Sequence[str],
    heads: Sequence[LabelledHead],
    screens: int,
    held_out: NDArray[np.bool_],
) -> dict[str, Any]:
    """Write a set and return its manifest.

    Args:
        root: its folder, made where missing.
        about: what else the manifest says.
        names: of the pictures.
        heads: one a name, portraits before a screen first.
        screens: how many of them these are.
        held_out: (N,), which are for validation.
    """
    root.mkdir(parents=True, exist_ok=True)
    np.save(root / _FRAMES, np.stack([head.frame for head in heads]))
    np.save(root / _LABELS, np.stack([head.labels for head in heads]))
    np.save(root / _LANDMARKS, np.stack([head.landmarks for head in heads]))
    labelled = sum(_known(head.labels) for head in heads)
    manifest = {
        **about,
        "heads": len(heads),
        "screens": screens,
        "labelled": labelled,
        "names": list(names),
        "held_out": [name for name, held in zip(names, held_out, strict=True) if held],
    }
    write_json(root / _ABOUT, manifest)
    return manifest


def read_heads(root: Path) -> dict[str, Any] | None:
    """The manifest of a finished set; ``None`` where there is none."""
    try:
        found: dict[str, Any] = json.loads((root / _ABOUT).read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        return None


class HeadSet:
    """The folder that :func:`engine.training.heads.prepare.prepare_heads` wrote.

    Attributes:
        portraits: rows of the training set before a screen.
        others: those of other labelled photos; empty where no teacher labelled any.
        held_out: labelled rows for validation.
        covered: rows of the training set with things before the face.
    """

    def __init__(self, root: Path) -> None:
        """Map the arrays.

        Raises TrainingError if it is no such folder, or its parts do not belong together.
        """
        about = read_heads(root)
        if about is None:
            raise TrainingError(
                f"{root} is not a set of heads; make one with `python main.py prepare` and a "
                "TOML that has the table [heads].",
                code="training.data_missing",
            )
        try:
            self.frames: Pixels = np.load(root / _FRAMES, mmap_mode="r")
            self.labels: Pixels = np.load(root / _LABELS, mmap_mode="r")
            self.landmarks: FloatArray = np.load(root / _LANDMARKS, mmap_mode="r")
            self.names: list[str] = about["names"]
            held, screens = set(about["held_out"]), int(about["screens"])
            covered = set(about.get("covered", ()))
            lengths = {len(self.frames), len(self.labels), len(self.landmarks), len(self.names)}
            if len(lengths) > 1:
                raise ValueError("of different lengths")
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise TrainingError(
                f"The arrays and the manifest in {root} do not belong together; prepare it again.",
                code="training.data_broken",
            ) from error
        rows = np.arange(len(self.names))
        kept = np.array([name not in held for name in self.names])
        known = np.array([_known(labels) for labels in self.labels])
        self.portraits: Rows = rows[known & kept & (rows < screens)]
        self.others: Rows = rows[known & kept & (rows >= screens)]
        self.held_out: Rows = rows[known & ~kept]
        things = np.array([name in covered for name in self.names])
        self.covered: Rows = rows[known & kept & things]
        self._pictures = self.frames[screens:] if screens < len(rows) else self.frames

    def __len__(self) -> int:
        """Number of heads, labelled or not."""
        return len(self.names)

    def scenes(self, count: int, share: float, random: np.random.Generator) -> list[Scene]:
        """Random scenes of the training set, ``share`` of them of other photos than portraits."""
        return [self._scene(share, random) for _ in range(count)]

    def plain(self, row: int) -> Scene:
        """A head as it is: what the application would see of it."""
        labels = np.asarray(self.labels[row])
        seen = (labels != BEYOND)[..., None]
        return Scene(np.where(seen, self.frames[row], 0).astype(np.uint8), learnt(labels))

    def _scene(self, share: float, random: np.random.Generator) -> Scene:
        other = random.random() < share and len(self.others) > 0
        rows = self.others if other or not len(self.portraits) else self.portraits
        head = self._head(rows, random)
        things = [self._head(self.covered, random)] if len(self.covered) else []
        return scene(head, self._pictures, random, things)

    def _head(self, rows: Rows, random: np.random.Generator) -> LabelledHead:
        row = rows[random.integers(len(rows))]
        return LabelledHead(self.frames[row], self.labels[row], self.landmarks[row])


def _known(labels: Pixels) -> bool:
    """Whether any pixel says what it is."""
    return bool((labels < len(PARTS)).any())
