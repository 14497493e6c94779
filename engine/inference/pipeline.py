"""The service behind the window and the command line: photo in, aged photo out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine import paths
from engine.aged import AgedFace, AgingResult, taken
from engine.domain import AgeRequest, Box, DeviceReport, Face, FloatArray, ModelCard, Photo
from engine.errors import Sentence
from engine.evaluation.identity import IdentityJudge, similarity_of
from engine.faces import search
from engine.faces.align import align
from engine.faces.box_search import find_face_in
from engine.faces.covering import Coverings
from engine.faces.detector import Detector
from engine.faces.hands import HandFinder
from engine.faces.landmarks import five_points
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.faces.mediapipe_hands import MediaPipeHands
from engine.faces.template import PORTRAIT
from engine.imaging.composite import composite
from engine.imaging.photo_io import load_photo
from engine.imaging.shown import Picture, Shown
from engine.inference.checks import check, pick, warnings
from engine.inference.exports import Exports
from engine.inference.heap import give_back_memory, keep_heaps_few, leave_out_of_collections
from engine.inference.loading import load_generator, load_predictor
from engine.inference.predictor import Predictor
from engine.inference.prepare import Prepared, Preparer
from engine.inference.verdict import judge, overshoot
from engine.models.assets import HANDS, LANDMARKER, SFACE, asset
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec
from engine.tasks import CancelToken, Progress, no_progress

_ESTIMATOR_SIZE = 128
_TOO_FAR, _PULL = 4.0, 0.8  # years beyond the target that are mended; share of them taken back


class AgingPipeline(Exports):
    """Implements :class:`engine.service.AgingService`. One thread."""

    def __init__(
        self,
        registry: ModelRegistry,
        detector: Detector,
        identity: IdentityJudge,
        predictor: Predictor,
        hands: HandFinder,
    ) -> None:
        """See :func:`build_service`."""
        super().__init__(registry)
        self._detector = detector
        self._identity, self._predictor = identity, predictor
        self._coverings = Coverings(hands)
        self._preparer = Preparer(predictor, identity, self._coverings)

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
        shown = Shown(photo.pixels, photo.icc)
        faces = search.find_faces(shown, self._detector, cancel=cancel, progress=progress)
        return self._with_ages(shown, faces)

    def find_face_in(
        self, photo: Photo, box: Box, *, index: int, cancel: CancelToken | None = None
    ) -> Face:
        """The one face inside a box that the user drew, with its age. Raises FaceError."""
        shown = Shown(photo.pixels, photo.icc)
        face = find_face_in(shown, box, self._detector, index=index, cancel=cancel)
        return replace(self._with_ages(shown, [face])[0], drawn=box)

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
        chosen = [pick(by_index, request.face) for request in requests]
        tell(0.1, Sentence("Ageing", "work.ageing"))
        aged = self._age(photo, chosen, requests, spec)
        token.check()
        aged_at = time.perf_counter()
        tell(0.6, Sentence("Putting faces back", "work.composing"))
        pixels = composite(photo, aged, cancel=token)
        done = time.perf_counter()
        tell(1.0, Sentence("Done", "work.done"))
        timings = {"age": 1e3 * (aged_at - started), "composite": 1e3 * (done - aged_at)}
        return AgingResult(
            photo=photo,
            pixels=pixels,
            faces=tuple(aged),
            model=spec.name,
            timings_ms=timings,
            warnings=warnings(photo, aged),
            model_sha256=spec.identity,
            found=tuple(chosen),
        )

    def use_device(self, kind: str) -> DeviceReport:
        """Compute on another device from now on; stays on this one if it raises DeviceError."""
        self._predictor = load_predictor(self._registry, kind)
        self._preparer = Preparer(self._predictor, self._identity, self._coverings)
        return self.device()

    def import_model(self, file: Path) -> ModelCard:
        """Check a weights file and take a copy into the user's models. Raises ModelError."""
        return self._registry.import_weights(file).card()

    def rest(self) -> None:
        """Free the detectors, the identity network and the copy of the last photo."""
        self.close()
        self._identity.rest()
        give_back_memory()

    def close(self) -> None:
        """Free the detectors' native resources."""
        self._detector.close()
        self._coverings.close()

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
            check(face, request, spec)
        known = self._preparer.prepare(photo.sha256, Shown(photo.pixels, photo.icc), faces, spec)
        prepared = [
            one if face.age is None else replace(one, age=face.age)
            for one, face in zip(known, faces, strict=True)
        ]
        aged = self._decoded(requests, prepared, [one.target for one in requests], spec)
        return self._pulled_back(aged, requests, prepared, spec)

    def _pulled_back(
        self,
        aged: list[AgedFace],
        requests: Sequence[AgeRequest],
        prepared: list[Prepared],
        spec: ModelSpec,
    ) -> list[AgedFace]:
        """Decode once more, for a nearer age, what went much beyond the age asked for.

        A model of age groups has no nearer age: its neighbouring group was not asked for.
        """
        if not spec.continuous:
            return aged
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
        prepared: Sequence[Prepared],
        targets: Sequence[float],
        spec: ModelSpec,
    ) -> list[AgedFace]:
        """The faces decoded for ``targets``, scored against the requests' own.

        Hair is always as grey as at the age asked for: no estimate says more of it.
        """
        source = [
            one.age if request.source is None else request.source
            for one, request in zip(prepared, requests, strict=True)
        ]
        decoded = self._predictor.decode(spec.name, [one.code for one in prepared], source, targets)
        hair = [
            None if one.hair is None else one.hair.at(age, request.target, one.code.colour)
            for one, age, request in zip(prepared, source, requests, strict=True)
        ]
        unscored = [
            replace(_aged(request, one, change, mask), hair=own)
            for one, request, (change, mask), own in zip(
                prepared, requests, decoded, hair, strict=True
            )
        ]
        return self._scored(unscored, prepared)

    def _scored(self, faces: list[AgedFace], prepared: Sequence[Prepared]) -> list[AgedFace]:
        previews = [face.preview() for face in faces]
        after = self._predictor.ages(previews)
        scored = []
        for face, one, preview, age in zip(faces, prepared, previews, after, strict=True):
            embedding = self._identity.embed(preview, five_points(one.aligned.landmarks))
            likeness = similarity_of(one.embedding, embedding)
            scored.append(replace(face, scores=judge(one.age, age, face.request.target, likeness)))
        return scored

    def _with_ages(self, shown: Picture, faces: Sequence[Face]) -> tuple[Face, ...]:
        crops = [align(shown, f.landmarks, PORTRAIT, _ESTIMATOR_SIZE).pixels for f in faces]
        ages = self._predictor.ages(crops)
        return tuple(replace(face, age=age) for face, age in zip(faces, ages, strict=True))


def _aged(request: AgeRequest, one: Prepared, change: FloatArray, mask: FloatArray) -> AgedFace:
    """A face as decoded, S×S, where it and the regions asked for let the model change anything."""
    whole = mask * one.aligned.mask
    weight = taken(one.weights, request)
    scores = judge(one.age, one.age, request.target, 1.0)
    return AgedFace(request, one.aligned, change, whole * weight, scores, whole, one.weights)


def build_service(device: str = "auto", weights: Path | None = None) -> AgingPipeline:
    """Load what every photo needs. Slow (imports native libraries): on the worker thread.

    Args:
        device: ``auto``, ``cuda``, ``mps`` or ``cpu``.
        weights: folder with ``manifest.toml``; ``None`` takes the installed one.

    Raises ModelError or DeviceError.
    """
    keep_heaps_few()
    registry = ModelRegistry(weights or paths.weights_dir(), paths.user_models_dir())
    service = AgingPipeline(
        registry,
        MediaPipeDetector(asset(LANDMARKER)),
        IdentityJudge(asset(SFACE)),
        load_predictor(registry, device),
        MediaPipeHands(asset(HANDS)),
    )
    leave_out_of_collections()
    return service
