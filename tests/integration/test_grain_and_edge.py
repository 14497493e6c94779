"""Film grain goes on through an aged face, and its change begins without a step.

The photos are the samples at three times their size, with grain added at that size: what lies in a
pixel is then known apart from the picture. Grain is measured as what a small blur takes away.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.aged import AgedFace
from engine.domain import AgeRequest, Face, FloatArray, Photo
from engine.faces import landmarks as lm
from engine.faces.mask import fill
from engine.imaging.composite import composite
from engine.inference.pipeline import AgingPipeline
from engine.paths import samples_dir
from tests.integration.test_aging import only_face

TIMES, LEVELS = 3, 7.0
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Grainy:
    """A photo with grain, in 8 and in 16 bits, the grain alone, and its one face."""

    photo: Photo
    deep: Photo
    grain: FloatArray
    face: Face

    def weight(self, aged: AgedFace) -> FloatArray:
        """The mask of what may change, in pixels of the photo."""
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        matrix = aged.aligned.matrix
        warped = cv2.warpAffine(aged.mask, matrix, self.photo.size, flags=flags)
        return np.asarray(warped, np.float32)


@pytest.fixture(scope="module", params=["astronaut.png", "grace_hopper.jpg"])
def grainy(request: pytest.FixtureRequest, service: AgingPipeline) -> Grainy:
    small = service.open_photo(samples_dir() / request.param)
    size = (TIMES * small.size[0], TIMES * small.size[1])
    smooth = cv2.resize(small.pixels, size, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    noise = np.random.default_rng(0).normal(0, 1, smooth.shape[:2]).astype(np.float32)
    noise = cv2.GaussianBlur(noise, (0, 0), 0.6)
    level = smooth.mean(2) / 255
    strength = LEVELS * np.sqrt(np.clip(4 * level * (1 - level), 0.05, 1))  # strongest in midtones
    # Nothing near black or white: what is clipped says nothing of the change.
    grain = (noise / noise.std() * strength)[..., None]
    pixels = np.rint(np.clip(30 + smooth * 195 / 255 + grain, 0, 255)).astype(np.uint8)
    photo = dataclasses.replace(small, pixels=pixels, sha256=f"{small.sha256} with grain")
    deep = dataclasses.replace(photo, pixels=pixels.astype(np.uint16) * 257)
    return Grainy(photo, deep, grain[..., 0], only_face(service, photo))


def face_alone(service: AgingPipeline, grainy: Grainy, target: float) -> AgedFace:
    """Aged without its hair, whose strands stand out by design and end where they end."""
    aged = service.age_face(grainy.photo, grainy.face, AgeRequest(1, target))
    return dataclasses.replace(aged, hair=None)


def luma(pixels: NDArray[np.generic]) -> FloatArray:
    grey = cv2.cvtColor(np.asarray(pixels, np.float32), cv2.COLOR_RGB2GRAY)
    return np.asarray(grey, np.float32)


def fine(grey: FloatArray) -> FloatArray:
    """What a blur of 1.2 pixels takes away."""
    return np.asarray(grey - cv2.GaussianBlur(grey, (0, 0), 1.2), np.float32)


def carried(grainy: Grainy, result: NDArray[np.generic], where: Mask) -> float:
    """How much of a photo's grain is in a result: 1 for all of it, whatever has come to it.

    Wrinkles that have come are as fine as grain, but do not go with it.
    """
    grain, was, now = fine(grainy.grain), fine(luma(grainy.photo.pixels)), fine(luma(result))
    return float((grain * now)[where].mean() / (grain * was)[where].mean())


@pytest.mark.parametrize("target", [15.0, 70.0])
def test_grain_goes_on(service: AgingPipeline, grainy: Grainy, target: float) -> None:
    aged = face_alone(service, grainy, target)
    before, after = grainy.photo.pixels, composite(grainy.photo, [aged])
    weight = grainy.weight(aged)
    inside: Mask = weight > 0.5 * weight.max()
    assert np.abs(after.astype(int) - before)[inside].mean() > 2, "something has changed"
    assert fine(grainy.grain)[inside].std() > 2
    # On the smaller face a pixel of the crop is hardly more than one of the photo: it sees grain.
    assert carried(grainy, after, inside) == pytest.approx(1, abs=0.1)
    beside: Mask = cv2.dilate((weight > 0).astype(np.uint8), np.ones((61, 61))) > 0
    beside &= weight == 0
    assert carried(grainy, after, beside) == pytest.approx(1, abs=1e-4)


def test_the_test_above_would_see_a_pasted_face(service: AgingPipeline, grainy: Grainy) -> None:
    aged = face_alone(service, grainy, 70.0)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    pasted = cv2.warpAffine(aged.preview(), aged.aligned.matrix, grainy.photo.size, flags=flags)
    weight = grainy.weight(aged)
    inside: Mask = weight > 0.5 * weight.max()
    assert carried(grainy, pasted, inside) < 0.5


@pytest.mark.parametrize("target", [15.0, 70.0])
def test_the_change_begins_without_a_step(
    service: AgingPipeline, grainy: Grainy, target: float
) -> None:
    """At the mask's outer edge it grows more slowly than it varies inside, and from nothing."""
    aged = face_alone(service, grainy, target)
    change = (composite(grainy.deep, [aged]).astype(np.float32) - grainy.deep.pixels) / 257
    weight = grainy.weight(aged)
    outer = outside_openings(aged, grainy)
    rim: Mask = (weight > 0) & (weight < 0.1 * weight.max()) & outer
    inside: Mask = weight > 0.5 * weight.max()
    slope = np.hypot(*np.gradient(luma(change)))
    assert np.percentile(slope[rim], 99) < 0.4 * np.percentile(slope[inside], 99)
    untouched = (change == 0).all(2).astype(np.uint8)
    first: Mask = (cv2.dilate(untouched, np.ones((3, 3))) > 0) & (untouched == 0) & rim
    assert np.abs(change[first]).max() < 1, "less than a level: no eye sees where it begins"


def outside_openings(aged: AgedFace, grainy: Grainy) -> Mask:
    """Away from eyes and mouth, around which the mask falls steeply and shall."""
    points = aged.aligned.landmarks
    rings = [points[list(ring)] for ring in (lm.LEFT_EYE, lm.RIGHT_EYE, lm.INNER_LIPS)]
    near = fill(rings, len(aged.mask), 0.03 * len(aged.mask))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpAffine(near, aged.aligned.matrix, grainy.photo.size, flags=flags)
    return np.asarray(warped < 0.01)
