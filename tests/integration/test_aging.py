"""A real photo in, the aged photo out, judged by estimators of its age and of identity."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.domain import AgeRequest, Face, Photo, PixelArray
from engine.evaluation.outside import OutsideJudge
from engine.faces.align import align
from engine.faces.template import PORTRAIT
from engine.inference.pipeline import AgingPipeline


@pytest.fixture(scope="module")
def outsider() -> OutsideJudge:
    return OutsideJudge()


def only_face(service: AgingPipeline, photo: Photo) -> Face:
    (face,) = service.find_faces(photo)
    return face


def age_read(judge: OutsideJudge, pixels: PixelArray, face: Face) -> float:
    """Years that an estimator nobody here trained reads off the face."""
    crop = align(np.asarray(pixels, np.uint8), face.landmarks, PORTRAIT, 128).pixels
    return float(judge.read([crop])[0][0])


def test_one_face_is_found_in_each_sample(service: AgingPipeline, sample: Path) -> None:
    face = only_face(service, service.open_photo(sample))
    assert face.obstacle is None
    assert face.age is not None


# Grace Hopper is past 70 in her portrait, so only the way back is asked of it.
@pytest.mark.parametrize(
    ("name", "targets"), [("astronaut.png", (20.0, 70.0)), ("grace_hopper.jpg", (20.0,))]
)
def test_older_looks_older_and_younger_younger_and_the_person_stays(
    service: AgingPipeline,
    outsider: OutsideJudge,
    samples: Path,
    name: str,
    targets: tuple[float, ...],
) -> None:
    photo = service.open_photo(samples / name)
    face = only_face(service, photo)
    now = age_read(outsider, photo.pixels, face)
    for target in targets:
        result = service.age_photo(photo, [face], [AgeRequest(1, target)])
        then = age_read(outsider, result.pixels, face)
        assert (then > now) == (target == 70.0), f"{now:.0f} became {then:.0f} at {target:.0f}"
        scores = result.faces[0].scores
        assert (scores.age_after > scores.age_before) == (target == 70.0)
        assert scores.same_person


def test_outside_face_and_hair_no_pixel_changes(service: AgingPipeline, sample: Path) -> None:
    photo = service.open_photo(sample)
    face = only_face(service, photo)
    result = service.age_photo(photo, [face], [AgeRequest(1, 70.0)])
    changed = (result.pixels != photo.pixels).any(2)
    assert changed.mean() > 0.005
    ys, xs = np.nonzero(changed)
    box, reach = face.box, 0.7 * face.size
    assert xs.min() > box.x - reach
    assert xs.max() < box.x + box.w + reach
    assert ys.min() > box.y - reach
    assert ys.max() < box.y + box.h + reach


def test_no_strength_changes_nothing(service: AgingPipeline, sample: Path) -> None:
    photo = service.open_photo(sample)
    face = only_face(service, photo)
    result = service.age_photo(photo, [face], [AgeRequest(1, 70.0, strength=0.0)])
    assert (result.pixels == photo.pixels).all()


def test_the_same_face_three_times_as_large_gets_the_same_change(
    service: AgingPipeline, samples: Path
) -> None:
    photo = service.open_photo(samples / "grace_hopper.jpg")
    size = (3 * photo.size[0], 3 * photo.size[1])
    large = Image.fromarray(np.asarray(photo.pixels, np.uint8)).resize(size)
    bigger = dataclasses.replace(photo, pixels=np.asarray(large), sha256="larger")
    face, big_face = only_face(service, photo), only_face(service, bigger)
    assert big_face.size == pytest.approx(3 * face.size, rel=0.05)

    def difference(source: Photo, of: Face) -> Image.Image:
        result = service.age_photo(source, [of], [AgeRequest(1, 20.0)])
        change = result.pixels.astype(np.float32) - source.pixels
        return Image.fromarray(change.mean(2)).resize((128, 150), Image.Resampling.BOX)

    small, big = np.asarray(difference(photo, face)), np.asarray(difference(bigger, big_face))
    assert np.corrcoef(small.ravel(), big.ravel())[0, 1] > 0.9
