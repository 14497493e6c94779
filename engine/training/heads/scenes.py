"""Random scenes from labelled heads: another background, covers, light, a worse camera.

What a parser is to know of the world, and labelled pictures lack, is painted here. The same
generator gives the same scenes.
"""

from __future__ import annotations

from collections.abc import Sequence
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
_EYES_AND_MOUTH, _MIRRORED = [33, 263, 61, 291], [263, 33, 291, 61]
_LENT, _OTHER_HUE = 0.35, 0.25
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


def scene(
    head: LabelledHead,
    pictures: Pixels,
    random: np.random.Generator,
    things: Sequence[LabelledHead] = (),
) -> Scene:
    """One random scene of a head.

    Args:
        head: whose.
        pictures: (N, F, F, 3), lend backgrounds and fabrics.
        random: decides everything.
        things: heads that lend what covers them.
    """
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
        if things and random.random() < _LENT:
            cloth, shape = lent(things[int(random.integers(len(things)))], landmarks, random)
        else:
            shape = cover(landmarks, person, random)
            cloth = _bulging(fabric(pictures, random), shape, random)
        light, labels = covered(light, labels, shape, cloth, random)
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
    moved = _jitter(landmarks, random, size=0.07, degrees=5, pixels=4)
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
    light: Colours, labels: Pixels, shape: FloatArray, cloth: Colours, random: np.random.Generator
) -> tuple[Colours, Pixels]:
    """A ``cloth`` of ``shape`` before the scene, mostly with an edge, sometimes with a shadow."""
    shape = np.asarray(cv2.GaussianBlur(shape, (0, 0), random.uniform(0.5, 1.2)), np.float32)
    if random.random() < 0.4:
        fallen = np.roll(shape, (random.integers(0, 7), random.integers(-5, 6)), (0, 1))
        shadow = cv2.GaussianBlur(fallen, (0, 0), random.uniform(1, 5))
        light = light * (1 - np.float32(0.45 * random.random()) * shadow)[..., None]
    light = _over(_in_the_light(cloth, light, random), light, shape)
    labels = np.where(shape > _TOUCHED, IGNORED, labels)
    return light, np.where(shape > _HID, COVER, labels).astype(np.uint8)


def lent(
    thing: LabelledHead, landmarks: FloatArray, random: np.random.Generator
) -> tuple[Colours, FloatArray]:
    """What covers a head, where it would lie on another one.

    Args:
        thing: the head that lends it.
        landmarks: (478, 2) frame pixels, of the other one.
        random: turns, moves, scales, mirrors, lights and dyes it a little.

    Returns:
        Colours F×F×3 in 0..255 and the thing's shape F×F in 0..1.
    """
    frame, shape = thing.frame, (thing.labels == COVER).astype(np.uint8) * np.uint8(255)
    there, order = thing.landmarks, _EYES_AND_MOUTH
    if random.random() < 0.5:
        frame, shape = np.ascontiguousarray(frame[:, ::-1]), np.ascontiguousarray(shape[:, ::-1])
        mirrored = there * np.array([-1, 1], np.float32)
        there, order = mirrored + np.array([len(frame) - 1, 0], np.float32), _MIRRORED
    aside = _jitter(landmarks, random, size=0.12, degrees=7, pixels=5)
    moved = compose(_onto(there[order], landmarks[_EYES_AND_MOUTH]), aside)
    light = random.uniform(0.6, 1.4) * (1 + random.normal(0, 0.05, 3))
    cloth = _warped(frame, moved, cv2.INTER_LINEAR) * light
    if random.random() < _OTHER_HUE:
        cloth = cloth[..., random.permutation(3)]
    placed = _warped(shape, moved, cv2.INTER_LINEAR)
    return np.clip(cloth, 0, 255).astype(np.float32), np.asarray(placed / 255, np.float32)


def _onto(there: FloatArray, here: FloatArray) -> Matrix:
    """The similarity that brings points (n, 2) nearest to others; nothing where there is none."""
    fitted, _ = cv2.estimateAffinePartial2D(there, here)
    return np.eye(2, 3) if fitted is None else np.asarray(fitted, np.float64)


def _jitter(
    landmarks: FloatArray,
    random: np.random.Generator,
    *,
    size: float,
    degrees: float,
    pixels: float,
) -> Matrix:
    """Larger or smaller, turned and shifted around the middle of a face, by these deviations."""
    x, y = (float(value) for value in landmarks[_EYES_AND_MOUTH].mean(0))
    grown, angle = float(np.exp(random.normal(0, size))), random.normal(0, degrees)
    moved = np.asarray(cv2.getRotationMatrix2D((x, y), angle, grown), np.float64)
    moved[:, 2] += random.normal(0, pixels, 2)
    return moved


def _bulging(cloth: Colours, shape: FloatArray, random: np.random.Generator) -> Colours:
    """Half of what covers is round: it darkens towards its edge, most on one side."""
    if random.random() < 0.5 or not (shape > _HID).any():
        return cloth
    inside = cv2.distanceTransform((shape > _HID).astype(np.uint8), cv2.DIST_L2, 5)
    high = np.sqrt(np.clip(inside / max(float(inside.max()), 1.0), 0, 1))
    high = cv2.GaussianBlur(high, (0, 0), 1.5)
    down, across = np.gradient(high)
    angle = random.uniform(0, 2 * np.pi)
    slope = np.clip((across * np.cos(angle) + down * np.sin(angle)) * 6, -1, 1)
    depth, side = random.uniform(0.2, 0.7), random.uniform(0, 0.5)
    light = 1 - depth * (1 - high) + side * slope
    return np.asarray(cloth * np.clip(light, 0.1, 2)[..., None], np.float32)


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
