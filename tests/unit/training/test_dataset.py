"""Batches: the crop, its mask and its points move together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import TrainingError
from engine.training.dataset import Batch, PreparedSet, balanced_weights, evened_weights
from engine.training.set_folder import shard_path
from tests.unit.training import tiny_set

CROP, STORED = tiny_set.CROP.side, tiny_set.STORED

FIRST = np.array([0], np.int64)
MIRRORED_ORDER = [1, 0, 2, 4, 3]


@pytest.fixture
def marked(tmp_path: Path) -> PreparedSet:
    """One face: coloured dots at the five points, the mask nowhere but at the nose."""
    mask = np.zeros((STORED, STORED), np.uint8)
    mask[int(tiny_set.POINTS[2, 1]), int(tiny_set.POINTS[2, 0])] = 255
    marked = tiny_set.write(
        tmp_path,
        4,
        images=[tiny_set.markers()] * 4,
        masks=[mask] * 4,
        points=[tiny_set.POINTS] * 4,
    )
    return PreparedSet(marked)


def colours_at_points(batch: Batch) -> list[tuple[int, ...]]:
    """What the picture shows where the points say; the points must be whole pixels inside."""
    found = []
    for x, y in batch.points[0].tolist():
        assert x == int(x)
        assert y == int(y)
        pixel = batch.image[0, :, int(y), int(x)] * 255
        found.append(tuple(int(v) for v in pixel.round()))
    return found


def test_shapes_ranges_and_memory(tmp_path: Path) -> None:
    data = PreparedSet(tiny_set.write(tmp_path, 8))
    batch = data.batch(np.array([3, 1, 6]), np.random.default_rng(0))
    assert batch.image.shape == (3, 3, CROP, CROP)
    assert batch.image.is_contiguous(memory_format=torch.channels_last)
    assert batch.mask.shape == (3, 1, CROP, CROP)
    assert batch.points.shape == (3, 5, 2)
    assert {t.dtype for t in (batch.image, batch.mask, batch.points, batch.age, batch.gender)} == {
        torch.float32
    }
    assert batch.image.min() >= 0
    assert 0.5 < batch.image.max() <= 1
    torch.testing.assert_close(batch.age, torch.from_numpy(data.age[[3, 1, 6]]))
    assert batch.gender.tolist() == [1, 1, 0]


def test_without_chance_the_middle_is_cut(marked: PreparedSet) -> None:
    batch = marked.batch(FIRST)
    rim = (STORED - CROP) // 2
    assert np.array_equal(batch.points[0].numpy(), tiny_set.POINTS - rim)
    assert colours_at_points(batch) == list(tiny_set.COLOURS)


def test_a_mirrored_and_shifted_face_keeps_its_points(marked: PreparedSet) -> None:
    straight = list(tiny_set.COLOURS)
    mirrored = [straight[i] for i in MIRRORED_ORDER]
    random, shifts, flips = np.random.default_rng(5), set(), 0
    for _ in range(40):
        batch = marked.batch(FIRST, random, shift=8)
        colours = colours_at_points(batch)
        assert colours in (straight, mirrored)
        flips += colours == mirrored
        points = batch.points[0]
        assert points[0, 0] < points[1, 0], "left stays the picture's left"
        assert points[3, 0] < points[4, 0]
        shifts.add(int(points[2, 1]))
        nose = [int(v) for v in points[2]]
        assert torch.nonzero(batch.mask[0, 0]).tolist() == [nose[::-1]]
    assert 8 < flips < 32
    assert min(shifts) < 72 - 5
    assert max(shifts) > 72 + 5 - 16 + 8


def test_a_shift_stays_within_its_limit(marked: PreparedSet) -> None:
    random = np.random.default_rng(1)
    heights = {int(marked.batch(FIRST, random, shift=2).points[0, 2, 1]) for _ in range(60)}
    assert heights == {70, 71, 72, 73, 74}


def test_the_mask_falls_to_nothing_at_the_crops_border(tmp_path: Path) -> None:
    mask = (
        PreparedSet(tiny_set.write(tmp_path, 4)).batch(FIRST, np.random.default_rng(0)).mask[0, 0]
    )
    assert mask[0].max() == mask[-1].max() == mask[:, 0].max() == mask[:, -1].max() == 0
    assert mask[CROP // 2, CROP // 2] == 1


def test_the_same_seed_cuts_the_same_crops(tmp_path: Path) -> None:
    data, rows = PreparedSet(tiny_set.write(tmp_path, 4)), np.array([0, 1, 2])
    one, two = (data.batch(rows, np.random.default_rng(3)) for _ in range(2))
    assert torch.equal(one.image, two.image)
    assert not torch.equal(one.image, data.batch(rows, np.random.default_rng(4)).image)


def test_a_batch_never_writes_to_the_set(marked: PreparedSet) -> None:
    for _ in range(4):
        marked.batch(FIRST, np.random.default_rng(0))
    assert np.array_equal(marked.points[0], tiny_set.POINTS)


def test_labels(tmp_path: Path) -> None:
    data = PreparedSet(tiny_set.write(tmp_path, 8, unlabelled=2))
    assert len(data) == 8
    assert np.isnan(data.age[:2]).all()
    assert np.isfinite(data.age[2:]).all()
    assert data.validation.tolist() == [False, True, False, False] * 2


def test_sharp_leaves_out_the_softest_of_utkface(tmp_path: Path) -> None:
    data = PreparedSet(tiny_set.write(tmp_path, 20, unlabelled=10))
    data.sharpness[:] = [*([1] * 10), *range(1, 11)]
    limit = np.quantile(np.arange(1, 11), 0.3)
    assert data.sharp().tolist() == [False] * 10 + [v >= limit for v in range(1, 11)]


def test_no_set_and_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(TrainingError) as caught:
        PreparedSet(tmp_path / "nothing")
    assert caught.value.code == "training.data_missing"
    root = tiny_set.write(tmp_path / "set", 4)
    table = root / "faces.csv"
    table.write_text("\n".join(table.read_text().splitlines()[:-1]) + "\n")
    with pytest.raises(TrainingError) as caught:
        PreparedSet(root)
    assert caught.value.code == "training.data_broken"


def test_the_shards_are_unpacked_once(tmp_path: Path) -> None:
    root = tiny_set.write(tmp_path, 4)
    first = PreparedSet(root).images[:]
    shard_path(root, 0).unlink()
    assert np.array_equal(PreparedSet(root).images, first)


def test_other_shards_are_unpacked_anew(tmp_path: Path) -> None:
    before = PreparedSet(tiny_set.write(tmp_path, 4)).images[:].copy()
    after = PreparedSet(tiny_set.write(tmp_path, 4, seed=1)).images[:]
    assert not np.array_equal(before, after)


def test_an_altered_shard_is_refused(tmp_path: Path) -> None:
    root = tiny_set.write(tmp_path, 4)
    data = bytearray(shard_path(root, 0).read_bytes())
    data[700] ^= 1
    shard_path(root, 0).write_bytes(data)
    with pytest.raises(TrainingError, match=r"00000\.tar is missing or is not what"):
        PreparedSet(root)


def test_rare_labels_weigh_more_within_their_age() -> None:
    ages = np.repeat(np.array([25, 65], np.float32), (100, 50))
    labels = np.concatenate([np.repeat([0, 1], (80, 20)), np.repeat([0, 1], (40, 10))])
    plain = balanced_weights(ages, 0.6)
    even = evened_weights(plain, ages, labels, 1.0)
    assert even.sum() == pytest.approx(1)
    for age in (25, 65):
        here = ages == age
        assert even[here].sum() == pytest.approx(plain[here].sum()), "an age keeps its share"
        assert even[here & (labels == 0)].sum() == pytest.approx(even[here & (labels == 1)].sum())
    np.testing.assert_allclose(evened_weights(plain, ages, labels, 0.0), plain)


def test_a_single_face_is_not_drawn_over_and_over() -> None:
    ages, labels = np.full(81, 25, np.float32), np.array([1] + [0] * 80)
    even = evened_weights(np.full(81, 1 / 81), ages, labels, 1.0)
    assert even[0] == pytest.approx(10 * even[1]), "as if there were eight of its label"


@pytest.mark.parametrize(("power", "young"), [(0.0, 1 / 4), (1.0, 1 / 6), (0.5, None)])
def test_rare_ages_weigh_more(power: float, young: float | None) -> None:
    weights = balanced_weights(np.array([20, 21.5, 24.9, 60], np.float32), power)
    assert weights.sum() == pytest.approx(1)
    if young is None:
        young = 3**-0.5 / (3 * 3**-0.5 + 1)
    assert weights == pytest.approx([young] * 3 + [1 - 3 * young])
