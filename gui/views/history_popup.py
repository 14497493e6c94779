"""The list of what was done to the photo; a click goes back or forth to that step."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QUndoGroup
from PySide6.QtWidgets import QFrame, QLabel, QUndoView, QVBoxLayout, QWidget

_ROWS_SHOWN = 12
_WIDTH = 280
_MARGIN = 10
_GAP = 8


class HistoryPopup(QFrame):
    """A small window over the main one, with the steps of the shown photo, the newest last."""

    def __init__(self, group: QUndoGroup, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAccessibleName(self.tr("History"))
        title = QLabel(self.tr("History"))
        title.setProperty("role", "section")
        self.steps = QUndoView(group)
        self.steps.setObjectName("history")
        self.steps.setEmptyLabel(self.tr("The photo as it was opened"))
        self.steps.setAccessibleName(self.tr("What was done to the photo"))
        self.steps.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(_GAP)
        layout.addWidget(title)
        layout.addWidget(self.steps)

    def show_below(self, anchor: QWidget) -> None:
        """Open under a button, inside the screen."""
        self.setFixedSize(self._fitting())
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        if self.isRightToLeft():
            corner.setX(corner.x() + anchor.width() - self.width())
        screen = anchor.screen().availableGeometry()
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        self.move(corner)
        self.show()
        self.steps.setFocus(Qt.FocusReason.PopupFocusReason)
        self.steps.scrollTo(self.steps.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes, as Escape does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close()
        else:
            super().keyPressEvent(event)

    def _fitting(self) -> QSize:
        rows = min(max(self.steps.model().rowCount(), 3), _ROWS_SHOWN)
        row = max(self.steps.sizeHintForRow(0), self.fontMetrics().height())
        head = self.fontMetrics().height() + _GAP
        return QSize(_WIDTH, rows * row + head + 2 * _MARGIN + 10)
