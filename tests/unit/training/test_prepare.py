"""From raw photos to a prepared set, by the real detector."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.errors import TrainingError
from engine.evaluation.identity import IdentityJudge, similarity_of
from engine.faces.landmarks import five_points
from engine.models.assets import SFACE, asset
from engine.training.dataset import PreparedSet
from engine.training.prepare import PrepareConfig, prepare, split_of
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, crop, picture

CONFIG = PrepareConfig((("utkface", "UTK"),), validation=0.5, workers=1)
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
        "faces.csv", "images.npy", "manifest.json", "masks.npy", "points.npy",
    ]  # fmt: skip


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
    assert (tmp_path / "faces.csv").read_bytes() == (out / "faces.csv").read_bytes()


def test_the_split_hangs_on_the_name_alone() -> None:
    names = [f"{i}_0_0_{i}.jpg" for i in range(2000)]
    held_out = {n for n in names if split_of(n, 0.1) == "val"}
    assert 150 < len(held_out) < 250
    assert held_out <= {n for n in names if split_of(n, 0.2) == "val"}
    assert split_of("36_1_0_2.jpg.chip.jpg", 0.5) == "train"
    assert split_of("58_1_3_1.jpg.chip.jpg", 0.5) == "val"
    assert not any(split_of(n, 0.0) == "val" for n in names)


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
    assert not list((tmp_path / "out").glob("*.npy"))
