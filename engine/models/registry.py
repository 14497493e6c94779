"""From a spec to its files, or to a network of torch, which is imported for the first one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.device import has_torch
from engine.domain import ModelCard
from engine.errors import ModelError, Sentence
from engine.models.architectures import ARCHITECTURES
from engine.models.library import described_in, take_copy, user_models
from engine.models.manifest import read_manifest
from engine.models.spec import ESTIMATOR, GENERATOR, JUDGE, PARSER, ModelSpec
from engine.models.weight_files import misfit, verified

if TYPE_CHECKING:
    from torch import nn


class ModelRegistry:
    """The models of one weights folder, and those that the user brought."""

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        """Read the manifest of ``folder``, and the user's ``own`` folder. Raises ModelError."""
        self.folder = folder
        self._own = own
        self._places: dict[str, Path] = {}
        self.specs: tuple[ModelSpec, ...] = ()
        self._read()

    def import_weights(self, file: Path) -> ModelSpec:
        """Check a weights file by building its network, then copy it to the user's folder.

        Raises:
            ModelError: as :func:`engine.models.library.described_in`, :meth:`load` and
                :func:`engine.models.library.take_copy`; ``model.known`` for a name that is taken.
        """
        spec = described_in(file)
        if any(known.name == spec.name for known in self.specs):
            raise ModelError(
                f"A model named {spec.name} is installed already.",
                code="model.known",
                name=spec.name,
            )
        if self._own is None:
            raise ModelError(
                "There is no folder for models of your own.", code="model.copy", name=spec.name
            )
        self._try(file.parent, spec)
        take_copy(file, spec, self._own)
        self._read()
        return spec

    def _read(self) -> None:
        shipped = read_manifest(self.folder)
        names = {spec.name for spec in shipped}
        brought = [] if self._own is None else user_models(self._own)
        fresh = [(spec, place) for spec, place in brought if spec.name not in names]
        self._places = {spec.name: place for spec, place in fresh}
        self.specs = (*shipped, *(spec for spec, _place in fresh))

    def cards(self) -> tuple[ModelCard, ...]:
        """Cards of the generators, the default first."""
        return tuple(spec.card() for spec in self.specs if spec.kind == GENERATOR)

    def generator(self, name: str | None = None) -> ModelSpec:
        """The spec of a generator by name; ``None`` takes the default. Raises ModelError."""
        known = [spec for spec in self.specs if spec.kind == GENERATOR]
        for spec in known:
            if name is None or spec.name == name:
                return spec
        if not name:
            text = "No generator is installed; reinstall Agelens or train a model."
            raise ModelError(Sentence(text, "model.not_installed"), code="model.unknown")
        names = ", ".join(spec.name for spec in known) or "none"
        raise ModelError(
            f"There is no model {name!r}; installed are: {names}.", code="model.unknown", name=name
        )

    def estimator(self) -> ModelSpec:
        """The spec of the age estimator. Raises ModelError where none is installed."""
        for spec in self.specs:
            if spec.kind == ESTIMATOR:
                return spec
        text = "No age estimator is installed; reinstall Agelens."
        raise ModelError(Sentence(text, "model.not_installed"), code="model.unknown")

    def judge(self) -> ModelSpec | None:
        """The spec of the age judge, if one is installed."""
        return next((spec for spec in self.specs if spec.kind == JUDGE), None)

    def parser(self) -> ModelSpec | None:
        """The spec of the face parser, if one is installed."""
        return next((spec for spec in self.specs if spec.kind == PARSER), None)

    def files(self, spec: ModelSpec) -> tuple[Path, ...]:
        """A model's files, verified. Raises ModelError."""
        return verified(self._places.get(spec.name, self.folder), spec)

    def load(self, spec: ModelSpec) -> nn.Module:
        """Build the network in torch and take its weights; float32, evaluation mode, no gradients.

        Raises ModelError; ``model.needs_torch`` where torch is not installed.
        """
        check_torch(spec)
        return self._build(self._places.get(spec.name, self.folder), spec)

    def _try(self, folder: Path, spec: ModelSpec) -> None:
        """Load a model to see whether that can be done. Raises ModelError."""
        if spec.is_onnx:
            from engine.models.onnx_network import OnnxGenerator

            OnnxGenerator(verified(folder, spec), spec)
        else:
            check_torch(spec)
            self._build(folder, spec)

    def _build(self, folder: Path, spec: ModelSpec) -> nn.Module:
        from engine.models.checkpoints import load_weights

        network = build_network(spec)
        try:
            network.load_state_dict(load_weights(folder, spec))
        except RuntimeError as error:
            raise misfit(spec) from error
        return network.eval().requires_grad_(False)


def check_torch(spec: ModelSpec) -> None:
    """Raises ModelError (``model.needs_torch``) where a model can only be computed by torch."""
    if not has_torch():
        raise ModelError(
            f"{spec.name} is in safetensors, which this build cannot compute; import it as ONNX "
            "(`export-weights --onnx` writes that) or run Agelens from its source.",
            code="model.needs_torch",
            name=spec.name,
        )


def build_network(spec: ModelSpec) -> nn.Module:
    """The network a spec describes, with random weights. Raises ModelError if unknown."""
    config: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in spec.config.items()
    }
    build = ARCHITECTURES.get(spec.architecture)
    if build is None:
        raise ModelError(
            f"{spec.name} needs the architecture {spec.architecture!r}, which this version lacks; "
            "update Agelens.",
            code="model.architecture",
            name=spec.name,
        )
    try:
        return build(config)
    except (TypeError, ValueError, ZeroDivisionError) as error:
        raise ModelError(
            f"The settings of {spec.name} do not fit {spec.architecture}: {error}.",
            code="model.manifest",
            name=spec.name,
        ) from error
