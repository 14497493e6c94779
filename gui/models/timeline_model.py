"""The chosen face from young to old as a Qt list. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from engine.aged import AgedFace
from engine.domain import ModelCard
from gui.bridge.roles import TimelineRole

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_STEP_YEARS = 5


@dataclass(slots=True, eq=False)
class _Stop:
    age: float
    name: str
    aged: AgedFace | None = None
    image: QImage | None = None


class TimelineModel(QAbstractListModel):
    """One row an age, rising. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stops: list[_Stop] = []
        self._chosen = -1

    @property
    def ages(self) -> tuple[float, ...]:
        """The ages in years."""
        return tuple(stop.age for stop in self._stops)

    @property
    def chosen(self) -> int:
        """The row that the photo shows, or -1."""
        return self._chosen

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of ages."""
        return 0 if parent.isValid() else len(self._stops)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        stop = self._stops[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return stop.name
            case Qt.ItemDataRole.DecorationRole:
                return stop.image
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._described(stop)
            case TimelineRole.AGE:
                return stop.age
            case TimelineRole.CHOSEN:
                return index.row() == self._chosen
        return None

    def set_ages(self, ages: Sequence[tuple[float, str]]) -> None:
        """Start anew with ages and their names; every preview is forgotten."""
        self.beginResetModel()
        self._stops = [_Stop(age, name) for age, name in ages]
        self._chosen = -1
        self.endResetModel()

    def set_preview(self, aged: AgedFace, image: QImage) -> None:
        """Take the preview of one age, if it is one of these."""
        for row, stop in enumerate(self._stops):
            if stop.age == aged.request.target:
                stop.aged, stop.image = aged, image
                self._tell(row)

    def choose(self, age: float | None) -> None:
        """Mark the age that the photo shows; ``None`` and ages between two mark nothing."""
        row = next((n for n, stop in enumerate(self._stops) if stop.age == age), -1)
        if row != self._chosen:
            before, self._chosen = self._chosen, row
            for changed in (before, row):
                if changed >= 0:
                    self._tell(changed)

    def missing(self) -> float | None:
        """The youngest age without a preview."""
        return next((stop.age for stop in self._stops if stop.aged is None), None)

    def faces(self) -> list[AgedFace]:
        """Every preview that is there, from young to old."""
        return [stop.aged for stop in self._stops if stop.aged is not None]

    def face(self, row: int) -> AgedFace | None:
        """The preview of a row, if it is there."""
        return self._stops[row].aged if 0 <= row < len(self._stops) else None

    def _tell(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def _described(self, stop: _Stop) -> str:
        ready, later = self.tr("At {age}"), self.tr("At {age}, not ready yet")
        return (later if stop.aged is None else ready).format(age=stop.name)


def timeline_ages(card: ModelCard) -> list[tuple[float, str]]:
    """The ages that a model's timeline shows, with their names: every five years, or groups."""
    if not card.continuous:
        return [(group.target, group.name) for group in card.groups]
    low, high = round(card.age_min), round(card.age_max)
    first = -(-low // _STEP_YEARS) * _STEP_YEARS
    ages = sorted({low, high, *range(first, high + 1, _STEP_YEARS)})
    return [(float(age), str(age)) for age in ages]
