"""Runs generators and the age estimator: encode a face once, decode it per age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain import DeviceReport, FloatArray
from engine.inference.host import Estimating, Generating, Host, Parsing, Parts

# Mean distance of the channels from their mean: what JPEG leaves in a black-and-white photo, and
# what the palest coloured one has.
_GREY, _COLOURED = 0.004, 0.01


@dataclass(frozen=True, slots=True, eq=False)
class FaceCode:
    """A face as a generator encoded it.

    Attributes:
        parts: what the network keeps of it, where it computes.
        colour: how much of a change's colour it takes: 1, and 0 for a black-and-white face.
    """

    parts: Parts
    colour: float


class Predictor:
    """The networks on their host. One thread at a time."""

    def __init__(self, host: Host, estimator: Estimating, parser: Parsing | None = None) -> None:
        """``host`` computes the estimator, the face parser and the generators it can read."""
        self.host = host
        self._estimator, self._parser = estimator, parser
        self._generators: dict[str, Generating] = {}

    @property
    def report(self) -> DeviceReport:
        """The device in use and why."""
        return self.host.report

    @property
    def parses(self) -> bool:
        """Whether a face parser is there for :meth:`parts`."""
        return self._parser is not None

    def has(self, name: str) -> bool:
        """Whether a generator of that name was added."""
        return name in self._generators

    def add(self, name: str, generator: Generating) -> None:
        """Take a generator in."""
        self._generators[name] = generator

    def encode(self, name: str, crops: Sequence[NDArray[np.uint8]]) -> list[FaceCode]:
        """S×S×3 uint8 RGB crops → one code each. Raises DeviceError."""
        batch = np.stack(crops)
        parts = self._generators[name].encode(batch)
        return [FaceCode(one, _colour(crop)) for one, crop in zip(parts, batch, strict=True)]

    def decode(
        self,
        name: str,
        faces: Sequence[FaceCode],
        source: Sequence[float],
        target: Sequence[float],
    ) -> list[tuple[FloatArray, FloatArray]]:
        """Faces and years → (change S×S×3 in ±1 of full range, mask S×S in 0..1) each.

        The change of a black-and-white face has no colour.

        Raises DeviceError.
        """
        generator = self._generators[name]
        change, mask = generator.decode([face.parts for face in faces], source, target)
        return [
            (_toned(c.transpose(1, 2, 0), face.colour), m[0])
            for c, m, face in zip(change, mask, faces, strict=True)
        ]

    def ages(self, crops: Sequence[NDArray[np.uint8]]) -> list[float]:
        """S×S×3 uint8 RGB crops → estimated years each. Raises DeviceError."""
        return self._estimator.ages(np.stack(crops)) if crops else []

    def parts(self, frames: Sequence[NDArray[np.uint8]]) -> FloatArray:
        """Frames S×S×3 uint8 RGB → (B, 4, S, S), see :data:`engine.faces.head.PARTS`.

        Raises DeviceError.
        """
        assert self._parser is not None
        return self._parser.parts(np.stack(frames))


def _colour(crop: NDArray[np.uint8]) -> float:
    """S×S×3 of 0..255 → 0 without colour, 1 with, a ramp between."""
    picture = crop.astype(np.float32) / np.float32(255)
    apart = float(np.abs(picture - picture.mean(2, keepdims=True)).mean())
    return min(max((apart - _GREY) / (_COLOURED - _GREY), 0.0), 1.0)


def _toned(change: FloatArray, colour: float) -> FloatArray:
    """S×S×3 with as much of its colour as the face has, whole in memory."""
    if colour == 1:
        return np.ascontiguousarray(change)
    grey = change.mean(2, keepdims=True)
    return np.ascontiguousarray(grey + np.float32(colour) * (change - grey))
