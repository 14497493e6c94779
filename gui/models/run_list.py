"""The training runs of a folder as a Qt list, one row a run. No widgets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.bridge.run_words import error_words, line_words
from gui.bridge.runs import RunRecord, RunRole, RunState

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RunList(QAbstractListModel):
    """Shows records; rows keep their place while runs come, go and move on. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: list[RunRecord] = []
        self._read: dict[Path, RunRecord] = {}

    @property
    def records(self) -> tuple[RunRecord, ...]:
        """Every run in order."""
        return tuple(self._records)

    def record(self, folder: Path | None) -> RunRecord | None:
        """The run in that folder."""
        return next((one for one in self._records if one.folder == folder), None)

    def row_of(self, folder: Path | None) -> int:
        """The row of the run in that folder; -1 without one."""
        return next((n for n, one in enumerate(self._records) if one.folder == folder), -1)

    def update(
        self, read: Sequence[RunRecord], running: Collection[Path], stopping: Collection[Path]
    ) -> None:
        """Show what was read, in that order; whether a process writes to a run is told apart."""
        fresh = [_alive(record, running, stopping) for record in read]
        if [r.folder for r in fresh] != [r.folder for r in self._records]:
            self._rearrange(fresh)
        for row, record in enumerate(fresh):
            old = self._records[row]
            same = self._read.get(record.folder) is read[row] and old.state is record.state
            if not same:
                self._records[row] = record
                self.dataChanged.emit(self.index(row), self.index(row))
        self._read = {record.folder: record for record in read}

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of runs."""
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        record = self._records[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return record.folder.name
            case RunRole.RECORD:
                return record
            case Qt.ItemDataRole.ToolTipRole:
                return error_words(record) or str(record.folder)
            case Qt.ItemDataRole.AccessibleTextRole:
                words = (record.folder.name, record.recipe, line_words(record), error_words(record))
                return ", ".join(word for word in words if word)
        return None

    def _rearrange(self, fresh: list[RunRecord]) -> None:
        """Other runs, or another order: rows that go, rows that come, else all anew."""
        wanted = [record.folder for record in fresh]
        for row in reversed(range(len(self._records))):
            if self._records[row].folder not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._records[row]
                self.endRemoveRows()
        for row, record in enumerate(fresh):
            if self.row_of(record.folder) < 0:
                place = min(row, len(self._records))
                self.beginInsertRows(QModelIndex(), place, place)
                self._records.insert(place, record)
                self.endInsertRows()
        if [record.folder for record in self._records] != wanted:
            self.layoutAboutToBeChanged.emit()
            old = self.persistentIndexList()
            folders = [self._records[index.row()].folder for index in old]
            self._records = list(fresh)
            rows = [self.index(self.row_of(folder)) for folder in folders]
            self.changePersistentIndexList(old, rows)
            self.layoutChanged.emit()


def _alive(record: RunRecord, running: Collection[Path], stopping: Collection[Path]) -> RunRecord:
    if record.folder not in running:
        return record
    state = RunState.STOPPING if record.folder in stopping else RunState.RUNNING
    return replace(record, state=state)
