"""Writes a generator as an ONNX file, for programs that have no torch."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import torch

from engine.errors import TrainingError
from engine.models.generator import Generator
from engine.models.spec import ModelSpec

OPSET = 20
INPUTS, OUTPUTS = ("picture", "source", "target"), ("change", "mask")
_LARGEST_BATCH = 256


def write_onnx(generator: Generator, spec: ModelSpec, path: Path) -> None:
    """Write the whole network; any batch size, the crop's side fixed.

    Inputs are ``picture`` (B, 3, S, S) float32 RGB in 0..1, ``source`` and ``target`` (B,)
    float32 years; outputs ``change`` (B, 3, S, S) in ±1 of full range and ``mask``
    (B, 1, S, S) in 0..1. The aged picture is picture + change × mask. The file's metadata say so,
    with the age range, the template and the licence.

    Raises TrainingError where the file cannot be written.
    """
    fresh = path.with_name(path.name + ".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _program(generator, spec).save(fresh, external_data=False)
        fresh.replace(path)
    except OSError as error:
        raise TrainingError(
            f"{path} cannot be written: {error.strerror}.", code="training.onnx"
        ) from error


def _program(generator: Generator, spec: ModelSpec) -> torch.onnx.ONNXProgram:
    side, batch = spec.input_size, torch.export.Dim("batch", min=1, max=_LARGEST_BATCH)
    example = (
        torch.full((2, 3, side, side), 0.5),
        torch.tensor([30.0, 40.0]),
        torch.tensor([60.0, 20.0]),
    )
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # of operators that are not used here
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            generator.eval(),
            example,
            dynamo=True,
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_shapes=({0: batch}, {0: batch}, {0: batch}),
            opset_version=OPSET,
            verbose=False,
        )
    assert program is not None  # it is, unless a file is asked for
    program.model.metadata_props.update(
        {
            "name": spec.name,
            "licence": spec.licence,
            "template": spec.template,
            "age_min": f"{spec.age_min:g}",
            "age_max": f"{spec.age_max:g}",
            "aged_picture": "picture + change * mask; RGB in 0..1, years",
        }
    )
    return program
