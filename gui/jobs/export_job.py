"""The jobs that write photos to files, whether their pixels are in memory or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.aged import AgingResult
from engine.domain import AgeRequest, Box, Face, Photo
from engine.errors import PhotoError
from engine.orders import ExportSpec, Receipt
from engine.service import AgingService
from engine.tasks import Progress
from gui.bridge.image_convert import Pyramid
from gui.jobs.job import ComposedPhoto, Job

_FOUND, _COMPOSED = 0.3, 0.8


@dataclass(frozen=True, slots=True)
class Share:
    """The place of one file in a whole export, for its progress."""

    done: int = 0
    total: int = 1

    def at(self, part: float) -> float:
        """Share of the whole that is done, 0..1, once ``part`` of this file is."""
        return (self.done + part) / self.total


@dataclass(frozen=True, slots=True, eq=False)
class FoundAgain:
    """The faces of a photo that an earlier session aged.

    Attributes:
        photo: its pixels.
        faces: what the search found.
        drawn: box to the face inside, for the boxes asked about.
    """

    photo: Photo
    faces: tuple[Face, ...]
    drawn: Mapping[Box, Face]


@dataclass(kw_only=True, eq=False)
class FindAgainJob(Job[FoundAgain]):
    """Open a photo and look again for its faces, drawn boxes' too."""

    path: Path
    boxes: Mapping[int, Box]
    share: Share = field(default_factory=Share)

    def run(self, service: AgingService, progress: Progress) -> FoundAgain:
        """Decode, detect, look into the boxes."""
        progress(self.share.at(0), "")
        photo = service.open_photo(self.path)
        self.cancel.check()
        faces = service.find_faces(photo, cancel=self.cancel)
        drawn = {
            box: service.find_face_in(photo, box, index=number, cancel=self.cancel)
            for number, box in self.boxes.items()
        }
        progress(self.share.at(_FOUND), "")
        return FoundAgain(photo, faces, drawn)


@dataclass(frozen=True, slots=True, eq=False)
class ExportedPhoto:
    """What was written, and the result with its picture where that was made for it."""

    receipt: Receipt
    composed: ComposedPhoto | None = None


@dataclass(kw_only=True, eq=False)
class ExportPhotoJob(Job[ExportedPhoto]):
    """Age a photo at its own resolution, unless that is done, and write it.

    Attributes:
        path: the photo's file.
        sha256: of its bytes when its faces were found.
        photo: its pixels; ``None`` while not in memory.
        faces, requests, model: what is to be done to it.
        result: what is written as it is; then the three before do not matter.
        shown: make the result's picture too.
    """

    path: Path
    sha256: str
    photo: Photo | None
    faces: Sequence[Face]
    requests: Sequence[AgeRequest]
    model: str
    spec: ExportSpec
    result: AgingResult | None = None
    shown: bool = False
    share: Share = field(default_factory=Share)

    def run(self, service: AgingService, progress: Progress) -> ExportedPhoto:
        """Open, age, write; a cancel between two steps leaves no file."""
        progress(self.share.at(0), "")
        composed: ComposedPhoto | None = None
        result = self.result
        if result is None:
            photo = self.photo or self._open(service)
            self.cancel.check()
            result = service.age_photo(
                photo,
                self.faces,
                self.requests,
                model=self.model,
                cancel=self.cancel,
                progress=lambda part, text: progress(self.share.at(_COMPOSED * part), text),
            )
            if self.shown:
                composed = ComposedPhoto(result, Pyramid.of_pixels(result.pixels))
        self.cancel.check()
        progress(self.share.at(_COMPOSED), "")
        return ExportedPhoto(service.export(result, self.spec), composed)

    def _open(self, service: AgingService) -> Photo:
        photo = service.open_photo(self.path)
        if photo.sha256 != self.sha256:
            sentence = (
                f"“{self.path.name}” has changed since it was aged; look at it and try again."
            )
            raise PhotoError(sentence, code="photo.changed", name=self.path.name)
        return photo
