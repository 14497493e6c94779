"""Pipelines of real parts, with predictors that note what they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.device import Device
from engine.domain import DeviceReport
from engine.errors import EngineError
from engine.evaluation.identity import IdentityJudge
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.faces.mediapipe_hands import MediaPipeHands
from engine.inference.host import Estimating, Host
from engine.inference.pipeline import AgingPipeline
from engine.inference.predictor import FaceCode, Predictor
from engine.inference.torch_host import TorchEstimator, TorchGenerator, TorchHost
from engine.models.arch.age_estimator import AgeEstimator
from engine.models.assets import HANDS, LANDMARKER, SFACE, asset
from engine.models.generator import Generator
from engine.models.registry import ModelRegistry

CPU = Device(DeviceReport("cpu", "CPU", "float32", "asked for"), torch.device("cpu"), None)


Kind = TypeVar("Kind", bound=Predictor)


def on_torch(
    kind: type[Kind],
    estimator: AgeEstimator,
    generators: Mapping[str, Generator] | None = None,
    device: Device = CPU,
) -> Kind:
    """A predictor of some kind over networks in torch."""
    host = TorchHost(device)
    made = kind(host, TorchEstimator(host, estimator))
    for name, network in (generators or {}).items():
        made.add(name, TorchGenerator(host, network))
    return made


class Counting(Predictor):
    """Counts the crops that are encoded."""

    encoded = 0

    def encode(self, name: str, crops: Sequence[NDArray[np.uint8]]) -> list[FaceCode]:
        self.encoded += len(crops)
        return super().encode(name, crops)


class Overshooting(Predictor):
    """Reads results as 20 years past the age that was decoded, and notes those ages."""

    def __init__(self, host: Host, estimator: Estimating) -> None:
        super().__init__(host, estimator)
        self.asked: list[float] = []

    def decode(
        self,
        name: str,
        faces: Sequence[FaceCode],
        source: Sequence[float],
        target: Sequence[float],
    ) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        self.asked.extend(target)
        return super().decode(name, faces, source, target)

    def ages(self, crops: Sequence[NDArray[np.uint8]]) -> list[float]:
        return [self.asked[-1] + 20.0 for _ in crops]


def build(weights: Path, predictor: Predictor) -> AgingPipeline:
    """The whole service over a weights folder."""
    detector, judge = MediaPipeDetector(asset(LANDMARKER)), IdentityJudge(asset(SFACE))
    hands = MediaPipeHands(asset(HANDS))
    return AgingPipeline(ModelRegistry(weights), detector, judge, predictor, hands)


def code_of(raised: pytest.ExceptionInfo[EngineError]) -> str:
    return raised.value.code
