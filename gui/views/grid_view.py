"""One sample picture, with a zoom and place that several of them can share."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.views.theme import Theme

_MOST = 8.0
_CAPTION = 24
_STEP = 1.25
_PLAIN_FROM = 3.0
"""Screen pixels a picture's pixel from which no smoothing is wanted."""


class Lens(QObject):
    """How far in and where: zoom 1 shows all; the centre is a share of the picture."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.centre = QPointF(0.5, 0.5)

    def show(self, zoom: float, centre: QPointF) -> None:
        """Look there; never beyond the picture's edges."""
        self.zoom = min(max(zoom, 1.0), _MOST)
        half = 0.5 / self.zoom
        self.centre = QPointF(
            min(max(centre.x(), half), 1 - half), min(max(centre.y(), half), 1 - half)
        )
        self.changed.emit()


class GridView(QWidget):
    """Shows a picture whole, or a part of it: wheel, drag, double click, keys."""

    def __init__(self, theme: Theme, lens: Lens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lens = lens
        self._picture = QImage()
        self._hint = self._caption = ""
        self._grabbed: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(140, 140)
        lens.changed.connect(self.update)
        theme.changed.connect(self.update)

    def show_picture(self, picture: QImage, hint: str) -> None:
        """Show a picture, or where it is null a sentence."""
        self._picture, self._hint = picture, hint
        self.update()

    def set_caption(self, words: str) -> None:
        """Have words above the picture; none where they are empty."""
        self._caption = words
        self.update()

    @property
    def picture(self) -> QImage:
        """What is shown."""
        return self._picture

    def sizeHint(self) -> QSize:
        """The size that suits the contents."""
        return QSize(420, 420)

    # -- events

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer."""
        turns = event.angleDelta().y() / 120
        if turns and not self._picture.isNull():
            self._zoom(_STEP**turns, self._share(event.position()))
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._grabbed is not None:
            frame = self._frame()
            moved = event.position() - self._grabbed
            self._grabbed = event.position()
            zoom = self._lens.zoom
            across = moved.x() / max(frame.width() * zoom, 1)
            down = moved.y() / max(frame.height() * zoom, 1)
            self._lens.show(zoom, self._lens.centre - QPointF(across, down))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go in, or out again."""
        if self._lens.zoom > 1:
            self._lens.show(1.0, QPointF(0.5, 0.5))
        else:
            self._lens.show(_MOST / 3, self._share(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and 0 zoom, the arrows move."""
        zoom, pace = self._lens.zoom, 0.1 / self._lens.zoom
        moves = {
            Qt.Key.Key_Left: QPointF(-pace, 0),
            Qt.Key.Key_Right: QPointF(pace, 0),
            Qt.Key.Key_Up: QPointF(0, -pace),
            Qt.Key.Key_Down: QPointF(0, pace),
        }
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom(_STEP, self._lens.centre)
        elif event.key() == Qt.Key.Key_Minus:
            self._zoom(1 / _STEP, self._lens.centre)
        elif event.key() == Qt.Key.Key_0:
            self._lens.show(1.0, QPointF(0.5, 0.5))
        elif event.key() in moves and zoom > 1:
            self._lens.show(zoom, self._lens.centre + moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture.isNull():
            painter.setPen(self._theme.colour("muted"))
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()).adjusted(16, 16, -16, -16), centred, self._hint)
            painter.end()
            return
        frame, part = self._frame(), self._part()
        self._paint_caption(painter, frame)
        pixel = frame.width() * self.devicePixelRatioF() / max(part.width(), 1)
        smooth = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHint(smooth, pixel < _PLAIN_FROM)
        shape = QPainterPath()
        shape.addRoundedRect(frame, 6, 6)
        painter.setClipPath(shape)
        painter.drawImage(frame, self._picture, part)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent_text"), 2))
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_caption(self, painter: QPainter, frame: QRectF) -> None:
        if not self._caption:
            return
        font = QFont(self.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        place = QRectF(0, frame.top() - _CAPTION, self.width(), _CAPTION - 4)
        middle = Qt.TextElideMode.ElideMiddle
        words = painter.fontMetrics().elidedText(self._caption, middle, self.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    # -- where things are

    def _frame(self) -> QRectF:
        """Where the picture is painted."""
        above = _CAPTION if self._caption else 0
        room = self.size() - QSize(0, above)
        size = self._picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
        return QRectF(left, top + above, size.width(), size.height())

    def _part(self) -> QRectF:
        """The part of the picture that is shown, in its pixels."""
        wide = self._picture.width() / self._lens.zoom
        high = self._picture.height() / self._lens.zoom
        x = self._lens.centre.x() * self._picture.width() - wide / 2
        y = self._lens.centre.y() * self._picture.height() - high / 2
        return QRectF(x, y, wide, high)

    def _share(self, place: QPointF) -> QPointF:
        """Where in the picture a place of the widget is, as shares."""
        frame, part = self._frame(), self._part()
        across = (place.x() - frame.left()) / max(frame.width(), 1)
        down = (place.y() - frame.top()) / max(frame.height(), 1)
        x = (part.left() + across * part.width()) / max(self._picture.width(), 1)
        y = (part.top() + down * part.height()) / max(self._picture.height(), 1)
        return QPointF(x, y)

    def _zoom(self, factor: float, to: QPointF) -> None:
        """Zoom so that what is at ``to`` stays where it is."""
        old = self._lens.zoom
        new = min(max(old * factor, 1.0), _MOST)
        self._lens.show(new, to + (self._lens.centre - to) * (old / new))
