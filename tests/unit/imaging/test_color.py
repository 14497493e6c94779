"""Colour: what the model sees, and how its change reaches a photo with a profile of its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.imaging import color
from engine.imaging.composite import composite
from engine.imaging.profile import parse_profile
from tests.unit.imaging import pictures
from tests.unit.imaging.pictures import aged_face, flat_change, noise, photo, similarity

CURVES = {"gamma": None, "parametric": pictures.parametric_curve()}


def test_8_bits_pass_through_untouched_without_a_profile() -> None:
    pixels = noise(8, 8)
    assert color.to_srgb8(pixels, None) is pixels or np.shares_memory(
        color.to_srgb8(pixels, None), pixels
    )


def test_16_bits_round_to_the_nearest_level() -> None:
    pixels = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    pixels = np.repeat(pixels[..., None], 3, axis=2)
    np.testing.assert_array_equal(color.to_8_bits(pixels), np.rint(pixels / 257).astype(np.uint8))


def test_a_wide_red_is_clipped_and_a_wide_grey_stays_grey() -> None:
    pixels = np.array([[[255, 0, 0], [128, 128, 128]]], np.uint8)
    seen = color.to_srgb8(pixels, pictures.wide_profile(pictures.parametric_curve()))
    assert seen[0, 0].tolist() == [255, 0, 0]
    assert np.abs(seen[0, 1].astype(int) - 128).max() <= 1


def test_srgb_is_recognised_by_what_it_does() -> None:
    from PIL import ImageCms

    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert color.is_srgb(srgb)
    assert color.is_srgb(None)
    assert color.is_srgb(b"not a profile at all")
    assert not color.is_srgb(pictures.wide_profile())
    assert color.carrier_for(srgb) is None


@pytest.mark.parametrize("curve", CURVES)
def test_matrix_profile_agrees_with_littlecms(curve: str) -> None:
    icc = pictures.wide_profile(CURVES[curve])
    carry = color.carrier_for(icc)
    assert carry is not None
    pixels = (noise(40, 40) // 2 + 60).astype(np.uint8)
    delta = np.random.default_rng(1).uniform(-0.1, 0.1, pixels.shape).astype(np.float32)
    own = np.clip(np.rint(pixels + 255 * carry(pixels, delta)), 0, 255).astype(np.uint8)
    seen = color.to_srgb8(own, icc).astype(int)
    before = color.to_srgb8(pixels, icc)
    wanted = before + 255 * delta
    # Well inside the gamut: near its edge one level of the photo is several of sRGB.
    inside = ((np.minimum(before, wanted) > 40) & (np.maximum(before, wanted) < 230)).all(axis=-1)
    assert inside.mean() > 0.3
    assert np.abs(seen - wanted)[inside].max() < 3.5
    assert np.abs(seen - wanted)[inside].mean() < 0.7


def test_table_carrier_agrees_with_the_exact_one(monkeypatch: pytest.MonkeyPatch) -> None:
    icc = pictures.wide_profile()
    exact = color.carrier_for(icc)
    monkeypatch.setattr(color, "parse_profile", lambda icc: None)
    coarse = color.carrier_for(icc)
    assert exact is not None
    assert coarse is not None
    pixels = (noise(40, 40) // 2 + 60).astype(np.uint8)
    delta = np.full(pixels.shape, 0.08, np.float32)
    off = np.abs(exact(pixels, delta) - coarse(pixels, delta))
    assert np.median(off) * 255 < 1.5
    assert not coarse(pixels, 0 * delta).any()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), deep=st.booleans(), curve=st.sampled_from(sorted(CURVES)))
def test_carrying_nothing_is_exactly_nothing(seed: int, deep: bool, curve: str) -> None:
    carry = color.carrier_for(pictures.wide_profile(CURVES[curve]))
    assert carry is not None
    pixels = noise(16, 16, np.uint16 if deep else np.uint8, seed)
    assert not carry(pixels, np.zeros((16, 16, 3), np.float32)).any()


def test_a_change_in_a_wide_photo_looks_the_same_as_in_srgb() -> None:
    icc = pictures.wide_profile()
    source = photo(pictures.asymmetric(100, 100) // 2 + np.uint8(60), icc=icc)
    face = aged_face(similarity(1, 0, (50, 50), (32, 32)), flat_change(64, 0.1, -0.05, 0.02))
    out = composite(source, [face])
    before = color.to_srgb8(source.pixels, icc)[45:55, 45:55].astype(int)
    after = color.to_srgb8(out, icc)[45:55, 45:55].astype(int)
    assert np.abs((after - before) - np.array([25.5, -12.75, 5.1])).max() < 3
    own = out.astype(int) - source.pixels
    assert abs(own[50, 50, 0] - 25.5) > 1, "the numbers differ since the spaces do"


def test_16_bit_change_in_a_wide_photo_is_smooth() -> None:
    pixels = np.full((80, 80, 3), 30_000, np.uint16) + np.array([0, 1, 2], np.uint16)
    ramp = np.linspace(0, 0.05, 64, dtype=np.float32)
    change = np.repeat(np.tile(ramp, (64, 1))[..., None], 3, axis=2)
    face = aged_face(similarity(1, 0, (40, 40), (32, 32)), change)
    row = composite(photo(pixels, icc=pictures.wide_profile()), [face])[40, 30:50, 0].astype(int)
    steps = np.diff(row)
    assert (steps > 20).all()
    assert np.ptp(steps) <= 4


def test_srgb_curve_and_back() -> None:
    values = np.linspace(-0.5, 1.5, 1001, dtype=np.float32).reshape(7, 11, 13)
    np.testing.assert_allclose(color.srgb_decode(color.srgb_encode(values)), values, atol=2e-5)
    middle = color.srgb_encode(np.full((1, 1, 3), 0.21404, np.float32))
    np.testing.assert_allclose(middle, 0.5, atol=1e-4)


def test_profiles_that_cannot_be_used_exactly_are_declined() -> None:
    good = pictures.wide_profile()
    assert parse_profile(good) is not None
    for bad in (
        b"",
        good[:100],
        good[:200],
        pictures.grey_profile(),
        pictures.cmyk_profile(),
        good.replace(b"curv", b"xxxx"),
        good.replace(b"rXYZ", b"aXYZ"),
        pictures.wide_profile(b"curv\0\0\0\0" + b"\xff\xff\xff\xff"),
    ):
        assert parse_profile(bad) is None
