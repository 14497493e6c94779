"""Portraits painted around the landmarks of a real face, and sets of heads made of them."""

from __future__ import annotations

import functools
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces.head import PARSED_SIDE, frame_matrix
from engine.faces.landmarks import BEARD_AREA, CHIN, FACE_OVAL, FOREHEAD_TOP
from engine.imaging.geometry import transform_points
from engine.training.heads.head_set import write_heads
from engine.training.heads.labels import filled
from engine.training.heads.scenes import LabelledHead
from engine.training.heads.screen import screen_labels
from tests.unit.evaluation.sample_faces import HOPPER, crop, landmarks

SIDE = PARSED_SIDE
BLUE, SKIN, BROWN, SUIT = (40, 80, 200), (225, 172, 145), (70, 45, 30), (90, 95, 90)


@functools.cache
def points() -> FloatArray:
    """(478, 2) of a real face in its frame."""
    matrix = frame_matrix(crop(HOPPER))
    return transform_points(matrix, landmarks(HOPPER)).astype(np.float32)


def regions() -> dict[str, NDArray[np.bool_]]:
    """Where the painted head's parts are; the face lies before the hair."""
    face, side = points(), SIDE
    middle = (face[FOREHEAD_TOP] + face[CHIN]) / 2
    height = float(np.linalg.norm(face[FOREHEAD_TOP] - face[CHIN]))
    oval = filled([face[list(FACE_OVAL)]], side)
    rows, columns = np.mgrid[:side, :side]
    apart = np.hypot((columns - middle[0]) / 0.56, (rows - middle[1]) / 0.78)
    hair = (apart < height) & (rows < middle[1]) & ~oval
    suit = (rows > face[CHIN, 1] + 0.35 * height) & (np.abs(columns - middle[0]) < 1.2 * height)
    neck = (np.abs(columns - middle[0]) < 0.25 * height) & (rows > middle[1]) & ~suit & ~oval
    return {"hair": hair, "skin": oval | neck, "suit": suit, "oval": oval}


def portrait(*, behind: tuple[int, int, int] = BLUE, bearded: bool = False) -> NDArray[np.uint8]:
    """256×256×3: a painted head, softly drawn, with some grain."""
    where, picture = regions(), np.full((SIDE, SIDE, 3), behind, np.float32)
    for name, colour in (("hair", BROWN), ("skin", SKIN), ("suit", SUIT)):
        picture[where[name]] = colour
    if bearded:
        picture[filled([points()[list(BEARD_AREA)]], SIDE)] = BROWN
    picture = cv2.GaussianBlur(picture, (0, 0), 1.0)
    picture += np.random.default_rng(0).normal(0, 2, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def seen(rim: int = 0) -> NDArray[np.bool_]:
    """All of the frame but a rim."""
    mask = np.zeros((SIDE, SIDE), np.bool_)
    mask[rim : SIDE - rim, rim : SIDE - rim] = True
    return mask


@functools.cache
def head() -> LabelledHead:
    """The painted portrait with its labels; a rim of 8 pixels is beside the photo."""
    labels = screen_labels(portrait(), seen(8), points(), man=True)
    assert labels is not None
    return LabelledHead(portrait(), labels, points())


def write(root: Path, count: int = 4, *, held_out: int = 1) -> Path:
    """A set of ``count`` such heads and one unlabelled picture of noise."""
    noise = np.random.default_rng(3).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    other = LabelledHead(noise, np.full((SIDE, SIDE), 255, np.uint8), points())
    held = np.arange(count + 1) < held_out
    names = [f"painted/{number}.png" for number in range(count + 1)]
    write_heads(root, {"config": {}}, names, [head()] * count + [other], count, held)
    return root
