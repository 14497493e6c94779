"""The job that makes one file of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.domain import AgeRequest, Face, Photo
from engine.errors import FaceError, Sentence
from engine.orders import ExportSpec, Receipt
from engine.service import AgingService
from engine.tasks import CancelToken, Progress
from gui.jobs.job import Job, Priority


class PhotoMemo:
    """The last photo of a batch with its faces, for its next age. Worker thread only."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._kept: tuple[Photo, tuple[Face, ...]] | None = None

    def get(
        self, path: Path, service: AgingService, cancel: CancelToken
    ) -> tuple[Photo, tuple[Face, ...]]:
        """Decode and look for faces, unless that was just done. Raises EngineError."""
        if self._kept is None or path != self._path:
            self._path, self._kept = path, None
            photo = service.open_photo(path)
            cancel.check()
            self._kept = photo, service.find_faces(photo, cancel=cancel)
        return self._kept


@dataclass(kw_only=True, eq=False)
class BatchJob(Job[Receipt]):
    """Age the faces of one photo and write the file; progress is the whole batch's.

    Attributes:
        faces: numbers of the faces to age; empty for all.
        skipped: numbers of the faces that stay as they are all the same.
        sources: face number to the age now, in years; the others' is estimated.
        asked: face number to a request whose strength and regions count; the others': all of it.
        done: files of the batch that are finished.
        total: files of the batch.
    """

    photo: Path
    age: float
    faces: tuple[int, ...]
    skipped: tuple[int, ...] = ()
    sources: Mapping[int, float] = field(default_factory=dict)
    asked: Mapping[int, AgeRequest] = field(default_factory=dict)
    model: str
    spec: ExportSpec
    memo: PhotoMemo
    done: int
    total: int
    priority: Priority = Priority.BACKGROUND
    quiet: bool = True
    group: str = field(default="batch")

    def run(self, service: AgingService, progress: Progress) -> Receipt:
        """Open, find, age, write; a cancel between two steps leaves no file."""
        progress(self.done / self.total, "")
        photo, found = self.memo.get(self.photo, service, self.cancel)
        wanted = [
            face
            for face in found
            if face.index not in self.skipped and (not self.faces or face.index in self.faces)
        ]
        able = [face for face in wanted if face.obstacle is None]
        if not able:
            raise _why(self.photo, found, wanted)
        progress((self.done + 0.4) / self.total, "")
        result = service.age_photo(
            photo,
            found,
            [self._request(face.index) for face in able],
            model=self.model,
            cancel=self.cancel,
        )
        self.cancel.check()
        progress((self.done + 0.8) / self.total, "")
        return service.export(result, self.spec)

    def _request(self, face: int) -> AgeRequest:
        alike = self.asked.get(face) or AgeRequest(face, self.age)
        return replace(alike, target=self.age, source=self.sources.get(face))


def _why(photo: Path, found: Sequence[Face], wanted: Sequence[Face]) -> FaceError:
    """Why there is nothing to do: what stands in a face's way, no face, or all are skipped."""
    name = photo.name
    for face in wanted:
        if face.obstacle:
            return FaceError(face.obstacle, code="face.obstacle")
    if found:
        text = f"Every face asked for is skipped in “{name}”."
        return FaceError(Sentence(text, "face.skipped", name=name), code="face.none")
    return FaceError(f"No face was found in “{name}”.", code="face.none", name=name)
