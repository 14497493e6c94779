"""The service behind the window and the command line: photo in, aged photo out."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine import paths
from engine.device import choose_device
from engine.domain import (
    AgedFace,
    AgeRequest,
    AgingResult,
    AlignedFace,
    DeviceReport,
    ExportSpec,
    Face,
    FloatArray,
    ModelCard,
    Photo,
    Receipt,
)
from engine.errors import AgeError, FaceError
from engine.evaluation.identity import IdentityJudge, similarity_of
from engine.faces import search
from engine.faces.align import align
from engine.faces.detector import Detector
from engine.faces.landmarks import five_points
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.faces.template import PORTRAIT, get_template
from engine.imaging.color import to_srgb8
from engine.imaging.composite import composite
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.inference.cache import LruCache
from engine.inference.loading import load_generator, load_predictor
from engine.inference.predictor import Predictor
from engine.inference.verdict import judge, overshoot
from engine.models.arch.delta import Encoding
from engine.models.assets import LANDMARKER, SFACE, asset
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec
from engine.tasks import CancelToken, Progress, no_progress

_ESTIMATOR_SIZE = 128
_CACHED_FACES = 64
_TOO_FAR, _PULL = 4.0, 0.8  # years beyond the target that are mended; share of them taken back


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
    """What is computed once a face and model."""

    aligned: AlignedFace
    encoding: Encoding
    embedding: FloatArray
    age: float


class AgingPipeline:
    """Implements :class:`engine.service.AgingService`. One thread."""

    def __init__(
        self,
        registry: ModelRegistry,
        detector: Detector,
        identity: IdentityJudge,
        predictor: Predictor,
    ) -> None:
        """See :func:`build_service`."""
        self._registry, self._detector = registry, detector
        self._identity, self._predictor = identity, predictor
        self._faces: LruCache[_Prepared] = LruCache(_CACHED_FACES)
        self._shown: tuple[str, NDArray[np.uint8]] | None = None

    def models(self) -> tuple[ModelCard, ...]:
        """Installed models, the default first."""
        return self._registry.cards()

    def device(self) -> DeviceReport:
        """The device in use and why."""
        return self._predictor.report

    def open_photo(self, path: Path) -> Photo:
        """Decode a file. Raises PhotoError."""
        return load_photo(path)

    def find_faces(
        self, photo: Photo, *, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> tuple[Face, ...]:
        """Detect faces and estimate their ages, in reading order; may be empty."""
        shown = self._srgb(photo)
        faces = search.find_faces(shown, self._detector, cancel=cancel, progress=progress)
        crops = [align(shown, f.landmarks, PORTRAIT, _ESTIMATOR_SIZE).pixels for f in faces]
        ages = self._predictor.ages(crops)
        return tuple(replace(face, age=age) for face, age in zip(faces, ages, strict=True))

    def age_face(
        self, photo: Photo, face: Face, request: AgeRequest, *, model: str | None = None
    ) -> AgedFace:
        """One preview at the model's size; a further age of the same face is one decode."""
        spec = load_generator(self._registry, self._predictor, model)
        return self._age(photo, [face], [request], spec)[0]

    def age_photo(
        self,
        photo: Photo,
        faces: Sequence[Face],
        requests: Sequence[AgeRequest],
        *,
        model: str | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> AgingResult:
        """Age the requested faces together and composite them into the photo."""
        tell, token = progress or no_progress, cancel or CancelToken()
        token.check()
        started = time.perf_counter()
        spec = load_generator(self._registry, self._predictor, model)
        by_index = {face.index: face for face in faces}
        chosen = [_pick(by_index, request.face) for request in requests]
        tell(0.1, "Ageing")
        aged = self._age(photo, chosen, requests, spec)
        token.check()
        aged_at = time.perf_counter()
        tell(0.6, "Putting faces back")
        pixels = composite(photo, aged, cancel=token)
        done = time.perf_counter()
        tell(1.0, "Done")
        timings = {"age": 1e3 * (aged_at - started), "composite": 1e3 * (done - aged_at)}
        return AgingResult(photo, pixels, tuple(aged), spec.name, timings, _warnings(photo, aged))

    def export(self, result: AgingResult, spec: ExportSpec) -> Receipt:
        """Write a result beside its final name, then replace. Raises ExportError."""
        return export_result(result, spec)

    def close(self) -> None:
        """Free the detector's native resources."""
        self._detector.close()

    def _age(
        self,
        photo: Photo,
        faces: Sequence[Face],
        requests: Sequence[AgeRequest],
        spec: ModelSpec,
    ) -> list[AgedFace]:
        if not faces:
            return []
        for face, request in zip(faces, requests, strict=True):
            _check(face, request, spec)
        prepared = [
            one if face.age is None else replace(one, age=face.age)
            for one, face in zip(self._prepare(photo, faces, spec), faces, strict=True)
        ]
        aged = self._decoded(requests, prepared, [one.target for one in requests], spec)
        return self._pulled_back(aged, requests, prepared, spec)

    def _pulled_back(
        self,
        aged: list[AgedFace],
        requests: Sequence[AgeRequest],
        prepared: list[_Prepared],
        spec: ModelSpec,
    ) -> list[AgedFace]:
        """Decode once more, for a nearer age, what went much beyond the age asked for."""
        past = [overshoot(face.scores, face.request.target) for face in aged]
        far = [i for i, years in enumerate(past) if abs(years) > _TOO_FAR]
        if not far:
            return aged
        nearer = [requests[i].target - _PULL * past[i] for i in far]
        again = self._decoded([requests[i] for i in far], [prepared[i] for i in far], nearer, spec)
        for i, face in zip(far, again, strict=True):
            target = face.request.target
            if abs(face.scores.age_after - target) < abs(aged[i].scores.age_after - target):
                aged[i] = face
        return aged

    def _decoded(
        self,
        requests: Sequence[AgeRequest],
        prepared: Sequence[_Prepared],
        targets: Sequence[float],
        spec: ModelSpec,
    ) -> list[AgedFace]:
        """The faces decoded for ``targets``, scored against the requests' own."""
        source = [
            one.age if request.source is None else request.source
            for one, request in zip(prepared, requests, strict=True)
        ]
        decoded = self._predictor.decode(
            spec.name, [one.encoding for one in prepared], source, targets
        )
        unscored = [
            AgedFace(
                request=request,
                aligned=one.aligned,
                change=change,
                mask=(mask * one.aligned.mask).astype(np.float32),
                scores=judge(one.age, one.age, request.target, 1.0),
            )
            for one, request, (change, mask) in zip(prepared, requests, decoded, strict=True)
        ]
        return self._scored(unscored, prepared)

    def _scored(self, faces: list[AgedFace], prepared: Sequence[_Prepared]) -> list[AgedFace]:
        previews = [face.preview() for face in faces]
        after = self._predictor.ages(previews)
        scored = []
        for face, one, preview, age in zip(faces, prepared, previews, after, strict=True):
            embedding = self._identity.embed(preview, five_points(one.aligned.landmarks))
            likeness = similarity_of(one.embedding, embedding)
            scored.append(replace(face, scores=judge(one.age, age, face.request.target, likeness)))
        return scored

    def _prepare(self, photo: Photo, faces: Sequence[Face], spec: ModelSpec) -> list[_Prepared]:
        """From the cache where a face was met before; the rest in one batch."""
        keys = [(photo.sha256, spec.name, _fingerprint(face)) for face in faces]
        kept = {key: value for key in keys if (value := self._faces.get(key)) is not None}
        missing = {k: f for k, f in zip(keys, faces, strict=True) if k not in kept}
        if missing:
            shown, template = self._srgb(photo), get_template(spec.template)
            aligned = [
                align(shown, f.landmarks, template, spec.input_size) for f in missing.values()
            ]
            crops = [one.pixels for one in aligned]
            encodings = self._predictor.encode(spec.name, crops)
            ages = self._known_ages(list(missing.values()), crops)
            for key, one, code, age in zip(missing, aligned, encodings, ages, strict=True):
                embedding = self._identity.embed(one.pixels, five_points(one.landmarks))
                kept[key] = _Prepared(one, code, embedding, age)
                self._faces.put(key, kept[key])
        return [kept[key] for key in keys]

    def _known_ages(self, faces: Sequence[Face], crops: Sequence[NDArray[np.uint8]]) -> list[float]:
        """Each face's age: as it was estimated before (or corrected), else estimated now."""
        known = [face.age for face in faces]
        unknown = [crop for crop, age in zip(crops, known, strict=True) if age is None]
        fresh = iter(self._predictor.ages(unknown))
        return [next(fresh) if age is None else age for age in known]

    def _srgb(self, photo: Photo) -> NDArray[np.uint8]:
        """The photo in 8-bit sRGB; the last one is kept."""
        if self._shown is None or self._shown[0] != photo.sha256:
            self._shown = (photo.sha256, to_srgb8(photo.pixels, photo.icc))
        return self._shown[1]


def build_service(device: str = "auto", weights: Path | None = None) -> AgingPipeline:
    """Load what every photo needs. Slow (imports torch and MediaPipe): on the worker thread.

    Args:
        device: ``auto``, ``cuda``, ``mps`` or ``cpu``.
        weights: folder with ``manifest.toml``; ``None`` takes the installed one.

    Raises ModelError or DeviceError.
    """
    registry = ModelRegistry(weights or paths.weights_dir())
    return AgingPipeline(
        registry,
        MediaPipeDetector(asset(LANDMARKER)),
        IdentityJudge(asset(SFACE)),
        load_predictor(registry, choose_device(device)),
    )


def _pick(faces: dict[int, Face], index: int) -> Face:
    if index not in faces:
        raise FaceError(
            f"There is no face {index}; this photo has {len(faces)}.", code="face.unknown"
        )
    return faces[index]


def _check(face: Face, request: AgeRequest, spec: ModelSpec) -> None:
    if face.obstacle is not None:
        raise FaceError(face.obstacle, code="face.obstacle")
    for years, what in ((request.target, "target"), (request.source, "source")):
        if years is None:
            continue
        low, high = (spec.age_min, spec.age_max) if what == "target" else (0.0, 116.0)
        if not low <= years <= high:
            raise AgeError(
                f"The {what} age {years:g} is out of range: {spec.name} takes {low:g} to {high:g}.",
                code="age.range",
            )
    if not 0 <= request.strength <= 1:
        raise AgeError(
            f"The strength {request.strength:g} is out of range: 0 to 1.", code="age.strength"
        )


def _warnings(photo: Photo, aged: Sequence[AgedFace]) -> tuple[str, ...]:
    doubtful = [
        f"Face {face.request.face} at {face.request.target:.0f}: {face.scores.verdict}."
        for face in aged
        if not face.scores.same_person
    ]
    return (*photo.notices, *doubtful)


def _fingerprint(face: Face) -> str:
    return hashlib.sha256(np.ascontiguousarray(face.landmarks).tobytes()).hexdigest()
