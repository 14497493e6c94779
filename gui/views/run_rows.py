"""The list of training runs: a name, how it stands, how far it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.bridge.run_words import line_words
from gui.bridge.runs import RunRecord, RunRole, RunState
from gui.views.theme import Theme

_HIGH = 56
Index = QModelIndex | QPersistentModelIndex
STATE_LOOKS = {
    RunState.NEW: ("working", "muted"),
    RunState.RUNNING: ("play", "accent_text"),
    RunState.STOPPING: ("pause", "warn"),
    RunState.STOPPED: ("pause", "muted"),
    RunState.FINISHED: ("success", "good"),
    RunState.FAILED: ("error", "bad"),
}
"""Icon and colour of each state."""


class RunDelegate(QStyledItemDelegate):
    """Paints one run."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size that suits the contents."""
        return QSize(180, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one run."""
        record = index.data(RunRole.RECORD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state: QStyle.StateFlag = option.state
        cell: QRect = option.rect.adjusted(6, 2, -6, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.colour("selected"))
            painter.drawRoundedRect(QRectF(cell), 7, 7)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.colour("raised"))
            painter.drawRoundedRect(QRectF(cell), 7, 7)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("accent_text"))
            painter.drawRoundedRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        icon, colour = STATE_LOOKS[record.state]
        direction = option.direction
        spot = QRect(cell.left() + 10, cell.top() + 8, 16, 16)
        spot = QStyle.visualRect(direction, cell, spot)
        self._theme.icons.icon(icon, self._theme.colour(colour).name()).paint(painter, spot)
        words = QStyle.visualRect(direction, cell, cell.adjusted(34, 0, -10, 0))
        self._paint_words(painter, words, record, direction)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, place: QRect, record: RunRecord, direction: Qt.LayoutDirection
    ) -> None:
        align = QStyle.visualAlignment(
            direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        end, bold = Qt.TextElideMode.ElideRight, QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(self._theme.colour("text"))
        name = painter.fontMetrics().elidedText(record.folder.name, end, place.width())
        top = QRect(place.left(), place.top() + 6, place.width(), 20)
        painter.drawText(top, align, name)
        small = QFont(bold)
        small.setPixelSize(12)
        small.setWeight(QFont.Weight.Normal)
        painter.setFont(small)
        painter.setPen(self._theme.colour("bad" if record.state is RunState.FAILED else "muted"))
        below = QRect(place.left(), place.top() + 25, place.width(), 18)
        line = painter.fontMetrics().elidedText(line_words(record), end, below.width())
        painter.drawText(below, align, line)
        if record.live and record.steps:
            bar = QRectF(place.left(), place.bottom() - 6, place.width(), 3)
            self._paint_bar(painter, bar, record.step / record.steps, direction)

    def _paint_bar(
        self, painter: QPainter, bar: QRectF, share: float, direction: Qt.LayoutDirection
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        done = QRectF(bar)
        done.setWidth(bar.width() * min(share, 1.0))
        if direction == Qt.LayoutDirection.RightToLeft:
            done.moveRight(bar.right())
        painter.setBrush(self._theme.colour("accent_text"))
        painter.drawRoundedRect(done, 1.5, 1.5)


class RunRows(QListView):
    """The runs, one chosen.

    Signals:
        run_chosen: folder of the run to show.
    """

    run_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self.setItemDelegate(RunDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(196)
        self.setAccessibleName(self.tr("Training runs"))
        theme.changed.connect(self.viewport().update)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say which run is marked."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.run_chosen.emit(current.data(RunRole.RECORD).folder)

    def show_row(self, row: int) -> None:
        """Mark a row."""
        index = self.model().index(row, 0)
        if row >= 0 and index != self.currentIndex():
            self.setCurrentIndex(index)
