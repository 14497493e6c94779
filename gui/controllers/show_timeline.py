"""Use case: see the chosen face from young to old, and play it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from engine.aged import AgedFace
from gui.bridge.image_convert import to_qimage
from gui.bridge.messages import Messages
from gui.jobs.job import Failure, PreviewJob, Priority
from gui.jobs.runner import JobRunner
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from gui.models.timeline_model import TimelineModel, timeline_ages
from gui.views.timeline import TimelineView

_LANE = "timeline"
FRAME_MS = 180


class ShowTimeline(QObject):
    """Fills the strip one preview at a time, behind everything else that waits.

    Signals:
        shown: what to lay over the photo while it plays; ``None`` at the end.
    """

    shown = Signal(object)

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        messages: Messages,
        view: TimelineView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._messages = messages
        self._view = view
        self._open = False
        self._playing: list[AgedFace] = []
        self.model = TimelineModel(self)
        self._clock = QTimer(self)
        self._clock.setInterval(FRAME_MS)
        self._clock.timeout.connect(self._next_frame)
        view.list.setModel(self.model)
        view.setVisible(False)
        view.play_toggled.connect(self.play)
        for changed in (
            session.current_changed,
            session.photo_changed,
            session.selection_changed,
            session.faces_changed,
            session.model_changed,
        ):
            changed.connect(self._refill)
        session.preview_arrived.connect(self._take)
        session.edits_changed.connect(self._follow)

    def open(self, wanted: bool) -> None:
        """Show the strip, or take it away and stop working for it."""
        self._open = wanted
        self._view.setVisible(wanted)
        self._refill()

    def play(self, wanted: bool) -> None:
        """Run the ages through the photo, there and back, until stopped."""
        faces = self.model.faces()
        if wanted and len(faces) > 1:
            self._playing = [*faces, *faces[-2:0:-1]]
            self._next_frame()
            self._clock.start()
        elif self._playing:
            self._clock.stop()
            self._playing = []
            self.shown.emit(None)
        self._view.show_playing(bool(self._playing))

    def can_export(self) -> bool:
        """Whether every age is there."""
        return self.model.rowCount() > 0 and self.model.missing() is None

    # -- what the strip shows

    def _refill(self) -> None:
        self.play(False)
        self._runner.supersede(_LANE)
        entry, card = self._session.current, self._session.card
        if not self._open or entry is None or card is None or not _usable(entry):
            self.model.set_ages([])
            self._tell()
            return
        self.model.set_ages(timeline_ages(card))
        for age in self.model.ages:
            aged = entry.preview(card.name, entry.request(entry.selected or 0, age))
            if aged is not None:
                self.model.set_preview(aged, to_qimage(aged.preview()))
        self._follow()
        self._ask_next()

    def _follow(self) -> None:
        entry = self._session.current
        request = entry.edits.get(entry.selected) if entry and entry.selected else None
        self.model.choose(request.target if request else None)
        if entry is not None and self._open and any(not self._fits(f) for f in self.model.faces()):
            self._refill()

    def _fits(self, aged: AgedFace) -> bool:
        """Whether a preview still shows what is decided about the face beside its age."""
        entry = self._session.current
        if entry is None or entry.selected is None:
            return True
        return aged.request == entry.request(entry.selected, aged.request.target)

    def _ask_next(self) -> None:
        entry, card = self._session.current, self._session.card
        age = self.model.missing()
        self._tell()
        if age is None or entry is None or card is None:
            return
        if entry.photo is None or entry.face is None:
            return
        model = card.name
        job = PreviewJob(
            title=self.tr("Timeline of face {number}").format(number=entry.face.index),
            lane=_LANE,
            priority=Priority.BACKGROUND,
            photo=entry.photo,
            face=entry.face,
            request=entry.request(entry.face.index, age),
            model=model,
        )

        def arrived(aged: AgedFace) -> None:
            self._session.add_preview(entry, model, aged)
            self._ask_next()

        self._runner.submit(job, arrived, self._fail)

    def _take(self, aged: AgedFace) -> None:
        entry = self._session.current
        chosen = entry is not None and aged.request.face == entry.selected
        if self._open and chosen and self._fits(aged):
            self.model.set_preview(aged, to_qimage(aged.preview()))
            self._tell()

    def _tell(self) -> None:
        entry, ready = self._session.current, len(self.model.faces())
        total = self.model.rowCount()
        if entry is None or total == 0:
            text = self.tr("Choose a face to see it from young to old.")
        elif ready < total:
            text = self.tr("{ready} of {total}").format(ready=ready, total=total)
        else:
            text = self.tr("Click an age to take it.")
        self._view.show_hint(text)
        self._view.set_ready(playable=ready > 1, exportable=self.can_export())

    def _next_frame(self) -> None:
        face = self._playing[0]
        self._playing = [*self._playing[1:], face]
        self.shown.emit(face)

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)


def _usable(entry: PhotoEntry) -> bool:
    return entry.photo is not None and entry.face is not None and entry.face.obstacle is None
