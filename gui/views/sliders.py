"""A slim slider with a mark for where the face is now."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from gui.views.theme import Theme

_KNOB = 8.0
_END = 11.0  # room beside the groove for the knob with its ring


class MarkSlider(QSlider):
    """A horizontal slider that fills from a mark, or from its start without one.

    A click anywhere on it moves the knob there, and dragging goes on from that point.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._mark: float | None = None
        theme.changed.connect(self.update)

    def set_mark(self, value: float | None) -> None:
        """Mark a value, the face's age now; ``None`` takes the mark away."""
        self._mark = value
        self.update()

    def sizeHint(self) -> QSize:
        """The size that suits the contents."""
        return QSize(160, 26)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._move_to(event.position().x())
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or follow the pointer."""
        if self.isSliderDown():
            self._move_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        knob = self._x_of(self.value())
        groove = QRectF(_END, middle - 2, self.width() - 2 * _END, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("scroll" if self.isEnabled() else "line"))
        painter.drawRoundedRect(groove, 2, 2)
        if self.isEnabled():
            self._paint_value(painter, groove, knob)
        painter.end()

    def _paint_value(self, painter: QPainter, groove: QRectF, knob: float) -> None:
        accent = self._theme.colour("accent_text")
        start = groove.left() if self._mark is None else self._x_of(self._mark)
        painter.setBrush(accent)
        left, right = min(start, knob), max(start, knob)
        painter.drawRoundedRect(QRectF(left, groove.top(), right - left, 4), 2, 2)
        if self._mark is not None:
            painter.setBrush(self._theme.colour("muted"))
            painter.drawRoundedRect(QRectF(start - 1, groove.center().y() - 7, 2, 14), 1, 1)
        painter.setBrush(self._theme.colour("on_accent") if self._theme.dark else accent)
        painter.drawEllipse(QPointF(knob, groove.center().y()), _KNOB - 1, _KNOB - 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent, 2))
            painter.drawEllipse(QPointF(knob, groove.center().y()), _KNOB + 2, _KNOB + 2)

    def _x_of(self, value: float) -> float:
        span = max(self.maximum() - self.minimum(), 1)
        share = min(max((value - self.minimum()) / span, 0.0), 1.0)
        if self.isRightToLeft():
            share = 1 - share
        return _END + share * (self.width() - 2 * _END)

    def _move_to(self, x: float) -> None:
        share = (x - _END) / max(self.width() - 2 * _END, 1)
        if self.isRightToLeft():
            share = 1 - share
        span = self.maximum() - self.minimum()
        self.setValue(self.minimum() + round(min(max(share, 0.0), 1.0) * span))
