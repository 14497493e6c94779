"""The visible mark: there where it is asked for, in its corner, in every depth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.imaging.visible_mark import with_visible_mark
from engine.orders import ExportSpec
from tests.unit.imaging.pictures import noise, photo, result


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_it_is_white_on_dark_in_the_lower_right_corner(dtype: type) -> None:
    pixels = noise(400, 300, dtype)
    marked = with_visible_mark(pixels)
    rows, columns = np.nonzero((marked != pixels).any(axis=2))
    assert marked.dtype == dtype
    assert rows.min() > 270
    assert columns.min() > 300
    assert marked[rows.min() :, columns.min() :].max() > 0.85 * np.iinfo(dtype).max
    assert (marked[-1, -1] <= pixels[-1, -1]).all()


def test_a_picture_smaller_than_the_line_is_marked_as_far_as_it_goes() -> None:
    assert with_visible_mark(noise(6, 4)).shape == (4, 6, 3)


def test_it_is_off_unless_asked_for(tmp_path: Path) -> None:
    source = photo(noise(200, 100))
    for marked in (False, True):
        spec = ExportSpec(tmp_path / f"{marked}.png", visible_mark=marked)
        back = load_photo(export_result(result(source, source.pixels), spec).path)
        assert np.array_equal(back.pixels, source.pixels) is not marked
