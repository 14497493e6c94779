"""Hair's tone: grey at an age, by as much as hair of that age is, strand by strand."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.imaging.hair_tone import (
    HairLook,
    darkened,
    greying,
    greyness,
    look_of,
    whitened,
)

SIDE = 64
AGES = st.floats(10, 85)


def head(hair: tuple[int, int, int], strands: float = 12.0) -> tuple[NDArray[np.uint8], FloatArray]:
    """Skin below, hair with strands above; and where the hair is."""
    random = np.random.default_rng(0)
    picture = np.empty((SIDE, SIDE, 3))
    picture[:] = (205, 160, 135)
    picture[:24] = np.array(hair) + random.normal(0, strands, (1, SIDE, 1))
    where = np.zeros((SIDE, SIDE), np.float32)
    where[:24] = 1
    return np.clip(picture, 0, 255).astype(np.uint8), where


def lightness(picture: NDArray[np.uint8], change: FloatArray) -> FloatArray:
    after = np.clip(picture / np.float32(255) + change, 0, 1).astype(np.float32)
    return np.asarray(cv2.cvtColor(after, cv2.COLOR_RGB2LAB)[:24], np.float32)


def measured(picture: NDArray[np.uint8], hair: FloatArray) -> HairLook:
    look = look_of(picture, hair, 1 - hair)
    assert look is not None
    return look


@given(one=AGES, other=AGES)
def test_the_older_the_greyer(one: float, other: float) -> None:
    young, old = sorted((one, other))
    assert 0 < greyness(young) <= greyness(old) < 1


def test_few_are_grey_at_forty_and_few_are_not_at_eighty() -> None:
    assert greyness(40) < 0.05
    assert greyness(80) > 0.9


@given(source=AGES, target=AGES, grey=st.floats(0, 1))
def test_the_way_stays_within_its_bounds(source: float, target: float, grey: float) -> None:
    way = greying(HairLook(80, 30, grey), source, target)
    assert -1 <= way <= 1
    assert way >= 0 if target >= source else way <= 0
    assert greying(HairLook(80, 30, grey), source, source) == 0


@given(source=AGES)
def test_a_year_is_a_small_step(source: float) -> None:
    look = HairLook(80, 30, 1.0)
    steps = [greying(look, source, float(age)) for age in range(10, 86)]
    assert np.abs(np.diff(steps)).max() < 0.16


def test_dark_hair_has_no_darker_youth() -> None:
    assert greying(HairLook(80, 20, 0.0), 70, 20) == 0
    assert greying(HairLook(80, 60, 1.0), 75, 20) == pytest.approx(-1, abs=0.01)


@pytest.mark.parametrize("colour", [(40, 26, 20), (90, 58, 38), (140, 60, 30)])
def test_white_hair_is_light_and_pale_and_keeps_its_strands(colour: tuple[int, int, int]) -> None:
    picture, hair = head(colour)
    look = measured(picture, hair)
    before, after = lightness(picture, np.zeros(1)), lightness(picture, whitened(picture, look))
    assert np.median(after[..., 0]) == pytest.approx(0.71 * look.light, abs=4)
    assert np.abs(after[..., 1:]).mean() < 0.45 * np.abs(before[..., 1:]).mean()
    assert after[..., 0].std() > 0.8 * before[..., 0].std()
    order = np.corrcoef(before[..., 0].ravel(), after[..., 0].ravel())[0, 1]
    assert order > 0.9, "light strands stay the light ones"


def test_white_hair_stays_as_light_as_it_is() -> None:
    picture, hair = head((225, 224, 222), 6.0)
    look = measured(picture, hair)
    assert look.grey == 1
    assert np.abs(whitened(picture, look)[:24]).max() < 0.02


def test_skin_at_the_hair_s_edge_does_not_glow() -> None:
    picture, hair = head((40, 26, 20))
    change = whitened(picture, measured(picture, hair))
    after = np.clip(picture[30:] / 255 + change[30:], 0, 1).astype(np.float32)
    before = cv2.cvtColor(picture[30:].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[..., 0]
    assert (cv2.cvtColor(after, cv2.COLOR_RGB2LAB)[..., 0] - before).mean() < 25


def test_white_hair_gets_its_pigment_back() -> None:
    picture, hair = head((205, 204, 202), 6.0)
    look = measured(picture, hair)
    after = lightness(picture, darkened(picture, look, hair))
    assert np.median(after[..., 0]) == pytest.approx(0.48 * look.light, abs=2)
    bald = darkened(picture, look, np.ones_like(hair))
    assert np.abs(bald[42:]).max() < 0.01, "skin is no hair"


def test_white_hair_before_a_coloured_wall_gets_its_pigment_back_to_the_edge() -> None:
    picture, hair = head((205, 204, 202), 6.0)
    look = measured(picture, hair)
    wall = picture.copy()
    wall[:, :12] = (40, 60, 190)
    hair[:, :12] = 0
    change = darkened(wall, look, hair)[:20, 12:14]
    assert change.mean() < 0.8 * darkened(picture, look, hair)[:20, 12:14].mean() < -0.1


def test_brown_and_red_hair_is_not_grey() -> None:
    for colour in ((40, 26, 20), (90, 58, 38), (160, 80, 40)):
        assert measured(*head(colour)).grey < 0.1


def test_without_hair_or_skin_there_is_nothing_to_measure() -> None:
    picture, hair = head((40, 26, 20))
    assert look_of(picture, np.zeros_like(hair), 1 - hair) is None
    assert look_of(picture, hair, np.zeros_like(hair)) is None
