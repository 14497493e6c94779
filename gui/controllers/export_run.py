"""One export at work: photo after photo, behind everything else."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.domain import AgeRequest, Face, Photo
from engine.orders import ExportSpec
from gui.bridge.engine_words import spoken
from gui.bridge.roles import PhotoState
from gui.jobs.export_job import ExportedPhoto, ExportPhotoJob, FindAgainJob, FoundAgain, Share
from gui.jobs.job import Failure, Job
from gui.jobs.runner import JobRunner
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session


@dataclass(slots=True, eq=False)
class ExportTask:
    """One photo to write.

    Attributes:
        entry: the photo.
        name: what to call it while it is written.
        spec_now: says how to write it once its turn has come; ``None`` skips it.
        requests, faces, stamp: what was asked when the export began; ``requests`` is empty where
            its faces are still to be found again.
    """

    entry: PhotoEntry
    name: str
    spec_now: Callable[[], ExportSpec | None]
    requests: tuple[AgeRequest, ...] = ()
    faces: tuple[Face, ...] = ()
    stamp: int = -1

    def take(self) -> None:
        """Remember what is asked of the photo now."""
        self.requests = tuple(self.entry.edits.values())
        self.faces = self.entry.faces or ()
        self.stamp = self.entry.edit_stamp


@dataclass(slots=True, eq=False)
class ExportTally:
    """What came of an export."""

    written: list[Path] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    skipped: int = 0
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    cancelled: bool = False


class ExportRun(QObject):
    """Works through tasks; one that fails does not stop the rest. GUI thread only.

    In the list of work it is one line. It takes what is asked of each photo at the start, so
    that going on editing changes nothing of what is written.

    Signals:
        ended: the tally, once nothing is left to do.
    """

    ended = Signal(object)

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        model: str,
        tasks: Sequence[ExportTask],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._model = model
        self._tasks = list(tasks)
        self._group = f"export-{uuid.uuid4().hex}" if len(tasks) > 1 else ""
        self._at = -1
        self._job: Job[Any] | None = None
        self._spec: ExportSpec | None = None
        self.tally = ExportTally()
        for task in self._tasks:
            if _is_known(task.entry):
                task.take()
        runner.cancelled.connect(self._on_cancelled)

    def start(self) -> None:
        """Begin with the first photo."""
        self._next()

    def _next(self) -> None:
        """Begin the next photo that is not skipped."""
        self._job, self._spec = None, None
        while self._at + 1 < len(self._tasks):
            self._at += 1
            task = self._tasks[self._at]
            if not task.requests:
                self._find(task)
                return
            if self._write(task):
                return
        self._end()

    def _find(self, task: ExportTask) -> None:
        entry = task.entry
        missing = {n: box for n, box in entry.asked.boxes.items() if box not in entry.drawn}
        job = FindAgainJob(
            title=self._title(task),
            group=self._group,
            path=entry.path,
            boxes=missing,
            share=self._share,
        )

        def found(answer: FoundAgain) -> None:
            boxes = {box: face for box, face in answer.drawn.items() if box not in entry.drawn}
            if entry.faces is None:
                self._session.set_faces(entry, answer.faces)
            for box, face in boxes.items():
                self._session.refill_box(entry, box, face)
            task.take()
            if not task.requests:
                sentence = self.tr("No aged face of “{name}” was found again.")
                self._failed(Failure("face.none", sentence.format(name=entry.path.name), ""))
            elif not self._write(task, answer.photo):
                self._next()

        self._submit(job, found)

    def _write(self, task: ExportTask, photo: Photo | None = None) -> bool:
        """Begin to write a photo; whether it is not skipped."""
        entry = task.entry
        spec = self._spec = task.spec_now()
        if spec is None:
            self.tally.skipped += 1
            return False
        current = entry.edit_stamp == task.stamp
        job = ExportPhotoJob(
            title=self._title(task),
            group=self._group,
            path=entry.path,
            sha256=entry.sha256,
            photo=entry.photo or photo,
            faces=task.faces,
            requests=task.requests,
            model=self._model,
            spec=spec,
            result=entry.result if current and entry.result_is_current else None,
            shown=entry is self._session.current,
            share=self._share,
        )
        self._submit(job, lambda answer: self._written(task, answer))
        return True

    def _written(self, task: ExportTask, answer: ExportedPhoto) -> None:
        entry, receipt = task.entry, answer.receipt
        if entry.edit_stamp == task.stamp:
            made = answer.composed
            if made is not None and entry.photo is not None:
                self._session.set_result(entry, made.result, made.picture, task.stamp)
            self._session.set_state(entry, PhotoState.EXPORTED)
        self.tally.written.append(receipt.path)
        self.tally.notices += tuple(map(spoken, receipt.notices))
        self._next()

    def _failed(self, failure: Failure) -> None:
        self.tally.failures.append((self._tasks[self._at].entry.path.name, failure))
        self._next()

    def _submit(self, job: Job[Any], answered: Callable[[Any], None]) -> None:
        self._job = job
        self._runner.submit(job, answered, self._failed)

    @property
    def _share(self) -> Share:
        return Share(self._at, len(self._tasks))

    def _title(self, task: ExportTask) -> str:
        if len(self._tasks) == 1:
            return self.tr("Exporting {name}").format(name=task.name)
        words = self.tr("Export {number} of {total}: {name}")
        return words.format(number=self._at + 1, total=len(self._tasks), name=task.name)

    def _on_cancelled(self, job: Job[Any]) -> None:
        if job is not self._job:
            return
        spec = self._spec
        if spec is not None and not spec.overwrite and spec.path.is_file():
            self.tally.written.append(spec.path)  # it was too late to stop that one
        self.tally.cancelled = True
        self._end()

    def _end(self) -> None:
        self._job, self._spec = None, None
        self._runner.cancelled.disconnect(self._on_cancelled)
        self.ended.emit(self.tally)


def _is_known(entry: PhotoEntry) -> bool:
    """Whether the faces that are asked for have been found in this session."""
    return entry.faces is not None and all(
        entry.face_at(number) is not None for number in entry.edits
    )
