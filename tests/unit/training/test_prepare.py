"""From raw photos to a prepared set, by the real detector."""

from __future__ import annotations

import csv
import errno
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from engine.errors import TrainingError
from engine.evaluation.identity import IdentityJudge, similarity_of
from engine.faces.landmarks import five_points
from engine.models.assets import SFACE, asset
from engine.training.crops import CropConfig
from engine.training.dataset import PreparedSet
from engine.training.prepare import PrepareConfig, prepare
from engine.training.set_folder import shard_path
from engine.training.shards import PackedFace
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, crop, picture

CONFIG = PrepareConfig((("utkface", "UTK"),), validation=0.5, workers=1, shard=4, format="png")
prepare_module = sys.modules[prepare.__module__]
GOOD = {"36_1_0_2.jpg.chip.jpg": ASTRONAUT, "58_1_3_1.jpg.chip.jpg": HOPPER}


def raw_set(root: Path) -> Path:
    folder = root / "UTK"
    folder.mkdir(parents=True)
    for name, sample in GOOD.items():
        Image.fromarray(picture(sample)).save(folder / name, quality=95)
    (folder / "20_0_0_3.jpg").write_bytes(b"no picture at all")
    (folder / "21_0_0_3.jpg").write_bytes(b"")
    y, x = np.mgrid[:200, :200]
    Image.fromarray(((x + y) // 2).astype(np.uint8)).save(folder / "30_0_0_4.png")
    two = np.concatenate([picture(ASTRONAUT)[:256, 100:356]] * 2, axis=1)
    Image.fromarray(two).save(folder / "40_0_0_5.png")
    (folder / "readme.txt").write_text("no row")
    return root


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, object]]:
    raw = raw_set(tmp_path_factory.mktemp("raw"))
    out = tmp_path_factory.mktemp("prepared")
    return raw, out, prepare(CONFIG, raw, out)


def test_faces_are_kept_and_the_rest_is_counted(
    prepared: tuple[Path, Path, dict[str, object]],
) -> None:
    _, out, manifest = prepared
    assert manifest["faces"] == 2
    assert manifest["dropped"] == {"unreadable": 2, "no face": 1, "several faces": 1}
    with (out / "faces.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["file"] for row in rows] == list(GOOD)
    assert [(row["age"], row["gender"], row["race"]) for row in rows] == [
        ("36.0", "1", "0"),
        ("58.0", "1", "3"),
    ]
    assert manifest["validation"] == sum(row["split"] == "val" for row in rows)
    assert sorted(p.name for p in out.iterdir()) == [
        "config.json", "faces.csv", "manifest.json", "report.html", "shards",
    ]  # fmt: skip
    assert manifest["licences"] == {"utkface": "non-commercial research"}
    assert list(manifest["shards"]) == [p.name for p in sorted((out / "shards").iterdir())]


def test_crops_are_what_the_application_would_cut(
    prepared: tuple[Path, Path, dict[str, object]],
) -> None:
    data = PreparedSet(prepared[1])
    batch = data.batch(np.arange(2))
    judge = IdentityJudge(asset(SFACE))
    for row, name in enumerate(GOOD.values()):
        face = crop(name)
        pixels = (batch.image[row].permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
        points = batch.points[row].numpy()
        assert np.abs(points - five_points(face.landmarks)).max() < 2
        likeness = similarity_of(
            judge.embed(np.ascontiguousarray(pixels), points),
            judge.embed(face.pixels, five_points(face.landmarks)),
        )
        assert likeness > 0.85, "the same face, the same colours, not mirrored"
        difference = np.abs(batch.mask[row, 0].numpy() - face.mask)
        assert difference.mean() < 0.05
        grey = cv2.cvtColor(np.asarray(data.images[row]), cv2.COLOR_RGB2GRAY)
        expected = cv2.Laplacian(grey, cv2.CV_64F).var()
        assert data.sharpness[row] == pytest.approx(expected, abs=0.06)


def test_the_same_photos_give_the_same_set(
    prepared: tuple[Path, Path, dict[str, object]], tmp_path: Path
) -> None:
    raw, out, manifest = prepared
    assert prepare(CONFIG, raw, tmp_path) == manifest
    for name in ("faces.csv", "report.html"):
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


def test_a_stopped_run_goes_on_with_the_first_shard_missing(
    prepared: tuple[Path, Path, dict[str, object]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw, _, manifest = prepared
    real, written = prepare_module.write_shard, list[Path]()

    def full_at_the_second(path: Path, faces: Iterable[PackedFace]) -> int:
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(path)
        return real(path, faces)

    monkeypatch.setattr(prepare_module, "write_shard", full_at_the_second)
    with pytest.raises(TrainingError, match="The disk is full") as caught:
        prepare(CONFIG, raw, tmp_path)
    assert caught.value.code == "training.disk_full"
    monkeypatch.undo()
    first = shard_path(tmp_path, 0).stat().st_mtime_ns
    assert prepare(CONFIG, raw, tmp_path) == manifest
    assert shard_path(tmp_path, 0).stat().st_mtime_ns == first


def test_a_finished_set_is_left_as_it_is(prepared: tuple[Path, Path, dict[str, object]]) -> None:
    _, out, manifest = prepared
    assert prepare(CONFIG, Path("nowhere"), out) == manifest
    with pytest.raises(TrainingError) as caught:
        prepare(replace(CONFIG, validation=0.4), prepared[0], out)
    assert caught.value.code == "training.other_config"


def test_what_is_too_small_too_soft_or_unlabelled(tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "faces"
    raw.mkdir(parents=True)
    sharp = Image.fromarray(picture(ASTRONAUT))
    sharp.save(raw / "sharp.png")
    sharp.resize((220, 220)).save(raw / "tiny.png")
    sharp.filter(ImageFilter.GaussianBlur(3)).save(raw / "soft.png")
    config = PrepareConfig(
        (("folder", "faces", "public domain"),),
        workers=1,
        crop=CropConfig(side=64, smallest=60, softest=300),
    )
    asked: list[tuple[int, ...]] = []

    def estimate(crops: list[NDArray[np.uint8]]) -> list[float]:
        asked.extend(crop.shape for crop in crops)
        return [33.0] * len(crops)

    manifest = prepare(config, tmp_path / "raw", tmp_path / "out", estimate=estimate)
    assert manifest["dropped"] == {"blurred": 1, "tiny": 1}
    assert manifest["estimated_ages"] == manifest["faces"] == 1
    assert manifest["licences"] == {"faces": "public domain"}
    data = PreparedSet(tmp_path / "out")
    assert asked == [(72, 72, 3)]
    assert np.isnan(data.age[0])
    assert data.estimated[0] == 33
    assert data.batch(np.array([0])).image.shape == (1, 3, 64, 64)


def test_a_missing_source(tmp_path: Path) -> None:
    with pytest.raises(TrainingError) as caught:
        prepare(CONFIG, tmp_path, tmp_path / "out")
    assert caught.value.code == "training.data_missing"


def test_no_face_is_left(tmp_path: Path) -> None:
    (tmp_path / "UTK").mkdir()
    (tmp_path / "UTK" / "20_0_0_3.jpg").write_bytes(b"nothing")
    with pytest.raises(TrainingError) as caught:
        prepare(CONFIG, tmp_path, tmp_path / "out")
    assert caught.value.code == "training.no_faces"
    assert not list((tmp_path / "out").iterdir())
