"""A weights folder in ONNX: what the packaged application carries. Needs torch, onnx, tomli_w."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.errors import ModelError
from engine.models.arch.age_estimator import AgeEstimator
from engine.models.arch.face_parser import FaceParser
from engine.models.assets import file_sha256
from engine.models.entry import write_entry
from engine.models.generator import Generator
from engine.models.manifest import MANIFEST
from engine.models.onnx_export import estimator, halves, packed, parser
from engine.models.registry import ModelRegistry
from engine.models.spec import ONNX, ModelSpec


def convert(weights: Path, target: Path) -> None:
    """Write every model of a folder as ONNX into a new one, with a manifest that names the files.

    A generator becomes two files, so that a face is encoded once. The same weights give the same
    bytes.

    Raises ModelError.
    """
    registry = ModelRegistry(weights)
    target.mkdir(parents=True)
    for spec in sorted(registry.specs, key=lambda one: one.name):
        network = registry.load(spec)
        if isinstance(network, Generator):
            encoder, decoder = halves(network, spec.input_size)
            files = {f"{spec.name}{ONNX}": encoder, f"{spec.name}.decoder{ONNX}": decoder}
        elif isinstance(network, AgeEstimator):
            files = {f"{spec.name}{ONNX}": estimator(network, spec.input_size)}
        elif isinstance(network, FaceParser):
            files = {f"{spec.name}{ONNX}": parser(network, spec.input_size)}
        else:
            raise ModelError(
                f"{spec.name} cannot be written as ONNX.", code="model.kind", name=spec.name
            )
        about = {"name": spec.name, "licence": spec.licence, "template": spec.template}
        for name, model in files.items():
            (target / name).write_bytes(packed(model, about))
        write_entry(target / MANIFEST, _named(spec, [target / name for name in files]))


def _named(spec: ModelSpec, files: list[Path]) -> ModelSpec:
    """The spec of the files that a model has become."""
    first, *more = files
    return replace(
        spec,
        file=first.name,
        sha256=file_sha256(first),
        size_bytes=sum(file.stat().st_size for file in files),
        made_from=spec.identity,
        decoder=more[0].name if more else "",
        decoder_sha256=file_sha256(more[0]) if more else "",
    )
