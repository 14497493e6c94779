"""A photo as models see it, a part at a time."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.faces import views
from engine.imaging import shown
from engine.imaging.color import to_srgb8
from engine.imaging.shown import Shown
from engine.imaging.standard_profiles import adobe_rgb
from tests.unit.imaging.pictures import noise


def deep(width: int, height: int) -> NDArray[np.uint16]:
    return noise(width, height).astype(np.uint16) * np.uint16(257)


def test_a_part_is_what_the_whole_would_be_there() -> None:
    pixels = deep(60, 40)
    whole = to_srgb8(pixels, adobe_rgb())
    seen = Shown(pixels, adobe_rgb())
    assert seen.shape == (40, 60, 3)
    np.testing.assert_array_equal(seen[3:20, 7:33], whole[3:20, 7:33])
    np.testing.assert_array_equal(seen[0:40, 0:60], whole)


def test_what_is_srgb_already_is_not_copied() -> None:
    pixels = noise(20, 10)
    assert np.shares_memory(Shown(pixels, None)[2:5, 3:9], pixels)


@pytest.mark.parametrize("size", [(300, 200), (5000, 2100)])
def test_the_working_copy_never_needs_the_whole(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.tile(deep(100, 50), (-(-size[1] // 50), -(-size[0] // 100), 1))
    pixels = pixels[: size[1], : size[0]]
    parts: list[int] = []

    def counted(part: NDArray[np.uint16], icc: bytes | None) -> NDArray[np.uint8]:
        parts.append(part.size // 3)
        return to_srgb8(part, icc)

    expected = views.working_view(to_srgb8(pixels, None))
    monkeypatch.setattr(shown, "to_srgb8", counted)
    work = views.working_view(Shown(pixels, None))
    np.testing.assert_array_equal(work.pixels, expected.pixels)
    np.testing.assert_array_equal(work.to_photo, expected.to_photo)
    assert max(parts) <= views._BAND_PIXELS
