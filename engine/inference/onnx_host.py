"""ONNX Runtime on the CPU: what the packaged application computes with. Imports no torch."""

from __future__ import annotations

from engine.device import onnx_report
from engine.domain import DeviceReport
from engine.models.onnx_network import OnnxEstimator, OnnxGenerator, OnnxParser
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec


class OnnxHost:
    """Implements :class:`engine.inference.host.Host`."""

    def __init__(self, wanted: str = "auto") -> None:
        """Raises DeviceError where anything but the CPU is ``wanted``."""
        self.report: DeviceReport = onnx_report(wanted)

    def generator(self, registry: ModelRegistry, spec: ModelSpec) -> OnnxGenerator:
        """Load a generator. Raises ModelError."""
        return OnnxGenerator(registry.files(spec), spec)

    def estimator(self, registry: ModelRegistry, spec: ModelSpec) -> OnnxEstimator:
        """Load an age estimator. Raises ModelError."""
        return OnnxEstimator(registry.files(spec), spec)

    def parser(self, registry: ModelRegistry, spec: ModelSpec) -> OnnxParser:
        """Load a face parser. Raises ModelError."""
        return OnnxParser(registry.files(spec), spec)
