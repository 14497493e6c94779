"""A result that looks too old is made again for a nearer age."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.domain import AgeRequest, Face, Photo
from tests.unit.inference.parts import Overshooting, build, on_torch
from tests.unit.models import tiny


def test_what_goes_too_far_is_decoded_again_for_a_nearer_age(
    weights: Path, photo: Photo, face: Face
) -> None:
    predictor = on_torch(Overshooting, tiny.estimator())
    pipeline = build(weights, predictor)
    aged = pipeline.age_face(photo, replace(face, age=30.0), AgeRequest(1, 60.0))
    pipeline.close()
    assert predictor.asked == [60.0, 44.0], "20 years past, four fifths of them taken back"
    assert aged.request.target == 60.0
    assert aged.scores.age_after == 64.0


def test_a_model_of_groups_gives_the_group_that_was_asked_for(
    tmp_path: Path, photo: Photo, face: Face
) -> None:
    tiny.install(tmp_path, tiny.lively_delta(), "groups", continuous=False)
    tiny.install(tmp_path, tiny.estimator(), "age")
    predictor = on_torch(Overshooting, tiny.estimator())
    pipeline = build(tmp_path, predictor)
    pipeline.age_face(photo, replace(face, age=30.0), AgeRequest(1, 60.0))
    pipeline.close()
    assert predictor.asked == [60.0], "no other group instead, however far this one goes"
