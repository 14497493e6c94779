"""The faces of the shown photo as a Qt list: crop, number, age now, what becomes of each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    Qt,
)
from PySide6.QtGui import QImage

from engine.domain import Face
from gui.bridge.engine_words import spoken
from gui.bridge.image_convert import cut_square
from gui.bridge.roles import FaceRole, FaceState
from gui.bridge.words import face_words
from gui.models.photo_entry import PhotoEntry

_CROP = 160
_ROOM = 1.3  # the crop's side in units of the face
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class FaceModel(QAbstractListModel):
    """One row a face, in the order of their numbers. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entry: PhotoEntry | None = None
        self._faces: tuple[Face, ...] = ()
        self._crops: dict[Face, QImage] = {}

    @property
    def numbers(self) -> list[int]:
        """The faces' numbers, a row each."""
        return [face.index for face in self._faces]

    def show(self, entry: PhotoEntry | None) -> None:
        """List a photo's faces, or tell that something about the listed ones is different."""
        faces = (entry.faces if entry is not None else None) or ()
        if entry is self._entry and faces == self._faces:
            self.refresh()
            return
        self.beginResetModel()
        if entry is not self._entry:
            self._crops.clear()
        self._entry, self._faces = entry, faces
        self.endResetModel()

    def refresh(self) -> None:
        """Tell views that what becomes of the faces is different."""
        if self._faces:
            self.dataChanged.emit(self.index(0), self.index(len(self._faces) - 1))

    def row_of(self, number: int | None) -> int:
        """Row of a face, or -1."""
        return next((row for row, face in enumerate(self._faces) if face.index == number), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of faces."""
        return 0 if parent.isValid() else len(self._faces)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        if self._entry is None or not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        face = self._faces[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return face_words(face, self._corrected(face))
            case Qt.ItemDataRole.DecorationRole:
                return self._crop(face)
            case Qt.ItemDataRole.ToolTipRole:
                return spoken(face.obstacle or face_words(face, self._corrected(face)))
            case Qt.ItemDataRole.AccessibleTextRole:
                words = face_words(face, self._corrected(face))
                return f"{words}, {spoken(face.obstacle or self._caption(face))}"
            case FaceRole.NUMBER:
                return face.index
            case FaceRole.STATE:
                return self._state(face)
            case FaceRole.AGE:
                age = self._corrected(face)
                return face.age if age is None else age
            case FaceRole.CORRECTED:
                return self._corrected(face) is not None
            case FaceRole.CAPTION:
                return self._caption(face)
        return None

    def _corrected(self, face: Face) -> float | None:
        return self._entry.asked.ages.get(face.index) if self._entry is not None else None

    def _state(self, face: Face) -> FaceState:
        assert self._entry is not None
        if face.obstacle is not None:
            return FaceState.BLOCKED
        if face.index in self._entry.asked.skipped:
            return FaceState.SKIPPED
        return FaceState.AGED if face.index in self._entry.edits else FaceState.PLAIN

    def _caption(self, face: Face) -> str:
        """What becomes of a face, in a word or two."""
        assert self._entry is not None
        match self._state(face):
            case FaceState.BLOCKED:
                return self.tr("cannot be aged")
            case FaceState.SKIPPED:
                return self.tr("skipped")
            case FaceState.AGED:
                target = self._entry.edits[face.index].target
                return self.tr("aged to {age}").format(age=round(target))
        return self.tr("as it is")

    def _crop(self, face: Face) -> QImage | None:
        """The face upright; kept, as it costs more than painting it."""
        if face not in self._crops:
            picture = self._entry.picture if self._entry is not None else None
            if picture is None:
                return None
            box = face.box
            middle = QPointF(box.x + box.w / 2 + 0.5, box.y + box.h / 2 + 0.5)
            side = _ROOM * face.size
            self._crops[face] = cut_square(picture, middle, side, face.roll, _CROP)
        return self._crops[face]
