"""What pictures of a face at several ages show: around the face, levelled, or the whole photo."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.aged import AgedFace
from engine.domain import Photo
from engine.faces import landmarks as lm
from engine.imaging.color import to_srgb8
from engine.imaging.composite import composite
from engine.imaging.framing import EYES, FILM_MOST, SHEET_MOST, Frame, frame_of
from engine.imaging.geometry import invert, transform_points
from engine.imaging.resize import shrink
from engine.imaging.strip import contact_strip, row_height
from engine.orders import Framing
from tests.unit.imaging.pictures import (
    aged_face,
    asymmetric,
    flat_change,
    noise,
    photo,
    similarity,
    wide_profile,
)

SIDE = 64
MIDDLE = ((SIDE - 1) / 2, (SIDE - 1) / 2)


def face_at(
    x: float, y: float, degrees: float = 0.0, *, native: float = 128.0, red: float = 0.3
) -> AgedFace:
    """A face ``native`` photo pixels across whose eyes are 4 degrees off its crop's level."""
    face = aged_face(
        similarity(SIDE / native, degrees, (x, y), MIDDLE), flat_change(SIDE, red, 0, 0)
    )
    points = np.random.default_rng(1).uniform(14, 50, (478, 2)).astype(np.float32)
    tilt = 12 * np.tan(np.radians(4))
    points[list(EYES[0])], points[list(EYES[1])] = (20, 24 - tilt), (44, 24 + tilt)
    return replace(face, aligned=replace(face.aligned, landmarks=points))


def eyes_in(frame: Frame, face: AgedFace) -> NDArray[np.float64]:
    """(2, 2): where the frame shows the middle of either eye."""
    eyes = np.array([face.aligned.landmarks[list(corners)].mean(0) for corners in EYES])
    in_photo = transform_points(invert(face.aligned.matrix), eyes)
    return transform_points(invert(frame.matrix), in_photo)


def test_the_eyes_are_those_of_the_detector() -> None:
    assert EYES == (
        (lm.LEFT_EYE_OUTER, lm.LEFT_EYE_INNER),
        (lm.RIGHT_EYE_INNER, lm.RIGHT_EYE_OUTER),
    )


# -- around the face


def test_the_face_is_cut_out_of_the_composited_photo() -> None:
    source, face = photo(noise(320, 240) // 2 + 40), face_at(150, 120, 20)
    part = frame_of(source, face.aligned, Framing.FACE).picture([face])
    height, width = part.shape[:2]
    assert (width, height) == (160, 160)
    top, left = 120 - 80, 150 - 80
    whole = composite(source, [face])
    close = whole[top : top + height, left : left + width].astype(int) - part
    assert np.abs(close).max() <= 1


def test_a_face_at_the_edge_is_cut_there() -> None:
    face = face_at(10, 10)
    shown = frame_of(photo(noise(320, 240)), face.aligned, Framing.FACE)
    assert shown.base.size == (90, 90)


# -- levelled


@pytest.mark.parametrize("degrees", [0, 17, -38, 90, 180])
def test_levelled_eyes_lie_on_a_horizontal_line(degrees: float) -> None:
    face = face_at(300, 290, degrees)
    frame = frame_of(photo(noise(640, 600)), face.aligned, Framing.ALIGNED)
    assert frame.base.size == (160, 160)
    assert frame.beside is None
    left, right = eyes_in(frame, face)
    assert left[1] == pytest.approx(right[1], abs=1e-6)
    assert right[0] > left[0]
    corners = face.aligned.landmarks[[33, 263]].astype(float)
    assert right[0] - left[0] == pytest.approx(2 * np.hypot(*(corners[1] - corners[0])), abs=1e-3)
    assert np.abs(transform_points(frame.matrix, [[79.5, 79.5]]) - [300, 290]).max() < 1e-6


def test_what_is_levelled_is_the_photo_itself() -> None:
    """Upside down, a frame is the photo's part turned by half, to the pixel."""
    source = photo(noise(400, 400))
    face = aged_face(similarity(0.5, 180, (199.5, 199.5), MIDDLE), flat_change(SIDE, 0.2, 0, 0))
    frame = frame_of(source, face.aligned, Framing.ALIGNED)
    assert np.array_equal(frame.base.pixels, source.pixels[120:280, 120:280][::-1, ::-1])
    turned = composite(source, [face])[120:280, 120:280][::-1, ::-1].astype(int)
    assert np.abs(turned - frame.picture([face])).max() <= 1


def test_near_the_edge_a_levelled_frame_is_smaller_and_shows_the_photo_alone() -> None:
    face = face_at(200, 70, 0)
    frame = frame_of(photo(noise(400, 400)), face.aligned, Framing.ALIGNED)
    wide, high = frame.base.size
    assert frame.beside is None
    assert wide == 160
    assert 130 <= high < 160
    corners = [(-0.5, -0.5), (wide - 0.5, -0.5), (-0.5, high - 0.5), (wide - 0.5, high - 0.5)]
    inside = transform_points(frame.matrix, corners)
    assert inside.min() >= -0.51
    left, right = eyes_in(frame, face)
    assert left[1] == pytest.approx(right[1], abs=1e-6)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_where_the_face_itself_is_cut_there_is_no_black_and_no_second_face(dtype: type) -> None:
    top = np.iinfo(dtype).max
    face = face_at(20, 30, 30)
    frame = frame_of(photo(noise(300, 300, dtype) // 2 + top // 2), face.aligned, Framing.ALIGNED)
    assert frame.beside is not None
    assert frame.beside.mean() > 0.1
    shown = frame.base.pixels
    assert shown.dtype == dtype
    assert shown.min() > top / 3
    assert shown[frame.beside].std() < shown[~frame.beside].std() / 2, "blurred"
    before, after = frame.picture(), frame.picture([face])
    assert np.array_equal(before[frame.beside], after[frame.beside])
    assert not np.array_equal(before, after)


def test_a_face_without_landmarks_is_levelled_by_its_matrix() -> None:
    face = aged_face(similarity(0.5, 40, (200, 200), MIDDLE), flat_change(SIDE, 0.2, 0, 0))
    frame = frame_of(photo(noise(400, 400)), face.aligned, Framing.ALIGNED)
    straight = invert(frame.matrix)[:, :2] @ invert(face.aligned.matrix)[:, :2]
    assert np.abs(straight - 2 * np.eye(2)).max() < 1e-6


# -- the whole photo


@pytest.mark.parametrize("most", [(1280, 720), (200, 200), (90, 1000)])
def test_the_whole_photo_fits_and_keeps_its_shape(most: tuple[int, int]) -> None:
    face = face_at(150, 120)
    shown = frame_of(photo(noise(320, 240)), face.aligned, Framing.PHOTO, most)
    wide, high = shown.base.size
    assert wide == min(320, most[0])
    assert high == pytest.approx(wide * 0.75, abs=0.5)
    far = transform_points(shown.matrix, [[-0.5, -0.5], [wide - 0.5, high - 0.5]])
    assert np.abs(far - [[-0.5, -0.5], [319.5, 239.5]]).max() < 1e-9


def test_outside_the_face_every_picture_of_the_whole_photo_is_the_same() -> None:
    source = photo(noise(1500, 1000), icc=wide_profile())
    young, old = face_at(600, 400, 25, red=-0.2), face_at(600, 400, 25, red=0.5)
    frame = frame_of(source, young.aligned, Framing.PHOTO, (500, 500))
    pictures = [frame.picture([face]) for face in (young, old)]
    y, x = np.mgrid[:333, :500]
    outside = np.hypot(x - 200, y - 133) > 64 / 3 + 3  # the crop's inner circle
    assert np.array_equal(pictures[0][outside], pictures[1][outside])
    assert np.array_equal(pictures[0][outside], frame.base.pixels[outside])
    assert (pictures[0][133, 200] != pictures[1][133, 200]).any()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("icc", [None, wide_profile()])
def test_a_small_picture_is_the_aged_photo_made_small(dtype: type, icc: bytes | None) -> None:
    """The order does not matter: compositing and scaling are both (nearly) sums."""
    source = photo(asymmetric(1200, 900, dtype), icc=icc)
    face = face_at(500, 430, 30, native=500, red=-0.15)
    shown = frame_of(source, face.aligned, Framing.PHOTO, (300, 300)).picture([face])
    wanted = shrink(composite(source, [face]), 300) // (257 if dtype is np.uint16 else 1)
    assert np.abs(shown.astype(int) - wanted).max() <= 2
    plain = frame_of(source, face.aligned, Framing.PHOTO, (300, 300)).in_srgb().picture([face])
    assert np.abs(to_srgb8(shown, icc).astype(int) - plain).max() <= 3


def test_transparency_is_laid_on_white() -> None:
    alpha = np.full((240, 320), 255, np.uint8)
    alpha[:, 240:] = 0
    source = photo(np.full((240, 320, 3), 50, np.uint8), alpha=alpha)
    face = face_at(100, 120)
    for framing in Framing:
        shown = frame_of(source, face.aligned, framing, (80, 80)).picture([face])
        assert shown[4, 4].tolist() == [50, 50, 50]
    whole = frame_of(source, face.aligned, Framing.PHOTO, (80, 80)).picture([face])
    assert whole[30, 75].tolist() == [255, 255, 255]


# -- sizes


@pytest.mark.parametrize("framing", list(Framing))
@pytest.mark.parametrize("shape", [(3000, 2000), (2000, 3000), (2500, 2500)])
def test_no_tile_is_higher_than_720_and_no_film_larger_than_1080(
    framing: Framing, shape: tuple[int, int]
) -> None:
    source = photo(np.zeros((*shape, 3), np.uint8))
    face = face_at(1000, 1000, 10, native=1600)
    tile = frame_of(source, face.aligned, framing, SHEET_MOST[framing]).picture()
    assert 300 < row_height([tile]) <= 720
    still = frame_of(source, face.aligned, framing, FILM_MOST[framing]).picture()
    film = contact_strip([still], ["65"], height=row_height([still]))
    assert 480 <= max(film.shape) <= 1080


def test_the_photo_is_left_as_it_is() -> None:
    source, face = photo(noise(320, 240)), face_at(150, 120)
    kept: Photo = replace(source, pixels=source.pixels.copy())
    for framing in Framing:
        picture = frame_of(source, face.aligned, framing).picture([face])
        picture[...] = 0
    assert np.array_equal(source.pixels, kept.pixels)
