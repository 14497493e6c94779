"""Raw data sets to aligned crops: detect, align, mask, judge, split, write.

A prepared set is a folder of flat arrays that training maps into memory:

- ``images.npy``: (N, 144, 144, 3) uint8 RGB. The middle 128 pixels are the template's crop;
  the rim is there so that a random crop can shift the face.
- ``masks.npy``: (N, 144, 144) uint8, the soft face mask × 255.
- ``points.npy``: (N, 5, 2) float32, eye centres, nose tip and mouth corners in those pixels.
- ``faces.csv``: one row a crop: file, source, age, gender, race, sharpness, yaw, split.
- ``manifest.json``: counts, what was dropped and why, hashes of the arrays.

The order is that of the sources' sorted paths and the split is a hash of the person's name
where a set says it, else of the file's, so the same raw data give the same set.
"""

from __future__ import annotations

import csv
import hashlib
import json
import multiprocessing
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.errors import TrainingError
from engine.faces.align import template_matrix, warp
from engine.faces.detector import RawFace
from engine.faces.landmarks import five_points
from engine.faces.mask import region_mask
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.faces.pose import yaw_degrees
from engine.faces.template import PORTRAIT
from engine.imaging.geometry import transform_points
from engine.paths import assets_dir
from engine.tasks import Progress, no_progress
from engine.training.sources import Sample, read_source

CROP, STORED = 128, 144
_PAD = 1 / 3
_YAW_LIMIT = 50.0
_CSV = ("file", "source", "age", "gender", "race", "sharpness", "yaw", "split")


@dataclass(frozen=True, slots=True)
class PrepareConfig:
    """What to prepare.

    Attributes:
        sources: (kind, folder below the data root) pairs.
        validation: share of the faces held out, 0..1.
        workers: processes that detect and align.
    """

    sources: tuple[tuple[str, str], ...]
    validation: float = 0.1
    workers: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One aligned face on its way to the arrays."""

    image: NDArray[np.uint8]
    mask: NDArray[np.uint8]
    points: FloatArray
    sharpness: float
    yaw: float


def split_of(name: str, validation: float) -> str:
    """``"train"`` or ``"val"``, by a hash of the name: stable across runs and machines."""
    digest = hashlib.sha256(name.encode()).digest()
    return "val" if int.from_bytes(digest[:4], "big") / 2**32 < validation else "train"


def prepare(
    config: PrepareConfig, data_root: Path, out: Path, *, progress: Progress = no_progress
) -> dict[str, object]:
    """Write a prepared set to ``out`` and return its manifest.

    Raises TrainingError where a source is missing or no face is left.
    """
    samples = [s for kind, name in config.sources for s in read_source(kind, data_root / name)]
    out.mkdir(parents=True, exist_ok=True)
    arrays = {
        "images": _new(out / "images.npy", (len(samples), STORED, STORED, 3), np.uint8),
        "masks": _new(out / "masks.npy", (len(samples), STORED, STORED), np.uint8),
        "points": _new(out / "points.npy", (len(samples), 5, 2), np.float32),
    }
    rows: list[tuple[object, ...]] = []
    dropped: Counter[str] = Counter()
    for done, (sample, crop) in enumerate(_crops(samples, config.workers), 1):
        if isinstance(crop, str):
            dropped[crop] += 1
        else:
            at = len(rows)
            arrays["images"][at], arrays["masks"][at] = crop.image, crop.mask
            arrays["points"][at] = crop.points
            rows.append(_row(sample, crop, config.validation))
        if done % 50 == 0 or done == len(samples):
            progress(done / len(samples), f"{len(rows)} faces")
    if not rows:
        del arrays
        for name in ("images", "masks", "points"):
            (out / f"{name}.npy").unlink()
        raise TrainingError("No face is left after filtering.", code="training.no_faces")
    return _finish(out, arrays, rows, dropped)


def crop_face(face: RawFace, rgb: NDArray[np.uint8]) -> Crop | str:
    """Align one detected face of an RGB uint8 picture, or say in a word why it is dropped."""
    import cv2

    yaw = yaw_degrees(face.landmarks, face.depth)
    if abs(yaw) > _YAW_LIMIT:
        return "profile"
    matrix = template_matrix(face.landmarks, PORTRAIT, CROP)
    matrix[:, 2] += (STORED - CROP) / 2
    points = transform_points(matrix, face.landmarks).astype(np.float32)
    image = warp(rgb, matrix, STORED)
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    return Crop(
        image=image,
        mask=np.rint(region_mask(points, STORED) * 255).astype(np.uint8),
        points=five_points(points),
        sharpness=float(cv2.Laplacian(grey, cv2.CV_64F).var()),
        yaw=yaw,
    )


def _crops(samples: Sequence[Sample], workers: int) -> Iterator[tuple[Sample, Crop | str]]:
    paths = [sample.path for sample in samples]
    context = multiprocessing.get_context("spawn")
    with context.Pool(max(1, workers), _start_worker) as pool:
        yield from zip(samples, pool.imap(_crop_file, paths, chunksize=16), strict=True)


_detector: MediaPipeDetector | None = None  # one a worker process, made by its initializer


def _start_worker() -> None:
    global _detector
    _detector = MediaPipeDetector(assets_dir() / "face_landmarker.task")


def _crop_file(path: Path) -> Crop | str:
    import cv2

    assert _detector is not None
    data = np.fromfile(path, np.uint8)
    picture = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB) if data.size else None
    if picture is None:
        return "unreadable"
    pad = round(max(picture.shape[:2]) * _PAD)
    padded = cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    faces = _detector.detect(np.asarray(padded, np.uint8), max_faces=2)
    if not faces:
        return "no face"
    if len(faces) > 1:
        return "several faces"
    face = replace(faces[0], landmarks=faces[0].landmarks - np.float32(pad))
    return crop_face(face, np.asarray(picture, np.uint8))


def _row(sample: Sample, crop: Crop, validation: float) -> tuple[object, ...]:
    return (
        sample.path.name,
        sample.source,
        "" if sample.age is None else f"{sample.age:.1f}",
        sample.gender,
        sample.race,
        f"{crop.sharpness:.1f}",
        f"{crop.yaw:.1f}",
        split_of(sample.subject or sample.path.name, validation),
    )


def _finish(
    out: Path,
    arrays: dict[str, NDArray[np.generic]],
    rows: list[tuple[object, ...]],
    dropped: Counter[str],
) -> dict[str, object]:
    """Cut the arrays to the faces kept, write the table and the manifest."""
    hashes = {}
    for name, array in arrays.items():
        kept = out / f"{name}.npy"
        np.save(out / f"{name}.tmp.npy", array[: len(rows)])
        (out / f"{name}.tmp.npy").replace(kept)
        hashes[name] = _file_hash(kept)
    with (out / "faces.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(_CSV)
        writer.writerows(rows)
    manifest: dict[str, object] = {
        "faces": len(rows),
        "validation": sum(row[-1] == "val" for row in rows),
        "sources": dict(Counter(str(row[1]) for row in rows)),
        "dropped": dict(dropped),
        "sha256": hashes,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def _file_hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _new(path: Path, shape: tuple[int, ...], dtype: type[np.generic]) -> NDArray[np.generic]:
    return np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)
