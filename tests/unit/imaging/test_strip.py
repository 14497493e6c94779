"""The contact strip: heights, order, captions that fit."""

from __future__ import annotations

import numpy as np
import pytest

from engine.imaging.strip import MAX_HEIGHT, contact_strip
from tests.unit.imaging.pictures import asymmetric


def block(colour: tuple[int, int, int], width: int, height: int) -> np.ndarray:
    return np.full((height, width, 3), colour, np.uint8)


def test_pictures_lie_side_by_side_in_order() -> None:
    red, green = block((200, 0, 0), 100, 80), block((0, 200, 0), 50, 80)
    strip = contact_strip([red, green], ["now", "65"])
    reds = np.flatnonzero((strip[40] == (200, 0, 0)).all(axis=-1))
    greens = np.flatnonzero((strip[40] == (0, 200, 0)).all(axis=-1))
    assert (len(reds), len(greens)) == (100, 50)
    assert reds.max() < greens.min()
    assert strip.dtype == np.uint8


def test_one_height_for_all_and_shapes_kept() -> None:
    strip = contact_strip([block((200, 0, 0), 2000, 1600), block((0, 200, 0), 30, 40)], ["", ""])
    assert MAX_HEIGHT < strip.shape[0] < MAX_HEIGHT * 1.2
    reds = (strip[MAX_HEIGHT // 2] == (200, 0, 0)).all(axis=-1).sum()
    greens = (strip[MAX_HEIGHT // 2] == (0, 200, 0)).all(axis=-1).sum()
    assert (reds, greens) == (900, 540)


def test_16_bit_pictures() -> None:
    strip = contact_strip([asymmetric(dtype=np.uint16)], ["a"])
    inner = (strip.astype(int)[4:36, 4:52] - asymmetric()) if strip.shape[0] > 36 else None
    assert inner is not None
    assert np.abs(inner).max() <= 1


def test_captions_are_drawn_below_their_picture_and_inside_its_width() -> None:
    plain = contact_strip([block((9, 9, 9), 120, 200)] * 2, ["", ""])
    texted = contact_strip([block((9, 9, 9), 120, 200)] * 2, ["", "61–70 years, " * 9])
    rows, columns = np.nonzero((plain != texted).any(axis=-1))
    assert len(rows) > 20
    assert rows.min() >= 205
    assert columns.min() >= 5 + 120 + 5 - 1
    assert columns.max() <= 5 + 120 + 5 + 120 + 1


def test_needs_a_caption_for_each_picture() -> None:
    with pytest.raises(ValueError, match="caption"):
        contact_strip([], [])
    with pytest.raises(ValueError, match="caption"):
        contact_strip([asymmetric()], [])
