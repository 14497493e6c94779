"""Typed jobs: what the worker is asked to do, each with an id and a way to cancel it."""

from __future__ import annotations

import traceback
import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication

from engine.aged import AgedFace, AgingResult
from engine.domain import AgeRequest, Box, DeviceReport, Face, ModelCard, Photo
from engine.errors import EngineError
from engine.service import AgingService
from engine.tasks import CancelToken, Progress
from gui.bridge.engine_words import spoken
from gui.bridge.image_convert import Pyramid

T = TypeVar("T")
translate = QCoreApplication.translate


class Priority(IntEnum):
    """Which of the waiting jobs goes first: smaller first."""

    INTERACTIVE = 0
    NORMAL = 1
    BACKGROUND = 2


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job did not end well.

    Attributes:
        code: the engine's stable code, or ``"internal"`` for a defect of ours.
        sentence: for the user, in the window's language.
        details: a traceback to copy, in English.
    """

    code: str
    sentence: str
    details: str

    @classmethod
    def of(cls, error: BaseException, doing: str) -> Failure:
        """Describe ``error``, met while ``doing`` something."""
        details = "".join(traceback.format_exception(error))
        if isinstance(error, EngineError):
            return cls(error.code, spoken(error.sentence), details)
        if isinstance(error, MemoryError):
            words = translate("Failure", "There was not enough memory: {doing}.")
            return cls("memory", words.format(doing=doing), details)
        words = translate(
            "Failure", "Something went wrong inside Agelens ({doing}). Your photo is untouched."
        )
        return cls("internal", words.format(doing=doing), details)


@dataclass(kw_only=True, eq=False)
class Job(ABC, Generic[T]):
    """One piece of work for the service, run once on the worker thread.

    Attributes:
        title: what the job bar shows while it runs.
        lane: of the waiting jobs in one lane only the newest is kept; empty: none replaced.
        priority: which of the waiting jobs goes first.
        quiet: its good end is not worth a line in the list of jobs.
        group: jobs of one group are parts of one piece of work, whose progress they report.
        id: unique name.
        cancel: asks the job to stop.
        stamp: rises with every submission; set by the runner.
    """

    title: str
    lane: str = ""
    priority: Priority = Priority.NORMAL
    quiet: bool = False
    group: str = ""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    cancel: CancelToken = field(default_factory=CancelToken)
    stamp: int = 0

    @abstractmethod
    def run(self, service: AgingService, progress: Progress) -> T:
        """Do the work; called on the worker thread."""


class ModelsJob(Job[tuple[ModelCard, ...]]):
    """Ask which models there are."""

    def run(self, service: AgingService, progress: Progress) -> tuple[ModelCard, ...]:
        """Read the manifest."""
        return service.models()


class DeviceJob(Job[DeviceReport]):
    """Ask which device computes, loading it."""

    def run(self, service: AgingService, progress: Progress) -> DeviceReport:
        """Load the device at the first call."""
        return service.device()


@dataclass(frozen=True, slots=True, eq=False)
class OpenedPhoto:
    """A decoded photo with the picture to show."""

    photo: Photo
    picture: Pyramid


@dataclass(kw_only=True, eq=False)
class OpenPhotoJob(Job[OpenedPhoto]):
    """Decode a file and make its picture."""

    path: Path

    def run(self, service: AgingService, progress: Progress) -> OpenedPhoto:
        """Decode, then convert."""
        photo = service.open_photo(self.path)
        self.cancel.check()
        return OpenedPhoto(photo, Pyramid.of_pixels(photo.pixels))


@dataclass(kw_only=True, eq=False)
class FindFacesJob(Job[tuple[Face, ...]]):
    """Find the faces of a photo."""

    photo: Photo

    def run(self, service: AgingService, progress: Progress) -> tuple[Face, ...]:
        """Detect and estimate ages."""
        return service.find_faces(self.photo, cancel=self.cancel, progress=progress)


@dataclass(kw_only=True, eq=False)
class FindFaceInJob(Job[Face]):
    """Find the one face inside a box that the user drew."""

    photo: Photo
    box: Box
    number: int

    def run(self, service: AgingService, progress: Progress) -> Face:
        """Detect in the enlarged box and estimate the age."""
        return service.find_face_in(self.photo, self.box, index=self.number, cancel=self.cancel)


@dataclass(kw_only=True, eq=False)
class PreviewJob(Job[AgedFace]):
    """Age one face at the model's size."""

    photo: Photo
    face: Face
    request: AgeRequest
    model: str
    quiet: bool = True

    def run(self, service: AgingService, progress: Progress) -> AgedFace:
        """One decode, once the face is encoded."""
        self.cancel.check()
        return service.age_face(self.photo, self.face, self.request, model=self.model)


@dataclass(frozen=True, slots=True, eq=False)
class ComposedPhoto:
    """A result with the picture to show."""

    result: AgingResult
    picture: Pyramid


@dataclass(kw_only=True, eq=False)
class ComposeJob(Job[ComposedPhoto]):
    """Put aged faces back into the photo at its own resolution."""

    photo: Photo
    faces: Sequence[Face]
    requests: Sequence[AgeRequest]
    model: str

    def run(self, service: AgingService, progress: Progress) -> ComposedPhoto:
        """Composite, then convert."""
        result = service.age_photo(
            self.photo,
            self.faces,
            self.requests,
            model=self.model,
            cancel=self.cancel,
            progress=progress,
        )
        self.cancel.check()
        return ComposedPhoto(result, Pyramid.of_pixels(result.pixels))
