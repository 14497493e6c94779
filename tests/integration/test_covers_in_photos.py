"""Things without a colour before the sample faces, with the weights that are shipped."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.domain import AgeRequest
from engine.inference.pipeline import AgingPipeline
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, landmarks, picture

BLACK, GREY, WHITE = 35, 140, 235
_NOSE = 4
# Landmarks around a mask, and how far beside them it reaches, in heights of the face.
_RING = ((234, 0.05), (50, -0.02), (_NOSE, -0.1), (280, -0.02), (454, 0.05), (365, 0.05))
_BELOW = ((152, 0.08), (136, 0.05))


def worn_mask(name: str) -> NDArray[np.float32]:
    """H×W, 1 where a mask over mouth and nose would be, soft at its edge."""
    points = landmarks(name)
    height = float(np.ptp(points[:, 1]))
    ring = [points[at] + np.float32([0, down * height]) for at, down in _RING + _BELOW]
    shape = np.zeros(picture(name).shape[:2], np.float32)
    cv2.fillPoly(shape, [np.rint(np.stack(ring)).astype(np.int32)], 1.0)
    return np.asarray(cv2.GaussianBlur(shape, (0, 0), 0.8), np.float32)


def masked(name: str, brightness: int) -> NDArray[np.uint8]:
    """The photo with the mask worn, its folds and its light on it."""
    rgb, shape, points = picture(name), worn_mask(name), landmarks(name)
    height = float(np.ptp(points[:, 1]))
    rows, columns = np.mgrid[: rgb.shape[0], : rgb.shape[1]]
    apart = np.abs(columns - points[_NOSE, 0]) / (0.4 * height)
    folds = 0.05 * np.sin((rows - points[_NOSE, 1]) / (0.03 * height))
    cloth = brightness * np.clip(1 - 0.25 * apart + folds, 0.4, 1.1)
    cloth += np.random.default_rng(0).normal(0, 3, cloth.shape)
    return np.clip(rgb * (1 - shape[..., None]) + (cloth * shape)[..., None], 0, 255).astype(
        np.uint8
    )


def changed(
    service: AgingPipeline, path: Path, rgb: NDArray[np.uint8], years: float
) -> NDArray[np.float64]:
    """H×W, by how much each pixel changes when the one face is made so old."""
    Image.fromarray(rgb).save(path)
    photo = service.open_photo(path)
    (face,) = service.find_faces(photo)
    result = service.age_photo(photo, [face], [AgeRequest(face.index, years)])
    return np.abs(np.asarray(result.pixels, np.float64) - rgb).mean(2)


@pytest.mark.parametrize(("name", "years"), [(ASTRONAUT, 75.0), (HOPPER, 25.0)])
@pytest.mark.parametrize("brightness", [BLACK, GREY, WHITE])
def test_a_mask_over_mouth_and_nose_stays_as_it_is(
    service: AgingPipeline, tmp_path: Path, name: str, years: float, brightness: int
) -> None:
    inside = worn_mask(name) > 0.5
    bare = changed(service, tmp_path / "bare.png", picture(name), years)[inside]
    worn = changed(service, tmp_path / "worn.png", masked(name, brightness), years)
    assert bare.mean() > 2
    assert worn[inside].mean() < 0.15 * bare.mean()
    assert (worn[inside] > 1).mean() < 0.2, "its rim"
    assert worn[~inside].max() > 10, "the rest of the face ages"
