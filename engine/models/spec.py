"""What travels with weights: everything needed to build, feed and judge a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.domain import AgeGroup, ModelCard
from engine.errors import ModelError

GENERATOR, ESTIMATOR, JUDGE = "generator", "age_estimator", "age_judge"
PARSER = "face_parser"
SAFETENSORS, ONNX = ".safetensors", ".onnx"


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One entry of ``weights/manifest.toml``.

    Attributes:
        name: what a user types and the manifest's key.
        kind: ``"generator"``, ``"age_estimator"``, ``"face_parser"`` or ``"age_judge"``: an
            estimator that reads ages in evaluations alone, so that no generator's training has
            seen it; or ``"age_guide"``: one that reads them in trainings alone.
        architecture: a name that :mod:`engine.models.registry` can build.
        config: the architecture's own settings.
        file: the weights' file name beside the manifest.
        sha256: of that file.
        size_bytes: of its files together.
        input_size: pixels of the crop.
        template: alignment template of the crop.
        age_min, age_max: target ages offered, years.
        groups: named spans of age, each offered as a whole.
        metrics: name → figure, as ``evaluate`` measured them.
        decoder: where ``file`` is an ONNX encoder alone, the file of its decoder.
        decoder_sha256: of that file.
        made_from: SHA-256 of the safetensors that an ONNX file was made from.
    """

    name: str
    title: str
    kind: str
    architecture: str
    file: str
    sha256: str
    size_bytes: int
    input_size: int
    template: str
    licence: str
    training_data: str
    description: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    age_min: float = 0.0
    age_max: float = 100.0
    continuous: bool = True
    groups: tuple[AgeGroup, ...] = ()
    metrics: Mapping[str, float] = field(default_factory=dict)
    default: bool = False
    decoder: str = ""
    decoder_sha256: str = ""
    made_from: str = ""

    @property
    def is_onnx(self) -> bool:
        """Whether ONNX Runtime computes it; else torch does."""
        return self.file.lower().endswith(ONNX)

    @property
    def identity(self) -> str:
        """The SHA-256 that receipts and recipes name the weights by, whatever file holds them."""
        return self.made_from or self.sha256

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Each of its files with the SHA-256 that it should have."""
        decoder = ((self.decoder, self.decoder_sha256),) if self.decoder else ()
        return ((self.file, self.sha256), *decoder)

    def card(self) -> ModelCard:
        """What the user is shown."""
        return ModelCard(
            name=self.name,
            title=self.title,
            description=self.description,
            continuous=self.continuous,
            age_min=self.age_min,
            age_max=self.age_max,
            groups=self.groups,
            input_size=self.input_size,
            size_bytes=self.size_bytes,
            licence=self.licence,
            training_data=self.training_data,
            metrics=dict(self.metrics),
            default=self.default,
        )


def spec_from_table(name: str, table: Mapping[str, Any]) -> ModelSpec:
    """A spec from its TOML table. Raises ModelError (``model.manifest``) where a field is off."""
    fields = dict(table)
    try:
        groups = tuple(
            AgeGroup(str(g["name"]), float(g["low"]), float(g["high"]))
            for g in fields.pop("groups", [])
        )
        return ModelSpec(name=name, groups=groups, **fields)
    except (TypeError, KeyError, ValueError) as error:
        raise ModelError(
            f"The entry {name!r} of the weights' manifest is not valid: {error}.",
            code="model.manifest",
            name=name,
        ) from error
