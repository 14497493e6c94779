"""Drawing a box on the photo, by mouse or keyboard. Geometry and paint; no events."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.views.canvas_paint import Ink, draw_pill
from gui.views.viewport import Viewport

_SMALLEST = 8.0  # photo pixels; less is a slip of the hand
_FIRST_SHARE = 0.25


class BoxTool:
    """A rectangle in photo pixels (Qt's corners) that grows from where it was begun.

    Attributes:
        active: whether the tool is in hand.
    """

    def __init__(self) -> None:
        self.active = False
        self._photo = QSizeF()
        self._from: QPointF | None = None
        self._box = QRectF()

    @property
    def box(self) -> QRectF:
        """What is drawn so far; empty before the first point."""
        return QRectF(self._box)

    @property
    def drawn(self) -> QRectF | None:
        """The box, if it is large enough to be meant."""
        large = self._box.width() >= _SMALLEST and self._box.height() >= _SMALLEST
        return self.box if large else None

    def take(self, photo: QSizeF) -> None:
        """Take the tool in hand, for a photo of that size."""
        self.active = not photo.isEmpty()
        self._photo = QSizeF(photo)
        self._from = None
        self._box = QRectF()

    def drop(self) -> None:
        """Put the tool down and forget what was drawn."""
        self.active = False
        self._from = None
        self._box = QRectF()

    def begin(self, at: QPointF) -> None:
        """Put down one corner."""
        self._from = self._inside(at)
        self._box = QRectF(self._from, QSizeF(0, 0))

    def stretch(self, to: QPointF) -> None:
        """Draw the opposite corner along."""
        if self._from is not None:
            self._box = QRectF(self._from, self._inside(to)).normalized()

    def nudge(self, by: QPointF, grow: bool) -> None:
        """Move the box by photo pixels, or its far corner; the first nudge only brings it up."""
        if self._box.isEmpty():
            side = min(self._photo.width(), self._photo.height()) * _FIRST_SHARE
            self._box = QRectF(0, 0, side, side)
            self._box.moveCenter(QPointF(self._photo.width() / 2, self._photo.height() / 2))
            return
        if grow:
            corner = self._inside(self._box.bottomRight() + by)
            least = self._box.topLeft() + QPointF(_SMALLEST, _SMALLEST)
            far = QPointF(max(corner.x(), least.x()), max(corner.y(), least.y()))
            self._box = QRectF(self._box.topLeft(), far)
            return
        room = QSizeF(
            self._photo.width() - self._box.width(), self._photo.height() - self._box.height()
        )
        corner = self._box.topLeft() + by
        self._box.moveTo(
            min(max(corner.x(), 0.0), room.width()), min(max(corner.y(), 0.0), room.height())
        )

    def draw(self, painter: QPainter, view: Viewport, ink: Ink, hint: str) -> None:
        """Draw the box, and what to do at the top of the view."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if not self._box.isEmpty():
            rect = view.map_rect(self._box)
            painter.setBrush(QColor(255, 255, 255, 36))
            painter.setPen(QPen(QColor(0, 0, 0, 110), 3.5))
            painter.drawRect(rect)
            painter.setPen(QPen(QColor(255, 255, 255), 1.5, Qt.PenStyle.DashLine))
            painter.drawRect(rect)
        width = painter.fontMetrics().horizontalAdvance(hint) + 24
        place = QRectF(view.visible().center().x() - width / 2, 8, width, 26)
        draw_pill(painter, place, hint, ink.accent, QColor(255, 255, 255))

    def _inside(self, point: QPointF) -> QPointF:
        return QPointF(
            min(max(point.x(), 0.0), self._photo.width()),
            min(max(point.y(), 0.0), self._photo.height()),
        )
