"""Use case: write the aged photo to a file, never over an original."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths

from engine import paths
from engine.domain import AgingResult, ExportSpec, Receipt
from gui.bridge.messages import Messages
from gui.bridge.naming import free_name
from gui.bridge.roles import PhotoState
from gui.jobs.job import ComposedPhoto, ComposeJob, ExportJob, Failure
from gui.jobs.runner import JobRunner
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session

_SAME_FORMAT = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"}


class ExportResults(QObject):
    """Composites what is not composited yet, then writes it."""

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._messages = messages

    def can_export(self) -> bool:
        """Whether the current photo has anything to write."""
        entry = self._session.current
        return entry is not None and entry.photo is not None and bool(entry.edits)

    def suggest(self, folder: Path | None = None) -> Path:
        """A free file name for the current photo, beside it or in ``folder``."""
        entry = self._session.current
        assert entry is not None
        ages = "-".join(str(round(r.target)) for r in list(entry.edits.values())[:3])
        suffix = entry.path.suffix.lower()
        suffix = suffix if suffix in _SAME_FORMAT else ".png"
        stem = f"{entry.path.stem}-at-{ages}" if ages else f"{entry.path.stem}-aged"
        return free_name((folder or writable_beside(entry.path)) / f"{stem}{suffix}")

    def export(self, spec: ExportSpec) -> None:
        """Write the current photo as ``spec`` says."""
        entry, card = self._session.current, self._session.card
        if entry is None or card is None or entry.photo is None or not entry.edits:
            return
        if entry.result_is_current and entry.result is not None:
            self._write(entry, entry.result, spec)
            return
        stamp = entry.edit_stamp
        job = ComposeJob(
            title=self.tr("Preparing {name}").format(name=spec.path.name),
            photo=entry.photo,
            faces=entry.faces or (),
            requests=tuple(entry.edits.values()),
            model=card.name,
        )

        def composed(answer: ComposedPhoto) -> None:
            if entry.edit_stamp == stamp:
                self._session.set_result(entry, answer.result, answer.picture, stamp)
            self._write(entry, answer.result, spec)

        self._runner.submit(job, composed, self._fail)

    def _write(self, entry: PhotoEntry, result: AgingResult, spec: ExportSpec) -> None:
        stamp = entry.edit_stamp
        job = ExportJob(
            title=self.tr("Exporting {name}").format(name=spec.path.name), result=result, spec=spec
        )

        def written(receipt: Receipt) -> None:
            if entry.edit_stamp == stamp:
                self._session.set_state(entry, PhotoState.EXPORTED)
            sentence = self.tr("Saved “{name}”.").format(name=receipt.path.name)
            text = " ".join((sentence, *receipt.notices))
            self._messages.success(text, folder=receipt.path.parent)

        self._runner.submit(job, written, self._fail)

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)


def writable_beside(photo: Path) -> Path:
    """The photo's folder, or the user's pictures where that is not the place for results."""
    folder = photo.parent
    if os.access(folder, os.W_OK) and not folder.is_relative_to(paths.resources_dir()):
        return folder
    place = QStandardPaths.StandardLocation.PicturesLocation
    pictures = Path(QStandardPaths.writableLocation(place))
    return pictures if pictures.is_dir() else Path.home()
