"""Networks in ONNX files, computed by ONNX Runtime on the CPU: no torch, numpy in and out.

A generator is one file that holds all of it, or two: an encoder and a decoder, so that a face is
encoded once and decoded per age. Computed by the thread that asks; one at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.device import cores
from engine.domain import FloatArray
from engine.errors import DeviceError, ModelError
from engine.models.spec import ModelSpec
from engine.models.weight_files import misfit, unreadable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PICTURE, SOURCE, TARGET = "picture", "source", "target"
CHANGE, MASK, AGE, SHARES = "change", "mask", "age", "shares"
Parts = tuple[FloatArray, ...]
"""What an encoder says of one face: arrays with the batch first, here of one."""

_ERRORS_ALONE = 3


class OnnxGenerator:
    """A face and two ages to a change and a mask."""

    def __init__(self, files: Sequence[Path], spec: ModelSpec) -> None:
        """Load one file or two, already verified. Raises ModelError."""
        *first, self._decoder = (_session(file, spec) for file in files)
        self._encoder = first[0] if first else None
        self._parts = _inputs(self._decoder) - {SOURCE, TARGET}
        known = {PICTURE} if self._encoder is None else _outputs(self._encoder)
        asked = {PICTURE} if self._encoder is None else _inputs(self._encoder)
        if (
            self._parts != known
            or asked != {PICTURE}
            or not {SOURCE, TARGET} <= _inputs(self._decoder)
            or not {CHANGE, MASK} <= _outputs(self._decoder)
        ):
            raise misfit(spec)
        self._names = sorted(self._parts)

    def encode(self, crops: NDArray[np.uint8]) -> list[Parts]:
        """(B, S, S, 3) RGB → what is kept of each face.

        A generator in one file keeps the face itself: every age is a whole pass.

        Raises DeviceError.
        """
        pictures = planes(crops)
        if self._encoder is None:
            found = [pictures]
        else:
            found = _run(self._encoder, self._names, {PICTURE: pictures})
        return [tuple(part[i : i + 1] for part in found) for i in range(len(crops))]

    def decode(
        self, faces: Sequence[Parts], source: Sequence[float], target: Sequence[float]
    ) -> tuple[FloatArray, FloatArray]:
        """Faces and years each → change (B, 3, S, S), mask (B, 1, S, S). Raises DeviceError."""
        joined = [np.concatenate(level) for level in zip(*faces, strict=True)]
        years = {SOURCE: np.array(source, np.float32), TARGET: np.array(target, np.float32)}
        fed = dict(zip(self._names, joined, strict=True)) | years
        change, mask = _run(self._decoder, [CHANGE, MASK], fed)
        return change, mask


class OnnxEstimator:
    """Faces to years."""

    def __init__(self, files: Sequence[Path], spec: ModelSpec) -> None:
        """Load the file, already verified. Raises ModelError."""
        self._session = _session(files[0], spec)
        if _inputs(self._session) != {PICTURE} or AGE not in _outputs(self._session):
            raise misfit(spec)

    def ages(self, crops: NDArray[np.uint8]) -> list[float]:
        """(B, S, S, 3) RGB → years each. Raises DeviceError."""
        (years,) = _run(self._session, [AGE], {PICTURE: planes(crops)})
        return [float(one) for one in years]


class OnnxParser:
    """Frames to what is where in them."""

    def __init__(self, files: Sequence[Path], spec: ModelSpec) -> None:
        """Load the file, already verified. Raises ModelError."""
        self._session = _session(files[0], spec)
        if _inputs(self._session) != {PICTURE} or SHARES not in _outputs(self._session):
            raise misfit(spec)

    def parts(self, frames: NDArray[np.uint8]) -> FloatArray:
        """(B, S, S, 3) RGB → (B, 4, S, S), together 1. Raises DeviceError."""
        (shares,) = _run(self._session, [SHARES], {PICTURE: planes(frames)})
        return np.asarray(shares, np.float32)


def planes(crops: NDArray[np.uint8]) -> FloatArray:
    """(B, S, S, 3) of 0..255 → (B, 3, S, S) of 0..1, whole in memory."""
    return np.ascontiguousarray(crops.transpose(0, 3, 1, 2), dtype=np.float32) / np.float32(255)


def metadata(file: Path) -> Mapping[str, str]:
    """What an ONNX file says about itself. Raises ModelError (``model.weights_unreadable``)."""
    try:
        found: Mapping[str, str] = open_session(file).get_modelmeta().custom_metadata_map
    except _failures() as error:
        raise ModelError(
            f"{file.name} is no ONNX file that can be read.",
            code="model.weights_unreadable",
            name=file.name,
        ) from error
    return found


def open_session(file: Path) -> InferenceSession:
    """A session on the CPU; raises what ONNX Runtime does."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # there are such on Windows; nothing here calls home
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = cores(), 1
    options.log_severity_level = _ERRORS_ALONE
    # Blocks between runs go back to the system; threads that wait leave the cores to the window.
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def _session(file: Path, spec: ModelSpec) -> InferenceSession:
    try:
        return open_session(file)
    except _failures() as error:
        raise unreadable(file, spec, error) from error


def _run(
    session: InferenceSession, outputs: Sequence[str], fed: Mapping[str, FloatArray]
) -> list[Any]:
    try:
        return list(session.run(list(outputs), dict(fed)))
    except MemoryError as error:
        raise _no_memory() from error
    except _failures() as error:
        if "allocate" in str(error) or "bad_alloc" in str(error):
            raise _no_memory() from error
        reason = " ".join(str(error).split())
        raise DeviceError(
            f"ONNX Runtime failed ({reason}).", code="device.failed", reason=reason
        ) from error


def _no_memory() -> DeviceError:
    return DeviceError(
        "There was not enough memory to compute the face; close other programs and try again.",
        code="device.memory",
    )


def _failures() -> tuple[type[Exception], ...]:
    """What ONNX Runtime raises: classes of its own, without a common one."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    own = vars(state).values()
    found = [one for one in own if isinstance(one, type) and issubclass(one, Exception)]
    return (*found, RuntimeError, ValueError, OSError)


def _inputs(session: InferenceSession) -> set[str]:
    return {one.name for one in session.get_inputs()}


def _outputs(session: InferenceSession) -> set[str]:
    return {one.name for one in session.get_outputs()}
