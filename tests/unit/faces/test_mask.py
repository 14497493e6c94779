"""The soft mask: the face, less the eyes and the open mouth, nothing at the border."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain import FloatArray
from engine.faces import landmarks as lm
from engine.faces.mask import border_ramp, face_mask, region_mask
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, crop

ROUNDING = 1e-6
CHEEKS = (50, 280)  # MediaPipe's landmarks on the apples of the cheeks


def at(mask: FloatArray, point: FloatArray) -> float:
    x, y = (round(float(v)) for v in point)
    return float(mask[y, x])


@pytest.mark.parametrize("name", [ASTRONAUT, HOPPER])
@pytest.mark.parametrize("size", [128, 256])
def test_what_may_change(name: str, size: int) -> None:
    face = crop(name, size)
    mask, points = face.mask, face.landmarks
    assert mask.shape == (size, size)
    assert mask.dtype == np.float32
    assert mask.min() >= -ROUNDING
    assert mask.max() <= 1 + ROUNDING
    for cheek in CHEEKS:
        assert at(mask, points[cheek]) > 0.98
    for ring in (lm.LEFT_EYE, lm.RIGHT_EYE):
        assert at(mask, points[list(ring)].mean(0)) < 0.1
    border = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    assert not border.any()
    assert at(
        mask, points[lm.FOREHEAD_TOP] + (points[lm.FOREHEAD_TOP] - points[lm.CHIN]) * 0.02
    ) > (0.3), "the forehead belongs to it"


def test_an_open_mouth_keeps_its_teeth() -> None:
    face = crop(ASTRONAUT, 256)  # she smiles
    lips = face.landmarks[list(lm.INNER_LIPS)]
    assert at(face.mask, lips.mean(0)) < 0.3
    assert at(face.mask, face.landmarks[17]) > 0.9, "the lip below may change"


def test_ears_and_background_stay() -> None:
    face = crop(HOPPER, 128)
    left, right = face.landmarks[lm.CHEEK_LEFT], face.landmarks[lm.CHEEK_RIGHT]
    out = (left - right) / np.linalg.norm(left - right) * 16
    assert at(face.mask, left + out) < 0.05
    assert at(face.mask, right - out) < 0.05


def test_the_edge_is_soft() -> None:
    steps = np.abs(np.diff(crop(HOPPER, 128).mask[70]))
    assert steps.max() < 0.35
    region = region_mask(crop(HOPPER, 128).landmarks, 128)
    assert ((region > 0.02) & (region < 0.98)).sum() > 500


@settings(max_examples=25, deadline=None)
@given(
    degrees=st.floats(-180, 180), scale=st.floats(0.2, 1.5), x=st.floats(-80, 80), size=st.just(96)
)
def test_any_face_gives_a_mask_in_range(degrees: float, scale: float, x: float, size: int) -> None:
    turn = cv2.getRotationMatrix2D((48, 48), degrees, scale)
    points = crop(HOPPER, size).landmarks @ turn[:, :2].T + turn[:, 2] + [x, 0]
    mask = face_mask(points.astype(np.float32), size)
    assert np.isfinite(mask).all()
    assert mask.min() >= -ROUNDING
    assert mask.max() <= 1 + ROUNDING
    assert not mask[0].any()


def test_a_turned_face_has_the_turned_mask() -> None:
    face = crop(HOPPER, 128)
    points = np.stack([face.landmarks[:, 1], 127 - face.landmarks[:, 0]], 1)
    turned = face_mask(points.astype(np.float32), 128)
    assert np.abs(turned - np.rot90(face.mask)).mean() < 0.008  # half a pixel off: 0.013


@pytest.mark.parametrize("size", [64, 128, 144])
def test_the_ramp_rises_from_nothing_to_one(size: int) -> None:
    ramp = border_ramp(size)
    assert not ramp[0].any()
    assert not ramp[:, -1].any()
    assert ramp[size // 2, size // 2] == 1
    inner = int(np.ceil(0.06 * size))
    assert (ramp[inner:-inner, inner:-inner] == 1).all()
    assert (np.diff(ramp[size // 2, : size // 2]) >= 0).all()
    assert np.array_equal(ramp, ramp.T)
    assert np.array_equal(ramp, ramp[::-1])
