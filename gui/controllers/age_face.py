"""Use case: turn the age of the chosen faces and see it in the photo."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from engine.aged import AgedFace
from engine.domain import REGIONS, AgeRequest
from gui.bridge.engine_words import spoken
from gui.bridge.messages import Messages
from gui.bridge.regions import Shares, shares_of, with_share
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
        self._next = AgeRequest(0, 0.0)  # its strength and regions hold for the next age
        self._lanes: set[str] = set()
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
        return self._next.strength

    @property
    def shares(self) -> Shares:
        """What each region of a face takes of the next age asked for."""
        return shares_of(self._next)

    def set_target(self, age: float) -> None:
        """Ask for the chosen faces at an age in years."""
        entry = self._session.current
        if entry is None:
            return
        asked = [entry.request(n, age, self._next.strength) for n in self._numbers(entry)]
        regions, shares = self._next.regions, self._next.shares
        self._ask(entry, [replace(one, regions=regions, shares=shares) for one in asked])

    def set_strength(self, strength: float) -> None:
        """Set how much of the change is applied, 0..1."""
        self._change(lambda request: replace(request, strength=strength))

    def set_share(self, region: str, share: float | None) -> None:
        """Set how much of the change a region takes, 0..1; ``None``: as its surroundings."""
        self._change(lambda request: with_share(request, region, share))

    def reset_regions(self) -> None:
        """Let every region take all of the change."""
        self._change(lambda request: replace(request, regions=REGIONS, shares=()))

    def reset_face(self) -> None:
        """Leave the chosen faces as they are in the photo."""
        entry = self._session.current
        if entry is None or entry.selected is None:
            return
        self._drop_previews()
        self._session.clear_edit(entry, *(face.index for face in entry.chosen))

    def _numbers(self, entry: PhotoEntry) -> list[int]:
        """The chosen faces that can be aged; a skipped one only if it is chosen alone."""
        able = [face.index for face in entry.chosen if face.obstacle is None]
        return [n for n in able if n not in entry.asked.skipped] or able[:1]

    def _change(self, how: Callable[[AgeRequest], AgeRequest]) -> None:
        """Change what is asked of the chosen faces, where anything is, and of the next."""
        self._next = how(self._next)
        entry = self._session.current
        if entry is not None:
            numbers = [face.index for face in entry.chosen]
            self._ask(entry, [how(entry.edits[n]) for n in numbers if n in entry.edits])

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
            self._messages.warning(spoken(sentence))

    def _ask(self, entry: PhotoEntry, asked: Sequence[AgeRequest]) -> None:
        card = self._session.card
        fresh = [request for request in asked if entry.edits.get(request.face) != request]
        if card is None or entry.photo is None or not fresh:
            return
        self._session.edit(entry, *fresh)
        self._drop_previews(but={_lane(entry, request.face) for request in fresh})
        for request in fresh:
            self._preview(entry, card.name, request)

    def _preview(self, entry: PhotoEntry, model: str, request: AgeRequest) -> None:
        face, lane = entry.face_at(request.face), _lane(entry, request.face)
        assert entry.photo is not None
        assert face is not None
        if entry.preview(model, request) is not None:
            self._runner.supersede(lane)
            return
        self._lanes.add(lane)
        job = PreviewJob(
            title=self.tr("Ageing face {number} to {age}").format(
                number=face.index, age=round(request.target)
            ),
            lane=lane,
            priority=Priority.INTERACTIVE,
            photo=entry.photo,
            face=face,
            request=request,
            model=model,
        )
        self._runner.submit(job, lambda aged: self._previewed(entry, model, aged), self._fail)

    def _drop_previews(self, but: Set[str] = frozenset()) -> None:
        """Previews of earlier requests are no longer of interest."""
        for lane in self._lanes - but:
            self._runner.supersede(lane)
        self._lanes &= but

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
        self._drop_previews()
        self._take_strength()

    def _take_strength(self) -> None:
        entry = self._session.current
        if entry is not None and entry.selected in entry.edits:
            self._next = entry.edits[entry.selected]

    def _change_model(self) -> None:
        self._drop_previews()
        self._runner.supersede("compose")
        self._rest.start()

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)


def _lane(entry: PhotoEntry, face: int) -> str:
    return "dial" if face == entry.selected else f"dial:{face}"
