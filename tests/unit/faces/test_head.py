"""The frame around a crop: at its scale, black beside the photo, and what is where in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces.covering import Coverings
from engine.faces.foreign import cover_mask
from engine.faces.head import (
    FRAME,
    PARSED_SIDE,
    PARTS,
    Parse,
    around,
    corner,
    frame_matrix,
    frame_of,
    heads_in,
    inner,
)
from engine.imaging.geometry import invert, transform_points
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, crop, landmarks, picture


def seeing(part: str, where: NDArray[np.bool_]) -> Parse:
    """A parser that sees one part where it is told, and nothing else."""

    def parse(frames: Sequence[NDArray[np.uint8]]) -> FloatArray:
        assert all(frame.shape == (PARSED_SIDE, PARSED_SIDE, 3) for frame in frames)
        shares = np.zeros((len(frames), len(PARTS), PARSED_SIDE, PARSED_SIDE), np.float32)
        shares[:, 0, ~where] = 1
        shares[:, PARTS.index(part), where] = 1
        return shares

    return parse


def box(top: float, bottom: float, left: float = 0.3, right: float = 0.7) -> NDArray[np.bool_]:
    """A rectangle of the frame, in shares of its side."""
    where = np.zeros((PARSED_SIDE, PARSED_SIDE), bool)
    rows, columns = (np.array([top, bottom]), np.array([left, right]))
    (y0, y1), (x0, x1) = ((PARSED_SIDE * v).astype(int) for v in (rows, columns))
    where[y0:y1, x0:x1] = True
    return where


class NoHands:
    """A hand finder that sees none."""

    def find(self, rgb: NDArray[np.uint8]) -> tuple[FloatArray, ...]:
        return ()

    def close(self) -> None:
        pass


@pytest.mark.parametrize("side", [64, 128, 256])
def test_the_crop_lies_where_the_frame_says(side: int) -> None:
    noise = np.random.default_rng(0).integers(1, 255, (side, side, 3)).astype(np.uint8)
    frame = around(noise)
    assert frame.shape == (FRAME * side, FRAME * side, 3)
    np.testing.assert_array_equal(frame[inner(side)], noise)
    x, y = corner(side)
    assert not frame[:y].any()
    assert not frame[:, :x].any()


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
@pytest.mark.parametrize("side", [64, 128])
def test_the_frame_s_middle_is_the_crop(name: str, side: int) -> None:
    face = crop(name, side)
    frame = frame_of(picture(name), face)
    np.testing.assert_array_equal(frame[inner(side)], face.pixels)


@pytest.mark.parametrize("side", [64, 128])
def test_the_picture_goes_on_beside_the_crop(side: int) -> None:
    frame = frame_of(picture(ASTRONAUT), crop(ASTRONAUT, side))
    x, y = corner(side)
    edge, beyond = (frame[y : y + side, column].mean(1) for column in (x, x - 1))
    assert np.corrcoef(edge, beyond)[0, 1] > 0.8


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
def test_beside_the_photo_the_frame_is_black(name: str) -> None:
    face = crop(name, 128)
    photo = picture(name)[:150]  # cut below the eyes
    frame = frame_of(photo, face)
    rows, columns = np.mgrid[: len(frame), : len(frame)]
    places = transform_points(
        invert(frame_matrix(face)), np.stack([columns.ravel(), rows.ravel()], 1)
    )
    below = (places[:, 1] > 150).reshape(rows.shape)
    below[inner(128)] = False  # what a crop shows beside the photo is the crop's business
    assert 0.1 < below.mean() < 0.9
    assert not frame[below].any()
    assert frame[(places[:, 1] < 100).reshape(rows.shape)].any()


def test_hair_is_soft_and_gone_at_the_border() -> None:
    everywhere = np.ones((PARSED_SIDE, PARSED_SIDE), bool)
    frame = frame_of(picture(ASTRONAUT), crop(ASTRONAUT, 128))
    (head,) = heads_in([frame], seeing("hair", everywhere))
    assert head.hair[0].max() == head.hair[:, -1].max() == 0
    assert head.hair[inner(128)].min() > 0.99


@pytest.mark.parametrize("side", [64, 256])
def test_what_a_parser_sees_lies_in_the_frame_s_pixels(side: int) -> None:
    frame = frame_of(picture(ASTRONAUT), crop(ASTRONAUT, side))
    (head,) = heads_in([frame], seeing("skin", box(0.5, 0.6)))
    rows = np.flatnonzero((head.skin > 0.5).any(1))
    assert rows[0] == pytest.approx(0.5 * len(frame), abs=2)
    assert rows[-1] == pytest.approx(0.6 * len(frame), abs=3)


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
def test_a_cover_that_a_parser_sees_leaves_the_mask(name: str) -> None:
    face = crop(name, 128)
    frame = frame_of(picture(name), face)
    (head,) = heads_in([frame], seeing("cover", box(0.05, 0.42, 0.2, 0.8)))
    covers = Coverings(NoHands())
    bare = covers.taken_out(picture(name), landmarks(name), face)
    kept = covers.taken_out(picture(name), landmarks(name), face, head)
    covered = head.cover[inner(128)] > 0.9
    assert bare.mask[covered].max() > 0.9
    assert kept.mask[covered].max() < 0.15
    np.testing.assert_array_equal(kept.mask[64:], bare.mask[64:])


def test_below_the_brows_a_cover_counts_where_it_is_sure_as_a_whole() -> None:
    frame, mouth = frame_of(picture(ASTRONAUT), crop(ASTRONAUT, 128)), box(0.58, 0.75)
    (sure,) = heads_in([frame], share_of("cover", "hair", 0.9, mouth))
    (unsure,) = heads_in([frame], share_of("cover", "hair", 0.45, mouth))
    (small,) = heads_in([frame], share_of("cover", "hair", 0.9, box(0.6, 0.62, 0.5, 0.52)))
    assert sure.cover[150:185, 82:174].min() > 0.8
    assert sure.cover[:140].max() < 0.1
    assert unsure.cover.max() == small.cover.max() == 0
    assert sure.hair.max() == 0
    assert unsure.hair.max() > 0.5, "a beard"


def test_dark_glasses_are_no_hat_and_no_hair() -> None:
    frame = frame_of(picture(ASTRONAUT), crop(ASTRONAUT, 128))
    eyes = box(0.4, 0.51, 0.34, 0.66)  # from above the brows
    (worn,) = heads_in([frame], share_of("cover", "skin", 0.9, eyes))
    rows = np.flatnonzero((worn.cover > 0.5).any(1))
    assert rows[0] == pytest.approx(0.4 * 256, abs=2)
    assert rows[-1] == pytest.approx(0.51 * 256, abs=2)
    assert worn.hair.max() == 0


def share_of(part: str, other: str, much: float, at: NDArray[np.bool_] | None = None) -> Parse:
    """A parser that is not sure what is there; above the brows if not said otherwise."""

    def parse(frames: Sequence[NDArray[np.uint8]]) -> FloatArray:
        where = box(0.05, 0.4) if at is None else at
        shares = seeing(part, where)(frames)
        shares[:, PARTS.index(part), where] = much
        shares[:, PARTS.index(other), where] = 1 - much
        return shares

    return parse


def test_a_head_as_a_whole_wears_a_hat_or_none() -> None:
    frame = frame_of(picture(ASTRONAUT), crop(ASTRONAUT, 128))
    top = (slice(40, 90), slice(100, 150))
    (bare,) = heads_in([frame], share_of("hair", "cover", 0.7))
    (worn,) = heads_in([frame], share_of("cover", "hair", 0.7))
    assert bare.hair[top].min() > 0.9
    assert bare.cover[top].max() == 0
    assert worn.hair[top].max() == 0
    assert worn.cover[top].min() > 0.6


def test_a_piece_on_the_shoulders_is_none_of_the_head_s() -> None:
    frame = frame_of(picture(ASTRONAUT), crop(ASTRONAUT, 128))
    (collar,) = heads_in([frame], seeing("hair", box(0.82, 0.9)))
    (plait,) = heads_in([frame], seeing("hair", box(0.2, 0.9, 0.1, 0.25)))
    assert collar.hair.max() == 0
    assert plait.hair.max() > 0.9


def test_a_cover_of_some_size_leaves_the_mask_wherever_it_lies() -> None:
    face = crop(ASTRONAUT, 128)
    for rows, columns in ((slice(66, 106), slice(34, 94)), (slice(80, 92), slice(56, 72))):
        worn = np.zeros((128, 128), np.float32)
        worn[rows, columns] = 1
        assert (cover_mask(worn, face.mask) == worn).all(), "a mask, and a pacifier"
    speck = np.zeros((128, 128), np.float32)
    speck[70:74, 60:64] = 1
    assert not cover_mask(speck, face.mask).any()
