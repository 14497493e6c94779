"""Labels that nobody draws: of portraits before a screen, and by a teacher."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces.landmarks import BEARD_AREA, OUTER_LIPS
from engine.training.heads.labels import (
    BARE,
    BEYOND,
    COVER,
    HAIR,
    IGNORED,
    OTHER,
    SCREEN,
    SKIN,
    coloured,
    filled,
    grown,
    learnt,
    shrunk,
    with_things,
    within,
    without_covers,
)
from engine.training.heads.screen import screen_labels
from engine.training.heads.taught import averaged, taught_labels
from tests.unit.training import painted_heads as painted


def share(labels: NDArray[np.uint8], value: int, where: NDArray[np.bool_]) -> float:
    return float((labels[where] == value).mean())


def test_a_portrait_before_a_screen() -> None:
    labels = painted.head().labels
    where, inside = painted.regions(), painted.seen(8)
    person = where["hair"] | where["skin"] | where["suit"]
    assert share(labels, SCREEN, ~grown(person, 9) & inside) > 0.99
    assert share(labels, HAIR, shrunk(where["hair"], 9) & inside) > 0.95
    assert share(labels, SKIN, shrunk(where["oval"], 25)) > 0.9
    assert share(labels, HAIR, shrunk(where["oval"], 25)) < 0.02
    assert share(labels, SCREEN, shrunk(person, 9)) == 0
    assert share(labels, SKIN, shrunk(where["suit"], 9) & inside) == 0
    assert not (labels == COVER).any()


def test_nothing_is_known_beside_the_photo() -> None:
    labels = painted.head().labels
    assert (labels[~painted.seen(8)] == BEYOND).all()
    assert not (labels[painted.seen(8)] == BEYOND).any()


def test_a_crop_that_reaches_beyond_the_photo_is_shown_but_not_known() -> None:
    seen = painted.seen()
    seen[150:] = False
    labels = within(np.full(seen.shape, SKIN, np.uint8), seen)
    assert (labels[:150] == SKIN).all()
    assert (labels[151:200, 64:192] == IGNORED).all()
    assert (labels[151:, :64] == BEYOND).all()


def test_a_beard_is_hair_on_a_man() -> None:
    points, inside = painted.points(), painted.seen()
    bearded = painted.portrait(bearded=True)
    lips = grown(filled([points[list(OUTER_LIPS)]], painted.SIDE), 9)
    jaws = shrunk(filled([points[list(BEARD_AREA)]], painted.SIDE), 7) & ~lips
    of_man = screen_labels(bearded, inside, points, man=True)
    assert of_man is not None
    assert share(of_man, HAIR, jaws) > 0.9
    shaven = painted.head().labels
    assert share(shaven, HAIR, jaws) == 0


def test_without_a_blue_screen_there_are_no_labels() -> None:
    grey = painted.portrait(behind=(128, 128, 128))
    assert screen_labels(grey, painted.seen(), painted.points(), man=True) is None


def test_what_is_unknown_of_a_head_that_nothing_covers_is_bare() -> None:
    points, oval = painted.points(), shrunk(painted.regions()["oval"], 25)
    rows = np.mgrid[: painted.SIDE, : painted.SIDE][0]
    low, high = oval & (rows > points[4, 1]), oval & (rows < points[105, 1] - 2)
    labels = np.full((painted.SIDE, painted.SIDE), IGNORED, np.uint8)
    labels[200:] = SKIN
    plain = without_covers(labels, points, hat=False)
    assert (plain[:200] == BARE).all()
    assert (plain[200:] == SKIN).all()
    hatted = without_covers(labels, points, hat=True)
    assert share(hatted, BARE, low & (labels == IGNORED)) == 1
    assert share(hatted, BARE, high) == 0, "a hat is there"
    assert share(hatted, BARE, ~painted.regions()["oval"]) == 0, "and perhaps a scarf"


def test_things_outlined_by_hand_are_cut_out_along_their_edges() -> None:
    frame = painted.portrait()
    thing = np.zeros(frame.shape[:2], np.bool_)
    thing[140:190, 110:150] = True
    frame[thing] = (30, 160, 60)
    rough = np.float32([[107, 143], [153, 138], [148, 193], [112, 187]])  # 3 pixels off
    labels = with_things(frame, np.full(thing.shape, SKIN, np.uint8), [rough])
    told = labels == COVER
    assert (told & ~thing).sum() < 0.02 * thing.sum()
    assert (told & thing).sum() > 0.85 * thing.sum()
    assert (labels[shrunk(thing, 3)] != SKIN).all(), "where they disagree nobody knows"
    assert (labels[~grown(thing, 11)] == SKIN).all()


def test_what_is_learnt_of_labels() -> None:
    told = learnt(np.array([[OTHER, SKIN, HAIR, COVER, BARE, SCREEN, BEYOND, IGNORED]], np.uint8))
    assert told.tolist() == [[0, 1, 2, 3, BARE, 0, IGNORED, IGNORED]]


def test_only_what_is_known_is_tinted() -> None:
    frame = np.full((1, 2, 3), 100, np.uint8)
    shown = coloured(frame, np.array([[HAIR, IGNORED]], np.uint8))
    assert shown[0, 1].tolist() == [100] * 3
    assert shown[0, 0].tolist() == [50, 177, 50]


def says(parts: NDArray[np.uint8]) -> FloatArray:
    """Shares of almost 1 for the parts given, (4, F, F)."""
    planes = [np.where(parts == part, 0.94, 0.02) for part in range(4)]
    return np.stack(planes).astype(np.float32)


class BlueIsOther:
    """A teacher that knows the painted colours alone, and takes ``dark`` for one part."""

    def __init__(self, dark: int) -> None:
        self.dark = dark
        self.asked: list[NDArray[np.uint8]] = []

    def __call__(self, frames: Sequence[NDArray[np.uint8]]) -> FloatArray:
        self.asked += frames
        return np.stack([says(self._parts(frame.astype(int))) for frame in frames])

    def _parts(self, frame: NDArray[np.int64]) -> NDArray[np.uint8]:
        parts = np.where(frame[..., 0] > 150, SKIN, OTHER)
        brown = (frame.max(2) < 85) & (frame.max(2) > 50)
        return np.where(brown, self.dark, parts).astype(np.uint8)


def taught(dark: int, *, hat: bool, rim: int = 8) -> NDArray[np.uint8]:
    teacher = BlueIsOther(dark)
    labels = taught_labels(
        painted.portrait(), painted.seen(rim), painted.points(), teacher, hat=hat
    )
    assert all((frame[0] == 0).all() for frame in teacher.asked[:2]), "black beside the photo"
    return labels


def test_hair_by_a_teacher() -> None:
    where, inside = painted.regions(), painted.seen(8)
    for dark in (HAIR, COVER):  # without a hat, a cover above is hair that was mistaken
        labels = taught(dark, hat=False)
        assert share(labels, HAIR, shrunk(where["hair"], 9) & inside) > 0.9
        assert share(labels, SKIN, shrunk(where["oval"], 35)) > 0.5
        assert not np.isin(labels, (COVER, SCREEN)).any()


class HairToTheBrows(BlueIsOther):
    """A teacher that takes every forehead for hair."""

    def _parts(self, frame: NDArray[np.int64]) -> NDArray[np.uint8]:
        rows = np.mgrid[: len(frame), : len(frame)][0]
        parts = super()._parts(frame)
        forehead = (parts == SKIN) & (rows < painted.points()[[105, 334], 1].mean())
        return np.where(forehead, HAIR, parts).astype(np.uint8)


def test_what_looks_like_the_cheeks_is_no_hair_whatever_a_teacher_says() -> None:
    where, frame = painted.regions(), painted.portrait()
    labels = taught_labels(
        frame, painted.seen(8), painted.points(), HairToTheBrows(HAIR), hat=False
    )
    rows = np.mgrid[: painted.SIDE, : painted.SIDE][0]
    above = rows < painted.points()[[105, 334], 1].min() - 5
    forehead = shrunk(where["oval"], 9) & above
    assert forehead.sum() > 200
    assert share(labels, SKIN, forehead) > 0.9
    assert share(labels, HAIR, forehead) < 0.02
    assert share(labels, HAIR, shrunk(where["hair"], 9) & painted.seen(8)) > 0.9


def test_with_a_hat_what_is_above_the_brows_is_a_cover() -> None:
    labels = taught(HAIR, hat=True)
    upper = shrunk(painted.regions()["hair"], 9) & painted.seen(8)
    rows = np.mgrid[: painted.SIDE, : painted.SIDE][0]
    brows = painted.points()[[105, 334], 1].mean()
    height = float(np.linalg.norm(painted.points()[10] - painted.points()[152]))
    assert share(labels, COVER, upper & (rows < brows - 0.1 * height)) > 0.9
    assert not (labels[rows > brows] == COVER).any()


def test_a_teacher_labels_nothing_beside_the_photo() -> None:
    for hat in (False, True):
        labels = taught(HAIR, hat=hat, rim=30)
        assert (labels[~painted.seen(30)] == BEYOND).all()
        assert not (labels[painted.seen(30)] == BEYOND).any()


def test_views_are_averaged_where_they_belong() -> None:
    frame = painted.portrait()
    frame[:, :128] = frame[:, 128:][:, ::-1]
    frame[60:100, 20:60] = 60
    told = averaged(frame, BlueIsOther(COVER))
    assert np.allclose(told.sum(2), 1, atol=1e-5)
    assert told[65:95, 25:55, COVER].min() > 0.9
    assert told[65:95, 201:231, COVER].max() < 0.1
