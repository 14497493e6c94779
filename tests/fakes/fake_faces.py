"""The fake engine's faces and what becomes of them: real pixels, changed by plain filters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from engine.aged import AgedFace, taken
from engine.domain import (
    EYES,
    FACIAL_HAIR,
    HAIR,
    SKIN,
    AgeRequest,
    AlignedFace,
    Box,
    Face,
    FloatArray,
    Photo,
    Scores,
)

SIZE = 160


def make_face(
    index: int, box: tuple[float, ...], age: float | None, obstacle: str | None = None
) -> Face:
    """A face with landmarks spread over its box."""
    x, y, w, h = box
    rng = np.random.default_rng(index)
    spread = rng.random((478, 2)).astype(np.float32) * np.float32([w, h]) + np.float32([x, y])
    return Face(index, Box(x, y, w, h), spread, 0.98, 0.0, 0.0, 90.0, age, obstacle)


def make_aligned(photo: Photo, face: Face) -> AlignedFace:
    """Crop a square around the face."""
    box = face.box
    side = max(box.w, box.h) * 1.35
    left, top = box.x + box.w / 2 - side / 2, box.y + box.h / 2 - side * 0.54
    scale = SIZE / side
    matrix = np.array(
        [[scale, 0, -left * scale + (scale - 1) / 2], [0, scale, -top * scale + (scale - 1) / 2]]
    )
    image = Image.fromarray(np.asarray(photo.pixels, np.uint8))
    corners = (left + 0.5, top + 0.5, left + 0.5 + side, top + 0.5 + side)
    crop = image.transform((SIZE, SIZE), Image.Transform.EXTENT, corners, Image.Resampling.BICUBIC)
    landmarks = face.landmarks @ matrix[:, :2].T.astype(np.float32) + matrix[:, 2]
    return AlignedFace(np.array(crop), matrix, soft_oval(), "fake", landmarks.astype(np.float32))


def soft_oval() -> FloatArray:
    """A feathered oval in the middle of the crop."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] / (SIZE - 1) - 0.5
    radius = np.sqrt((x / 0.36) ** 2 + ((y - 0.03) / 0.43) ** 2)
    return np.clip((1.0 - radius) * 5, 0, 1).astype(np.float32)


def region_bands() -> dict[str, FloatArray]:
    """Three bands of the crop stand for the regions: hair above, eyes, skin below.

    The lowest part of the skin stands for the beard, the lowest of the hair for the brows.
    """
    weights = {}
    bands = ((HAIR, ((0, 50),)), (EYES, ((50, 75),)), (SKIN, ((75, SIZE),)))
    for name, rows in (*bands, (FACIAL_HAIR, ((45, 50), (120, SIZE)))):
        weights[name] = np.zeros((SIZE, SIZE), np.float32)
        for top, bottom in rows:
            weights[name][top:bottom] = 1
    return weights


def make_aged(photo: Photo, face: Face, request: AgeRequest) -> AgedFace:
    """Older: stronger lines, greyer. Younger: smoother, rosier."""
    aligned = make_aligned(photo, face)
    crop = aligned.pixels.astype(np.float32) / 255
    age = face.age if face.age is not None else 35.0
    years = (request.target - age) / 50
    soft = _blurred(aligned.pixels, 5)
    fine = crop - _blurred(aligned.pixels, 2)
    broad = crop - soft
    grey = crop.mean(axis=2, keepdims=True) - crop
    if years > 0:
        change = years * (2.6 * fine + 0.8 * broad + 0.35 * grey - 0.03)
    else:
        change = -years * (-1.2 * fine - 0.35 * broad + np.float32([0.05, 0.015, 0.01]))
    after = age + (request.target - age) * 0.93 * request.strength
    identity = 0.92 - 0.45 * abs(years) * request.strength
    scores = Scores(age, after, identity, identity > 0.363, True, _verdict(identity, after))
    weights = region_bands()
    mask = aligned.mask * taken(weights, request)
    return AgedFace(
        request, aligned, change.astype(np.float32), mask, scores, aligned.mask, weights
    )


def native_change(aged: AgedFace, size: tuple[int, int]) -> NDArray[np.float32]:
    """The change at the photo's size, H×W×3, in 0..255 units."""
    weight = aged.mask[..., None] * aged.request.strength
    total = (255 * aged.change * weight).astype(np.float32)
    m = np.vstack([aged.aligned.matrix, [0, 0, 1]])
    a, _b, c, _d, e, f = m[:2].ravel()
    c, f = c + 0.5 - a * 0.5, f + 0.5 - e * 0.5
    planes = [
        Image.fromarray(np.ascontiguousarray(total[..., k])).transform(
            size, Image.Transform.AFFINE, (a, 0, c, 0, e, f), Image.Resampling.BILINEAR
        )
        for k in range(3)
    ]
    return np.stack([np.asarray(plane, np.float32) for plane in planes], axis=2)


def _blurred(pixels: NDArray[np.uint8], radius: float) -> NDArray[np.float32]:
    soft = Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(soft, np.float32) / 255


def _verdict(identity: float, after: float) -> str:
    same = "The same person" if identity > 0.363 else "It is doubtful that this is the same person"
    return f"{same}; looks about {round(after)}."
