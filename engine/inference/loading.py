"""Networks from the weights folder onto a device."""

from __future__ import annotations

from engine.device import Device
from engine.errors import ModelError
from engine.inference.predictor import Predictor
from engine.models.arch.age_estimator import AgeEstimator
from engine.models.generator import Generator
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec


def load_predictor(registry: ModelRegistry, device: Device) -> Predictor:
    """A predictor with the installed age estimator and no generator yet. Raises ModelError."""
    spec = registry.estimator()
    estimator = registry.load(spec)
    if not isinstance(estimator, AgeEstimator):
        raise ModelError(
            "The installed age estimator is not one.", code="model.architecture", name=spec.name
        )
    return Predictor(device, estimator)


def load_generator(registry: ModelRegistry, predictor: Predictor, name: str | None) -> ModelSpec:
    """The spec of a generator, ``None`` for the default; its network is loaded once.

    Raises ModelError.
    """
    spec = registry.generator(name)
    if not predictor.has(spec.name):
        network = registry.load(spec)
        if not isinstance(network, Generator):
            raise ModelError(
                f"{spec.name} is not a generator.", code="model.architecture", name=spec.name
            )
        predictor.add(spec.name, network)
    return spec
