"""The list above the bottom line: what runs and waits, and what came of the rest."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.bridge.roles import JobRole, JobState
from gui.views.theme import Theme

_WIDTH, _HEIGHT = 460, 340
Index = QModelIndex | QPersistentModelIndex
_LOOKS = {
    JobState.WAITING: ("working", "muted"),
    JobState.RUNNING: ("working", "accent_text"),
    JobState.DONE: ("success", "good"),
    JobState.FAILED: ("error", "bad"),
    JobState.CANCELLED: ("close", "muted"),
}


class JobDelegate(QStyledItemDelegate):
    """Paints one piece of work: what it does, and below how far it is or what came of it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size that suits the contents."""
        return QSize(200, 50)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one piece of work."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state: QStyle.StateFlag = option.state
        cell: QRect = option.rect.adjusted(0, 1, 0, -1)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selected"))
            painter.drawRoundedRect(QRectF(cell), 6, 6)
        kind = index.data(JobRole.STATE)
        name, colour = _LOOKS[kind]
        icon = QRect(cell.left() + 8, cell.top() + 8, 16, 16)
        self._theme.icons.icon(name, self._theme.colour(colour).name()).paint(painter, icon)
        self._paint_words(painter, cell.adjusted(34, 5, -10, -4), index, kind)
        painter.restore()

    def _paint_words(self, painter: QPainter, place: QRect, index: Index, kind: JobState) -> None:
        metrics = painter.fontMetrics()
        end = Qt.TextElideMode.ElideRight
        top = QRect(place.left(), place.top(), place.width(), 20)
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(self._theme.colour("text"))
        painter.drawText(top, centred, metrics.elidedText(str(index.data()), end, top.width()))
        below = QRect(place.left(), place.top() + 20, place.width(), 18)
        if kind is JobState.RUNNING and index.data(JobRole.SHARE) > 0:
            bar = QRectF(below.left(), below.center().y() - 1, below.width(), 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("line"))
            painter.drawRoundedRect(bar, 2, 2)
            painter.setBrush(self._theme.colour("accent_text"))
            bar.setWidth(bar.width() * index.data(JobRole.SHARE))
            painter.drawRoundedRect(bar, 2, 2)
            return
        font = QFont(painter.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(self._theme.colour("bad" if kind is JobState.FAILED else "muted"))
        text = painter.fontMetrics().elidedText(str(index.data(JobRole.RESULT)), end, below.width())
        painter.drawText(below, centred, text)


class JobsPopup(QFrame):
    """Opens above a button; closes with a click elsewhere.

    Signals:
        cancel_asked: the line to stop.
        cancel_all_asked: stop everything.
        folder_asked: the folder to open.
        clear_asked: forget what has ended.
    """

    cancel_asked = Signal(object)
    cancel_all_asked = Signal()
    folder_asked = Signal(object)
    clear_asked = Signal()

    def __init__(self, theme: Theme, model: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.resize(_WIDTH, _HEIGHT)
        self.list = QListView()
        self.list.setModel(model)
        self.list.setItemDelegate(JobDelegate(theme, self.list))
        self.empty = QLabel(self.tr("Nothing runs, and nothing has been done yet."))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel_all = QPushButton(self.tr("Cancel all"))
        self.copy = QPushButton(self.tr("Copy details"))
        self.folder = QPushButton(self.tr("Open folder"))
        self.clear = QPushButton(self.tr("Clear"))
        self._build()
        self._connect(model)
        self._refresh()

    def open_above(self, anchor: QWidget) -> None:
        """Open with the right edges aligned, inside the screen."""
        corner = anchor.mapToGlobal(QPoint(anchor.width(), 0))
        self.move(corner - QPoint(self.width(), self.height() + 6))
        self._refresh()
        self.show()
        self.list.setFocus()

    def _build(self) -> None:
        title = QLabel(self.tr("Work"))
        title.setProperty("role", "title")
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list.setObjectName("history")
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Work that runs, waits or has ended"))
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        for button in (self.cancel_all, self.clear):
            button.setProperty("link", True)
            head.addWidget(button)
        foot = QHBoxLayout()
        for button in (self.copy, self.folder, self.cancel):
            button.setProperty("flat", True)
            foot.addWidget(button)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1)
        layout.addLayout(foot)

    def _connect(self, model: QAbstractItemModel) -> None:
        for changed in (model.rowsInserted, model.rowsRemoved, model.dataChanged, model.modelReset):
            changed.connect(self._refresh)
        self.list.selectionModel().selectionChanged.connect(self._refresh)
        self.cancel.clicked.connect(lambda: self.cancel_asked.emit(self._line()))
        self.cancel_all.clicked.connect(self.cancel_all_asked)
        self.clear.clicked.connect(self.clear_asked)
        self.copy.clicked.connect(self._copy)
        self.folder.clicked.connect(lambda: self.folder_asked.emit(self._line().folder))

    def _index(self) -> QModelIndex:
        chosen = self.list.selectionModel().selectedIndexes()
        return chosen[0] if chosen else QModelIndex()

    def _line(self) -> Any:
        return self._index().data(JobRole.LINE)

    def _refresh(self) -> None:
        """Offer what can be done with the chosen line, and with all of them."""
        model, line = self.list.model(), self._line()
        rows = range(model.rowCount())
        live = {JobState.RUNNING, JobState.WAITING}
        kinds = {model.index(row, 0).data(JobRole.STATE) for row in rows}
        self.list.setVisible(bool(kinds))
        self.empty.setVisible(not kinds)
        self.cancel_all.setVisible(bool(kinds & live))
        self.clear.setVisible(bool(kinds - live))
        self.cancel.setVisible(line is not None and line.state in live)
        self.copy.setVisible(line is not None and bool(line.details))
        self.folder.setVisible(line is not None and line.folder is not None)

    def _copy(self) -> None:
        line = self._line()
        QGuiApplication.clipboard().setText(f"{line.title}\n{line.result}\n\n{line.details}")
