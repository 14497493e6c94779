"""The open photos as a Qt list. No widgets; thumbnails are asked for as rows are shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage

from gui.bridge.roles import GalleryRole, PhotoState
from gui.models.photo_entry import PhotoEntry

_THUMBNAILS_KEPT = 96  # some 25 MB; the others lie in the cache on disk
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class GalleryModel(QAbstractListModel):
    """One row a photo, in the order they were added. GUI thread only."""

    thumbnail_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[PhotoEntry] = []
        self._rows: dict[Path, int] = {}
        self._thumbnails: OrderedDict[Path, QImage] = OrderedDict()
        self._wanted: set[Path] = set()

    @property
    def entries(self) -> Sequence[PhotoEntry]:
        """The photos in order."""
        return tuple(self._entries)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of photos."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.path.name
            case Qt.ItemDataRole.DecorationRole:
                return self._thumbnail(entry.path)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{entry.path}\n{entry.sentence or self._told(entry)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.path.name}, {self._told(entry)}"
            case GalleryRole.STATE:
                return entry.state
            case GalleryRole.FACES:
                return None if entry.faces is None else len(entry.faces)
            case GalleryRole.ENTRY:
                return entry
        return None

    def add(self, paths: Sequence[Path]) -> list[PhotoEntry]:
        """Append photos that are not here yet; returns an entry for each path, new or not."""
        asked = dict.fromkeys(paths)
        fresh = [PhotoEntry(path) for path in asked if path not in self._rows]
        if fresh:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._entries.extend(fresh)
            self._rows.update({entry.path: row for row, entry in enumerate(fresh, start=first)})
            self.endInsertRows()
        return [self._entries[self._rows[path]] for path in asked]

    def remove(self, entry: PhotoEntry) -> None:
        """Take a photo out of the list; its file stays."""
        row = self.row_of(entry)
        if row < 0:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._entries[row], self._rows[entry.path]
        self._rows.update({later.path: at for at, later in enumerate(self._entries[row:], row)})
        self.endRemoveRows()
        self._thumbnails.pop(entry.path, None)
        self._wanted.discard(entry.path)

    def row_of(self, entry: PhotoEntry) -> int:
        """Row of a photo, or -1."""
        row = self._rows.get(entry.path, -1)
        return row if row >= 0 and self._entries[row] is entry else -1

    def changed(self, entry: PhotoEntry) -> None:
        """Tell views that something about a photo is different."""
        row = self.row_of(entry)
        if row >= 0:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def set_thumbnail(self, path: Path, image: QImage) -> None:
        """Take a small picture; null ones are remembered as not to be had."""
        self._thumbnails[path] = image
        while len(self._thumbnails) > _THUMBNAILS_KEPT:
            forgotten, _image = self._thumbnails.popitem(last=False)
            self._wanted.discard(forgotten)
        row = self._rows.get(path, -1)
        if row >= 0:
            index = self.index(row)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    def has_thumbnail(self, path: Path) -> bool:
        """Whether there is a picture to show for a file."""
        image = self._thumbnails.get(path)
        return image is not None and not image.isNull()

    def _thumbnail(self, path: Path) -> QImage | None:
        image = self._thumbnails.get(path)
        if image is not None:
            self._thumbnails.move_to_end(path)
            return None if image.isNull() else image
        if path not in self._wanted:
            self._wanted.add(path)
            self.thumbnail_wanted.emit(path)
        return None

    def _told(self, entry: PhotoEntry) -> str:
        return ", ".join([*self._faces(entry), self._described(entry)])

    def _faces(self, entry: PhotoEntry) -> list[str]:
        if entry.faces is None:
            return []
        return [self.tr("%n face(s)", "", len(entry.faces))]

    def _described(self, entry: PhotoEntry) -> str:
        words = {
            PhotoState.NEW: self.tr("not opened yet"),
            PhotoState.WORKING: self.tr("working"),
            PhotoState.READY: self.tr("ready"),
            PhotoState.AGED: self.tr("aged, not exported"),
            PhotoState.EXPORTED: self.tr("exported"),
            PhotoState.FAILED: self.tr("failed"),
        }
        return words[entry.state]
