"""Use case: choose a face, by itself or by the user, and see it at every age group."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.aged import AgedFace
from engine.domain import AgeGroup, Face
from gui.bridge.messages import Messages
from gui.jobs.job import Failure, Job, PreviewJob, Priority
from gui.jobs.runner import JobRunner
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session


class ChooseFace(QObject):
    """Selects faces and fills the tabs with previews, in the background."""

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
        self._pending: list[Job[AgedFace]] = []
        session.faces_changed.connect(self._choose_largest)
        session.selection_changed.connect(self.fill_tabs)
        session.current_changed.connect(self.fill_tabs)
        session.photo_changed.connect(self.fill_tabs)
        session.model_changed.connect(self.fill_tabs)

    def choose(self, index: int | None) -> None:
        """Choose a face of the current photo by its number."""
        self._session.select(index)

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) face, around the ends."""
        entry = self._session.current
        if entry is None or not entry.faces:
            return
        numbers = [face.index for face in entry.faces]
        if entry.selected in numbers:
            at = (numbers.index(entry.selected) + by) % len(numbers)
        else:
            at = 0 if by > 0 else len(numbers) - 1
        self.choose(numbers[at])

    def fill_tabs(self) -> None:
        """Ask for the chosen face's preview at each group that has none yet."""
        for job in self._pending:
            self._runner.cancel(job)
        self._pending.clear()
        entry, card = self._session.current, self._session.card
        if entry is None or card is None or entry.photo is None or entry.face is None:
            return
        if entry.face.obstacle is None:
            for group in card.groups:
                self._ask(entry, entry.face, group, card.name)

    def _choose_largest(self) -> None:
        entry = self._session.current
        if entry is None or not entry.faces:
            return
        if entry.face is not None:
            self.fill_tabs()
            return
        able = [face for face in entry.faces if face.obstacle is None]
        largest = max(able or list(entry.faces), key=lambda face: face.size)
        self.choose(largest.index)

    def _ask(self, entry: PhotoEntry, face: Face, group: AgeGroup, model: str) -> None:
        assert entry.photo is not None
        request = entry.request(face.index, group.target)
        if entry.preview(model, request) is not None:
            return
        job = PreviewJob(
            title=self.tr("Previewing face {number} at {group}").format(
                number=face.index, group=group.name
            ),
            lane=f"tab:{group.name}",
            priority=Priority.BACKGROUND,
            photo=entry.photo,
            face=face,
            request=request,
            model=model,
        )
        self._pending.append(job)
        self._runner.submit(
            job, lambda aged: self._session.add_preview(entry, model, aged), self._fail
        )

    def _fail(self, failure: Failure) -> None:
        for job in self._pending:
            self._runner.cancel(job)
        self._pending.clear()
        self._messages.error(failure.sentence, failure.details)
