"""The regions: three weights that share a face out, each where its name says."""

from __future__ import annotations

from collections.abc import Mapping, Set

import numpy as np
import pytest

from engine.aged import taken
from engine.domain import EYES, FACIAL_HAIR, HAIR, REGIONS, SKIN, AgeRequest, FloatArray
from engine.faces import landmarks as lm
from engine.faces.regions import facial_hair, region_weights
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, crop

CHEEK, CHIN, NOSE = 50, 200, 4
UNDER_EYE, CROWS_FOOT = 230, 143


def at(weight: FloatArray, point: FloatArray) -> float:
    x, y = (round(float(v)) for v in point)
    return float(weight[y, x])


def region_weight(
    points: FloatArray, size: int, regions: Set[str], shares: Mapping[str, float] | None = None
) -> FloatArray:
    weights = {**region_weights(points, size), FACIAL_HAIR: facial_hair(points, size)}
    asked = tuple(sorted((shares or {}).items()))
    return taken(weights, AgeRequest(1, 60.0, regions=frozenset(regions), shares=asked))


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
@pytest.mark.parametrize("size", [128, 256])
def test_together_they_are_the_whole(name: str, size: int) -> None:
    weights = region_weights(crop(name, size).landmarks, size)
    assert set(weights) == REGIONS
    assert np.allclose(sum(weights.values()), 1, atol=1e-5)
    for weight in weights.values():
        assert weight.shape == (size, size)
        assert weight.min() >= -1e-5
        assert weight.max() <= 1 + 1e-5
        assert weight.mean() > 0.01


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
def test_each_lies_where_its_name_says(name: str) -> None:
    face = crop(name, 256)
    points, weights = face.landmarks, region_weights(face.landmarks, 256)
    for skin in (CHEEK, CHIN, NOSE):
        assert at(weights[SKIN], points[skin]) > 0.95
    assert at(weights[EYES], points[UNDER_EYE]) > 0.9
    assert at(weights[EYES], points[CROWS_FOOT]) > 0.2
    for brow in (lm.LEFT_BROW, lm.RIGHT_BROW):
        assert at(weights[HAIR], points[list(brow)].mean(0)) > 0.95
    up = (points[lm.FOREHEAD_TOP] - points[lm.CHIN]) * 0.08
    assert at(weights[HAIR], points[lm.FOREHEAD_TOP] + up) > 0.95
    assert at(weights[HAIR], points[lm.FOREHEAD_TOP] - up) < 0.05


def test_a_few_of_them_are_their_sum() -> None:
    points = crop(HOPPER, 128).landmarks
    weights = region_weights(points, 128)
    some = region_weight(points, 128, {SKIN, EYES})
    assert np.allclose(some, weights[SKIN] + weights[EYES], atol=1e-5)
    assert (region_weight(points, 128, REGIONS) == 1).all()
    assert not region_weight(points, 128, set()).any()


def test_a_share_weighs_its_region_alone() -> None:
    points = crop(HOPPER, 128).landmarks
    weights = region_weights(points, 128)
    half = region_weight(points, 128, REGIONS, {SKIN: 0.5})
    assert np.allclose(half, 1 - 0.5 * weights[SKIN], atol=1e-5)
    assert np.array_equal(
        region_weight(points, 128, {SKIN, EYES}, {SKIN: 0.0, HAIR: 0.3}),
        region_weight(points, 128, {EYES}),
    )
    assert (region_weight(points, 128, REGIONS, {SKIN: 1.0}) == 1).all()


def test_facial_hair_takes_its_own_share_wherever_it_lies() -> None:
    points = crop(HOPPER, 256).landmarks
    zone = facial_hair(points, 256)
    lip_above, jaw = points[[2, 0]].mean(0), points[[152, 17]].mean(0)
    for place in (lip_above, jaw, points[list(lm.LEFT_BROW)].mean(0)):
        assert at(zone, place) > 0.8
    for place in (
        points[[0, 13]].mean(0),
        points[[14, 17]].mean(0),
        points[NOSE],
        points[UNDER_EYE],
    ):
        assert at(zone, place) < 0.45
    third = region_weight(points, 256, REGIONS, {FACIAL_HAIR: 0.3})
    assert np.allclose(third, 1 - 0.7 * zone, atol=1e-5)
    alone = region_weight(points, 256, set(), {FACIAL_HAIR: 1.0})
    assert np.allclose(alone, zone, atol=1e-5)
    over = region_weight(points, 256, {SKIN}, {FACIAL_HAIR: 0.5, SKIN: 0.0})
    assert np.allclose(over, 0.5 * zone, atol=1e-5)


def test_the_regions_turn_with_the_face() -> None:
    face = crop(HOPPER, 128)
    points = np.stack([face.landmarks[:, 1], 127 - face.landmarks[:, 0]], 1).astype(np.float32)
    upright, turned = (region_weights(p, 128) for p in (face.landmarks, points))
    for name in REGIONS:
        assert np.abs(turned[name] - np.rot90(upright[name])).mean() < 0.01
