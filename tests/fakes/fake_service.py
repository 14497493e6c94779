"""An AgingService without models: real pixels, known faces, honest previews, real files."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from engine.aged import AgedFace, AgingResult
from engine.domain import AgeGroup, AgeRequest, Box, DeviceReport, Face, ModelCard, Photo
from engine.errors import (
    DeviceError,
    EngineError,
    ExportError,
    FaceError,
    ModelError,
    PhotoError,
)
from engine.imaging.recipe import read_recipe
from engine.imaging.timeline import export_timeline, timeline_formats
from engine.orders import ExportSpec, Receipt, Recipe, TimelineSpec
from engine.tasks import CancelToken, Progress, no_progress
from tests.fakes.fake_faces import SIZE, make_aged, make_face, native_change

KNOWN_FACES = {
    "astronaut.png": (((180.7, 71.8, 89.5, 105.6), 34.0, None),),
    "grace_hopper.jpg": (((170.0, 132.3, 185.4, 202.3), 47.0, None),),
}
TINY = "The face is 9 px across; the least this model can age is 24 px."


def group(low: int, high: int) -> AgeGroup:
    """A group with the usual name."""
    return AgeGroup(f"{low}–{high}", low, high)


CONTINUOUS = ModelCard(
    name="fake-delta",
    title="Delta",
    description="Turns a face to any age; keeps the photo's own detail.",
    continuous=True,
    age_min=10,
    age_max=80,
    groups=tuple(group(low, low + 9) for low in range(10, 80, 10)),
    input_size=SIZE,
    size_bytes=9_000_000,
    licence="MIT",
    training_data="none",
    default=True,
)
GROUPED = ModelCard(
    name="fake-groups",
    title="Five groups",
    description="Knows five age groups and nothing between them.",
    continuous=False,
    age_min=11,
    age_max=70,
    groups=(group(11, 20), group(21, 30), group(31, 40), group(41, 50), AgeGroup("50+", 51, 70)),
    input_size=SIZE,
    size_bytes=30_000_000,
    licence="MIT",
    training_data="none",
)


@dataclass
class FakeService:
    """Does what the real service does, simply.

    Attributes:
        gate: work waits here; clear it to make the service slow for as long as a test likes.
        failures: method name to the error that its next call raises.
        hidden: file name to the boxes of faces that only a drawn box finds.
        calls: method names in the order they were called, with their thread.
    """

    gate: threading.Event = field(default_factory=threading.Event)
    entered: threading.Event = field(default_factory=threading.Event)
    failures: dict[str, Exception] = field(default_factory=dict)
    calls: list[tuple[str, int]] = field(default_factory=list)
    requests: list[AgeRequest] = field(default_factory=list)
    cards: tuple[ModelCard, ...] = (CONTINUOUS, GROUPED)
    faces: dict[str, tuple[tuple[tuple[float, ...], float, str | None], ...]] = field(
        default_factory=lambda: dict(KNOWN_FACES)
    )
    hidden: dict[str, tuple[tuple[float, ...], ...]] = field(default_factory=dict)
    closed: bool = False
    formats: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        self.gate.set()

    def models(self) -> tuple[ModelCard, ...]:
        """The cards."""
        self._enter("models")
        return self.cards

    def device(self) -> DeviceReport:
        """A plain processor."""
        self._enter("device")
        return DeviceReport("cpu", "CPU", "float32", "No CUDA device was found.")

    def open_photo(self, path: Path) -> Photo:
        """Decode with Pillow."""
        self._enter("open_photo")
        try:
            data = path.read_bytes()
            with Image.open(path) as image:
                upright = ImageOps.exif_transpose(image).convert("RGB")
                kind = image.format or "PNG"
        except OSError as error:
            sentence = f"“{path.name}” is not a photo that can be read; choose another file."
            raise PhotoError(sentence, code="photo.unreadable") from error
        return Photo(np.array(upright), hashlib.sha256(data).hexdigest(), kind, path)

    def find_faces(
        self, photo: Photo, *, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> tuple[Face, ...]:
        """The faces known for that file name."""
        self._enter("find_faces", cancel)
        (progress or no_progress)(0.5, "Looking for faces")
        known = self.faces.get(photo.path.name if photo.path else "", ())
        return tuple(make_face(n, *entry) for n, entry in enumerate(known, start=1))

    def find_face_in(
        self, photo: Photo, box: Box, *, index: int, cancel: CancelToken | None = None
    ) -> Face:
        """The known or hidden face whose middle lies in the box."""
        self._enter("find_face_in", cancel)
        name = photo.path.name if photo.path else ""
        known = [place for place, _age, _obstacle in self.faces.get(name, ())]
        for place in (*self.hidden.get(name, ()), *known):
            x, y = place[0] + place[2] / 2, place[1] + place[3] / 2
            if box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h:
                return replace(make_face(index, place, 52.0), drawn=box)
        raise FaceError("No face was found inside the box.", code="face.none_in_box")

    def age_face(
        self, photo: Photo, face: Face, request: AgeRequest, *, model: str | None = None
    ) -> AgedFace:
        """Age the crop by roughening or smoothing its own detail."""
        self._enter("age_face")
        self.requests.append(request)
        if face.obstacle:
            raise FaceError(face.obstacle, code="face.obstacle")
        return make_aged(photo, face, request)

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
        """Add each change to the photo's own pixels."""
        self._enter("age_photo", cancel)
        (progress or no_progress)(0.5, "Putting faces back")
        by_index = {face.index: face for face in faces}
        aged = [make_aged(photo, by_index[r.face], r) for r in requests]
        pixels = photo.pixels.astype(np.float32)
        for one in aged:
            pixels += native_change(one, photo.size)
        done = np.clip(np.rint(pixels), 0, 255).astype(np.uint8)
        found = tuple(by_index[r.face] for r in requests)
        return AgingResult(photo, done, tuple(aged), model or "fake", {}, (), "f" * 64, found)

    def export(self, result: AgingResult, spec: ExportSpec) -> Receipt:
        """Write with Pillow."""
        self._enter("export")
        if spec.path.exists() and not spec.overwrite:
            raise ExportError(f"“{spec.path.name}” is already there.", code="export.exists")
        Image.fromarray(np.asarray(result.pixels, np.uint8)).save(spec.path, quality=spec.quality)
        return Receipt(spec.path, spec.path.stat().st_size)

    def read_recipe(self, path: Path) -> Recipe:
        """With the engine's own reader."""
        self._enter("read_recipe")
        return read_recipe(path)

    def timeline_formats(self) -> tuple[str, ...]:
        """Those of the engine's own writer, unless a test says otherwise."""
        self._enter("timeline_formats")
        return self.formats if self.formats is not None else timeline_formats()

    def export_timeline(
        self,
        photo: Photo,
        faces: Sequence[AgedFace],
        spec: TimelineSpec,
        *,
        model: str | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Receipt:
        """Write with the engine's own writer, which needs no model."""
        self._enter("export_timeline", cancel)
        return export_timeline(photo, faces, spec, model or "fake", cancel=cancel)

    def use_device(self, kind: str) -> DeviceReport:
        """The plain processor, unless another is asked for."""
        self._enter("use_device")
        if kind in {"cuda", "mps"}:
            raise DeviceError(f"No {kind.upper()} device was found.", code="device.unavailable")
        return DeviceReport("cpu", "CPU", "float32", f"{kind} was asked for.")

    def use_certificate(self, certificate: Path | None, key: Path | None = None) -> str:
        """Take any certificate that is there."""
        self._enter("use_certificate")
        if certificate is not None and not certificate.is_file():
            sentence = f"{certificate.name} cannot sign: it is not there."
            raise ExportError(sentence, code="export.certificate")
        return "" if certificate is None else certificate.stem

    def import_model(self, file: Path) -> ModelCard:
        """Take any file that is there."""
        self._enter("import_model")
        if not file.is_file():
            raise ModelError(f"There is no file {file}.", code="model.weights_missing")
        card = replace(CONTINUOUS, name=file.stem, title=file.stem.title(), default=False)
        self.cards = (*self.cards, card)
        return card

    def rest(self) -> None:
        self.calls.append(("rest", threading.get_ident()))

    def close(self) -> None:
        """Remember that it was called."""
        self.calls.append(("close", threading.get_ident()))
        self.closed = True

    def _enter(self, name: str, cancel: CancelToken | None = None) -> None:
        self.calls.append((name, threading.get_ident()))
        self.entered.set()
        self.gate.wait()
        if cancel is not None:
            cancel.check()
        failure = self.failures.pop(name, None)
        if failure is not None:
            raise failure


def broken_factory() -> FakeService:
    """A factory whose engine cannot start."""
    raise EngineError("The weights are missing; run the set-up again.", code="model.missing")
