"""Networks as ONNX: a generator or its two halves, the age estimator, the face parser.

A runtime computes all of a file at each run, so a generator that is to encode a face once and
decode it per age is two files. Needs torch, onnx and onnxscript.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from engine.models.arch.age_estimator import AgeEstimator
from engine.models.arch.face_parser import FaceParser
from engine.models.generator import Encoding, Generator
from engine.models.onnx_network import AGE, CHANGE, MASK, PICTURE, SHARES, SOURCE, TARGET

OPSET = 20
_LARGEST_BATCH = 256
_LARGEST_SIDE = 1024
_WORTH_HALVING = 64  # numbers


class _Encode(nn.Module):
    """A generator's encoder alone."""

    def __init__(self, generator: Generator) -> None:
        super().__init__()
        self.generator = generator

    def forward(self, picture: Tensor) -> Encoding:
        return self.generator.encode(picture)


class _Decode(nn.Module):
    """A generator's decoder alone."""

    def __init__(self, generator: Generator) -> None:
        super().__init__()
        self.generator = generator

    def forward(self, code: Encoding, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        return self.generator.decode(tuple(code), source, target)


class _Ages(nn.Module):
    """An estimator's years over a crop and its mirror image."""

    def __init__(self, estimator: AgeEstimator) -> None:
        super().__init__()
        self.estimator = estimator

    def forward(self, picture: Tensor) -> Tensor:
        return self.estimator.age(picture)


class _Shares(nn.Module):
    """A face parser's shares."""

    def __init__(self, parser: FaceParser) -> None:
        super().__init__()
        self.parser = parser

    def forward(self, picture: Tensor) -> Tensor:
        return self.parser.shares(picture)


def whole(generator: Generator, side: int) -> onnx.ModelProto:
    """All of a generator; any batch size, the crop's side fixed.

    Inputs are ``picture`` (B, 3, S, S) float32 RGB in 0..1, ``source`` and ``target`` (B,)
    float32 years; outputs ``change`` (B, 3, S, S) in ±1 of full range and ``mask``
    (B, 1, S, S) in 0..1. The aged picture is picture + change × mask.
    """
    batch = _batch()
    return _exported(
        generator,
        (_pictures(side), *_years()),
        [PICTURE, SOURCE, TARGET],
        [CHANGE, MASK],
        ({0: batch}, {0: batch}, {0: batch}),
    )


def halves(generator: Generator, side: int) -> tuple[onnx.ModelProto, onnx.ModelProto]:
    """A generator's encoder and decoder.

    The first turns ``picture`` into as many outputs as the encoding has parts; the second takes
    these under the same names, with ``source`` and ``target``, to ``change`` and ``mask``.
    """
    batch, picture = _batch(), _pictures(side)
    with torch.no_grad():
        code = generator.eval().encode(picture)
    parts = [f"code_{number}" for number in range(len(code))]
    encoder = _exported(_Encode(generator), (picture,), [PICTURE], parts, ({0: batch},))
    decoder = _exported(
        _Decode(generator),
        (tuple(code), *_years()),
        [*parts, SOURCE, TARGET],
        [CHANGE, MASK],
        (tuple({0: batch} for _ in code), {0: batch}, {0: batch}),
    )
    return encoder, decoder


def estimator(network: AgeEstimator, side: int) -> onnx.ModelProto:
    """The age estimator: ``picture`` (B, 3, S, S) of any side to ``age`` (B,), years."""
    square = torch.export.Dim("side", min=network.size + 1, max=_LARGEST_SIDE)
    shapes = ({0: _batch(), 2: square, 3: square},)
    return _exported(_Ages(network), (_pictures(side),), [PICTURE], [AGE], shapes)


def parser(network: FaceParser, side: int) -> onnx.ModelProto:
    """The face parser: ``picture`` (B, 3, S, S) to ``shares`` (B, 4, S, S), together 1."""
    return _exported(_Shares(network), (_pictures(side),), [PICTURE], [SHARES], ({0: _batch()},))


def packed(model: onnx.ModelProto, about: Mapping[str, str]) -> bytes:
    """A file's bytes, the same for the same network: weights in fp16 where none of them changes.

    ``about`` goes into the file's metadata; what the exporter notes of its own sources does not.
    """
    graph = model.graph
    for node in graph.node:
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    for value in (*graph.value_info, *graph.input, *graph.output, *graph.initializer):
        value.ClearField("metadata_props")
    graph.ClearField("metadata_props")
    casts = []
    for tensor in graph.initializer:
        short = _halved(tensor)
        if short is not None:
            name = tensor.name
            tensor.CopyFrom(short)
            casts.append(
                onnx.helper.make_node("Cast", [short.name], [name], to=onnx.TensorProto.FLOAT)
            )
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    del model.metadata_props[:]
    onnx.helper.set_model_props(model, dict(about))
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _halved(tensor: onnx.TensorProto) -> onnx.TensorProto | None:
    """The same numbers in two bytes each, under a name beside its own; None where some change."""
    if tensor.data_type != onnx.TensorProto.FLOAT:
        return None
    value = numpy_helper.to_array(tensor)
    if value.size < _WORTH_HALVING or np.abs(value).max() > np.finfo(np.float16).max:
        return None
    half = value.astype(np.float16)
    if not np.array_equal(half.astype(np.float32), value):
        return None
    return numpy_helper.from_array(half, f"{tensor.name}.half")


def _exported(
    network: nn.Module,
    example: tuple[Any, ...],
    inputs: Sequence[str],
    outputs: Sequence[str],
    shapes: tuple[Any, ...],
) -> onnx.ModelProto:
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # of operators that are not used here
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            network.eval(),
            example,
            dynamo=True,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes=shapes,
            opset_version=OPSET,
            verbose=False,
        )
    assert program is not None  # it is, unless a file is asked for
    model: onnx.ModelProto = program.model_proto
    return model


def _pictures(side: int) -> Tensor:
    return torch.full((2, 3, side, side), 0.5)


def _years() -> tuple[Tensor, Tensor]:
    return torch.tensor([30.0, 40.0]), torch.tensor([60.0, 20.0])


def _batch() -> torch.export.Dim:
    return torch.export.Dim("batch", min=1, max=_LARGEST_BATCH)
