"""The state of the window: open photos, the one shown, the chosen model. GUI thread only.

Controllers change it, views are told by its signals. It starts no work and knows no widgets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence, Set

from PySide6.QtCore import QObject, Signal

from engine.aged import AgedFace, AgingResult
from engine.domain import AgeRequest, Box, DeviceReport, Face, ModelCard, Photo
from gui.bridge.image_convert import Pyramid
from gui.bridge.regions import step_words
from gui.bridge.roles import PhotoState
from gui.models.edits import Edits
from gui.models.face_match import match_faces
from gui.models.gallery_model import GalleryModel
from gui.models.history import History
from gui.models.photo_entry import PhotoEntry

_PHOTOS_IN_MEMORY = 3


class Session(QObject):
    """Open photos, the current one, and the chosen model.

    The signals without arguments speak of the current photo. ``faces_lost`` names a photo in
    which so many aged faces of an earlier run were not found again.
    """

    current_changed = Signal()
    photo_changed = Signal()
    faces_changed = Signal()
    selection_changed = Signal()
    edits_changed = Signal()
    preview_arrived = Signal(object)
    result_changed = Signal()
    faces_lost = Signal(object, int)
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
        self._faces_told: tuple[Face, ...] | None = None

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
        self._faces_told = entry.faces if entry is not None else None
        self.current_changed.emit()

    def _keep_recent(self, entry: PhotoEntry) -> None:
        if entry in self._recent:
            self._recent.remove(entry)
        self._recent.append(entry)
        self._release_all_but(_PHOTOS_IN_MEMORY)

    def rest(self) -> None:
        """Keep the pixels of the current photo alone; the others are decoded when shown again."""
        self._release_all_but(1)

    def _release_all_but(self, kept: int) -> None:
        while len(self._recent) > kept:
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
        """Take decoded pixels; a file that has changed needs its faces found anew."""
        if entry.faces is not None and photo.sha256 != entry.sha256:
            entry.forget_faces()
        entry.sha256 = photo.sha256
        entry.photo = photo
        entry.picture = picture
        if entry is self.current:
            self.photo_changed.emit()

    def set_faces(self, entry: PhotoEntry, faces: tuple[Face, ...]) -> None:
        """Take what was found."""
        self._follow_faces(entry, faces)
        entry.take_faces(faces)
        self.gallery.changed(entry)
        if entry is self.current:
            self._faces_told = entry.faces
            self.faces_changed.emit()

    def _follow_faces(self, entry: PhotoEntry, faces: tuple[Face, ...]) -> None:
        """Give what an earlier run did to faces to the same faces, found again."""
        known, entry.known_boxes = entry.known_boxes, {}
        if not known:
            return
        numbers = match_faces(known, faces)
        lost = [number for number in entry.edits if number in known and number not in numbers]
        if any(numbers.get(number) != number for number in known):
            self.history.renumber(entry, numbers)
        if entry.selected is not None and entry.selected in known:
            entry.selected = numbers.get(entry.selected)
        beside = (numbers.get(n) if n in known else n for n in entry.beside)
        entry.beside = frozenset(n for n in beside if n is not None)
        if lost:
            self.faces_lost.emit(entry, len(lost))

    def select(self, index: int | None, beside: Set[int] = frozenset()) -> None:
        """Choose a face of the current photo, and others to be aged along with it."""
        entry = self.current
        if entry is None or (index is not None and entry.face_at(index) is None):
            return
        others = frozenset(n for n in beside if n != index and entry.face_at(n) is not None)
        others = others if index is not None else frozenset()
        if (entry.selected, entry.beside) == (index, others):
            return
        entry.selected, entry.beside = index, others
        self.selection_changed.emit()

    def toggle(self, index: int) -> None:
        """Choose a face along with those that are chosen, or no longer."""
        entry = self.current
        if entry is None or entry.selected is None:
            self.select(index)
        elif index != entry.selected:
            self.select(entry.selected, entry.beside ^ {index})
        elif entry.beside:
            first, *rest = sorted(entry.beside)
            self.select(first, frozenset(rest))

    def edit(self, entry: PhotoEntry, *requests: AgeRequest) -> None:
        """Ask for faces at an age, as one step that can be undone."""
        after = entry.asked
        for request in requests:
            after = after.with_request(request)
        text, kind = self._named(entry.asked, requests)
        self.change(entry, text, after, merge=f"{kind}:{_numbers(r.face for r in requests)}")

    def _named(self, before: Edits, requests: Sequence[AgeRequest]) -> tuple[str, str]:
        """What to call a step, and its kind: steps of one kind in a row become one."""
        first = requests[0]
        was = before.requests.get(first.face)
        faces = _numbers(request.face for request in requests)
        if was is not None and was.target == first.target:
            if named := step_words(was, first, faces):
                return named
            if was.strength != first.strength:
                percent = round(first.strength * 100)
                words = self.tr("Strength of face {faces}: {percent} %")
                return words.format(faces=faces, percent=percent), "strength"
        words = self.tr("Face {faces} at {years}")
        return words.format(faces=faces, years=round(first.target)), "age"

    def clear_edit(self, entry: PhotoEntry, *faces: int) -> None:
        """Leave faces as they are."""
        after = entry.asked
        for face in faces:
            after = after.without_request(face)
        text = self.tr("Face {faces} as it is").format(faces=_numbers(faces))
        self.change(entry, text, after)

    def skip_faces(self, entry: PhotoEntry, faces: Sequence[int], skipped: bool) -> None:
        """Leave faces out whatever is asked for them, or take them in again."""
        after = entry.asked
        for face in faces:
            after = after.with_skipped(face, skipped)
        text = self.tr("Skip face {faces}") if skipped else self.tr("Take in face {faces}")
        self.change(entry, text.format(faces=_numbers(faces)), after)

    def add_face(self, entry: PhotoEntry, box: Box, face: Face) -> None:
        """Take in the face that was found inside a drawn box, and choose it."""
        entry.drawn[box] = face
        text = self.tr("Add face {face}").format(face=face.index)
        self.change(entry, text, entry.asked.with_box(face.index, box))
        if entry is self.current:
            self.select(face.index)

    def refill_box(self, entry: PhotoEntry, box: Box, face: Face) -> None:
        """Take the face inside a box that was drawn in an earlier session."""
        entry.drawn[box] = face
        if entry.detected is not None:
            self.set_faces(entry, entry.detected)

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
            self._tell_faces(entry)
            self.edits_changed.emit()

    def _tell_faces(self, entry: PhotoEntry) -> None:
        """Undoing a drawn box takes its face away."""
        if entry.faces is not self._faces_told:
            self._faces_told = entry.faces
            self.faces_changed.emit()

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


def _numbers(faces: Iterable[int]) -> str:
    """Face numbers for a sentence."""
    return ", ".join(str(face) for face in sorted(faces))
