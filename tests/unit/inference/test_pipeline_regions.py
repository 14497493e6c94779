"""Parts of a face that are left out stay as they are."""

from __future__ import annotations

import numpy as np
import pytest

from engine.domain import EYES, HAIR, REGIONS, SKIN, AgeRequest, Face, FloatArray, Photo, PixelArray
from engine.inference.pipeline import AgingPipeline


def test_what_is_left_out_stays_as_it_is(service: AgingPipeline, photo: Photo, face: Face) -> None:
    whole = service.age_face(photo, face, AgeRequest(1, 70.0))
    parts = {
        name: service.age_face(photo, face, AgeRequest(1, 70.0, regions=frozenset({name})))
        for name in (SKIN, EYES, HAIR)
    }
    total = sum(part.mask for part in parts.values())
    assert np.allclose(total, whole.mask, atol=1e-5)
    for part in parts.values():
        assert 0 < part.mask.sum() < 0.95 * whole.mask.sum()
    everything, skin_alone = (
        service.age_photo(photo, [face], [AgeRequest(1, 70.0, regions=regions)]).pixels
        for regions in (REGIONS, frozenset({SKIN}))
    )

    def moved(pixels: PixelArray, landmark: int) -> float:
        x, y = face.landmarks[landmark].round().astype(int)
        around = (slice(y - 1, y + 2), slice(x - 1, x + 2))
        return float(np.abs(pixels[around] - photo.pixels[around].astype(float)).mean())

    for below_eye in (230, 450):
        assert moved(skin_alone, below_eye) < 0.25 * moved(everything, below_eye)
    assert moved(skin_alone, 200) == pytest.approx(moved(everything, 200), abs=0.2), "the chin"


def test_shares_weigh_the_mask(service: AgingPipeline, photo: Photo, face: Face) -> None:
    def mask(regions: frozenset[str] = REGIONS, **shares: float) -> FloatArray:
        request = AgeRequest(1, 70.0, regions=regions, shares=tuple(sorted(shares.items())))
        return service.age_face(photo, face, request).mask

    whole, skin = mask(), mask(frozenset({SKIN}))
    assert np.allclose(mask(skin=0.25), whole - 0.75 * skin, atol=1e-5)
    assert np.array_equal(mask(eyes=1.0, skin=1.0), whole)


def test_no_region_is_no_change(service: AgingPipeline, photo: Photo, face: Face) -> None:
    result = service.age_photo(photo, [face], [AgeRequest(1, 70.0, regions=frozenset())])
    assert np.array_equal(result.pixels, photo.pixels)
