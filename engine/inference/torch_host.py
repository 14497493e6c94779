"""torch on a device: what a checkout computes with, and a package built for CUDA."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.device import Device, cpu_device
from engine.domain import DeviceReport, FloatArray
from engine.errors import ModelError
from engine.models.arch.age_estimator import AgeEstimator
from engine.models.arch.face_parser import FaceParser
from engine.models.generator import Encoding, Generator
from engine.models.layers import channels_last
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec

Network = TypeVar("Network", bound=nn.Module)
Answer = TypeVar("Answer")


class TorchHost:
    """Implements :class:`engine.inference.host.Host`.

    When the device runs out of memory everything moves to the CPU and the work is done there;
    :attr:`report` then says so.
    """

    def __init__(self, device: Device) -> None:
        """``device`` as :func:`engine.device.choose_device` gave it."""
        self.device = device
        self._placed: list[nn.Module] = []

    @property
    def report(self) -> DeviceReport:
        """The device in use and why."""
        return self.device.report

    def generator(self, registry: ModelRegistry, spec: ModelSpec) -> TorchGenerator:
        """Load a generator. Raises ModelError."""
        network = registry.load(spec)
        if not isinstance(network, Generator):
            raise _of_another_kind(spec, f"{spec.name} is not a generator.")
        return TorchGenerator(self, network)

    def estimator(self, registry: ModelRegistry, spec: ModelSpec) -> TorchEstimator:
        """Load an age estimator. Raises ModelError."""
        network = registry.load(spec)
        if not isinstance(network, AgeEstimator):
            raise _of_another_kind(spec, "The installed age estimator is not one.")
        return TorchEstimator(self, network)

    def parser(self, registry: ModelRegistry, spec: ModelSpec) -> TorchParser:
        """Load a face parser. Raises ModelError."""
        network = registry.load(spec)
        if not isinstance(network, FaceParser):
            raise _of_another_kind(spec, "The installed face parser is not one.")
        return TorchParser(self, network)

    def take(self, network: Network) -> Network:
        """Put a network on the device, for good or until its memory is short."""
        self._placed.append(network)
        return self._place(network)

    def tensor(self, crops: NDArray[np.uint8]) -> Tensor:
        """(B, S, S, 3) of 0..255 → (B, 3, S, S) of 0..1, on the device."""
        batch = torch.from_numpy(crops).permute(0, 3, 1, 2)
        return batch.to(self.device.torch_device).float().div(255)

    @contextlib.contextmanager
    def reduced(self) -> Iterator[None]:
        """In the precision that pays on this device."""
        kind, dtype = self.device.torch_device.type, self.device.autocast
        with torch.autocast(kind, dtype, enabled=dtype is not None):
            yield

    def retrying(self, work: Callable[[], Answer]) -> Answer:
        """Do some work; on the CPU where the device's memory is short."""
        try:
            return work()
        except torch.OutOfMemoryError:
            self.device = cpu_device(f"{self.report.name} ran out of memory.")
            for network in self._placed:
                self._place(network)
            return work()

    def _place(self, network: Network) -> Network:
        placed = channels_last(network.to(self.device.torch_device))
        return placed.eval().requires_grad_(False)


def _of_another_kind(spec: ModelSpec, sentence: str) -> ModelError:
    return ModelError(sentence, code="model.architecture", name=spec.name)


class TorchGenerator:
    """A generator on its host's device."""

    def __init__(self, host: TorchHost, network: Generator) -> None:
        self._host, self._network = host, host.take(network)

    def encode(self, crops: NDArray[np.uint8]) -> list[Encoding]:
        """(B, S, S, 3) RGB → the encoding of each face, on the device."""

        def run() -> Encoding:
            return self._network.encode(self._host.tensor(crops))

        with torch.inference_mode(), self._host.reduced():
            parts = self._host.retrying(run)
        return [tuple(part[i : i + 1] for part in parts) for i in range(len(crops))]

    def decode(
        self, faces: Sequence[Encoding], source: Sequence[float], target: Sequence[float]
    ) -> tuple[FloatArray, FloatArray]:
        """Faces and years each → change (B, 3, S, S) in ±1, mask (B, 1, S, S) in 0..1."""

        def run() -> tuple[Tensor, Tensor]:
            where = self._host.device.torch_device
            joined = tuple(
                torch.cat([part.to(where).float() for part in level])
                for level in zip(*faces, strict=True)
            )
            years = torch.tensor([list(source), list(target)], dtype=torch.float32, device=where)
            change, mask = self._network.decode(joined, *years)
            return change.float().cpu(), mask.float().cpu()

        with torch.inference_mode(), self._host.reduced():
            change, mask = self._host.retrying(run)
        return change.numpy(), mask.numpy()


class TorchEstimator:
    """The age estimator on its host's device, always in float32: its answer is shown as it is."""

    def __init__(self, host: TorchHost, network: AgeEstimator) -> None:
        self._host, self._network = host, host.take(network)

    def ages(self, crops: NDArray[np.uint8]) -> list[float]:
        """(B, S, S, 3) RGB → years each."""
        with torch.inference_mode():
            years = self._host.retrying(lambda: self._network.age(self._host.tensor(crops)).cpu())
        return [float(one) for one in years]


class TorchParser:
    """The face parser on its host's device, in float32."""

    def __init__(self, host: TorchHost, network: FaceParser) -> None:
        self._host, self._network = host, host.take(network)

    def parts(self, frames: NDArray[np.uint8]) -> FloatArray:
        """(B, S, S, 3) RGB → (B, 4, S, S), together 1."""

        def run() -> Tensor:
            return self._network.shares(self._host.tensor(frames)).cpu()

        with torch.inference_mode():
            return self._host.retrying(run).numpy()
