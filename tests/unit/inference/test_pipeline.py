"""The whole service on a sample photo, with real parts and tiny random weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.device import Device
from engine.domain import (
    EYES,
    HAIR,
    REGIONS,
    SKIN,
    AgeRequest,
    Box,
    DeviceReport,
    ExportSpec,
    Face,
    Photo,
    PixelArray,
)
from engine.errors import AgeError, Cancelled, EngineError, FaceError, ModelError
from engine.evaluation.identity import IdentityJudge
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.imaging.geometry import transform_points
from engine.inference.pipeline import AgingPipeline, build_service
from engine.inference.predictor import FaceCode, Predictor
from engine.models.arch.age_estimator import AgeEstimator
from engine.models.assets import LANDMARKER, SFACE, asset
from engine.models.registry import ModelRegistry
from engine.paths import samples_dir
from engine.tasks import CancelToken
from tests.unit.models import tiny


class Counting(Predictor):
    """Counts the crops that are encoded."""

    encoded = 0

    def encode(self, name: str, crops: Sequence[NDArray[np.uint8]]) -> list[FaceCode]:
        self.encoded += len(crops)
        return super().encode(name, crops)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    tiny.install(folder, tiny.lively_delta(), "first", default=True)
    tiny.install(folder, tiny.lively_delta(1), "second", input_size=128)
    tiny.install(folder, tiny.estimator(), "age")
    return folder


@pytest.fixture(scope="module")
def predictor() -> Counting:
    device = Device(DeviceReport("cpu", "CPU", "float32", "asked for"), torch.device("cpu"), None)
    return Counting(device, tiny.estimator())


def build(weights: Path, predictor: Counting) -> AgingPipeline:
    detector, judge = MediaPipeDetector(asset(LANDMARKER)), IdentityJudge(asset(SFACE))
    return AgingPipeline(ModelRegistry(weights), detector, judge, predictor)


@pytest.fixture(scope="module")
def service(weights: Path, predictor: Counting) -> Iterator[AgingPipeline]:
    made = build(weights, predictor)
    yield made
    made.close()


@pytest.fixture(scope="module")
def photo(service: AgingPipeline) -> Photo:
    return service.open_photo(samples_dir() / "astronaut.png")


@pytest.fixture(scope="module")
def face(service: AgingPipeline, photo: Photo) -> Face:
    (found,) = service.find_faces(photo)
    return found


def outside(face_matrix: NDArray[np.float64], side: int, photo: Photo) -> NDArray[np.bool_]:
    """Which pixels of the photo no pixel of the crop touches."""
    width, height = photo.size
    grid = np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1).reshape(-1, 2)
    inside = transform_points(face_matrix, grid)
    far = (inside < -0.5) | (inside > side - 0.5)
    return far.any(1).reshape(height, width)


def test_the_one_face_has_an_age(face: Face) -> None:
    assert face.index == 1
    assert face.obstacle is None
    assert face.age is not None
    assert 0 <= face.age <= 100
    assert 170 < face.box.x < 200
    assert 60 < face.box.y < 120


def test_after_a_rest_everything_is_as_before(
    weights: Path, predictor: Counting, photo: Photo, face: Face
) -> None:
    service = build(weights, predictor)
    try:
        before = service.age_face(photo, face, AgeRequest(1, 60.0))
        service.find_faces(photo)
        service.rest()
        after = service.age_face(photo, face, AgeRequest(1, 60.0))
        (again,) = service.find_faces(photo)
    finally:
        service.close()
    assert after.scores == before.scores
    np.testing.assert_array_equal(after.change, before.change)
    assert again.box == face.box


def test_models_and_device(service: AgingPipeline) -> None:
    assert [card.name for card in service.models()] == ["first", "second"]
    assert service.device().kind == "cpu"


def test_a_face_at_another_age(service: AgingPipeline, photo: Photo, face: Face) -> None:
    aged = service.age_face(photo, face, AgeRequest(1, 70.0))
    assert aged.change.shape == (64, 64, 3)
    assert aged.mask.shape == (64, 64)
    assert (aged.mask <= aged.aligned.mask + 1e-6).all(), "nothing changes outside the face"
    assert -1 <= aged.scores.identity <= 1
    assert aged.scores.verdict
    assert not np.array_equal(aged.preview(), aged.aligned.pixels)


def test_a_further_age_is_one_decode(
    service: AgingPipeline, predictor: Counting, photo: Photo, face: Face
) -> None:
    fresh = replace(face, landmarks=face.landmarks + np.float32(0.25))
    before = predictor.encoded
    young = service.age_face(photo, fresh, AgeRequest(1, 20.0))
    assert predictor.encoded == before + 1
    old = service.age_face(photo, fresh, AgeRequest(1, 70.0))
    assert predictor.encoded == before + 1
    assert not np.array_equal(young.change, old.change)
    service.age_face(photo, fresh, AgeRequest(1, 70.0), model="second")
    assert predictor.encoded == before + 2, "another model has another encoding"


def test_the_age_now_can_be_overridden(service: AgingPipeline, photo: Photo, face: Face) -> None:
    asked = [service.age_face(photo, face, AgeRequest(1, 60.0, source=s)) for s in (20.0, 50.0)]
    assert not np.array_equal(asked[0].change, asked[1].change)


def test_a_corrected_age_is_heeded(service: AgingPipeline, photo: Photo, face: Face) -> None:
    request = AgeRequest(1, 60.0)
    asked = [service.age_face(photo, replace(face, age=age), request) for age in (20.0, 50.0)]
    assert [aged.scores.age_before for aged in asked] == [20.0, 50.0]
    assert not np.array_equal(asked[0].change, asked[1].change)


def test_a_face_without_an_age_is_estimated(
    service: AgingPipeline, photo: Photo, face: Face
) -> None:
    aged = service.age_face(photo, replace(face, age=None), AgeRequest(1, 60.0), model="second")
    assert aged.scores.age_before == pytest.approx(face.age, abs=1e-3)


def test_every_model_brings_its_own_size(service: AgingPipeline, photo: Photo, face: Face) -> None:
    assert service.age_face(photo, face, AgeRequest(1, 60.0), model="second").change.shape[0] == 128


def test_outside_the_crop_every_pixel_stays(
    service: AgingPipeline, photo: Photo, face: Face
) -> None:
    told: list[float] = []
    result = service.age_photo(
        photo, [face], [AgeRequest(1, 70.0)], progress=lambda f, message: told.append(f)
    )
    far = outside(result.faces[0].aligned.matrix, 64, photo)
    changed = (result.pixels != photo.pixels).any(2)
    assert 0.5 < far.mean() < 0.99
    assert not changed[far].any()
    assert changed[~far].mean() > 0.2
    assert result.pixels.dtype == photo.pixels.dtype
    assert result.model == "first"
    assert set(result.timings_ms) == {"age", "composite"}
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_no_strength_is_no_change(service: AgingPipeline, photo: Photo, face: Face) -> None:
    request = AgeRequest(1, 70.0, strength=0.0)
    result = service.age_photo(photo, [face], [request], model="second")  # sees what find_faces saw
    assert np.array_equal(result.pixels, photo.pixels)
    scores = result.faces[0].scores
    assert scores.age_after == pytest.approx(scores.age_before, abs=1e-3)
    assert scores.identity == pytest.approx(1, abs=1e-4)


def test_nothing_asked_for_is_no_change(service: AgingPipeline, photo: Photo, face: Face) -> None:
    result = service.age_photo(photo, [face], [])
    assert np.array_equal(result.pixels, photo.pixels)
    assert result.faces == ()


def test_a_doubtful_result_warns(service: AgingPipeline, photo: Photo, face: Face) -> None:
    result = service.age_photo(photo, [face], [AgeRequest(1, 70.0)])
    doubtful = [aged for aged in result.faces if not aged.scores.same_person]
    assert len([w for w in result.warnings if "identity doubtful" in w]) == len(doubtful)


def code_of(raised: pytest.ExceptionInfo[EngineError]) -> str:
    return raised.value.code


@pytest.mark.parametrize("target", [9.9, 80.1, float("nan")])
def test_a_target_that_the_model_lacks(
    service: AgingPipeline, photo: Photo, face: Face, target: float
) -> None:
    with pytest.raises(AgeError, match="10 to 80") as caught:
        service.age_face(photo, face, AgeRequest(1, target))
    assert code_of(caught) == "age.range"


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (AgeRequest(1, 70.0, source=200.0), "age.range"),
        (AgeRequest(1, 70.0, strength=1.5), "age.strength"),
        (AgeRequest(1, 70.0, strength=-0.1), "age.strength"),
    ],
)
def test_other_numbers_out_of_range(
    service: AgingPipeline, photo: Photo, face: Face, request_: AgeRequest, code: str
) -> None:
    with pytest.raises(AgeError) as caught:
        service.age_face(photo, face, request_)
    assert code_of(caught) == code


def test_a_face_with_an_obstacle(service: AgingPipeline, photo: Photo, face: Face) -> None:
    small = replace(face, obstacle="Face 1 is 9 pixels across; at least 40 are needed.")
    with pytest.raises(FaceError, match="9 pixels") as caught:
        service.age_face(photo, small, AgeRequest(1, 70.0))
    assert code_of(caught) == "face.obstacle"


def test_a_face_that_is_not_there(service: AgingPipeline, photo: Photo, face: Face) -> None:
    with pytest.raises(FaceError, match="no face 2") as caught:
        service.age_photo(photo, [face], [AgeRequest(2, 70.0)])
    assert code_of(caught) == "face.unknown"


def test_an_unknown_model(service: AgingPipeline, photo: Photo, face: Face) -> None:
    for name in ("third", "age"):
        with pytest.raises(ModelError) as caught:
            service.age_face(photo, face, AgeRequest(1, 70.0), model=name)
        assert code_of(caught) == "model.unknown"


def test_cancelling(service: AgingPipeline, photo: Photo, face: Face) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        service.age_photo(photo, [face], [AgeRequest(1, 70.0)], cancel=token)
    with pytest.raises(Cancelled):
        service.find_faces(photo, cancel=token)


def test_the_service_is_built_from_a_weights_folder(weights: Path, tmp_path: Path) -> None:
    made = build_service("cpu", weights)
    try:
        photo = made.open_photo(samples_dir() / "grace_hopper.jpg")
        faces = made.find_faces(photo)
        result = made.age_photo(photo, faces, [AgeRequest(faces[0].index, 30.0)])
        receipt = made.export(result, ExportSpec(tmp_path / "younger.png"))
    finally:
        made.close()
    assert np.array_equal(made.open_photo(receipt.path).pixels, result.pixels)


def test_a_service_without_weights(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        build_service("cpu", tmp_path)
    assert code_of(caught) == "model.manifest_missing"


def test_a_face_in_a_box_is_the_face_that_the_search_finds(
    service: AgingPipeline, photo: Photo, face: Face
) -> None:
    box = Box(face.box.x - 12, face.box.y - 12, face.box.w + 24, face.box.h + 24)
    found = service.find_face_in(photo, box, index=4)
    assert found.index == 4
    assert found.age == pytest.approx(face.age, abs=3)
    assert np.abs(found.landmarks - face.landmarks).mean() < 0.02 * face.size
    aged = service.age_photo(photo, [face, found], [AgeRequest(4, 70.0)])
    assert (aged.pixels != photo.pixels).any()


def test_a_box_without_a_face(service: AgingPipeline, photo: Photo) -> None:
    with pytest.raises(FaceError, match="inside the box") as caught:
        service.find_face_in(photo, Box(20, 300, 80, 80), index=2)
    assert code_of(caught) == "face.none_in_box"


def test_what_is_left_out_stays_as_it_is(service: AgingPipeline, photo: Photo, face: Face) -> None:
    whole = service.age_face(photo, face, AgeRequest(1, 70.0))
    parts = {
        name: service.age_face(photo, face, AgeRequest(1, 70.0, regions=frozenset({name})))
        for name in (SKIN, EYES, HAIR)
    }
    total = sum(part.mask for part in parts.values())
    assert np.allclose(total, whole.mask, atol=1e-5)
    for part in parts.values():
        assert 0 < part.mask.sum() < 0.95 * whole.mask.sum()
    everything, skin_alone = (
        service.age_photo(photo, [face], [AgeRequest(1, 70.0, regions=regions)]).pixels
        for regions in (REGIONS, frozenset({SKIN}))
    )

    def moved(pixels: PixelArray, landmark: int) -> float:
        x, y = face.landmarks[landmark].round().astype(int)
        around = (slice(y - 1, y + 2), slice(x - 1, x + 2))
        return float(np.abs(pixels[around] - photo.pixels[around].astype(float)).mean())

    for below_eye in (230, 450):
        assert moved(skin_alone, below_eye) < 0.25 * moved(everything, below_eye)
    assert moved(skin_alone, 200) == pytest.approx(moved(everything, 200), abs=0.2), "the chin"


def test_no_region_is_no_change(service: AgingPipeline, photo: Photo, face: Face) -> None:
    result = service.age_photo(photo, [face], [AgeRequest(1, 70.0, regions=frozenset())])
    assert np.array_equal(result.pixels, photo.pixels)


def test_a_region_that_is_not_there(service: AgingPipeline, photo: Photo, face: Face) -> None:
    with pytest.raises(FaceError, match="'ears'") as caught:
        service.age_face(photo, face, AgeRequest(1, 70.0, regions=frozenset({SKIN, "ears"})))
    assert code_of(caught) == "face.region"


class Overshooting(Counting):
    """Reads results as 20 years past the age that was decoded, and notes those ages."""

    def __init__(self, device: Device, estimator: AgeEstimator) -> None:
        super().__init__(device, estimator)
        self.asked: list[float] = []

    def decode(
        self,
        name: str,
        faces: Sequence[FaceCode],
        source: Sequence[float],
        target: Sequence[float],
    ) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        self.asked.extend(target)
        return super().decode(name, faces, source, target)

    def ages(self, crops: Sequence[NDArray[np.uint8]]) -> list[float]:
        return [self.asked[-1] + 20.0 for _ in crops]


def test_what_goes_too_far_is_decoded_again_for_a_nearer_age(
    weights: Path, photo: Photo, face: Face
) -> None:
    device = Device(DeviceReport("cpu", "CPU", "float32", "asked for"), torch.device("cpu"), None)
    predictor = Overshooting(device, tiny.estimator())
    detector = MediaPipeDetector(asset(LANDMARKER))
    pipeline = AgingPipeline(
        ModelRegistry(weights), detector, IdentityJudge(asset(SFACE)), predictor
    )
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
    device = Device(DeviceReport("cpu", "CPU", "float32", "asked for"), torch.device("cpu"), None)
    predictor = Overshooting(device, tiny.estimator())
    detector = MediaPipeDetector(asset(LANDMARKER))
    pipeline = AgingPipeline(
        ModelRegistry(tmp_path), detector, IdentityJudge(asset(SFACE)), predictor
    )
    pipeline.age_face(photo, replace(face, age=30.0), AgeRequest(1, 60.0))
    pipeline.close()
    assert predictor.asked == [60.0], "no other group instead, however far this one goes"
