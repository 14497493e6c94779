"""Short films as MP4, where OpenCV brings an encoder. Any thread.

The encoder is MPEG-4 part 2 (``mp4v``), the one that FFmpeg holds itself on every system; H.264
needs an encoder of the system or one under the GPL. The XMP packet goes into a ``uuid`` box at
the end of the file, as Adobe's XMP specification part 3 says for MPEG-4.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ExportError

_CODEC = "mp4v"
_XMP_BOX = uuid.UUID("be7acfcb-97a9-42e8-9c71-999491e3afac").bytes
_HEAD = 8
Pixels = NDArray[np.uint8]


@cache
def can_write() -> bool:
    """Whether an encoder is there: tried once, with a film of one small frame."""
    try:
        return bool(encode([np.zeros((64, 64, 3), np.uint8)], fps=25))
    except ExportError:
        return False


def encode(frames: Iterable[Pixels], *, fps: int, xmp: bytes | None = None) -> bytes:
    """The bytes of an MP4 file.

    Args:
        frames: H×W×3 uint8 sRGB, all of one size, at least one; an odd side loses a pixel.
        fps: frames a second, 1 to 60.
        xmp: packet to embed, or ``None``.

    Raises:
        ExportError: ``export.encoder`` where there is no encoder or it fails, also for want of
            room for its temporary file.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="agelens-") as folder:
            file = Path(folder) / "film.mp4"
            _write(frames, file, fps)
            data = file.read_bytes()
    except OSError as error:
        raise failed(str(error)) from error
    if b"moov" not in boxes(data):
        raise failed("the file is not whole")
    if xmp is not None:
        data += _box(b"uuid", _XMP_BOX + xmp)
    return data


def failed(why: str) -> ExportError:
    """The error for a film that cannot be made, and why."""
    return ExportError(
        f"No MP4 film can be made on this computer ({why}). End the name in .webp or .gif.",
        code="export.encoder",
        reason=why,
    )


def boxes(data: bytes) -> dict[bytes, bytes]:
    """The boxes of a file's outermost level by their four letters; of several the last."""
    return dict(_boxes(data))


def xmp_of(data: bytes) -> bytes | None:
    """The XMP packet of an MP4 file, or ``None``."""
    marked = [body for kind, body in _boxes(data) if kind == b"uuid" and body[:16] == _XMP_BOX]
    return marked[0][16:] if marked else None


def _write(frames: Iterable[Pixels], file: Path, fps: int) -> None:
    import cv2

    writer: cv2.VideoWriter | None = None
    try:
        for frame in frames:
            even = frame[: frame.shape[0] // 2 * 2, : frame.shape[1] // 2 * 2, ::-1]
            if writer is None:
                size = (even.shape[1], even.shape[0])
                code = cv2.VideoWriter.fourcc(*_CODEC)
                writer = cv2.VideoWriter(str(file), cv2.CAP_ANY, code, float(fps), size)
                if not writer.isOpened():
                    raise failed("no encoder was found")
            writer.write(np.ascontiguousarray(even))
    except cv2.error as error:
        raise failed(str(error)) from error
    finally:
        if writer is not None:
            writer.release()


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each outermost box; ends at one that is cut short (ISO/IEC 14496-12, 4.2)."""
    at = 0
    while at + _HEAD <= len(data):
        size, kind, head = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], _HEAD
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 2 * _HEAD
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            return
        yield kind, data[at + head : at + size]
        at += size


def _box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + _HEAD).to_bytes(4) + kind + body
