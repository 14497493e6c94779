"""Hair's edge by colour: strands are found, walls are not, and where colours agree nothing is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces.hair_edge import matted

SIDE = 128
HAIR, WALL = (40, 26, 20), (70, 80, 160)
ALL = np.ones((SIDE, SIDE), np.bool_)
NO_SKIN = np.zeros((SIDE, SIDE), np.float32)


def blurred_outline(width: int = 5) -> FloatArray:
    """Hair on the left half, softly ending ``width`` pixels to either side of the middle."""
    columns = np.arange(SIDE, dtype=np.float32)
    soft = np.clip((SIDE / 2 + width - columns) / (2 * width), 0, 1)
    return np.repeat(soft[None], SIDE, 0).astype(np.float32)


def halves(left: tuple[int, ...], right: tuple[int, ...], seed: int = 0) -> NDArray[np.uint8]:
    picture = np.empty((SIDE, SIDE, 3))
    picture[:, : SIDE // 2], picture[:, SIDE // 2 :] = left, right
    picture += np.random.default_rng(seed).normal(0, 2, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def test_a_soft_outline_becomes_the_edge_that_colours_have() -> None:
    found = matted(halves(HAIR, WALL), blurred_outline(), NO_SKIN, ALL)
    assert found[:, 58:62].min() > 0.8
    assert found[:, 66:76].max() < 0.2, "no halo on the wall"


def test_a_strand_before_the_wall_is_hair() -> None:
    picture = halves(HAIR, WALL)
    picture[40:44, 60:70] = HAIR
    found = matted(picture, blurred_outline(), NO_SKIN, ALL)
    assert found[41:43, 65:68].mean() > 0.8
    assert found[50:60, 65:68].mean() < 0.15


def test_mixed_pixels_are_hair_in_part() -> None:
    picture = halves(HAIR, WALL)
    half = (np.array(HAIR) + WALL) / 2
    picture[:, 64:68] = half.astype(np.uint8)
    found = matted(picture, blurred_outline(), NO_SKIN, ALL)
    assert float(found[:, 65:67].mean()) == pytest.approx(0.5, abs=0.12)


def test_where_colours_agree_the_outline_stays() -> None:
    outline = blurred_outline()
    found = matted(halves(HAIR, (44, 28, 22)), outline, NO_SKIN, ALL)
    assert float(np.abs(found - outline).mean()) < 0.05


def test_what_is_neither_of_the_two_keeps_the_outline() -> None:
    picture = halves(HAIR, WALL)
    picture[60:70, 60:72] = (220, 200, 40)  # an earring
    outline = blurred_outline()
    np.testing.assert_allclose(
        matted(picture, outline, NO_SKIN, ALL)[62:68, 62:70], outline[62:68, 62:70], atol=0.05
    )


def test_at_the_skin_the_outline_mostly_stays() -> None:
    picture, outline = halves(HAIR, (205, 160, 135)), blurred_outline()
    skin = (1 - outline).astype(np.float32)
    alone, beside = (matted(picture, outline, face, ALL) for face in (NO_SKIN, skin))
    assert (
        np.abs(beside - outline)[:, 60:72].mean() < 0.5 * np.abs(alone - outline)[:, 60:72].mean()
    )


def test_inside_and_far_from_hair_nothing_changes() -> None:
    picture, outline = halves(HAIR, WALL), blurred_outline(3)
    picture[:, 100:] = HAIR  # a dark coat
    found = matted(picture, outline, NO_SKIN, ALL)
    np.testing.assert_array_equal(found[:, :55], outline[:, :55])
    assert found[:, 90:].max() < 0.05


def test_what_lies_beside_the_photo_is_no_wall() -> None:
    """Black where there is no photo: hair that ends there does not begin to fade."""
    picture, shown = halves(HAIR, (0, 0, 0)), ALL.copy()
    shown[:, SIDE // 2 :] = False
    outline = blurred_outline()
    np.testing.assert_allclose(matted(picture, outline, NO_SKIN, shown), outline, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31), st.floats(0, 1))
def test_it_stays_between_none_and_all(seed: int, level: float) -> None:
    random = np.random.default_rng(seed)
    picture = random.integers(0, 256, (32, 32, 3), np.uint8)
    hair = np.clip(random.normal(level, 0.5, (32, 32)), 0, 1).astype(np.float32)
    found = matted(picture, hair, 1 - hair, np.ones((32, 32), np.bool_))
    assert found.dtype == np.float32
    assert found.min() >= 0
    assert found.max() <= 1
