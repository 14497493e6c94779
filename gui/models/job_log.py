"""What runs, what waits and what came of it, as a Qt list. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.bridge.roles import JobRole, JobState

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_KEPT = 100
_PATIENCE_S, _LEAST_SHARE = 2.0, 0.03


@dataclass(slots=True, eq=False)
class JobLine:
    """One piece of work.

    Attributes:
        key: what tells it from others.
        title: what it does.
        state: how far it is.
        share: of the work that is done, 0..1.
        result: what came of it, as a sentence.
        details: for a bug report.
        folder: where its file lies, to be opened.
    """

    key: str
    title: str
    state: JobState
    share: float = 0.0
    result: str = ""
    details: str = ""
    folder: Path | None = None


class JobLog(QAbstractListModel):
    """The newest first; of what has ended the last hundred are kept. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[JobLine] = []

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case JobRole.STATE:
                return line.state
            case JobRole.SHARE:
                return line.share
            case JobRole.RESULT | Qt.ItemDataRole.ToolTipRole:
                return line.result or self._word(line.state)
            case JobRole.LINE:
                return line
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{line.title}, {line.result or self._word(line.state)}"
        return None

    def line(self, key: str) -> JobLine | None:
        """The line of that key that has not ended."""
        ended = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}
        return next((one for one in self._lines if one.key == key and one.state not in ended), None)

    def add(self, line: JobLine) -> None:
        """Put a line on top."""
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._lines.insert(0, line)
        self.endInsertRows()
        self._trim()

    def change(self, line: JobLine, **values: Any) -> None:
        """Change some of a line's values."""
        for name, value in values.items():
            setattr(line, name, value)
        index = self.index(self._lines.index(line))
        self.dataChanged.emit(index, index)

    def clear_ended(self) -> None:
        """Forget everything that neither runs nor waits."""
        for row in reversed(range(len(self._lines))):
            if self._lines[row].state not in {JobState.WAITING, JobState.RUNNING}:
                self._remove(row)

    def _trim(self) -> None:
        ended = [
            row
            for row, line in enumerate(self._lines)
            if line.state not in {JobState.WAITING, JobState.RUNNING}
        ]
        for row in reversed(ended[_KEPT:]):
            self._remove(row)

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._lines[row]
        self.endRemoveRows()

    def _word(self, state: JobState) -> str:
        words = {
            JobState.WAITING: self.tr("waiting"),
            JobState.RUNNING: self.tr("running"),
            JobState.DONE: self.tr("done"),
            JobState.FAILED: self.tr("failed"),
            JobState.CANCELLED: self.tr("cancelled"),
        }
        return words[state]


class TimeLeft:
    """Judges from the progress so far how long a piece of work still takes."""

    def __init__(self) -> None:
        self._key = ""
        self._began = 0.0
        self._first: float | None = None

    def begin(self, key: str, now: float) -> bool:
        """A piece of work runs; the same key again goes on with the one before, else it is new."""
        fresh = key != self._key
        if fresh:
            self._key, self._began, self._first = key, now, None
        return fresh

    def at(self, share: float, now: float) -> float | None:
        """Seconds to go, or ``None`` while that cannot be told.

        Args:
            share: of the work that is done, 0..1.
            now: seconds of any clock that does not go back.
        """
        if self._first is None:
            self._first, self._began = share, now
        done, taken = share - self._first, now - self._began
        if taken < _PATIENCE_S or done < _LEAST_SHARE:
            return None
        return taken * (1 - share) / done
