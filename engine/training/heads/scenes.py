"""Random scenes from labelled heads: another background, covers, light, a worse camera.

What a parser is to know of the world, and labelled pictures lack, is painted here. The same
generator gives the same scenes.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.domain import FloatArray
from engine.faces.head import FRAME, inner
from engine.imaging.geometry import Matrix, compose, transform_points
from engine.training.degrade import AugmentConfig, degraded
from engine.training.heads.covers import cover
from engine.training.heads.fabrics import Colours, background, fabric
from engine.training.heads.labels import (
    BEYOND,
    COVER,
    HAIR,
    IGNORED,
    SCREEN,
    SKIN,
    Mask,
    Pixels,
    learnt,
    shrunk,
)

_CAMERA = AugmentConfig(
    grey=0.12,
    shade=0.25,
    shade_light=(0.25, 0.85),
    blur=0.4,
    blur_sigma=(0.4, 1.8),
    noise=0.3,
    noise_sigma=(2.0, 14.0),
    jpeg=0.3,
    jpeg_quality=(25.0, 90.0),
)
_KEPT_SCREENS = 0.1
_COVERS = (0.45, 0.45, 0.1)
_SPILL = 5
_EYES_AND_MOUTH = [33, 263, 61, 291]
_HID, _TOUCHED = 0.6, 0.25


@dataclass(frozen=True, slots=True, eq=False)
class LabelledHead:
    """A head in its frame.

    Attributes:
        frame: F×F×3 RGB, mirrored where it reaches beyond the photo.
        labels: F×F, see :mod:`engine.training.heads.labels`.
        landmarks: (478, 2) frame pixels.
    """

    frame: Pixels
    labels: Pixels
    landmarks: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What a parser sees, and what it should say.

    Attributes:
        frame: F×F×3 RGB, black where nothing is to be seen.
        labels: F×F, :data:`engine.faces.head.PARTS` by number, or IGNORED.
    """

    frame: Pixels
    labels: Pixels


def scene(head: LabelledHead, pictures: Pixels, random: np.random.Generator) -> Scene:
    """One random scene of a head; ``pictures`` (N, F, F, 3) lend backgrounds and fabrics."""
    moved = _movement(head.landmarks, len(head.frame), random)
    labels = _warped(head.labels, moved, cv2.INTER_NEAREST, BEYOND)
    landmarks = transform_points(moved, head.landmarks).astype(np.float32)
    if (head.labels == SCREEN).any() and random.random() >= _KEPT_SCREENS:
        light = _before_another(head, moved, pictures, random)
    else:
        light = _warped(head.frame, moved, cv2.INTER_LINEAR).astype(np.float32)
    beyond = (labels == BEYOND) | _missing(len(labels), random)
    labels = learnt(labels)
    person = np.isin(labels, (HAIR, SKIN))
    for _ in range(random.choice(len(_COVERS), p=_COVERS)):
        light, labels = covered(light, labels, cover(landmarks, person, random), pictures, random)
    frame = degraded(_lit(light, random), _CAMERA, random)
    frame[beyond], labels[beyond] = 0, IGNORED
    return Scene(frame, labels)


def without_spill(frame: Pixels, screen: Mask) -> tuple[Pixels, Pixels]:
    """A portrait without its screen's light on the edge.

    Returns:
        The frame with the edge in the colours that lie nearest inside, half as bright as it was
        and half as those are; and the same with these colours carried on over the screen, for
        edges that are drawn softly.
    """
    person = ~screen
    whole = shrunk(person, _SPILL)
    if not whole.any():
        return frame, frame
    _, numbered = cv2.distanceTransformWithLabels(
        (~whole).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    rows, columns = np.nonzero(whole)
    order = np.zeros(numbered.max() + 1, np.int64)
    order[numbered[rows, columns]] = np.arange(len(rows))
    near = order[numbered]
    nearest = frame[rows[near], columns[near]]
    lab, own = cv2.cvtColor(nearest, cv2.COLOR_RGB2LAB), cv2.cvtColor(frame, cv2.COLOR_RGB2LAB)
    lab[..., 0] = own[..., 0] // 2 + lab[..., 0] // 2
    edge = (person & ~whole)[..., None]
    clean = np.where(edge, cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), frame)
    return clean, np.where(edge | screen[..., None], nearest, frame)


def _movement(landmarks: FloatArray, side: int, random: np.random.Generator) -> Matrix:
    """A little larger or smaller, turned, shifted, and mirrored half of the times."""
    x, y = (float(value) for value in landmarks[_EYES_AND_MOUTH].mean(0))
    size, angle = float(np.exp(random.normal(0, 0.07))), random.normal(0, 5)
    moved = np.asarray(cv2.getRotationMatrix2D((x, y), angle, size), np.float64)
    moved[:, 2] += random.normal(0, 4, 2)
    mirror = np.array([[-1.0, 0.0, side - 1.0], [0.0, 1.0, 0.0]])
    return compose(moved, mirror) if random.random() < 0.5 else moved


def _warped(picture: Pixels, moved: Matrix, way: int, border: int = 0) -> Pixels:
    size = picture.shape[1], picture.shape[0]
    edge = (border,) * 3
    return np.asarray(cv2.warpAffine(picture, moved, size, flags=way, borderValue=edge), np.uint8)


def _before_another(
    head: LabelledHead, moved: Matrix, pictures: Pixels, random: np.random.Generator
) -> Colours:
    """The portrait before another background."""
    screen = np.isin(head.labels, (SCREEN, BEYOND))
    clean, carried_on = without_spill(head.frame, screen)
    shape = _warped((~screen).astype(np.uint8) * 255, moved, cv2.INTER_LINEAR, 255)
    share = cv2.GaussianBlur(shape.astype(np.float32) / 255, (0, 0), random.uniform(0.5, 1.2))
    if random.random() < 0.5:
        share = np.clip(share * np.float32(1.6) - np.float32(0.45), 0, 1)
    front = carried_on if random.random() < 0.5 else clean
    person = _warped(front, moved, cv2.INTER_LINEAR) * np.float32(random.uniform(0.7, 1.2))
    return _over(person, background(pictures, random), np.asarray(share, np.float32))


def covered(
    light: Colours, labels: Pixels, shape: FloatArray, pictures: Pixels, random: np.random.Generator
) -> tuple[Colours, Pixels]:
    """Something of ``shape`` before the scene, mostly with an edge, sometimes with a shadow."""
    shape = np.asarray(cv2.GaussianBlur(shape, (0, 0), random.uniform(0.5, 1.2)), np.float32)
    if random.random() < 0.4:
        fallen = np.roll(shape, (random.integers(0, 7), random.integers(-5, 6)), (0, 1))
        shadow = cv2.GaussianBlur(fallen, (0, 0), random.uniform(1, 5))
        light = light * (1 - np.float32(0.45 * random.random()) * shadow)[..., None]
    light = _over(_in_the_light(fabric(pictures, random), light, random), light, shape)
    labels = np.where(shape > _TOUCHED, IGNORED, labels)
    return light, np.where(shape > _HID, COVER, labels).astype(np.uint8)


def _in_the_light(cloth: Colours, light: Colours, random: np.random.Generator) -> Colours:
    """A cloth lit as what is around it: by none to all of the scene's slow changes of light."""
    brightness = light.mean(2) + np.float32(20)
    around = cv2.GaussianBlur(brightness, (0, 0), random.uniform(8, 25))
    share = np.float32(random.random())
    gain = (around / np.float32(around.mean())) ** share
    return np.asarray(np.clip(cloth * gain[..., None], 0, 255), np.float32)


def _over(front: Colours, back: Colours, share: FloatArray) -> Colours:
    return np.asarray(front * share[..., None] + back * (1 - share[..., None]), np.float32)


def _missing(side: int, random: np.random.Generator) -> Mask:
    """Where the photo ends: around a crop of the face, on one side of the frame, or nowhere."""
    missing, chance = np.zeros((side, side), np.bool_), random.random()
    if chance < 0.35:  # an aligned portrait is all there is, or a rim beside it
        rim = int(random.integers(0, 26)) if random.random() < 0.6 else 0
        missing[:] = True
        rows, columns = inner(side // FRAME)
        missing[rows.start - rim : rows.stop + rim, columns.start - rim : columns.stop + rim] = 0
    elif chance < 0.5:
        depth = int(random.integers(10, 110))
        edges = (
            np.s_[: depth // 2],
            np.s_[:, :depth],
            np.s_[:, side - depth :],
            np.s_[side - depth :],
        )
        missing[edges[random.integers(len(edges))]] = True
    return missing


def _lit(light: Colours, random: np.random.Generator) -> Pixels:
    """Another exposure, another balance of colours, another contrast."""
    lit = 255 * (np.clip(light, 0, 255) / 255) ** random.uniform(0.6, 1.6)
    cast = 0.05 if random.random() < 0.75 else 0.18
    lit *= random.uniform(0.75, 1.2) * (1 + random.normal(0, cast, 3))
    if random.random() < 0.3:
        lit = (lit - 128) * random.uniform(0.6, 1.2) + 128
    return np.clip(lit, 0, 255).astype(np.uint8)
