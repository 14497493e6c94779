"""The change lands where the matrix says, in the right channel, and nowhere else."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.aged import AgedFace
from engine.domain import FloatArray
from engine.errors import Cancelled
from engine.imaging import geometry
from engine.imaging.composite import composite
from engine.tasks import CancelToken
from tests.unit.imaging import pictures
from tests.unit.imaging.pictures import aged_face, disc, flat_change, noise, photo, similarity

SIDE = 64
SPOT = (39.3, 23.7)  # crop pixels; off every axis of symmetry
MATRICES = {
    "one to one": similarity(1.0, 0, (150, 120), (32, 32)),
    "sub-pixel": similarity(1.0, 0, (150.37, 120.81), (32, 32)),
    "turned": similarity(0.5, 33, (150.2, 120.6), (30.5, 33.25)),
    "large face": similarity(0.23, -12, (150.7, 130.1), (32, 32)),
    "very large face": similarity(1 / 20, 5, (160, 140), (38, 26)),
    "small face": similarity(3.1, 71, (150.4, 120.3), (32, 32)),
    "upside down": similarity(0.8, 180, (150, 120), (32, 32)),
}


def spot_change(sigma: float = 4.0) -> FloatArray:
    """A small bright spot at :data:`SPOT` in crop pixels."""
    y, x = np.mgrid[:SIDE, :SIDE]
    spot = 0.4 * np.exp(-((x - SPOT[0]) ** 2 + (y - SPOT[1]) ** 2) / (2 * sigma**2))
    return np.repeat(spot[..., None], 3, axis=2).astype(np.float32)


def misplacement(drawn: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """How far, in photo pixels, a spot drawn with one matrix is from where another puts it."""
    source = photo(np.full((300, 320, 3), 20_000, np.uint16) + np.array([0, 1, 2], np.uint16))
    spot = spot_change(4.0 if geometry.scale_of(expected) > 0.1 else 1.2)
    out = composite(source, [aged_face(drawn, spot, np.ones((SIDE, SIDE), np.float32))])
    weight = out[..., 0].astype(np.float64) - source.pixels[..., 0]
    y, x = np.mgrid[:300, :320]
    centre = np.array([(x * weight).sum(), (y * weight).sum()]) / weight.sum()
    wanted = geometry.transform_points(geometry.invert(expected), [SPOT])[0]
    return float(np.hypot(*(centre - wanted)))


@pytest.mark.parametrize("name", MATRICES)
def test_change_lands_within_half_a_pixel(name: str) -> None:
    assert misplacement(MATRICES[name], MATRICES[name]) < 0.25


@pytest.mark.parametrize("name", ["sub-pixel", "turned", "large face"])
def test_the_test_above_would_see_a_wrong_matrix(name: str) -> None:
    right = MATRICES[name]
    mirror = np.array([[-1.0, 0, SIDE - 1], [0, 1, 0]])
    assert misplacement(geometry.compose(right, mirror), right) > 0.5
    turned_back = right.copy()
    turned_back[:, :2] = right[:, :2].T
    if name != "sub-pixel":
        assert misplacement(turned_back, right) > 0.5
    half_a_pixel = geometry.compose(right, geometry.translation(0.5, 0.5))
    assert misplacement(half_a_pixel, right) > 0.5


@settings(max_examples=25, deadline=None)
@given(
    scale=st.floats(0.05, 4),
    degrees=st.floats(-180, 180),
    at=st.tuples(st.floats(-40, 160), st.floats(-40, 160)),
    deep=st.booleans(),
    wide=st.booleans(),
    strength=st.floats(0, 1),
)
def test_zero_change_is_bit_identical(
    scale: float,
    degrees: float,
    at: tuple[float, float],
    deep: bool,
    wide: bool,
    strength: float,
) -> None:
    pixels = noise(120, 110, np.uint16 if deep else np.uint8)
    source = photo(pixels, icc=pictures.wide_profile() if wide else None)
    face = aged_face(
        similarity(scale, degrees, at, (32, 32)), flat_change(SIDE, 0, 0, 0), strength=strength
    )
    out = composite(source, [face])
    assert out.dtype == pixels.dtype
    np.testing.assert_array_equal(out, pixels)
    assert out is not pixels


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_outside_the_mask_every_bit_stays(dtype: type) -> None:
    source = photo(noise(200, 180, dtype))
    matrix = similarity(0.6, 25, (90, 100), (31.5, 31.5))
    out = composite(source, [aged_face(matrix, flat_change(SIDE, 0.5, -0.5, 0.3))])
    y, x = np.mgrid[:180, :200]
    crop = geometry.transform_points(matrix, np.stack([x.ravel(), y.ravel()], axis=1))
    distance = np.hypot(*(crop - 31.5).T).reshape(180, 200)
    changed = (out != source.pixels).any(axis=-1)
    assert not changed[distance > 0.4 * SIDE + 2].any()
    assert changed[distance < 0.3 * SIDE].all()


def test_a_mask_that_reaches_the_border_is_faded_out() -> None:
    source = photo(np.full((128, 128, 3), 20_000, np.uint16) + np.array([0, 1, 2], np.uint16))
    everywhere = np.ones((SIDE, SIDE), np.float32)
    face = aged_face(
        similarity(1, 0, (64, 64), (32, 32)), flat_change(SIDE, 0.5, 0.5, 0.5), everywhere
    )
    step = composite(source, [face])[64, :, 0].astype(int) - source.pixels[64, :, 0]
    assert step.max() == pytest.approx(0.5 * 65535, abs=2)
    assert np.abs(np.diff(step)).max() < 0.6 * step.max(), "no hard edge"
    assert step[:30].max() == 0


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_each_colour_changes_its_own_channel(channel: int) -> None:
    source = photo(pictures.asymmetric(100, 100))
    change = np.zeros((SIDE, SIDE, 3), np.float32)
    change[..., channel] = 0.2
    out = composite(source, [aged_face(similarity(1, 0, (50, 50), (32, 32)), change)])
    difference = out.astype(int) - source.pixels
    assert difference[50, 50, channel] == 51
    difference[..., channel] = 0
    assert not difference.any()


@pytest.mark.parametrize(("dtype", "top"), [(np.uint8, 255), (np.uint16, 65535)])
def test_values_round_and_clip(dtype: type, top: int) -> None:
    pixels = np.full((80, 80, 3), top // 2, dtype)
    pixels[..., 1], pixels[..., 2] = top - 3, 2
    face = aged_face(similarity(1, 0, (40, 40), (32, 32)), flat_change(SIDE, 1.6 / top, 0.5, -0.5))
    out = composite(photo(pixels), [face])
    assert out[40, 40].tolist() == [top // 2 + 2, top, 0]


def test_16_bits_are_used() -> None:
    pixels = np.full((80, 80, 3), 30_000, np.uint16) + np.array([0, 1, 2], np.uint16)
    ramp = np.linspace(0, 0.02, SIDE, dtype=np.float32)
    change = np.repeat(np.tile(ramp, (SIDE, 1))[..., None], 3, axis=2)
    out = composite(photo(pixels), [aged_face(similarity(1, 0, (40, 40), (32, 32)), change)])
    row = out[40, 30:50, 0].astype(int)
    assert (np.diff(row) > 10).all()
    assert np.ptp(np.diff(row)) <= 2, "a ramp stays straight"


def test_upsampled_ramp_stays_straight() -> None:
    """A resampling kernel that ripples between crop pixels would show as a grid on the skin."""
    pixels = np.full((600, 600, 3), 30_000, np.uint16) + np.array([0, 1, 2], np.uint16)
    ramp = np.linspace(0, 0.3, SIDE, dtype=np.float32)
    change = np.repeat(np.tile(ramp, (SIDE, 1))[..., None], 3, axis=2)
    out = composite(photo(pixels), [aged_face(similarity(0.11, 0, (300, 300), (32, 32)), change)])
    row = out[300, 220:380, 0].astype(float)
    fit = np.polyval(np.polyfit(np.arange(160), row, 1), np.arange(160))
    slope_per_crop_pixel = 0.3 / (SIDE - 1) * 65535
    assert np.abs(row - fit).max() < 0.02 * slope_per_crop_pixel


def test_strength_scales_the_change() -> None:
    source = photo(pictures.asymmetric(100, 100, np.uint16))
    matrix = similarity(1, 0, (50, 50), (32, 32))
    change = flat_change(SIDE, 0.1, 0, 0)
    faces = [aged_face(matrix, change, strength=s) for s in (0.0, 0.5, 1.0)]
    before = int(source.pixels[50, 50, 0])
    steps = [int(composite(source, [face])[50, 50, 0]) - before for face in faces]
    assert steps == [0, pytest.approx(3277, abs=1), pytest.approx(6554, abs=1)]


def test_details_too_fine_for_a_small_face_do_not_alias() -> None:
    checks = np.indices((SIDE, SIDE)).sum(axis=0) % 2 - 0.5
    change = np.repeat(checks[..., None], 3, axis=2).astype(np.float32)
    source = photo(pictures.asymmetric(60, 60, np.uint16))
    out = composite(source, [aged_face(similarity(4.1, 0, (30, 30), (32, 32)), change)])
    assert np.abs(out.astype(int) - source.pixels).max() < 0.02 * 65535


def test_grey_photos_stay_grey() -> None:
    grey = np.repeat(noise(100, 100)[..., :1], 3, axis=2)
    out = composite(
        photo(grey),
        [aged_face(similarity(1, 0, (50, 50), (32, 32)), flat_change(SIDE, 0.2, 0, -0.1))],
    )
    assert (out != grey).any()
    np.testing.assert_array_equal(out[..., 0], out[..., 1])
    np.testing.assert_array_equal(out[..., 0], out[..., 2])


def test_a_grey_face_beside_a_coloured_one_stays_grey() -> None:
    """As a black-and-white poster behind somebody: the rectangles overlap, the faces do not."""
    pixels = noise(200, 100)
    pixels[:, :96] = pixels[:, :96, :1]
    faces = [
        aged_face(similarity(1, 0, (x, 50), (31.5, 31.5)), flat_change(SIDE, 0.2, 0, -0.1), index=i)
        for i, x in enumerate((60, 112))
    ]
    out = composite(photo(pixels), faces)
    np.testing.assert_array_equal(out[:, :84, 0], out[:, :84, 2])
    assert (out[:, :84] != pixels[:, :84]).any()
    assert (out[50, 112].astype(int) - pixels[50, 112])[2] < 0


# Several faces --------------------------------------------------------------------------------


def neighbours(distance: float) -> list[AgedFace]:
    """Three faces in a row whose masks overlap where the distance is small."""
    changes = [(0.2, 0.0, 0.0), (0.0, 0.2, 0.0), (0.0, 0.0, 0.2)]
    return [
        aged_face(
            similarity(0.8, 10 * i, (60 + distance * i, 80), (31.5, 31.5)),
            flat_change(SIDE, *change),
            index=i + 1,
        )
        for i, change in enumerate(changes)
    ]


@pytest.mark.parametrize("distance", [20.3, 55.1, 90.0])
def test_order_does_not_matter(distance: float) -> None:
    source = photo(noise(320, 160, np.uint16))
    faces = neighbours(distance)
    first = composite(source, faces)
    for order in itertools.permutations(faces):
        np.testing.assert_array_equal(composite(source, order), first)


PLACES = st.tuples(
    st.floats(30, 130), st.floats(30, 130), st.floats(0.5, 1.6), st.floats(-180, 180)
)


@settings(max_examples=20, deadline=None)
@given(places=st.lists(PLACES, min_size=2, max_size=4), data=st.data())
def test_overlapping_faces_in_any_order(
    places: list[tuple[float, float, float, float]], data: st.DataObject
) -> None:
    source = photo(noise(160, 160))
    random = np.random.default_rng(len(places))
    faces = [
        aged_face(
            similarity(scale, degrees, (x, y), (31.5, 31.5)),
            random.uniform(-0.3, 0.3, (SIDE, SIDE, 3)).astype(np.float32),
            index=i,
        )
        for i, (x, y, scale, degrees) in enumerate(places)
    ]
    together = composite(source, faces)
    other = composite(source, data.draw(st.permutations(faces)))
    np.testing.assert_array_equal(other, together)


def test_sums_of_floats_come_out_the_same_in_any_order() -> None:
    """(a - a) + b is not (a + b) - a in floating point: absurdly large changes make it show."""
    source = photo(pictures.asymmetric(100, 100, np.uint16))
    matrix = similarity(1, 0, (50, 50), (31.5, 31.5))
    faces = [
        aged_face(matrix, flat_change(SIDE, value, value, value), index=index)
        for index, value in enumerate((1e4, -1e4, 0.3))
    ]
    first = composite(source, faces)
    for order in itertools.permutations(faces):
        np.testing.assert_array_equal(composite(source, order), first)


def test_neighbours_keep_their_own_change() -> None:
    source = photo(np.full((160, 320, 3), 20_000, np.uint16) + np.array([0, 1, 2], np.uint16))
    out = composite(source, neighbours(58)).astype(int) - source.pixels
    for index in range(3):
        assert out[80, 60 + 58 * index, index] == pytest.approx(0.2 * 65535, abs=2)


def test_overlap_shares_instead_of_adding_up() -> None:
    source = photo(np.full((160, 160, 3), 20_000, np.uint16) + np.array([0, 1, 2], np.uint16))
    matrix = similarity(0.8, 0, (80, 80), (31.5, 31.5))
    change = flat_change(SIDE, 0.2, 0.1, 0)
    twice = [aged_face(matrix, change, index=1), aged_face(matrix, change, index=2)]
    single = composite(source, twice[:1]).astype(int)
    assert np.abs(composite(source, twice).astype(int) - single)[70:90, 70:90].max() <= 1


def test_distant_faces_one_by_one_or_together() -> None:
    source = photo(noise(320, 160))
    faces = [neighbours(100)[0], neighbours(100)[2]]
    together = composite(source, faces)
    one = photo(composite(source, faces[:1]))
    np.testing.assert_array_equal(composite(one, faces[1:]), together)


# Borders, cancelling --------------------------------------------------------------------------


@pytest.mark.parametrize("at", [(0, 0), (99, 50), (50, 99), (-20, 50)])
def test_a_face_cut_by_the_photo_s_edge(at: tuple[int, int]) -> None:
    source = photo(pictures.asymmetric(100, 100, np.uint16))
    wide = np.zeros((300, 300, 3), np.uint16)
    wide[100:200, 100:200] = source.pixels
    change = spot_change(15)
    out = composite(source, [aged_face(similarity(0.7, 20, at, (32, 32)), change)])
    moved = similarity(0.7, 20, (at[0] + 100, at[1] + 100), (32, 32))
    whole = composite(photo(wide), [aged_face(moved, change)])
    inner = whole[100:200, 100:200].astype(int)
    assert np.abs(out.astype(int) - inner).max() <= 700, "the same but for the warp's 1/32 pixel"
    assert (out != source.pixels).any()


def test_a_face_outside_the_photo_changes_nothing() -> None:
    source = photo(noise(100, 100))
    face = aged_face(similarity(1, 0, (900, 900), (32, 32)), flat_change(SIDE, 1, 1, 1))
    np.testing.assert_array_equal(composite(source, [face]), source.pixels)


def test_no_faces_and_empty_masks_change_nothing() -> None:
    source = photo(noise(50, 50))
    empty = aged_face(
        geometry.identity(), flat_change(SIDE, 1, 1, 1), np.zeros((SIDE, SIDE), np.float32)
    )
    for faces in ([], [empty]):
        np.testing.assert_array_equal(composite(source, faces), source.pixels)


def test_cancelling() -> None:
    cancel = CancelToken()
    cancel.cancel()
    face = aged_face(similarity(1, 0, (50, 50), (32, 32)), flat_change(SIDE, 1, 1, 1), disc(SIDE))
    with pytest.raises(Cancelled):
        composite(photo(noise(100, 100)), [face], cancel=cancel)
