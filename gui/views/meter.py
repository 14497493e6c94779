"""A thin bar from 0 to 1 with a mark that a value should reach."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.views.theme import Theme

_BAR, _TEXT = 6.0, 18


class Meter(QWidget):
    """Shows a value against a threshold, with the threshold's name below its mark."""

    def __init__(
        self, theme: Theme, threshold: float, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._threshold, self._name = threshold, name
        self._value = 0.0
        self._colour = "good"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_value(self, value: float, colour: str) -> None:
        """Fill the bar up to ``value`` in a named colour."""
        self._value = min(max(value, 0.0), 1.0)
        self._colour = colour
        self.update()

    def mark_x(self) -> float:
        """Where the threshold is, in widget pixels."""
        share = 1 - self._threshold if self.isRightToLeft() else self._threshold
        return share * self.width()

    def sizeHint(self) -> QSize:
        """The size that suits the contents."""
        return QSize(80, round(_BAR) + 6 + _TEXT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(QRectF(0, 2, self.width(), _BAR), 3, 3)
        painter.setBrush(self._theme.colour(self._colour))
        filled = self._value * self.width()
        left = self.width() - filled if self.isRightToLeft() else 0.0
        painter.drawRoundedRect(QRectF(left, 2, filled, _BAR), 3, 3)
        self._paint_mark(painter)
        painter.end()

    def _paint_mark(self, painter: QPainter) -> None:
        x = self.mark_x()
        painter.setBrush(self._theme.colour("raised"))
        painter.drawRect(QRectF(x - 2.5, 0, 5, _BAR + 4))
        painter.setBrush(self._theme.colour("text"))
        painter.drawRect(QRectF(x - 1, 0, 2, _BAR + 4))
        tip = QPointF(x, _BAR + 4)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-3.5, 4), tip + QPointF(3.5, 4)]))
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        width = painter.fontMetrics().horizontalAdvance(self._name)
        start = min(max(x - width / 2, 0.0), max(self.width() - width, 0.0))
        place = QRectF(start, _BAR + 7, width + 1, _TEXT - 2)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._name)
