"""Pixels keep their place, colour and depth on the way to Qt and back."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from gui.bridge.image_convert import (
    Pyramid,
    crop_to_photo,
    to_array,
    to_eight_bit,
    to_qimage,
    to_qimage_with_alpha,
)


@pytest.mark.parametrize("width", [1, 2, 3, 5, 7, 64, 101])
def test_odd_widths_survive_qts_row_padding(width: int) -> None:
    pixels = np.random.default_rng(width).integers(0, 256, (9, width, 3), dtype=np.uint8)
    assert np.array_equal(to_array(to_qimage(pixels)), pixels)


def test_colour_order_and_position() -> None:
    pixels = np.zeros((4, 6, 3), np.uint8)
    pixels[1, 5] = (250, 120, 10)
    image = to_qimage(pixels)
    assert image.pixelColor(5, 1) == QColor(250, 120, 10)
    assert image.pixelColor(1, 5 % 4) == QColor(0, 0, 0)


def test_the_picture_owns_its_memory() -> None:
    pixels = np.full((5, 5, 3), 200, np.uint8)
    image = to_qimage(pixels)
    pixels[:] = 0
    assert image.pixelColor(2, 2) == QColor(200, 200, 200)


def test_views_that_are_not_contiguous_are_right() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (8, 10, 3), dtype=np.uint8)
    flipped = pixels[::-1, ::2]
    assert np.array_equal(to_array(to_qimage(flipped)), flipped)


def test_sixteen_bit_is_rounded_over_its_whole_range() -> None:
    deep = np.array([[[0, 128, 129], [65535, 65407, 32768], [257, 385, 386]]], np.uint16)
    assert to_eight_bit(deep).tolist() == [[[0, 0, 1], [255, 255, 128], [1, 1, 2]]]


def test_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="H×W×3"):
        to_qimage(np.zeros((4, 4), np.uint8))


def test_alpha_is_the_mask() -> None:
    pixels = np.full((3, 3, 3), 255, np.uint8)
    alpha = np.float32([[0, 0.5, 1]] * 3)
    image = to_qimage_with_alpha(pixels, alpha)
    assert [image.pixelColor(x, 1).alpha() for x in range(3)] == [0, 128, 255]


def test_crop_centres_land_on_photo_centres() -> None:
    """Engine: photo pixel (10, 20) is crop pixel (0, 0); Qt counts from corners."""
    angle = 0.3
    scale = 1.7
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shift = -turn @ np.array([10.0, 20.0])
    matrix = np.column_stack([turn, shift])
    transform = crop_to_photo(matrix)
    for crop in ((0.0, 0.0), (12.0, 3.0)):
        photo = np.linalg.solve(turn, np.array(crop) - shift)
        mapped = transform.map(QPointF(crop[0] + 0.5, crop[1] + 0.5))
        assert mapped.x() == pytest.approx(photo[0] + 0.5, abs=1e-9)
        assert mapped.y() == pytest.approx(photo[1] + 0.5, abs=1e-9)


def test_a_pyramid_never_gives_fewer_pixels_than_the_screen_shows() -> None:
    pyramid = Pyramid(to_qimage(np.zeros((2000, 3000, 3), np.uint8)))
    assert pyramid.level_for(1.0) is pyramid.full
    for scale in (0.05, 0.3, 0.5, 0.51, 0.9):
        level = pyramid.level_for(scale)
        assert level.width() >= min(3000 * scale, level.width())
    assert pyramid.level_for(0.5).width() == 1500
    assert pyramid.level_for(0.51).width() == 3000
