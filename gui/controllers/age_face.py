"""Use case: turn the age of the chosen face and see it in the photo."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from engine.domain import AgedFace, AgeRequest
from gui.bridge.messages import Messages
from gui.jobs.job import ComposedPhoto, ComposeJob, Failure, PreviewJob, Priority
from gui.jobs.runner import JobRunner
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session

REST_MS = 250


class AgeFace(QObject):
    """Turns ages and strengths into previews at once and a full composite at rest."""

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
        self._strength = 1.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.compose)
        session.current_changed.connect(self._leave_photo)
        session.selection_changed.connect(self._leave_face)
        session.edits_changed.connect(self._change_edits)
        session.photo_changed.connect(self._rest.start)
        session.faces_changed.connect(self._rest.start)
        session.model_changed.connect(self._change_model)

    @property
    def strength(self) -> float:
        """Strength for the next age asked for, 0..1."""
        return self._strength

    def set_target(self, age: float) -> None:
        """Ask for the chosen face at an age in years."""
        entry = self._session.current
        if entry is None or entry.face is None or entry.face.obstacle is not None:
            return
        self._ask(entry, entry.request(entry.face.index, age, self._strength))

    def set_strength(self, strength: float) -> None:
        """Set how much of the change is applied, 0..1."""
        self._strength = strength
        entry = self._session.current
        if entry is None or entry.selected is None:
            return
        request = entry.edits.get(entry.selected)
        if request is not None and request.strength != strength:
            self._ask(entry, replace(request, strength=strength))

    def reset_face(self) -> None:
        """Leave the chosen face as it is in the photo."""
        entry = self._session.current
        if entry is None or entry.selected is None:
            return
        self._runner.supersede("dial")
        self._session.clear_edit(entry, entry.selected)

    def compose(self) -> None:
        """Put every edit into the photo at its own resolution, unless that is done."""
        self._rest.stop()
        entry, card = self._session.current, self._session.card
        if entry is None or card is None or entry.photo is None or not entry.edits:
            return
        if entry.result_is_current or entry.faces is None:
            return
        stamp = entry.edit_stamp
        job = ComposeJob(
            title=self.tr("Putting the faces back into {name}").format(name=entry.path.name),
            lane="compose",
            photo=entry.photo,
            faces=entry.faces or (),
            requests=tuple(entry.edits.values()),
            model=card.name,
        )
        self._runner.submit(job, lambda answer: self._composed(entry, stamp, answer), self._fail)

    def _composed(self, entry: PhotoEntry, stamp: int, answer: ComposedPhoto) -> None:
        if entry.edit_stamp != stamp:
            return
        self._session.set_result(entry, answer.result, answer.picture, stamp)
        for sentence in answer.result.warnings:
            self._messages.warning(sentence)

    def _ask(self, entry: PhotoEntry, request: AgeRequest) -> None:
        card = self._session.card
        face = entry.face_at(request.face)
        if card is None or face is None or entry.photo is None:
            return
        if entry.edits.get(request.face) == request:
            return
        self._session.edit(entry, request)
        model = card.name
        if entry.preview(model, request) is not None:
            self._runner.supersede("dial")
            return
        job = PreviewJob(
            title=self.tr("Ageing face {number} to {age}").format(
                number=face.index, age=round(request.target)
            ),
            lane="dial",
            priority=Priority.INTERACTIVE,
            photo=entry.photo,
            face=face,
            request=request,
            model=model,
        )
        self._runner.submit(job, lambda aged: self._previewed(entry, model, aged), self._fail)

    def _previewed(self, entry: PhotoEntry, model: str, aged: AgedFace) -> None:
        self._session.add_preview(entry, model, aged)

    def _leave_photo(self) -> None:
        self._leave_face()
        self._runner.supersede("compose")
        self._rest.start()

    def _change_edits(self) -> None:
        """After any change, undone and redone ones too: composite anew, once it rests."""
        self._runner.supersede("compose")
        self._take_strength()
        self._rest.start()

    def _leave_face(self) -> None:
        self._runner.supersede("dial")
        self._take_strength()

    def _take_strength(self) -> None:
        entry = self._session.current
        if entry is not None and entry.selected in entry.edits:
            self._strength = entry.edits[entry.selected].strength

    def _change_model(self) -> None:
        self._runner.supersede("dial")
        self._runner.supersede("compose")
        self._rest.start()

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)
