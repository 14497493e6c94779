"""The photo in the middle of the window: zoom, pan, faces, before and after."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from engine.domain import Face
from gui.bridge.image_convert import Pyramid
from gui.views.canvas_paint import (
    CompareMode,
    FaceOverlay,
    Ink,
    draw_corner_labels,
    draw_divider,
    draw_face,
    draw_overlays,
    draw_picture,
    face_rect,
    near_divider,
)
from gui.views.theme import Theme
from gui.views.viewport import Viewport

_STEP = 1.25


class PhotoCanvas(QWidget):
    """Shows a photo before and after, and lets the user choose a face in it.

    Signals:
        face_clicked: number of a face, by mouse or keyboard.
        zoom_changed: device pixels per photo pixel.
        divider_moved: share of the visible photo left of the divider, 0..1.
    """

    face_clicked = Signal(int)
    zoom_changed = Signal(float)
    divider_moved = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = Viewport()
        self._before: Pyramid | None = None
        self._after: Pyramid | None = None
        self._overlays: list[FaceOverlay] = []
        self._faces: tuple[Face, ...] = ()
        self._chosen: int | None = None
        self._hovered: int | None = None
        self._mode = CompareMode.AFTER
        self._divider = 0.5
        self._peeking = False
        self._show_faces = True
        self._pressed: QPointF | None = None
        self._dragging: str = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Photo"))
        theme.changed.connect(self.update)

    @property
    def mode(self) -> CompareMode:
        """What is shown: before, after or both."""
        return self._mode

    @property
    def zoom(self) -> float:
        """Device pixels per photo pixel."""
        return self._view.zoom

    @property
    def has_after(self) -> bool:
        """Whether anything differs from the photo."""
        return self._after is not None or bool(self._overlays)

    @property
    def peeking(self) -> bool:
        """Whether the space bar holds the photo as it was."""
        return self._peeking

    def set_photo(self, picture: Pyramid | None) -> None:
        """Show another photo, whole; its faces and results come later."""
        self._before = picture
        self._after = None
        self._overlays = []
        self._faces = ()
        self._chosen = self._hovered = None
        self._view.set_photo(QSizeF(picture.size) if picture else QSizeF())
        self._zoomed()

    def set_after(self, picture: Pyramid | None, overlays: list[FaceOverlay]) -> None:
        """Show a result and quick previews over it."""
        self._after = picture
        self._overlays = overlays
        self.update()

    def set_faces(self, faces: tuple[Face, ...], chosen: int | None) -> None:
        """Mark faces, one of them chosen."""
        self._faces = faces
        self._chosen = chosen
        self.setAccessibleDescription(self._described())
        self.update()

    def set_mode(self, mode: CompareMode) -> None:
        """Show before, after or both."""
        self._mode = mode
        self.update()

    def set_show_faces(self, show: bool) -> None:
        """Draw face boxes or not."""
        self._show_faces = show
        self.update()

    def set_divider(self, share: float) -> None:
        """Move the divider; 0 is the left edge of what is visible, 1 the right."""
        self._divider = min(max(share, 0.0), 1.0)
        self.divider_moved.emit(self._divider)
        self.update()

    def fit(self) -> None:
        """Show the whole photo."""
        self._view.fit()
        self._zoomed()

    def zoom_actual(self) -> None:
        """One photo pixel to one screen pixel, around the middle or the chosen face."""
        self._view.zoom_to(1.0, self._anchor())
        self._zoomed()

    def zoom_in(self) -> None:
        """One step closer."""
        self._view.zoom_by(_STEP, self._anchor())
        self._zoomed()

    def zoom_out(self) -> None:
        """One step away."""
        self._view.zoom_by(1 / _STEP, self._anchor())
        self._zoomed()

    def zoom_to_face(self) -> None:
        """Fill half of the view with the chosen face."""
        face = self._face_at(self._chosen)
        if face is not None:
            self._view.show_rect(face_rect(face))
            self._zoomed()

    def face_position(self, index: int) -> QPointF:
        """Middle of a face in widget pixels, for tests and assistive tools."""
        face = self._face_at(index)
        assert face is not None
        return self._view.map_rect(face_rect(face)).center()

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("canvas"))
        if self._before is None:
            painter.end()
            return
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        ink = Ink(self._theme.colour("accent"), self._theme.colour("warn"), font)
        self._draw_photo(painter, self._before, ink)
        if self._show_faces and not self._peeking:
            for face in self._faces:
                chosen, hovered = face.index == self._chosen, face.index == self._hovered
                draw_face(painter, self._view, face, ink, chosen=chosen, hovered=hovered)
        painter.end()

    def _draw_photo(self, painter: QPainter, before: Pyramid, ink: Ink) -> None:
        shown = self._view.visible()
        everything = QRectF(self.rect())
        mode = CompareMode.BEFORE if self._peeking else self._mode
        if not self.has_after or mode is CompareMode.BEFORE:
            draw_picture(painter, self._view, before, everything)
            if self.has_after:
                draw_corner_labels(painter, shown, ink, self.tr("Before"), "")
            return
        if mode is CompareMode.AFTER:
            self._draw_after(painter, before, everything)
            draw_corner_labels(painter, shown, ink, "", self.tr("After"))
            return
        x = self._divider_x()
        draw_picture(painter, self._view, before, QRectF(0, 0, x, self.height()))
        self._draw_after(painter, before, QRectF(x, 0, self.width() - x, self.height()))
        draw_corner_labels(painter, shown, ink, self.tr("Before"), self.tr("After"))
        draw_divider(painter, shown, x)

    def _draw_after(self, painter: QPainter, before: Pyramid, clip: QRectF) -> None:
        draw_picture(painter, self._view, self._after or before, clip)
        draw_overlays(painter, self._view, self._overlays, clip)

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() not in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            return
        self._pressed = event.position()
        self._dragging = "divider" if self._on_divider(event.position()) else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at = event.position()
        if self._pressed is None:
            self._hover(at)
            return
        if self._dragging == "divider":
            shown = self._view.visible()
            self.set_divider((at.x() - shown.left()) / max(shown.width(), 1.0))
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._dragging == "pan" or far:
            self._dragging = "pan"
            self._view.pan(at - self._pressed)
            self._pressed = at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._zoomed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pressed is not None and not self._dragging:
            face = self._face_under(event.position())
            if face is not None:
                self.face_clicked.emit(face.index)
        self._pressed = None
        self._dragging = ""
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._face_under(event.position()) is not None:
            self.zoom_to_face()
        elif self._view.fitted:
            self._view.zoom_to(1.0, event.position())
            self._zoomed()
        else:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        steps = event.angleDelta().y() / 120
        self._view.zoom_by(_STEP**steps, event.position())
        self._zoomed()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._hovered = None
        self.update()

    # -- keyboard and the rest

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            backward = event.key() == Qt.Key.Key_Backtab
            if (event.key() == Qt.Key.Key_Tab or backward) and self._cycle(-1 if backward else 1):
                return True
        if isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._view.zoom_by(1 + event.value(), event.position())
                self._zoomed()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Space:
            self._peek(True)
            return
        steps = {Qt.Key.Key_Left: (60, 0), Qt.Key.Key_Right: (-60, 0)}
        steps |= {Qt.Key.Key_Up: (0, 60), Qt.Key.Key_Down: (0, -60)}
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        elif self._mode is CompareMode.SPLIT and self.has_after and by[0]:
            self.set_divider(self._divider - by[0] / 60 * 0.02)
        else:
            self._view.pan(QPointF(*by))
            self._zoomed()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._peek(False)
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QEvent) -> None:  # type: ignore[override]  # noqa: N802
        self._peek(False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._view.set_view(QSizeF(self.size()), self.devicePixelRatioF())
        self._zoomed()

    def _peek(self, peeking: bool) -> None:
        if peeking != self._peeking:
            self._peeking = peeking
            self.update()

    def _cycle(self, by: int) -> bool:
        """Choose the next face; past the last one the focus moves on, as in any tab order."""
        numbers = [face.index for face in self._faces]
        if not numbers:
            return False
        if self._chosen not in numbers:
            self.face_clicked.emit(numbers[0] if by > 0 else numbers[-1])
            return True
        at = numbers.index(self._chosen) + by
        if 0 <= at < len(numbers):
            self.face_clicked.emit(numbers[at])
            return True
        return False

    def _hover(self, at: QPointF) -> None:
        face = self._face_under(at)
        self._hovered = face.index if face else None
        if self._on_divider(at):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif face is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self._view.can_pan:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()
        self.update()

    def _show_tip(self, event: QHelpEvent) -> None:
        face = self._face_under(QPointF(event.pos()))
        if face is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), face.obstacle or self._face_words(face), self)

    def _on_divider(self, at: QPointF) -> bool:
        comparing = self._mode is CompareMode.SPLIT and self.has_after and not self._peeking
        return comparing and near_divider(self._view.visible(), self._divider_x(), at)

    def _divider_x(self) -> float:
        shown = self._view.visible()
        return shown.left() + self._divider * shown.width()

    def _face_under(self, at: QPointF) -> Face | None:
        if not self._show_faces:
            return None
        under = [f for f in self._faces if self._view.map_rect(face_rect(f)).contains(at)]
        return min(under, key=lambda face: face.size, default=None)

    def _face_at(self, index: int | None) -> Face | None:
        return next((face for face in self._faces if face.index == index), None)

    def _anchor(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _zoomed(self) -> None:
        self.zoom_changed.emit(self._view.zoom)
        self.update()

    def _face_words(self, face: Face) -> str:
        if face.age is None:
            return self.tr("Face {number}").format(number=face.index)
        words = self.tr("Face {number}, looks about {age}")
        return words.format(number=face.index, age=round(face.age))

    def _described(self) -> str:
        face = self._face_at(self._chosen)
        if face is None:
            return self.tr("Faces: {count}").format(count=len(self._faces))
        return self.tr("{face}, chosen; faces in all: {count}").format(
            face=self._face_words(face), count=len(self._faces)
        )
