"""The photo in the middle of the window: zoom, pan, faces, before and after."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
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
from gui.views.canvas_paint import CompareMode, FaceOverlay, face_rect
from gui.views.canvas_scene import CanvasScene
from gui.views.theme import Theme

_STEP = 1.25
_ARROWS: dict[int, QPointF] = {
    Qt.Key.Key_Left: QPointF(60, 0),
    Qt.Key.Key_Right: QPointF(-60, 0),
    Qt.Key.Key_Up: QPointF(0, 60),
    Qt.Key.Key_Down: QPointF(0, -60),
}


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
        self._scene = CanvasScene()
        self._view = self._scene.view
        self._pressed: QPointF | None = None
        self._dragging = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Photo"))
        theme.changed.connect(self.update)

    @property
    def mode(self) -> CompareMode:
        """What is shown: before, after or both."""
        return self._scene.mode

    @property
    def zoom(self) -> float:
        """Device pixels per photo pixel."""
        return self._view.zoom

    # -- what it shows

    def set_photo(self, picture: Pyramid | None, hint: str = "") -> None:
        """Show another photo, whole, or ``hint`` while there is none; faces come later."""
        self._scene.set_photo(picture, hint)
        self._zoomed()

    def set_after(self, picture: Pyramid | None, overlays: list[FaceOverlay]) -> None:
        """Show a result and quick previews over it."""
        self._scene.after = picture
        self._scene.overlays = overlays
        self.update()

    def set_faces(self, faces: tuple[Face, ...], chosen: int | None) -> None:
        """Mark faces, one of them chosen."""
        self._scene.faces = faces
        self._scene.chosen = chosen
        self.setAccessibleDescription(self._described())
        self.update()

    def set_mode(self, mode: CompareMode) -> None:
        """Show before, after or both; the divider starts on the chosen face."""
        if mode is CompareMode.SPLIT and self._scene.mode is not mode:
            self._scene.divide_chosen_face()
        self._scene.mode = mode
        self.update()

    def set_show_faces(self, show: bool) -> None:
        """Draw face boxes or not."""
        self._scene.show_faces = show
        self.update()

    def set_divider(self, share: float) -> None:
        """Move the divider; 0 is the left edge of what is visible, 1 the right."""
        self._scene.divider = min(max(share, 0.0), 1.0)
        self.divider_moved.emit(self._scene.divider)
        self.update()

    def fit(self) -> None:
        """Show the whole photo."""
        self._view.fit()
        self._zoomed()

    def zoom_actual(self) -> None:
        """One photo pixel to one screen pixel."""
        self._view.zoom_to(1.0, self._middle())
        self._zoomed()

    def zoom_in(self) -> None:
        """One step closer."""
        self._view.zoom_by(_STEP, self._middle())
        self._zoomed()

    def zoom_out(self) -> None:
        """One step away."""
        self._view.zoom_by(1 / _STEP, self._middle())
        self._zoomed()

    def zoom_to_face(self) -> None:
        """Fill half of the view with the chosen face."""
        face = self._scene.face(self._scene.chosen)
        if face is not None:
            self._view.show_rect(face_rect(face))
            self._zoomed()

    def face_position(self, index: int) -> QPointF:
        """Middle of a face in widget pixels, for tests and assistive tools."""
        face = self._scene.face(index)
        assert face is not None, f"there is no face {index}"
        return self._view.map_rect(face_rect(face)).center()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        self._scene.draw(painter, self, self._theme)
        painter.end()

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            self._pressed = event.position()
            self._dragging = "divider" if self._scene.on_divider(event.position()) else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or follow the pointer."""
        at = event.position()
        if self._pressed is None:
            self._hover(at)
            return
        if self._dragging == "divider":
            self.set_divider(self._scene.divider_share(at.x()))
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._dragging == "pan" or far:
            self._dragging = "pan"
            self._view.pan(at - self._pressed)
            self._pressed = at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._zoomed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        if self._pressed is not None and not self._dragging:
            face = self._scene.face_under(event.position())
            if face is not None:
                self.face_clicked.emit(face.index)
        self._pressed = None
        self._dragging = ""
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom to a face, or between the whole photo and its pixels."""
        if self._scene.face_under(event.position()) is not None:
            self.zoom_to_face()
        elif self._view.fitted:
            self._view.zoom_to(1.0, event.position())
            self._zoomed()
        else:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer."""
        self._view.zoom_by(_STEP ** (event.angleDelta().y() / 120), event.position())
        self._zoomed()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._scene.hovered = None
        self.update()

    # -- keyboard and the rest

    def event(self, event: QEvent) -> bool:
        """Take Tab, tooltips and pinches before the base class does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps: dict[int, int] = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
            by = steps.get(event.key())
            number = self._scene.next_face(by) if by else None
            if number is not None:
                self.face_clicked.emit(number)
                return True
        if isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        zoom = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == zoom:
            self._view.zoom_by(1 + event.value(), event.position())
            self._zoomed()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold the original, move the divider or the photo."""
        by = _ARROWS.get(event.key())
        if event.key() == Qt.Key.Key_Space:
            self._peek(True)
        elif by is None:
            super().keyPressEvent(event)
        elif self._scene.comparing and by.x():
            self.set_divider(self._scene.divider - by.x() / 60 * 0.02)
        else:
            self._view.pan(by)
            self._zoomed()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of the original."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._peek(False)
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the original."""
        self._peek(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow a new size."""
        self._view.set_view(QSizeF(self.size()), self.devicePixelRatioF())
        self._zoomed()

    def _peek(self, peeking: bool) -> None:
        if peeking != self._scene.peeking:
            self._scene.peeking = peeking
            self.update()

    def _hover(self, at: QPointF) -> None:
        face = self._scene.face_under(at)
        self._scene.hovered = face.index if face else None
        if self._scene.on_divider(at):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif face is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self._view.can_pan:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()
        self.update()

    def _show_tip(self, event: QHelpEvent) -> None:
        face = self._scene.face_under(QPointF(event.pos()))
        if face is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), face.obstacle or self._face_words(face), self)

    def _middle(self) -> QPointF:
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
        face = self._scene.face(self._scene.chosen)
        if face is None:
            return self.tr("Faces: {count}").format(count=len(self._scene.faces))
        return self.tr("{face}, chosen; faces in all: {count}").format(
            face=self._face_words(face), count=len(self._scene.faces)
        )
