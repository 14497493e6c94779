"""What the predictor asks of whatever computes its networks: torch, or ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.domain import DeviceReport, FloatArray
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec

Parts = tuple[Any, ...]
"""What an encoder says of one face, in its host's own arrays."""


class Generating(Protocol):
    """A generator where it computes."""

    def encode(self, crops: NDArray[np.uint8]) -> list[Parts]:
        """(B, S, S, 3) RGB → what :meth:`decode` needs of each face."""

    def decode(
        self, faces: Sequence[Parts], source: Sequence[float], target: Sequence[float]
    ) -> tuple[FloatArray, FloatArray]:
        """Faces and years each → change (B, 3, S, S) in ±1, mask (B, 1, S, S) in 0..1."""


class Estimating(Protocol):
    """An age estimator where it computes."""

    def ages(self, crops: NDArray[np.uint8]) -> list[float]:
        """(B, S, S, 3) RGB, B at least 1 → years each."""


class Parsing(Protocol):
    """A face parser where it computes."""

    def parts(self, frames: NDArray[np.uint8]) -> FloatArray:
        """(B, S, S, 3) RGB → (B, 4, S, S), shares of :data:`engine.faces.head.PARTS`."""


class Host(Protocol):
    """Where networks compute. One thread at a time."""

    @property
    def report(self) -> DeviceReport:
        """The device in use and why."""

    def generator(self, registry: ModelRegistry, spec: ModelSpec) -> Generating:
        """Load a generator. Raises ModelError."""

    def estimator(self, registry: ModelRegistry, spec: ModelSpec) -> Estimating:
        """Load an age estimator. Raises ModelError."""

    def parser(self, registry: ModelRegistry, spec: ModelSpec) -> Parsing:
        """Load a face parser. Raises ModelError."""
