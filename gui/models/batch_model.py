"""A batch as a Qt list, one row a file to come. No widgets."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.bridge.roles import BatchRole, BatchState
from gui.models.batch_queue import BatchItem, BatchQueue

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class BatchModel(QAbstractListModel):
    """Shows a queue; whoever changes an item tells it. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[BatchItem] = []

    def set_queue(self, queue: BatchQueue | None) -> None:
        """Show another queue."""
        self.beginResetModel()
        self._items = queue.items if queue is not None else []
        self.endResetModel()

    def changed(self, row: int) -> None:
        """Say that an item is different."""
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of files."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        item = self._items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                title = self.tr("{name} at {age}")
                return title.format(name=item.photo.name, age=f"{item.age:g}")
            case BatchRole.STATE:
                return item.state
            case BatchRole.RESULT:
                return self._result(item)
            case Qt.ItemDataRole.ToolTipRole:
                return item.sentence or str(item.target or item.photo)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{item.photo.name}, {item.age:g}, {self._result(item)}"
        return None

    def _result(self, item: BatchItem) -> str:
        if item.sentence:
            return item.sentence
        words = {
            BatchState.WAITING: self.tr("waiting"),
            BatchState.WORKING: self.tr("working"),
            BatchState.DONE: item.target.name if item.target else self.tr("done"),
            BatchState.SKIPPED: self.tr("skipped"),
            BatchState.FAILED: self.tr("failed"),
        }
        return words[item.state]
