"""Numbering, merging and the geometry of views, without a detector."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.faces import pose, views
from engine.faces.search import Found, in_reading_order, is_same

SQUARE = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)


def found(x: float, y: float, size: float = 100.0) -> Found:
    points = np.resize(SQUARE * size / 2 + [x, y], (478, 2)).astype(np.float32)
    return Found(points, np.zeros(478, np.float32), 1.0)


def test_rows_are_read_from_top_to_bottom_and_left_to_right() -> None:
    places = [(500, 310), (100, 300), (300, 330), (420, 80), (90, 110), (250, 620)]
    ordered = in_reading_order([found(*place) for place in places])
    assert [(f.centre[0], f.centre[1]) for f in ordered] == [
        (90, 110), (420, 80), (100, 300), (300, 330), (500, 310), (250, 620),
    ]  # fmt: skip


def test_one_face_seen_twice_is_the_same_and_two_cheek_to_cheek_are_not() -> None:
    assert is_same(found(0, 0), found(10, 5, 110))
    assert is_same(found(0, 0, 100), found(8, 20, 40))
    assert not is_same(found(0, 0), found(75, 0))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_turned_view_leads_every_pixel_back(quarters: int) -> None:
    photo = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
    view = views.View(photo, np.eye(2, 3)).window(1, 2, 5, 3).turned(quarters)
    height, width = view.pixels.shape[:2]
    for y in range(height):
        for x in range(width):
            back = views.map_points(np.array([[x, y]], np.float32), view.to_photo)[0]
            assert (photo[int(back[1]), int(back[0])] == view.pixels[y, x]).all()


def test_shrinking_keeps_the_centre_of_mass() -> None:
    photo = np.zeros((90, 120, 3), np.uint8)
    photo[40:49, 61:70] = 240
    view = views.View(photo, np.eye(2, 3)).shrunk(3).padded().turned(1)
    weight = view.pixels[..., 0].astype(np.float64)
    weight[weight == 128] = 0  # the border
    y, x = (np.indices(weight.shape) * weight).sum((1, 2)) / weight.sum()
    centre = views.map_points(np.array([[x, y]], np.float32), view.to_photo)[0]
    assert centre == pytest.approx([65, 44], abs=1e-3)
    assert view.from_photo(centre[None])[0] == pytest.approx([x, y], abs=1e-3)


def test_an_upright_crop_undoes_the_roll() -> None:
    photo = np.zeros((200, 200, 3), np.uint8)
    photo[95:106, 139:150] = 255  # below the centre of a head rolled by 90° anticlockwise
    crop = views.upright_crop(
        views.View(photo, np.eye(2, 3)), np.array([100, 100], np.float32), 120, -90, 120
    )
    y, x = np.argwhere(crop.pixels[..., 0] > 200).mean(0)
    assert (x, y) == pytest.approx((59.5, 104), abs=1)


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("shape", [(300, 400), (97, 1000), (512, 512)])
def test_tiles_cover_everything_and_overlap(level: int, shape: tuple[int, int]) -> None:
    image = views.View(np.zeros((*shape, 3), np.uint8), np.eye(2, 3))
    hits: NDArray[np.int64] = np.zeros(shape, np.int64)
    for tile in views.tiles(image, level):
        x, y = (int(v) for v in tile.to_photo[:, 2])
        height, width = tile.pixels.shape[:2]
        hits[y : y + height, x : x + width] += 1
    assert hits.min() >= 1
    assert hits.max() >= 2


def test_roll_and_yaw_have_the_documented_signs() -> None:
    flat = np.zeros((478, 2), np.float32)
    flat[33], flat[263], flat[10], flat[152] = (-30, 0), (30, 0), (0, -50), (0, 50)
    flat[234], flat[454] = (-40, 0), (40, 0)
    clockwise = np.array([[0, 1], [-1, 0]], np.float32)  # row vectors, y down, by 90°
    assert pose.roll_degrees(flat) == pytest.approx(0, abs=1e-4)
    assert pose.roll_degrees(flat @ clockwise) == pytest.approx(90, abs=1e-4)
    away = np.zeros(478, np.float32)
    away[454] = 80  # the cheek on the picture's right is further off: turned to the right
    assert pose.yaw_degrees(flat, away) == pytest.approx(45, abs=1e-4)
