"""Raw data sets to a prepared set: detect, align, mask, judge, split, write.

The folder is described in :mod:`engine.training.set_folder`. The order is that of the sources'
sorted paths: the same raw data give the same bytes.
"""

from __future__ import annotations

import errno
import json
import multiprocessing
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.paths import assets_dir
from engine.tasks import Progress, no_progress
from engine.training.crops import CropConfig, crop_file
from engine.training.set_folder import (
    MANIFEST,
    REPORT,
    SHARDS,
    read_manifest,
    record_path,
    shard_path,
    write_json,
    write_table,
)
from engine.training.set_report import set_report
from engine.training.shards import (
    SUFFIXES,
    Labels,
    PackedFace,
    file_hash,
    pack,
    read_shard,
    unpack,
    write_shard,
)
from engine.training.sources import LICENCES, Sample, read_source
from engine.training.splits import VALIDATION, splits

Estimate = Callable[[list[NDArray[np.uint8]]], Sequence[float]]
_BEGUN = "config.json"
_CHUNK = 16


@dataclass(frozen=True, slots=True)
class PrepareConfig:
    """What to prepare.

    Attributes:
        sources: kind, folder below the data root and, where the kind does not say it, licence.
        validation: share of the people held out, 0..1.
        workers: processes that detect and align; 0 for one a core.
        shard: photos a shard.
        format: ``jpg`` or ``png``, how crops are stored.
        crop: how they are cut.
    """

    sources: tuple[tuple[str, ...], ...]
    validation: float = 0.1
    workers: int = 0
    shard: int = 2048
    format: str = "jpg"
    crop: CropConfig = field(default_factory=CropConfig)


def prepare(
    config: PrepareConfig,
    data_root: Path,
    out: Path,
    *,
    estimate: Estimate | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Write a prepared set to ``out``, or finish one, and return its manifest.

    Args:
        config: what to prepare.
        data_root: the folder that the sources' folders are in.
        out: folder of the set; one that was begun with the same configuration is finished.
        estimate: crops → years, for faces without an age.
        progress: called in this thread.

    Raises TrainingError where a source is missing, ``out`` holds a set of another configuration,
    no face is left, or the disk is full; finished shards then stay for the next time.
    """
    if config.format not in SUFFIXES or config.shard < 1:
        raise TrainingError(
            "Crops are stored as jpg or png, one photo a shard or more.", code="training.config"
        )
    if (out / MANIFEST).exists() and not _differs(out, config):
        return read_manifest(out)
    samples, licences = _read(config, data_root)
    blocks = [samples[at : at + config.shard] for at in range(0, len(samples), config.shard)]
    try:
        _claim(out, config)
        done = 0
        with _workers(config) as pool:
            for number, block in enumerate(blocks):
                if not record_path(out, number).exists():
                    _write_block(pool, out, number, block, config)
                done += len(block)
                progress(0.98 * done / len(samples), f"{done} of {len(samples)} photos")
        return _finish(out, config, licences, len(blocks), estimate)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise TrainingError(
            "The disk is full; make room and run the same command again, it goes on where it "
            "stopped.",
            code="training.disk_full",
        ) from error


def _read(config: PrepareConfig, data_root: Path) -> tuple[list[Sample], dict[str, str]]:
    """The photos of all sources, and each source's terms."""
    samples, licences = list[Sample](), dict[str, str]()
    for kind, name, *terms in config.sources:
        found = read_source(kind, data_root / name)
        samples += found
        licences[found[0].source] = terms[0] if terms else LICENCES.get(kind, "not said")
    return samples, licences


def _claim(out: Path, config: PrepareConfig) -> None:
    """Make the folder, or refuse one that was begun with another configuration."""
    (out / SHARDS).mkdir(parents=True, exist_ok=True)
    if not (out / _BEGUN).exists():
        (out / _BEGUN).write_text(_frozen(config), encoding="utf-8")
    elif _differs(out, config):
        raise TrainingError(
            f"{out} holds a set of another configuration; choose another --out.",
            code="training.other_config",
        )


def _differs(out: Path, config: PrepareConfig) -> bool:
    return (out / _BEGUN).read_text(encoding="utf-8") != _frozen(config)


def _frozen(config: PrepareConfig) -> str:
    """All of the configuration that shows in the set."""
    return json.dumps({**asdict(config), "workers": None}, indent=2) + "\n"


def _write_block(
    pool: Pool, out: Path, number: int, samples: Sequence[Sample], config: PrepareConfig
) -> None:
    """One shard, and the record that says it is whole."""
    labels: list[Labels] = []
    dropped: Counter[str] = Counter()

    def kept() -> Iterator[PackedFace]:
        for face in pool.imap(_crop, samples, chunksize=_CHUNK):
            if isinstance(face, str):
                dropped[face] += 1
            else:
                labels.append(face.labels)
                yield face

    write_shard(shard_path(out, number), kept())
    record = {"dropped": dropped, "labels": [asdict(one) for one in labels]}
    write_json(record_path(out, number), record)


def _finish(
    out: Path,
    config: PrepareConfig,
    licences: dict[str, str],
    count: int,
    estimate: Estimate | None,
) -> dict[str, Any]:
    """Table, manifest and report from the shards' records, which then go."""
    records = [json.loads(record_path(out, n).read_text(encoding="utf-8")) for n in range(count)]
    labels = [Labels(**one) for record in records for one in record["labels"]]
    if not labels:
        shutil.rmtree(out / SHARDS)
        (out / _BEGUN).unlink()
        raise TrainingError("No face is left after filtering.", code="training.no_faces")
    held_out = splits(labels, config.validation)
    full = [shard_path(out, n) for n in range(count) if records[n]["labels"]]
    guesses = _estimates(full, labels, estimate)
    write_table(out, labels, guesses, held_out)
    manifest: dict[str, Any] = {
        "config": json.loads(_frozen(config)),
        "faces": len(labels),
        "validation": held_out.count(VALIDATION),
        "estimated_ages": sum(guess is not None for guess in guesses),
        "sources": dict(Counter(one.source for one in labels)),
        "licences": licences,
        "dropped": dict(sum((Counter(record["dropped"]) for record in records), Counter())),
        "shards": {path.name: file_hash(path) for path in full},
    }
    (out / REPORT).write_text(set_report(manifest, labels, held_out, full), encoding="utf-8")
    write_json(out / MANIFEST, manifest)
    for number in range(count):
        record_path(out, number).unlink()
    for path in {shard_path(out, n) for n in range(count)} - set(full):
        path.unlink()
    return manifest


def _estimates(
    shards: Sequence[Path], labels: Sequence[Labels], estimate: Estimate | None
) -> list[float | None]:
    """Ages for the faces that have none."""
    guesses: list[float | None] = [None] * len(labels)
    if estimate is None or all(one.age is not None for one in labels):
        return guesses
    unknown = [row for row, one in enumerate(labels) if one.age is None]
    faces = (face for path in shards for face in read_shard(path))
    pictures = (unpack(face)[0] for face in faces if face.labels.age is None)
    for rows in _batches(unknown):
        ages = estimate([next(pictures) for _ in rows])
        for row, age in zip(rows, ages, strict=True):
            guesses[row] = float(age)
    return guesses


def _batches(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    return (rows[at : at + _CHUNK] for at in range(0, len(rows), _CHUNK))


# A worker's own: made by its initializer.
_detector: MediaPipeDetector | None = None
_config: PrepareConfig | None = None


def _workers(config: PrepareConfig) -> Pool:
    context = multiprocessing.get_context("spawn")
    return context.Pool(config.workers or None, _start_worker, (config,))


def _start_worker(config: PrepareConfig) -> None:
    global _detector, _config
    cv2.setNumThreads(1)
    _detector, _config = MediaPipeDetector(assets_dir() / "face_landmarker.task"), config


def _crop(sample: Sample) -> PackedFace | str:
    assert _detector is not None and _config is not None
    crop = crop_file(sample.path, _detector, _config.crop)
    if isinstance(crop, str):
        return crop
    labels = Labels(
        file=sample.path.name,
        source=sample.source,
        subject=sample.subject,
        age=sample.age,
        gender=sample.gender,
        race=sample.race,
        sharpness=round(crop.sharpness, 1),
        yaw=round(crop.yaw, 1),
    )
    return pack(crop.image, crop.mask, crop.points, labels, _config.format)
