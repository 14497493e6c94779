"""Shards of a prepared set: WebDataset tars of aligned faces, a few thousand a file.

A face is three members of one name: ``jpg`` or ``png`` (RGB, S×S), ``mask.png`` (grey, S×S) and
``json`` (:class:`Labels` and the five points). The same faces give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.errors import TrainingError

SUFFIXES = ("jpg", "png")
_JPEG_QUALITY = 95


@dataclass(frozen=True, slots=True)
class Labels:
    """What is known of a face.

    Attributes:
        file: name of the photo in its source.
        source: name of the data set.
        subject: who it is, empty where the set does not say.
        age: years, ``None`` where the set does not say.
        gender: 0 male, 1 female, -1 unknown.
        race: UTKFace's 0..4, -1 unknown.
        sharpness: variance of the Laplacian.
        yaw: degrees.
    """

    file: str
    source: str
    subject: str
    age: float | None
    gender: int
    race: int
    sharpness: float
    yaw: float


@dataclass(frozen=True, slots=True, eq=False)
class PackedFace:
    """A face as it lies in a shard.

    Attributes:
        image: JPEG or PNG bytes.
        suffix: which of them.
        mask: PNG bytes.
        points: (5, 2) float32, eye centres, nose tip, mouth corners in pixels of the image.
        labels: what is known.
    """

    image: bytes
    suffix: str
    mask: bytes
    points: FloatArray
    labels: Labels


def pack(
    image: NDArray[np.uint8],
    mask: NDArray[np.uint8],
    points: FloatArray,
    labels: Labels,
    suffix: str,
) -> PackedFace:
    """S×S×3 uint8 RGB and S×S uint8 to bytes; ``suffix`` is one of ``SUFFIXES``."""
    options = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY] if suffix == "jpg" else []
    options += (
        [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
        if suffix == "jpg"
        else []
    )
    coded = _encoded(f".{suffix}", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), options)
    return PackedFace(coded, suffix, _encoded(".png", mask, []), points, labels)


def unpack(face: PackedFace) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The picture S×S×3 uint8 RGB and the mask S×S uint8. Raises TrainingError."""
    image = cv2.imdecode(np.frombuffer(face.image, np.uint8), cv2.IMREAD_COLOR_RGB)
    mask = cv2.imdecode(np.frombuffer(face.mask, np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None or mask is None:
        raise _broken(face.labels.file)
    return np.asarray(image, np.uint8), np.asarray(mask, np.uint8)


def write_shard(path: Path, faces: Iterable[PackedFace]) -> int:
    """Write a shard beside its name, then replace it; the number of faces."""
    from webdataset import TarWriter

    fresh, count = path.with_suffix(".tmp"), 0
    with fresh.open("wb") as stream, TarWriter(stream, encoder=False, mtime=0.0) as tar:
        for count, face in enumerate(faces, 1):
            about = asdict(face.labels) | {"points": face.points.tolist()}
            tar.write(
                {
                    "__key__": f"{path.stem}-{count - 1:05d}",
                    face.suffix: face.image,
                    "mask.png": face.mask,
                    "json": json.dumps(about, sort_keys=True).encode(),
                }
            )
    fresh.replace(path)
    return count


def read_shard(path: Path) -> Iterator[PackedFace]:
    """The faces of a shard, in order. Raises TrainingError if it is damaged."""
    from webdataset import WebDataset

    try:
        # Whole in every process: each of several draws its faces from all of them.
        shard = WebDataset(str(path), shardshuffle=False, empty_check=False, nodesplitter=None)
        for member in shard:
            yield _face(member)
    except (OSError, ValueError, KeyError, TypeError, EOFError, tarfile.TarError) as error:
        raise _broken(path.name) from error


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _face(member: dict[str, Any]) -> PackedFace:
    about = json.loads(member["json"])
    points = np.array(about.pop("points"), np.float32)
    suffix = next(one for one in SUFFIXES if one in member)
    return PackedFace(member[suffix], suffix, member["mask.png"], points, Labels(**about))


def _encoded(suffix: str, picture: NDArray[Any], options: list[int]) -> bytes:
    done, data = cv2.imencode(suffix, picture, options)
    assert done, "an 8-bit array can be encoded"
    return data.tobytes()


def _broken(name: str) -> TrainingError:
    return TrainingError(
        f"The shard data of {name} are damaged; delete the file and prepare again.",
        code="training.data_broken",
    )
