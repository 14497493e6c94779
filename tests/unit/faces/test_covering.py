"""What covers a face leaves the mask; a face with nothing before it keeps all of it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.domain import AlignedFace, FloatArray
from engine.faces import landmarks as lm
from engine.faces.align import align
from engine.faces.covering import Coverings, softened
from engine.faces.foreign import foreign_mask
from engine.faces.template import PORTRAIT
from engine.imaging.geometry import invert, transform_points
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, crop, landmarks, picture
from tests.unit.faces.painted import placed

TEAL, VIOLET, SIZE = (30, 150, 150), (110, 60, 190), 128


class Still:
    """A hand finder that sees the same hand in every look, or none."""

    def __init__(self, hand: FloatArray | None = None) -> None:
        self.hand = hand
        self.closed = 0

    def find(self, rgb: NDArray[np.uint8]) -> tuple[FloatArray, ...]:
        return () if self.hand is None else (self.hand,)

    def close(self) -> None:
        self.closed += 1


def scarf(face: AlignedFace, colour: tuple[int, int, int], top: float = 0.72) -> AlignedFace:
    """The crop with everything below a line covered by cloth with folds."""
    pixels = face.pixels.copy()
    size = len(pixels)
    y, x = np.mgrid[:size, :size]
    below = y > top * size + 0.04 * size * np.sin(x / size * 9)
    folds = 1 + 0.2 * np.sin((x + y) / size * 30)[..., None]
    pixels[below] = np.clip(np.array(colour) * folds, 0, 255)[below].astype(np.uint8)
    return AlignedFace(pixels, face.matrix, face.mask, face.template, face.landmarks)


def foreign(face: AlignedFace) -> FloatArray:
    return foreign_mask(face.pixels, face.landmarks, face.mask)


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
@pytest.mark.parametrize("colour", [TEAL, VIOLET])
def test_a_coloured_scarf_is_foreign_and_the_face_is_not(
    name: str, colour: tuple[int, int, int]
) -> None:
    face = crop(name, SIZE)
    found = foreign(scarf(face, colour))
    assert found[int(0.82 * SIZE) :, 30:98].mean() > 0.95
    assert not found[: int(0.65 * SIZE), 30:98].any()


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
@pytest.mark.parametrize("size", [64, 128, 256])
def test_a_bare_face_has_nothing_foreign(name: str, size: int) -> None:
    face = crop(name, size)
    assert not (foreign(face) * (face.mask > 0.5)).any()


def lit(pixels: NDArray[np.uint8], side: tuple[float, float, float]) -> NDArray[np.uint8]:
    """Light of a colour from the left."""
    share = np.linspace(1, 0, pixels.shape[1])[None, :, None]
    gain = 1 + (np.array(side) - 1) * share
    return np.clip(pixels * gain, 0, 255).astype(np.uint8)


def marked(
    face: AlignedFace, indices: tuple[int, ...], colour: tuple[int, int, int]
) -> AlignedFace:
    pixels = face.pixels.copy()
    outline = np.rint(face.landmarks[list(indices)]).astype(np.int32)
    cv2.fillPoly(pixels, [outline], colour)
    return AlignedFace(pixels, face.matrix, face.mask, face.template, face.landmarks)


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
def test_eye_shadow_lips_beards_and_spots_are_the_face_s_own(name: str) -> None:
    face = crop(name, SIZE)
    over = face.mask > 0.5
    for altered in (
        marked(face, lm.LEFT_EYE_AREA, (60, 70, 170)),  # blue eye shadow
        marked(face, lm.INNER_LIPS, (150, 20, 120)),
        marked(face, (172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 17, 58),
               (46, 40, 36)),  # a black beard out to the edge
        marked(face, (172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 17, 58),
               (196, 196, 200)),  # a white one
    ):  # fmt: skip
        assert not (foreign(altered) * over).any()


@pytest.mark.parametrize(
    "light", [(0.3, 0.3, 0.3), (0.45, 0.65, 1.15), (1.4, 0.9, 0.6), (0.8, 1.1, 0.7)]
)
def test_light_from_the_side_is_no_cover(light: tuple[float, float, float]) -> None:
    face = crop(HOPPER, SIZE)
    shone = AlignedFace(
        lit(face.pixels, light), face.matrix, face.mask, face.template, face.landmarks
    )
    assert (foreign(shone) * (face.mask > 0.5)).mean() < 0.01


def test_without_colour_nothing_is_foreign() -> None:
    face = scarf(crop(HOPPER, SIZE), TEAL)
    grey = np.repeat(face.pixels.mean(2, keepdims=True), 3, 2).astype(np.uint8)
    assert not foreign_mask(grey, face.landmarks, face.mask).any()


def test_softened_is_whole_out_to_the_edge_and_soft_beyond() -> None:
    half = np.zeros((128, 128), np.float32)
    half[:, 64:] = 1
    row = softened(half)[64]
    assert (row[64:] > 0.999).all() or row[64] == pytest.approx(1, abs=0.15)
    assert 0.05 < row[63] < 1
    assert not row[:56].any() or row[:56].max() < 1e-3
    assert (np.diff(row) >= -1e-6).all()


def test_nothing_before_a_face_leaves_the_very_mask() -> None:
    face = crop(ASTRONAUT, SIZE)
    kept = Coverings(Still()).taken_out(picture(ASTRONAUT), landmarks(ASTRONAUT), face)
    assert kept is face


def test_a_hand_and_a_scarf_leave_the_mask() -> None:
    photo, points = picture(ASTRONAUT), landmarks(ASTRONAUT)
    plain = align(photo, points, PORTRAIT, SIZE)
    covered = scarf(plain, TEAL)
    hand_in_view = placed((160.0, 300.0), 90.0)  # of the 320 pixels that are looked at
    kept = Coverings(Still(hand_in_view)).taken_out(photo, points, covered)
    assert kept.pixels is covered.pixels
    assert (kept.mask <= plain.mask).all()
    gone = plain.mask - kept.mask
    assert gone[int(0.85 * SIZE), 50:78].min() > 0.5 * plain.mask[int(0.85 * SIZE), 50:78].min()
    nose = plain.landmarks[lm.NOSE_TIP]
    assert gone[int(nose[1]), int(nose[0])] > 0.9, "the fingers reach the nose"
    brow = plain.landmarks[151]
    assert gone[int(brow[1]), int(brow[0])] == 0, "the forehead is bare"


def test_a_hand_is_placed_by_the_crop_s_matrix() -> None:
    photo, points = picture(ASTRONAUT), landmarks(ASTRONAUT)
    masks = []
    for size in (64, 256):
        face = align(photo, points, PORTRAIT, size)
        kept = Coverings(Still(placed((160.0, 300.0), 90.0))).taken_out(photo, points, face)
        gone = (face.mask - kept.mask) > 0.5
        y, x = np.nonzero(gone)
        masks.append(transform_points(invert(face.matrix), np.stack([x, y], 1)).mean(0))
    assert np.abs(masks[0] - masks[1]).max() < 2


def test_closing_frees_the_finder() -> None:
    still = Still()
    Coverings(still).close()
    assert still.closed == 1
