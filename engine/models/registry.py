"""From a spec to a network ready to run; torch is imported when the first one is built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.domain import ModelCard
from engine.errors import ModelError
from engine.models.manifest import read_manifest
from engine.models.spec import ESTIMATOR, GENERATOR, ModelSpec

if TYPE_CHECKING:
    from torch import nn


class ModelRegistry:
    """The models of one weights folder."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest of ``folder``. Raises ModelError."""
        self.folder = folder
        self.specs = read_manifest(folder)

    def cards(self) -> tuple[ModelCard, ...]:
        """Cards of the generators, the default first."""
        return tuple(spec.card() for spec in self.specs if spec.kind == GENERATOR)

    def generator(self, name: str | None = None) -> ModelSpec:
        """The spec of a generator by name; ``None`` takes the default. Raises ModelError."""
        known = [spec for spec in self.specs if spec.kind == GENERATOR]
        for spec in known:
            if name is None or spec.name == name:
                return spec
        names = ", ".join(spec.name for spec in known) or "none"
        raise ModelError(
            f"There is no model {name!r}; installed are: {names}."
            if name
            else "No generator is installed; reinstall Agelens or train a model.",
            code="model.unknown",
        )

    def estimator(self) -> ModelSpec:
        """The spec of the age estimator. Raises ModelError where none is installed."""
        for spec in self.specs:
            if spec.kind == ESTIMATOR:
                return spec
        raise ModelError("No age estimator is installed; reinstall Agelens.", code="model.unknown")

    def load(self, spec: ModelSpec) -> nn.Module:
        """Build the network and take its weights; float32, evaluation mode, no gradients."""
        from engine.models.checkpoints import load_weights

        network = build_network(spec)
        try:
            network.load_state_dict(load_weights(self.folder, spec))
        except RuntimeError as error:
            raise ModelError(
                f"The weights of {spec.name} do not fit its architecture {spec.architecture}.",
                code="model.shape",
            ) from error
        return network.eval().requires_grad_(False)


def build_network(spec: ModelSpec) -> nn.Module:
    """The network a spec describes, with random weights. Raises ModelError if unknown."""
    from engine.models.arch.age_estimator import AgeEstimator, AgeEstimatorConfig
    from engine.models.arch.delta import Delta, DeltaConfig

    config: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in spec.config.items()
    }
    try:
        if spec.architecture == "delta":
            return Delta(DeltaConfig(**config))
        if spec.architecture == "age_estimator":
            return AgeEstimator(AgeEstimatorConfig(**config))
    except (TypeError, ValueError, ZeroDivisionError) as error:
        raise ModelError(
            f"The settings of {spec.name} do not fit {spec.architecture}: {error}.",
            code="model.manifest",
        ) from error
    raise ModelError(
        f"{spec.name} needs the architecture {spec.architecture!r}, which this version lacks; "
        "update Agelens.",
        code="model.architecture",
    )
