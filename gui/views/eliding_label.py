"""A line of text that ends in an ellipsis where it has no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QWidget

_LEAST = 8


class ElidingLabel(QLabel):
    """Shows as much as fits; the tool tip and screen readers have all of it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        whole = super().sizeHint()
        return QSize(
            min(whole.width(), _LEAST * self.fontMetrics().averageCharWidth()), whole.height()
        )

    def event(self, event: QEvent) -> bool:
        """Have the whole text as a tool tip where it is cut."""
        if event.type() == QEvent.Type.ToolTip:
            cut = self._shown() != self.text()
            self.setToolTip(self.text() if cut else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(align),
            self.palette(),
            self.isEnabled(),
            self._shown(),
            self.foregroundRole(),
        )
        painter.end()

    def _shown(self) -> str:
        width, end = self.contentsRect().width(), Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.text(), end, width)
