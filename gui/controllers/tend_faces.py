"""Use case: tend the photo's faces: choose some, skip some, correct an age, add one missed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF

from engine.domain import Box, Face
from gui.bridge.messages import Messages
from gui.bridge.roles import PhotoState
from gui.jobs.job import Failure, FindFaceInJob, Priority
from gui.jobs.runner import JobRunner
from gui.models.face_model import FaceModel
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from gui.views.action_window import ActionWindow
from gui.views.face_strip import FaceStrip
from gui.views.photo_canvas import PhotoCanvas

_LANE = "box"


class TendFaces(QObject):
    """Keeps the face strip in step with the session and does what it asks for."""

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        messages: Messages,
        strip: FaceStrip,
        canvas: PhotoCanvas,
        window: ActionWindow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._runner, self._messages = session, runner, messages
        self._strip, self._canvas = strip, canvas
        self.model = FaceModel(self)
        strip.set_model(self.model)
        strip.faces_chosen.connect(session.select)
        strip.skip_chosen.connect(self.skip)
        strip.age_corrected.connect(self.correct_age)
        strip.estimate_chosen.connect(lambda: self.correct_age(None))
        strip.drawing_asked.connect(canvas.draw_box)
        window.skip_face.triggered.connect(lambda: strip.skip.click())
        window.add_face.triggered.connect(lambda: strip.add.click())
        window.all_faces.triggered.connect(lambda: self.choose_all())
        canvas.drawing_changed.connect(strip.show_drawing)
        canvas.face_toggled.connect(session.toggle)
        canvas.box_drawn.connect(self._on_box)
        for changed in (session.current_changed, session.photo_changed, session.edits_changed):
            changed.connect(self._show)
        session.faces_changed.connect(self._on_faces)
        session.selection_changed.connect(self._show)
        session.current_changed.connect(lambda: runner.supersede(_LANE))
        self._show()

    def choose_all(self) -> None:
        """Choose every face of the photo, the one that was chosen first."""
        entry = self._session.current
        if entry is not None and entry.faces:
            first = entry.selected or entry.faces[0].index
            self._session.select(first, frozenset(face.index for face in entry.faces))

    def skip(self, skipped: bool) -> None:
        """Leave the chosen faces out, or take them in again."""
        entry = self._session.current
        if entry is not None:
            numbers = [face.index for face in entry.chosen if face.obstacle is None]
            self._session.skip_faces(entry, numbers, skipped)

    def correct_age(self, age: float | None) -> None:
        """Say how old the chosen face is now; ``None`` goes back to the estimate."""
        entry = self._session.current
        if entry is not None and entry.face is not None:
            self._session.correct_age(entry, entry.face.index, age)

    def add_face(self, box: Box) -> None:
        """Look for a face inside a box of the current photo and take it in."""
        entry = self._session.current
        if entry is not None and entry.photo is not None and entry.faces is not None:
            number = entry.next_number
            self._look(entry, box, number, lambda face: self._take(entry, box, face))

    def _on_box(self, box: QRectF) -> None:
        # Qt counts from pixel corners, the engine from pixel centres.
        self.add_face(Box(box.x() - 0.5, box.y() - 0.5, box.width(), box.height()))

    def _look(
        self, entry: PhotoEntry, box: Box, number: int, found: Callable[[Face], None]
    ) -> None:
        assert entry.photo is not None
        job = FindFaceInJob(
            title=self.tr("Looking for a face inside the box"),
            lane=_LANE,
            priority=Priority.INTERACTIVE,
            photo=entry.photo,
            box=box,
            number=number,
        )
        self._runner.submit(job, found, self._fail)

    def _take(self, entry: PhotoEntry, box: Box, face: Face) -> None:
        """A face that is known already is chosen rather than listed twice."""
        same = next((known for known in entry.faces or () if _same(known, face)), None)
        if same is not None:
            if entry is self._session.current:
                self._session.select(same.index)
            sentence = self.tr("That is face {number}, which had been found already.")
            self._messages.info(sentence.format(number=same.index))
            return
        self._session.add_face(entry, box, face)

    def _on_faces(self) -> None:
        self._show()
        self._refill()

    def _refill(self) -> None:
        """Find again what lies in boxes that were drawn in an earlier session."""
        entry = self._session.current
        if entry is None or entry.photo is None or entry.detected is None:
            return
        missing = [item for item in entry.asked.boxes.items() if item[1] not in entry.drawn]
        if missing:  # the answer brings the next one
            number, box = missing[0]
            self._look(entry, box, number, lambda face: self._session.refill_box(entry, box, face))

    def _show(self) -> None:
        entry = self._session.current
        self.model.show(entry)
        face = entry.face if entry is not None else None
        row = self.model.row_of(face.index if face is not None else None)
        beside = [self.model.row_of(n) for n in entry.beside] if entry is not None else []
        self._strip.show_chosen(row, beside)
        self._strip.show_face(
            face,
            entry.asked.ages.get(face.index) if entry is not None and face is not None else None,
            skipped=entry is not None and face is not None and face.index in entry.asked.skipped,
            addable=entry is not None and entry.photo is not None and entry.faces is not None,
        )
        self._strip.show_hint(self._hint(entry))

    def _hint(self, entry: PhotoEntry | None) -> str:
        if entry is None or entry.faces:
            return ""
        if entry.faces is None or entry.state is PhotoState.WORKING:
            return self.tr("Looking for faces…")
        return self.tr("No face was found. If there is one, draw a box around it.")

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)


def _same(one: Face, other: Face) -> bool:
    """Whether two faces lie on each other: each one's middle near the other's."""
    x = one.box.x + one.box.w / 2 - other.box.x - other.box.w / 2
    y = one.box.y + one.box.h / 2 - other.box.y - other.box.h / 2
    return max(abs(x), abs(y)) < 0.4 * max(one.size, other.size)
