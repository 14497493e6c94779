"""Shards: the same bytes in, the same faces out."""

from __future__ import annotations

import tarfile
from pathlib import Path

import numpy as np
import pytest

from engine.errors import TrainingError
from engine.training.shards import Labels, PackedFace, pack, read_shard, unpack, write_shard

LABELS = Labels("x.jpg", "set", "Åsa", 41.5, 1, 3, 120.4, -3.2)


def faces(suffix: str) -> list[PackedFace]:
    random, y, x = np.random.default_rng(0), *np.mgrid[:40, :40]
    smooth = np.stack([x * 3, y * 5, 255 - x * 4], 2).astype(np.uint8)
    made = []
    for _ in range(3):
        mask, points = random.integers(0, 255, (40, 40)), random.normal(20, 5, (5, 2))
        made.append(pack(smooth, mask.astype(np.uint8), points.astype(np.float32), LABELS, suffix))
    return made


@pytest.mark.parametrize(("suffix", "error"), [("png", 0), ("jpg", 6)])
def test_a_shard_is_read_as_it_was_written(tmp_path: Path, suffix: str, error: int) -> None:
    path, written = tmp_path / "00000.tar", faces(suffix)
    assert write_shard(path, iter(written)) == 3
    found = list(read_shard(path))
    assert len(found) == 3
    for one, other in zip(written, found, strict=True):
        assert other.labels == LABELS
        assert np.array_equal(one.points, other.points)
        image, mask = unpack(other)
        assert np.array_equal(mask, unpack(one)[1])
        y, x = np.mgrid[:40, :40]
        expected = np.stack([x * 3, y * 5, 255 - x * 4], 2)
        assert np.abs(image - expected).max() <= error, "red is red"
    assert not list(tmp_path.glob("*.tmp"))


def test_the_same_faces_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_shard(tmp_path / name / "00000.tar", faces("jpg"))
    one, two = ((tmp_path / name / "00000.tar").read_bytes() for name in ("a", "b"))
    assert one == two
    with tarfile.open(tmp_path / "a" / "00000.tar") as tar:
        assert tar.getnames()[:3] == [f"00000-00000.{end}" for end in ("jpg", "json", "mask.png")]


def test_a_damaged_shard(tmp_path: Path) -> None:
    path = tmp_path / "00000.tar"
    path.write_bytes(b"no archive at all" * 100)
    with pytest.raises(TrainingError, match="damaged"):
        list(read_shard(path))
