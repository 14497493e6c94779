"""Random scenes: the same for the same chance, honest about what they show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.faces import landmarks as lm
from engine.training.ahead import Ahead
from engine.training.heads.covers import cover
from engine.training.heads.fabrics import background, fabric
from engine.training.heads.head_set import HeadSet, write_heads
from engine.training.heads.labels import BEYOND, COVER, HAIR, IGNORED, SCREEN, SKIN, shrunk
from engine.training.heads.scenes import LabelledHead, Scene, covered, lent, scene, without_spill
from tests.unit.training import painted_heads as painted

PICTURES = np.random.default_rng(9).integers(0, 256, (3, painted.SIDE, painted.SIDE, 3), np.uint8)


def scenes(count: int, seed: int = 0) -> list[Scene]:
    random = np.random.default_rng(seed)
    return [scene(painted.head(), PICTURES, random) for _ in range(count)]


def blueness(picture: NDArray[np.uint8]) -> NDArray[np.int64]:
    values = picture.astype(np.int64)
    return np.asarray(values[..., 2] - values[..., :2].max(2))


def test_the_same_chance_gives_the_same_scenes() -> None:
    first, again, other = scenes(6), scenes(6), scenes(6, seed=1)
    for one, two in zip(first, again, strict=True):
        assert np.array_equal(one.frame, two.frame)
        assert np.array_equal(one.labels, two.labels)
    assert not np.array_equal(first[0].frame, other[0].frame)


def test_labels_hold_parts_or_nothing_and_every_part_occurs() -> None:
    made = scenes(12)
    found = set(np.unique(np.stack([one.labels for one in made])).tolist())
    assert found == {0, SKIN, HAIR, COVER, IGNORED}
    for one in made:
        assert (one.frame.dtype, one.labels.dtype) == (np.uint8, np.uint8)
        assert one.frame.shape == (painted.SIDE, painted.SIDE, 3)


def test_a_scene_leaves_its_head_as_it_was() -> None:
    frame, labels = painted.head().frame.copy(), painted.head().labels.copy()
    scenes(4)
    assert np.array_equal(painted.head().frame, frame)
    assert np.array_equal(painted.head().labels, labels)


def test_the_screen_goes_and_the_head_stays() -> None:
    for one in scenes(12):
        known = one.labels != IGNORED
        kept = np.isin(one.labels, (SKIN, HAIR, COVER)) & known
        assert 0.05 < kept.mean() < 0.9


def test_no_screen_is_left_at_the_edge() -> None:
    portrait, screen = painted.portrait(), np.isin(painted.head().labels, (SCREEN, BEYOND))
    edge = ~screen & painted.seen(10) & (painted.head().labels == HAIR)
    assert blueness(portrait)[edge].max() > 20, "there was some"
    clean, carried_on = without_spill(portrait, screen)
    assert blueness(clean)[edge].max() < 20
    inside = painted.seen(10)
    assert blueness(carried_on)[inside].max() < 30, "not behind the head either"
    assert np.array_equal(clean[screen], portrait[screen])


def test_covers_hide_what_they_cover() -> None:
    head = painted.head()
    labels = np.where(np.isin(head.labels, (SCREEN, BEYOND)), 0, head.labels).astype(np.uint8)
    shape = np.zeros((painted.SIDE, painted.SIDE), np.float32)
    shape[100:160, 100:160] = 1
    light = np.zeros((painted.SIDE, painted.SIDE, 3), np.float32)
    white = np.full_like(light, 255)
    for seed in range(8):
        shown, told = covered(light, labels, shape, white, np.random.default_rng(seed))
        assert (told[104:156, 104:156] == COVER).all()
        assert (shown[104:156, 104:156].mean(2) > 0.5).mean() > 0.9, "something is there"
        far = np.ones_like(shape, np.bool_)
        far[92:168, 92:168] = False
        assert np.array_equal(told[far], labels[far])
        assert (shown[far] == 0).all()
        assert (told == IGNORED).any(), "its very edge is nobody's"


def test_covers_are_lit_as_what_is_around_them() -> None:
    side = painted.SIDE
    light = np.full((side, side, 3), 40, np.float32)
    light[:, side // 2 :] = 200
    shape, labels = np.ones((side, side), np.float32), np.zeros((side, side), np.uint8)
    grey = np.full((side, side, 3), 100, np.float32)
    apart = []
    for seed in range(40):
        shown, _ = covered(light, labels, shape, grey, np.random.default_rng(seed))
        apart.append(float(shown[:, 3 * side // 4 :].mean() / shown[:, : side // 4].mean()))
    assert np.median(apart) > 1.15
    assert min(apart) < 1.1, "some have a light of their own"


def test_covers_are_of_many_shapes_and_lie_at_the_head() -> None:
    head = np.isin(painted.head().labels, (SKIN, HAIR))
    random = np.random.default_rng(0)
    shapes = [cover(painted.points(), head, random) for _ in range(40)]
    for shape in shapes:
        assert shape.shape == head.shape
        assert 0 <= shape.min() <= shape.max() <= 1
    sizes = [float(shape.mean()) for shape in shapes]
    assert min(sizes) < 0.03
    assert max(sizes) > 0.15
    assert np.mean([(shape[head] > 0.5).any() for shape in shapes]) > 0.8


def lender(colour: tuple[int, int, int]) -> tuple[LabelledHead, NDArray[np.bool_]]:
    """A head with a square of a colour before its mouth, and where that is."""
    head, shape = painted.head(), np.zeros((painted.SIDE, painted.SIDE), np.bool_)
    x, y = painted.points()[lm.CHIN].astype(int)
    shape[y - 40 : y - 5, x - 18 : x + 18] = True
    frame, labels = head.frame.copy(), head.labels.copy()
    frame[shape], labels[shape] = colour, COVER
    return LabelledHead(frame, labels, head.landmarks), shape


def test_what_covers_one_head_is_lent_to_others_where_it_was() -> None:
    thing, shape = lender((10, 220, 30))
    made = [lent(thing, painted.points(), np.random.default_rng(seed)) for seed in range(40)]
    for cloth, where in made:
        assert 0 <= where.min() <= where.max() <= 1
        assert 0.4 < where.sum() / shape.sum() < 2.5
        red, green, blue = np.sort(cloth[where > 0.99].mean(0))
        assert green < 0.3 * blue, "one channel is by far the strongest, whatever its hue became"
        assert red >= 0
    assert np.mean([where for _cloth, where in made], 0)[shrunk(shape, 9)].min() > 0.4
    assert len({round(float(where.sum())) for _cloth, where in made}) > 20
    hues = {int(cloth[where > 0.99].mean(0).argmax()) for cloth, where in made}
    assert hues > {1}, "some are dyed"


def test_it_is_lent_to_a_head_elsewhere() -> None:
    thing, shape = lender((10, 220, 30))
    half = painted.points() * np.float32(0.5) + np.float32(20)
    _cloth, where = lent(thing, half, np.random.default_rng(0))
    assert where.sum() == pytest.approx(shape.sum() / 4, rel=0.5)
    rows, columns = np.nonzero(where > 0.5)
    there = np.argwhere(shape).mean(0) * 0.5 + 20
    assert np.allclose([rows.mean(), columns.mean()], there, atol=12)


def test_scenes_show_what_is_lent() -> None:
    thing, _shape = lender((10, 220, 30))
    own, others = scenes(12), []
    random = np.random.default_rng(0)
    others = [scene(painted.head(), PICTURES, random, [thing]) for _ in range(12)]
    pairs = zip(own, others, strict=True)
    assert not all(np.array_equal(one.frame, two.frame) for one, two in pairs)


def test_a_head_that_lends_stays_as_it_was() -> None:
    thing, _shape = lender((10, 220, 30))
    frame, labels = thing.frame.copy(), thing.labels.copy()
    for seed in range(8):
        scene(painted.head(), PICTURES, np.random.default_rng(seed), [thing])
    assert np.array_equal(thing.frame, frame)
    assert np.array_equal(thing.labels, labels)


def test_fabrics_and_backgrounds_are_pictures() -> None:
    random = np.random.default_rng(0)
    for make in (fabric, background):
        made = [make(PICTURES, random) for _ in range(12)]
        assert all(one.shape == PICTURES.shape[1:] for one in made)
        assert all(one.min() >= 0 and one.max() <= 255 for one in made)
        assert len({round(float(one.mean()), 3) for one in made}) == len(made)


def test_a_set_as_training_sees_it(tmp_path: Path) -> None:
    data = HeadSet(painted.write(tmp_path / "set"))
    assert len(data) == 5
    assert (data.portraits.tolist(), data.others.tolist()) == ([1, 2, 3], [])
    assert data.held_out.tolist() == [0]
    plain = data.plain(0)
    rim = ~painted.seen(8)
    assert (plain.frame[rim] == 0).all()
    assert (plain.labels[rim] == IGNORED).all()
    assert np.array_equal(plain.frame[~rim], painted.portrait()[~rim])
    one, two = (data.scenes(2, 0.62, np.random.default_rng(4)) for _ in range(2))
    assert np.array_equal(one[1].frame, two[1].frame)
    assert data.covered.tolist() == []


def test_heads_that_lend_are_those_of_the_training(tmp_path: Path) -> None:
    thing, _shape = lender((10, 220, 30))
    names, heads = ["a.png", "b.png", "c.png"], [painted.head(), thing, thing]
    held = np.array([True, True, False])
    about = {"config": {}, "covered": ["b.png", "c.png"]}
    write_heads(tmp_path / "set", about, names, heads, 1, held)
    data = HeadSet(tmp_path / "set")
    assert data.covered.tolist() == [2]
    assert data.held_out.tolist() == [0, 1]


def test_a_folder_that_is_no_set(tmp_path: Path) -> None:
    with pytest.raises(TrainingError) as caught:
        HeadSet(tmp_path)
    assert caught.value.code == "training.data_missing"
    root = painted.write(tmp_path / "set")
    np.save(root / "labels.npy", np.zeros((2, 4, 4), np.uint8))
    with pytest.raises(TrainingError) as caught:
        HeadSet(root)
    assert caught.value.code == "training.data_broken"


def test_what_is_made_ahead_is_what_was_asked_for() -> None:
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number * number

    ahead = Ahead(make, 6)
    assert [ahead.take(number) for number in (0, 1, 4, 5)] == [0, 1, 16, 25]
    assert max(made) == 5, "nothing beyond the last step"
    assert ahead.take(2) == 4, "after going back to a checkpoint"
    assert ahead.take(7) == 49


def test_what_fails_ahead_fails_where_it_is_asked_for() -> None:
    def make(number: int) -> int:
        if number == 1:
            raise ValueError("no scene")
        return number

    ahead = Ahead(make, 3)
    assert ahead.take(0) == 0
    with pytest.raises(ValueError, match="no scene"):
        ahead.take(1)
