"""Every architecture by name: a new one is one function and one entry.

Each function imports what it builds by name, so that torch stays out of what only reads the
manifest and a frozen application still finds every module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import nn

Builder = Callable[[Mapping[str, Any]], "nn.Module"]
"""Builds a network from its configuration's values. Raises TypeError or ValueError if they are off.
"""


def _age_estimator(config: Mapping[str, Any]) -> nn.Module:
    from engine.models.arch.age_estimator import AgeEstimator, AgeEstimatorConfig

    return AgeEstimator(AgeEstimatorConfig(**config))


def _age_resnet(config: Mapping[str, Any]) -> nn.Module:
    from engine.models.arch.age_resnet import AgeResNet, AgeResNetConfig

    return AgeResNet(AgeResNetConfig(**config))


def _delta(config: Mapping[str, Any]) -> nn.Module:
    from engine.models.arch.delta import Delta, DeltaConfig

    return Delta(DeltaConfig(**config))


def _age_modulator(config: Mapping[str, Any]) -> nn.Module:
    from engine.models.arch.age_modulator import AgeModulator, AgeModulatorConfig

    return AgeModulator(AgeModulatorConfig(**config))


def _cgan(config: Mapping[str, Any]) -> nn.Module:
    from engine.models.arch.cgan import Cgan, CganConfig

    return Cgan(CganConfig(**config))


def _cyclegan(config: Mapping[str, Any]) -> nn.Module:
    from engine.models.arch.cyclegan import Cyclegan, CycleganConfig

    return Cyclegan(CycleganConfig(**config))


def _face_parser(config: Mapping[str, Any]) -> nn.Module:
    from engine.models.arch.face_parser import FaceParser, FaceParserConfig

    return FaceParser(FaceParserConfig(**config))


def _ipcgan(config: Mapping[str, Any]) -> nn.Module:
    from engine.models.arch.ipcgan import Ipcgan, IpcganConfig

    return Ipcgan(IpcganConfig(**config))


ARCHITECTURES: Mapping[str, Builder] = {
    "age_estimator": _age_estimator,
    "age_modulator": _age_modulator,
    "age_resnet": _age_resnet,
    "cgan": _cgan,
    "cyclegan": _cyclegan,
    "delta": _delta,
    "face_parser": _face_parser,
    "ipcgan": _ipcgan,
}
