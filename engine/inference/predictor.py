"""Runs a generator and the age estimator: encode a face once, decode it per age."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.device import Device, cpu_device
from engine.domain import DeviceReport, FloatArray
from engine.models.arch.age_estimator import AgeEstimator
from engine.models.generator import Encoding, Generator
from engine.models.layers import channels_last

Network = TypeVar("Network", bound=nn.Module)
Answer = TypeVar("Answer")

# Mean distance of the channels from their mean: what JPEG leaves in a black-and-white photo, and
# what the palest coloured one has.
_GREY, _COLOURED = 0.004, 0.01


@dataclass(frozen=True, slots=True, eq=False)
class FaceCode:
    """A face as a generator encoded it.

    Attributes:
        parts: what the network keeps of it, on the device.
        colour: how much of a change's colour it takes: 1, and 0 for a black-and-white face.
    """

    parts: Encoding
    colour: Tensor


class Predictor:
    """The networks on their device. One thread at a time.

    When the device runs out of memory everything moves to the CPU and the work is done there;
    :attr:`report` then says so.
    """

    def __init__(self, device: Device, estimator: AgeEstimator) -> None:
        """The estimator always runs in float32: its answer is a score shown to the user."""
        self._device = device
        self._estimator = self._place(estimator)
        self._generators: dict[str, Generator] = {}

    @property
    def report(self) -> DeviceReport:
        """The device in use and why."""
        return self._device.report

    def has(self, name: str) -> bool:
        """Whether a generator of that name was added."""
        return name in self._generators

    def add(self, name: str, generator: Generator) -> None:
        """Take a generator in."""
        self._generators[name] = self._place(generator)

    def encode(self, name: str, crops: Sequence[NDArray[np.uint8]]) -> list[FaceCode]:
        """S×S×3 uint8 RGB crops → one code each, on the device."""

        def run() -> tuple[Encoding, Tensor]:
            pictures = self._tensor(crops)
            return self._generators[name].encode(pictures), _colour(pictures)

        with self._running():
            parts, colour = self._retrying(run)
        return [
            FaceCode(tuple(part[i : i + 1] for part in parts), colour[i : i + 1])
            for i in range(len(crops))
        ]

    def decode(
        self,
        name: str,
        faces: Sequence[FaceCode],
        source: Sequence[float],
        target: Sequence[float],
    ) -> list[tuple[FloatArray, FloatArray]]:
        """Faces and years → (change S×S×3 in ±1 of full range, mask S×S in 0..1) each.

        The change of a black-and-white face has no colour.
        """

        def run() -> tuple[Tensor, Tensor]:
            where = self._device.torch_device
            joined = tuple(
                torch.cat([part.to(where).float() for part in level])
                for level in zip(*(face.parts for face in faces), strict=True)
            )
            years = torch.tensor([list(source), list(target)], dtype=torch.float32, device=where)
            change, mask = self._generators[name].decode(joined, *years)
            colour = torch.cat([face.colour.to(where) for face in faces])
            grey = change.mean(1, keepdim=True)
            return (grey + colour * (change - grey)).float().cpu(), mask.float().cpu()

        with self._running():
            change, mask = self._retrying(run)
        return [
            (c.permute(1, 2, 0).contiguous().numpy(), m[0].numpy())
            for c, m in zip(change, mask, strict=True)
        ]

    def ages(self, crops: Sequence[NDArray[np.uint8]]) -> list[float]:
        """S×S×3 uint8 RGB crops → estimated years each."""
        if not crops:
            return []
        with torch.inference_mode():
            years = self._retrying(lambda: self._estimator.age(self._tensor(crops)).cpu())
        return [float(y) for y in years]

    def _tensor(self, crops: Sequence[NDArray[np.uint8]]) -> Tensor:
        batch = torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2)
        return batch.to(self._device.torch_device).float().div(255)

    def _place(self, network: Network) -> Network:
        placed = channels_last(network.to(self._device.torch_device))
        return placed.eval().requires_grad_(False)

    @contextlib.contextmanager
    def _running(self) -> Iterator[None]:
        kind, dtype = self._device.torch_device.type, self._device.autocast
        with torch.inference_mode(), torch.autocast(kind, dtype, enabled=dtype is not None):
            yield

    def _retrying(self, work: Callable[[], Answer]) -> Answer:
        try:
            return work()
        except torch.OutOfMemoryError:
            self._device = cpu_device(f"{self.report.name} ran out of memory.")
            self._estimator = self._place(self._estimator)
            self._generators = {n: self._place(g) for n, g in self._generators.items()}
            return work()


def _colour(pictures: Tensor) -> Tensor:
    """(B, 3, H, W) in 0..1 → (B, 1, 1, 1): 0 without colour, 1 with, a ramp between."""
    apart = (pictures - pictures.mean(1, keepdim=True)).abs().mean((1, 2, 3), keepdim=True)
    return ((apart - _GREY) / (_COLOURED - _GREY)).clamp(0, 1)
