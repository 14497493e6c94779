"""The state of the window: open photos, the one shown, the chosen model. GUI thread only.

Controllers change it, views are told by its signals. It starts no work and knows no widgets.
"""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from engine.domain import AgedFace, AgeRequest, AgingResult, DeviceReport, Face, ModelCard, Photo
from gui.bridge.image_convert import Pyramid
from gui.bridge.roles import PhotoState
from gui.models.edits import Edits
from gui.models.gallery_model import GalleryModel
from gui.models.history import History
from gui.models.photo_entry import PhotoEntry

_PHOTOS_IN_MEMORY = 3


class Session(QObject):
    """Open photos, the current one, and the chosen model.

    The signals without arguments speak of the current photo.
    """

    current_changed = Signal()
    photo_changed = Signal()
    faces_changed = Signal()
    selection_changed = Signal()
    edits_changed = Signal()
    preview_arrived = Signal(object)
    result_changed = Signal()
    models_changed = Signal()
    model_changed = Signal()
    device_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gallery = GalleryModel(self)
        self.history = History(self)
        self.history.moved.connect(self._edited)
        self.current: PhotoEntry | None = None
        self.cards: tuple[ModelCard, ...] = ()
        self.card: ModelCard | None = None
        self.device: DeviceReport | None = None
        self._recent: deque[PhotoEntry] = deque()

    def set_models(self, cards: tuple[ModelCard, ...]) -> None:
        """Take the installed models; the first is the default."""
        self.cards = cards
        self.card = cards[0] if cards else None
        self._limit_ages()
        self.models_changed.emit()
        self.model_changed.emit()

    def choose_model(self, name: str) -> None:
        """Use another model; every photo's edits count as not composited."""
        card = next((card for card in self.cards if card.name == name), None)
        if card is None or card is self.card:
            return
        self.card = card
        self._limit_ages()
        self.model_changed.emit()

    def _limit_ages(self) -> None:
        for entry in self.gallery.entries:
            entry.limit(self._limits())

    def _limits(self) -> tuple[float, float] | None:
        return (self.card.age_min, self.card.age_max) if self.card else None

    def set_device(self, device: DeviceReport) -> None:
        """Take what computes and why."""
        self.device = device
        self.device_changed.emit()

    def show(self, entry: PhotoEntry | None) -> None:
        """Make a photo the current one; photos not seen for long give their pixels back."""
        self.current = entry
        self.history.follow(entry)
        if entry is not None:
            entry.limit(self._limits())
            self._keep_recent(entry)
        self.current_changed.emit()

    def _keep_recent(self, entry: PhotoEntry) -> None:
        if entry in self._recent:
            self._recent.remove(entry)
        self._recent.append(entry)
        while len(self._recent) > _PHOTOS_IN_MEMORY:
            self._recent.popleft().release()

    def forget(self, entry: PhotoEntry) -> None:
        """Take a photo out of the gallery; its file stays."""
        if entry in self._recent:
            self._recent.remove(entry)
        self.gallery.remove(entry)
        self.history.forget(entry)
        entry.release()

    def set_state(self, entry: PhotoEntry, state: PhotoState) -> None:
        """Say how far a photo has come."""
        entry.state = state
        entry.sentence = entry.details = ""
        self.gallery.changed(entry)

    def set_failed(self, entry: PhotoEntry, sentence: str, details: str) -> None:
        """Say that a photo cannot be used, and why."""
        entry.state = PhotoState.FAILED
        entry.sentence, entry.details = sentence, details
        self.gallery.changed(entry)

    def set_photo(self, entry: PhotoEntry, photo: Photo, picture: Pyramid) -> None:
        """Take decoded pixels."""
        entry.photo = photo
        entry.picture = picture
        if entry is self.current:
            self.photo_changed.emit()

    def set_faces(self, entry: PhotoEntry, faces: tuple[Face, ...]) -> None:
        """Take what was found."""
        entry.faces = faces
        self.gallery.changed(entry)
        if entry is self.current:
            self.faces_changed.emit()

    def select(self, index: int | None) -> None:
        """Choose a face of the current photo."""
        entry = self.current
        if entry is None or entry.selected == index:
            return
        if index is not None and entry.face_at(index) is None:
            return
        entry.selected = index
        self.selection_changed.emit()

    def edit(self, entry: PhotoEntry, request: AgeRequest) -> None:
        """Ask for a face at an age, as a step that can be undone."""
        before = entry.asked.requests.get(request.face)
        face, years, percent = request.face, round(request.target), round(request.strength * 100)
        if before is not None and before.target == request.target:
            text = self.tr("Strength of face {face}: {percent} %")
            text, merge = text.format(face=face, percent=percent), f"strength:{face}"
        else:
            text = self.tr("Face {face} at {years}")
            text, merge = text.format(face=face, years=years), f"age:{face}"
        self.change(entry, text, entry.asked.with_request(request), merge=merge)

    def clear_edit(self, entry: PhotoEntry, face: int) -> None:
        """Leave a face as it is."""
        text = self.tr("Face {face} as it is").format(face=face)
        self.change(entry, text, entry.asked.without_request(face))

    def skip_face(self, entry: PhotoEntry, face: int, skipped: bool) -> None:
        """Leave a face out whatever is asked for it, or take it in again."""
        text = self.tr("Skip face {face}") if skipped else self.tr("Take in face {face}")
        self.change(entry, text.format(face=face), entry.asked.with_skipped(face, skipped))

    def correct_age(self, entry: PhotoEntry, face: int, age: float | None) -> None:
        """Say how old a face is now; ``None`` goes back to the estimate."""
        if age is None:
            text = self.tr("Age of face {face} as estimated").format(face=face)
        else:
            text = self.tr("Face {face} is {years} now").format(face=face, years=round(age))
        self.change(entry, text, entry.asked.with_age(face, age), merge=f"now:{face}")

    def change(self, entry: PhotoEntry, text: str, after: Edits, *, merge: str = "") -> None:
        """Do anything to a photo as a step that can be undone; see :meth:`History.push`."""
        self.history.push(entry, text, after, merge=merge)

    def _edited(self, entry: PhotoEntry) -> None:
        """Tell everyone that a photo's edits are others, by a step, undo or redo."""
        if not entry.edits:
            entry.result = None
            entry.result_picture = None
            entry.result_stamp = -1
        if entry.state not in {PhotoState.WORKING, PhotoState.FAILED}:
            self.set_state(entry, PhotoState.AGED if entry.edits else PhotoState.READY)
        if entry is self.current:
            self.edits_changed.emit()

    def add_preview(self, entry: PhotoEntry, model: str, aged: AgedFace) -> None:
        """Take a face at another age."""
        entry.keep_preview(model, aged)
        if entry is self.current:
            self.preview_arrived.emit(aged)

    def set_result(
        self, entry: PhotoEntry, result: AgingResult, picture: Pyramid, stamp: int
    ) -> None:
        """Take a composited photo made for the edits of ``stamp``."""
        entry.result = result
        entry.result_picture = picture
        entry.result_stamp = stamp
        if entry is self.current:
            self.result_changed.emit()
