"""The photo as a widget: what it shows and how close. Pointer and keys are in photo_canvas."""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtCore import QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from engine.domain import Face
from gui.bridge.image_convert import Pyramid
from gui.bridge.words import face_words
from gui.views.canvas_paint import CompareMode, FaceOverlay, face_rect
from gui.views.canvas_scene import CanvasScene
from gui.views.theme import Theme

STEP = 1.25


class CanvasView(QWidget):
    """Shows a photo before and after.

    Signals:
        zoom_changed: device pixels per photo pixel.
        divider_moved: share of the visible photo left of the divider, 0..1.
    """

    zoom_changed = Signal(float)
    divider_moved = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene = CanvasScene()
        self._view = self._scene.view
        self._scores = ""
        self.setMouseTracking(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a photo has no reading direction
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 200)
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

    def set_photo(self, picture: Pyramid | None, hint: str = "") -> None:
        """Show another photo, whole, or ``hint`` while there is none; faces come later."""
        self._scene.set_photo(picture, hint)
        self._resize()

    def set_after(self, picture: Pyramid | None, overlays: list[FaceOverlay]) -> None:
        """Show a result and quick previews over it."""
        before = self._scene.side_by_side
        self._scene.after = picture
        self._scene.overlays = overlays
        if self._scene.side_by_side != before:
            self._resize()
        self.update()

    def set_faces(
        self,
        faces: tuple[Face, ...],
        chosen: int | None,
        beside: Set[int] = frozenset(),
        skipped: Set[int] = frozenset(),
    ) -> None:
        """Mark faces: one chosen, others chosen beside it, some skipped."""
        scene = self._scene
        scene.faces, scene.chosen = faces, chosen
        scene.beside, scene.skipped = beside, skipped
        self._describe()
        self.update()

    def set_scores(self, words: str) -> None:
        """Say to screen readers how the chosen face's result measures up."""
        self._scores = words
        self._describe()

    def set_mode(self, mode: CompareMode) -> None:
        """Show before, after or both; the divider starts on the chosen face."""
        if mode is CompareMode.SPLIT and self._scene.mode is not mode:
            self._scene.divide_chosen_face()
        self._scene.mode = mode
        self._resize()

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
        self._view.zoom_by(STEP, self._middle())
        self._zoomed()

    def zoom_out(self) -> None:
        """One step away."""
        self._view.zoom_by(1 / STEP, self._middle())
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow a new size."""
        self._resize()

    def _resize(self) -> None:
        self._scene.set_size(QSizeF(self.size()), self.devicePixelRatioF())
        self._zoomed()

    def _middle(self) -> QPointF:
        return self._scene.middle()

    def _zoomed(self) -> None:
        self.zoom_changed.emit(self._view.zoom)
        self.update()

    def _describe(self) -> None:
        face, count = self._scene.face(self._scene.chosen), len(self._scene.faces)
        if face is None:
            words = self.tr("Faces: {count}").format(count=count)
        else:
            words = self.tr("{face}, chosen; faces in all: {count}")
            words = words.format(face=face_words(face), count=count)
        self.setAccessibleDescription(f"{words}. {self._scores}" if self._scores else words)
