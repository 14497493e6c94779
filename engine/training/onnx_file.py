"""Writes a generator as an ONNX file: for programs, and packages of Agelens, without torch."""

from __future__ import annotations

from pathlib import Path

from engine.errors import TrainingError
from engine.models.entry import ABOUT, described
from engine.models.generator import Generator
from engine.models.onnx_export import packed, whole
from engine.models.spec import ModelSpec


def write_onnx(generator: Generator, spec: ModelSpec, path: Path) -> None:
    """Write the whole network, see :func:`engine.models.onnx_export.whole`.

    The file's metadata say how it is fed, its age range, template and licence, and hold what
    Agelens needs to import it.

    Raises TrainingError where the file cannot be written.
    """
    fresh = path.with_name(path.name + ".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(packed(whole(generator, spec.input_size), _about(spec)))
        fresh.replace(path)
    except OSError as error:
        raise TrainingError(
            f"{path} cannot be written: {error.strerror}.", code="training.onnx"
        ) from error


def _about(spec: ModelSpec) -> dict[str, str]:
    """What other programs should know, and the entry that Agelens imports the file by."""
    return {
        "name": spec.name,
        "licence": spec.licence,
        "template": spec.template,
        "age_min": f"{spec.age_min:g}",
        "age_max": f"{spec.age_max:g}",
        "aged_picture": "picture + change * mask; RGB in 0..1, years",
        ABOUT: described(spec),
    }
