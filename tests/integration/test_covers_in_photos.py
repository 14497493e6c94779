"""Things without a colour before the sample faces, with the weights that are shipped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.domain import AgeRequest
from engine.faces import landmarks as lm
from engine.inference.pipeline import AgingPipeline
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, landmarks, picture

BLACK, GREY, WHITE = 35, 140, 235
_NOSE, _LIP = 4, 13
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


def held_microphone(name: str) -> NDArray[np.float32]:
    """H×W, 1 where a microphone would be held before the mouth."""
    points = landmarks(name)
    height = float(np.ptp(points[:, 1]))
    x, y = points[_LIP] + np.float32([0.05, 0.1]) * height
    shape = np.zeros(picture(name).shape[:2], np.float32)
    cv2.circle(shape, (round(x), round(y)), round(0.13 * height), 1.0, -1)
    below = round(x + 0.25 * height), round(y + 0.9 * height)
    cv2.line(shape, (round(x), round(y)), below, 1.0, round(0.14 * height))
    return np.asarray(cv2.GaussianBlur(shape, (0, 0), 0.8), np.float32)


def dark_glasses(name: str) -> NDArray[np.float32]:
    """H×W, 1 where the lenses of dark glasses would be, and the bridge between them."""
    points = landmarks(name)
    eyes = [points[list(ring)].mean(0) for ring in (lm.LEFT_EYE_AREA, lm.RIGHT_EYE_AREA)]
    apart = float(np.linalg.norm(eyes[0] - eyes[1]))
    tilt = float(np.degrees(np.arctan2(*(eyes[1] - eyes[0])[::-1])))
    shape = np.zeros(picture(name).shape[:2], np.float32)
    for x, y in eyes:
        axes = round(0.42 * apart), round(0.34 * apart)
        cv2.ellipse(shape, (round(x), round(y)), axes, tilt, 0, 360, 1.0, -1)
    (x0, y0), (x1, y1) = eyes
    bridge = (round(x0), round(y0)), (round(x1), round(y1))
    cv2.line(shape, *bridge, 1.0, max(2, round(0.05 * apart)))
    return np.asarray(cv2.GaussianBlur(shape, (0, 0), 0.8), np.float32)


def round_and_dark(name: str, shape: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The photo with something black of a shape before it, lit from above and shining."""
    rgb = picture(name)
    inside = cv2.distanceTransform((shape > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    high = cv2.GaussianBlur(np.sqrt(inside / inside.max()), (0, 0), 2)
    light = 30 + 60 * np.clip(-20 * np.gradient(high)[0], -0.3, 1)
    light += np.random.default_rng(0).normal(0, 2, light.shape)
    return np.clip(rgb * (1 - shape[..., None]) + (light * shape)[..., None], 0, 255).astype(
        np.uint8
    )


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


@pytest.mark.parametrize(("name", "years"), [(ASTRONAUT, 75.0), (HOPPER, 25.0)])
@pytest.mark.parametrize("shape_of", [held_microphone, dark_glasses])
def test_what_is_small_and_inside_the_face_stays_as_it_is(
    service: AgingPipeline,
    tmp_path: Path,
    name: str,
    years: float,
    shape_of: Callable[[str], NDArray[np.float32]],
) -> None:
    shape = shape_of(name)
    inside = shape > 0.9
    bare = changed(service, tmp_path / "bare.png", picture(name), years)[inside]
    worn = changed(service, tmp_path / "worn.png", round_and_dark(name, shape), years)
    assert bare.mean() > 1
    assert worn[inside].mean() < 0.2 * bare.mean()
    assert worn[shape < 0.1].max() > 10, "the rest of the face ages"
