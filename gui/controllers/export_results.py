"""Use case: write aged photos to files, never over an original."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths

from engine import paths
from engine.orders import ExportSpec
from gui.bridge.export_choices import ExportChoices, ExportSource
from gui.bridge.messages import Level, Message, Messages
from gui.controllers.export_run import ExportRun, ExportTally, ExportTask
from gui.jobs.runner import JobRunner
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session

_AGES_IN_NAME = 3


class ExportResults(QObject):
    """Composites what is not composited yet, then writes it, one photo or many."""

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

    def aged(self) -> list[PhotoEntry]:
        """The photos that have anything to write, in the gallery's order."""
        return [entry for entry in self._session.gallery.entries if entry.edits]

    def can_export(self) -> bool:
        """Whether any photo has anything to write."""
        return self._session.card is not None and any(
            entry.edits for entry in self._session.gallery.entries
        )

    def export(self, spec: ExportSpec) -> None:
        """Write the current photo as ``spec`` says."""
        entry = self._session.current
        if entry is not None and entry.edits:
            self._run([ExportTask(entry, spec.path.name, lambda: spec)])

    def export_photos(self, entries: Sequence[PhotoEntry], choices: ExportChoices) -> None:
        """Write photos, one after the other; where a file is there, as the choices say."""
        originals = frozenset(entry.path for entry in self._session.gallery.entries)
        taken: set[Path] = set()

        def task(number: int, entry: PhotoEntry) -> ExportTask:
            source = source_of(entry)

            def spec_now() -> ExportSpec | None:
                spec = choices.spec(source, number, taken=taken, originals=originals)
                if spec is not None:
                    taken.add(spec.path)
                return spec

            return ExportTask(entry, choices.wanted(source, number).name, spec_now)

        self._run([task(n, entry) for n, entry in enumerate(entries, start=1) if entry.edits])

    def _run(self, tasks: Sequence[ExportTask]) -> None:
        card = self._session.card
        if card is None or not tasks:
            return
        run = ExportRun(self._session, self._runner, card.name, tasks, self)
        run.ended.connect(lambda tally: self._tell(run, len(tasks), tally))
        run.start()

    def _tell(self, run: ExportRun, total: int, tally: ExportTally) -> None:
        """Say once, at the end, what became of it."""
        run.deleteLater()
        folders = {path.parent for path in tally.written}
        folder = folders.pop() if len(folders) == 1 else None
        if tally.failures and total == 1:
            _name, failure = tally.failures[0]
            self._messages.error(failure.sentence, failure.details)
        elif tally.failures:
            details = "\n".join(f"{name}: {f.sentence}\n{f.details}" for name, f in tally.failures)
            text = f"{self._counted(total, tally)} {tally.failures[0][1].sentence}"
            level = Level.WARNING if tally.written else Level.ERROR
            self._messages.post(Message(level, text, details, folder))
        elif total == 1 and tally.written:
            sentence = self.tr("Saved “{name}”.").format(name=tally.written[0].name)
            self._messages.success(" ".join((sentence, *tally.notices)), folder=folder)
        elif total == 1 and tally.skipped:
            self._messages.info(self.tr("A file of that name is there already; nothing was saved."))
        elif total > 1:
            notices = dict.fromkeys(tally.notices)
            text = " ".join((self._counted(total, tally), *notices))
            level = Level.INFO if tally.cancelled else Level.SUCCESS
            self._messages.post(Message(level, text, folder=folder))

    def _counted(self, total: int, tally: ExportTally) -> str:
        text = self.tr("{done} of %n photo(s) exported", "", total)
        parts = [text.format(done=len(tally.written))]
        if tally.skipped:
            parts.append(self.tr("%n skipped", "", tally.skipped))
        if tally.failures:
            parts.append(self.tr("%n failed", "", len(tally.failures)))
        if tally.cancelled:
            parts.append(self.tr("then stopped"))
        return ", ".join(parts) + "."


def source_of(entry: PhotoEntry) -> ExportSource:
    """A photo as the export dialog and file names speak of it."""
    asked = list(entry.edits.values())[:_AGES_IN_NAME]
    ages = "-".join(str(round(request.target)) for request in asked)
    return ExportSource(entry.path, ages, writable_beside(entry.path))


def writable_beside(photo: Path) -> Path:
    """The photo's folder, or the user's pictures where that is not the place for results."""
    folder = photo.parent
    if os.access(folder, os.W_OK) and not folder.is_relative_to(paths.resources_dir()):
        return folder
    place = QStandardPaths.StandardLocation.PicturesLocation
    pictures = Path(QStandardPaths.writableLocation(place))
    return pictures if pictures.is_dir() else Path.home()
