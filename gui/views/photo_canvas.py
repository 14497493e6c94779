"""The photo in the middle of the window: pointer and keys on what canvas_view shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from gui.bridge.engine_words import spoken
from gui.bridge.words import face_words
from gui.views.canvas_view import STEP, CanvasView
from gui.views.theme import Theme

_ARROWS: dict[int, QPointF] = {
    Qt.Key.Key_Left: QPointF(60, 0),
    Qt.Key.Key_Right: QPointF(-60, 0),
    Qt.Key.Key_Up: QPointF(0, 60),
    Qt.Key.Key_Down: QPointF(0, -60),
}
_NUDGE = 12.0  # widget pixels that an arrow key moves a box
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PhotoCanvas(CanvasView):
    """Lets the user choose faces, compare, and draw a box around a face that was missed.

    Signals:
        face_clicked: number of a face, by mouse or keyboard.
        face_toggled: number of a face to be added to the chosen ones or taken from them.
        box_drawn: a rectangle in photo pixels, Qt's corners.
        drawing_changed: whether the box tool is in hand.
    """

    face_clicked = Signal(int)
    face_toggled = Signal(int)
    box_drawn = Signal(object)
    drawing_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._tool = self._scene.tool
        self._pressed: QPointF | None = None
        self._corner = QPointF()
        self._dragging = ""

    def draw_box(self, drawing: bool) -> None:
        """Take the box tool in hand, or put it down."""
        if drawing and self._scene.before is not None:
            self._tool.take(QSizeF(self._scene.before.size))
            self.setCursor(Qt.CursorShape.CrossCursor)
            self.setFocus()
        else:
            self._tool.drop()
            self.unsetCursor()
        self.drawing_changed.emit(self._tool.active)
        self.update()

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            self._corner = self._scene.pane_corner(event.position())
            self._pressed = event.position() - self._corner
            self._dragging = "divider" if self._scene.on_divider(self._pressed) else ""
            if self._tool.active and event.button() == Qt.MouseButton.LeftButton:
                self._dragging = "box"
                self._tool.begin(self._view.to_photo(self._pressed))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or follow the pointer."""
        if self._pressed is None:
            self._hover(event.position() - self._scene.pane_corner(event.position()))
            return
        at = event.position() - self._corner
        if self._dragging == "divider":
            self.set_divider(self._scene.divider_share(at.x()))
        elif self._dragging == "box":
            self._tool.stretch(self._view.to_photo(at))
            self.update()
        else:
            self._drag_photo(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        at = event.position() - self._corner
        if self._pressed is not None and self._dragging == "box":
            self._hand_out_box()
        elif self._pressed is not None and not self._dragging:
            face = self._scene.face_under(at)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if face is not None:
                (self.face_toggled if control else self.face_clicked).emit(face.index)
        self._pressed = None
        self._dragging = ""
        self._hover(event.position() - self._scene.pane_corner(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom to a face, or between the whole photo and its pixels."""
        at = event.position() - self._scene.pane_corner(event.position())
        if self._tool.active or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mousePressEvent(event)
        elif self._scene.face_under(at) is not None:
            self.zoom_to_face()
        elif self._view.fitted:
            self._view.zoom_to(1.0, at)
            self._zoomed()
        else:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer."""
        at = event.position() - self._scene.pane_corner(event.position())
        self._view.zoom_by(STEP ** (event.angleDelta().y() / 120), at)
        self._zoomed()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._scene.hovered = None
        self.update()

    # -- keyboard and the rest

    def event(self, event: QEvent) -> bool:
        """Take Tab, Escape, tooltips and pinches before the base class and shortcuts do."""
        if isinstance(event, QKeyEvent) and self._takes_key(event):
            return True
        if isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        zoom = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == zoom:
            at = event.position() - self._scene.pane_corner(event.position())
            self._view.zoom_by(1 + event.value(), at)
            self._zoomed()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold the original, move the box, the divider or the photo."""
        by = _ARROWS.get(event.key())
        if self._tool.active and self._draw_by_key(event, by):
            return
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
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._peek(False)
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the original."""
        self._peek(False)

    def _takes_key(self, event: QKeyEvent) -> bool:
        """Whether a key is the canvas's own business before anyone else's."""
        if self._tool.active and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                self.draw_box(False)
            return True
        steps: dict[int, int] = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        by = steps.get(event.key()) if event.type() == QEvent.Type.KeyPress else None
        number = self._scene.next_face(by) if by else None
        if number is not None:
            self.face_clicked.emit(number)
        return number is not None

    def _draw_by_key(self, event: QKeyEvent, by: QPointF | None) -> bool:
        if by is not None:
            grow = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tool.nudge(-by / 60 * _NUDGE / self._view.scale, grow)
            self.update()
        elif event.key() in _ENTER:
            self._hand_out_box()
        return by is not None or event.key() in _ENTER

    def _hand_out_box(self) -> None:
        """Give a box that was drawn to who looks into it; one too small only goes away."""
        box = self._tool.drawn
        if box is None:
            self._tool.take(QSizeF(self._scene.before.size) if self._scene.before else QSizeF())
            self.update()
            return
        self.draw_box(False)
        self.box_drawn.emit(box)

    def _drag_photo(self, at: QPointF) -> None:
        assert self._pressed is not None
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._dragging == "pan" or far:
            self._dragging = "pan"
            self._view.pan(at - self._pressed)
            self._pressed = at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._zoomed()

    def _peek(self, peeking: bool) -> None:
        if peeking != self._scene.peeking:
            self._scene.peeking = peeking
            self.update()

    def _hover(self, at: QPointF) -> None:
        face = None if self._tool.active else self._scene.face_under(at)
        self._scene.hovered = face.index if face else None
        if self._tool.active:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._scene.on_divider(at):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif face is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self._view.can_pan:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()
        self.update()

    def _show_tip(self, event: QHelpEvent) -> None:
        at = QPointF(event.pos())
        face = self._scene.face_under(at - self._scene.pane_corner(at))
        if face is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), spoken(face.obstacle or face_words(face)), self)
