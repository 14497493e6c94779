"""Networks from the weights folder to where they compute."""

from __future__ import annotations

from engine.device import choose_device
from engine.inference.host import Host
from engine.inference.onnx_host import OnnxHost
from engine.inference.predictor import Predictor
from engine.models.registry import ModelRegistry, check_torch
from engine.models.spec import ModelSpec


def load_predictor(registry: ModelRegistry, device: str = "auto") -> Predictor:
    """A predictor with the installed age estimator and face parser, and no generator yet.

    The estimator's file says what computes: ONNX Runtime, or torch on ``device``.

    Raises ModelError or DeviceError.
    """
    spec, parser = registry.estimator(), registry.parser()
    host = _host(spec, device)
    return Predictor(
        host,
        host.estimator(registry, spec),
        None if parser is None else host.parser(registry, parser),
    )


def load_generator(registry: ModelRegistry, predictor: Predictor, name: str | None) -> ModelSpec:
    """The spec of a generator, ``None`` for the default; its network is loaded once.

    It computes beside the estimator where its file can be read there, else in a host of its own.

    Raises ModelError.
    """
    spec = registry.generator(name)
    if not predictor.has(spec.name):
        beside = isinstance(predictor.host, OnnxHost) is spec.is_onnx
        host = predictor.host if beside else _host(spec, "auto")
        predictor.add(spec.name, host.generator(registry, spec))
    return spec


def _host(spec: ModelSpec, device: str) -> Host:
    if spec.is_onnx:
        return OnnxHost(device)
    check_torch(spec)
    from engine.inference.torch_host import TorchHost

    return TorchHost(choose_device(device))
