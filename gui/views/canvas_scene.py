"""What the canvas shows and where: pictures, faces, the divider. No events; see photo_canvas.

Side by side, the photo is drawn twice through one viewport of half the width, so that zoom and
pan of both sides cannot differ.
"""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QWidget

from engine.domain import Face
from gui.bridge.image_convert import Pyramid
from gui.views.box_tool import BoxTool
from gui.views.canvas_paint import (
    CompareMode,
    FaceLook,
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

translate = QCoreApplication.translate


class CanvasScene:
    """The canvas without its events.

    Attributes:
        view: zoom and pan.
        before: the photo, or ``None`` while there is none.
        after: a result to compare with, or ``None``.
        overlays: quick previews over the result.
        faces: what was found in the photo.
        chosen: number of the chosen face.
        beside: numbers of the faces chosen along with it.
        skipped: numbers of the faces that stay as they are.
        hovered: number of the face under the pointer.
        mode: before, after or both.
        divider: share of the visible photo that shows it as it was.
        peeking: whether the photo as it was is held in view.
        show_faces: whether boxes are drawn.
        hint: shown while there is no photo.
        tool: draws a box around a face that was missed.
    """

    def __init__(self) -> None:
        self.view = Viewport()
        self._pane = QSizeF()
        self.before: Pyramid | None = None
        self.after: Pyramid | None = None
        self.overlays: list[FaceOverlay] = []
        self.faces: tuple[Face, ...] = ()
        self.chosen: int | None = None
        self.beside: Set[int] = frozenset()
        self.skipped: Set[int] = frozenset()
        self.hovered: int | None = None
        self.mode = CompareMode.AFTER
        self.divider = 0.5
        self.peeking = False
        self.show_faces = True
        self.hint = ""
        self.tool = BoxTool()

    @property
    def has_after(self) -> bool:
        """Whether anything differs from the photo."""
        return self.after is not None or bool(self.overlays)

    @property
    def comparing(self) -> bool:
        """Whether the divider is shown."""
        return self.mode is CompareMode.SPLIT and self.has_after and not self.peeking

    @property
    def side_by_side(self) -> bool:
        """Whether the photo is shown twice."""
        return self.mode is CompareMode.SIDE and self.has_after

    def set_size(self, size: QSizeF, ratio: float) -> None:
        """The widget has that size in logical pixels and that device pixel ratio."""
        self._pane = QSizeF(size.width() / 2, size.height()) if self.side_by_side else size
        self.view.set_view(self._pane, ratio)

    def middle(self) -> QPointF:
        """The middle of one side."""
        return QPointF(self._pane.width() / 2, self._pane.height() / 2)

    def pane_corner(self, at: QPointF) -> QPointF:
        """The top left corner of the side that a point of the widget lies in."""
        right = self.side_by_side and at.x() >= self._pane.width()
        return QPointF(self._pane.width() if right else 0.0, 0.0)

    def set_photo(self, picture: Pyramid | None, hint: str) -> None:
        """Show another photo, whole."""
        self.hint = hint
        self.before = picture
        self.after = None
        self.overlays = []
        self.faces = ()
        self.chosen = self.hovered = None
        self.beside = self.skipped = frozenset()
        self.tool.drop()
        self.view.set_photo(QSizeF(picture.size) if picture else QSizeF())

    def face(self, index: int | None) -> Face | None:
        """The face with that number."""
        return next((face for face in self.faces if face.index == index), None)

    def face_under(self, at: QPointF) -> Face | None:
        """The smallest face under a point of the widget, if boxes are shown."""
        if not self.show_faces:
            return None
        under = [f for f in self.faces if self.view.map_rect(face_rect(f)).contains(at)]
        return min(under, key=lambda face: face.size, default=None)

    def next_face(self, by: int) -> int | None:
        """Number of the face after (1) or before (-1) the chosen one; ``None`` past the ends."""
        numbers = [face.index for face in self.faces]
        if not numbers:
            return None
        if self.chosen not in numbers:
            return numbers[0] if by > 0 else numbers[-1]
        at = numbers.index(self.chosen) + by
        return numbers[at] if 0 <= at < len(numbers) else None

    def divider_x(self) -> float:
        """Where the divider is, in widget pixels."""
        shown = self.view.visible()
        return shown.left() + self.divider * shown.width()

    def divider_share(self, x: float) -> float:
        """The share of the visible photo left of a widget position, 0..1."""
        shown = self.view.visible()
        share = (x - shown.left()) / max(shown.width(), 1.0)
        return min(max(share, 0.0), 1.0)

    def on_divider(self, at: QPointF) -> bool:
        """Whether a point of the widget takes hold of the divider."""
        return self.comparing and near_divider(self.view.visible(), self.divider_x(), at)

    def divide_chosen_face(self) -> None:
        """Put the divider through the chosen face, where the change is."""
        face = self.face(self.chosen)
        if face is not None and not self.view.visible().isEmpty():
            middle = self.view.map_rect(face_rect(face)).center().x()
            self.divider = min(max(self.divider_share(middle), 0.05), 0.95)

    def draw(self, painter: QPainter, widget: QWidget, theme: Theme) -> None:
        """Draw everything onto ``widget``."""
        painter.fillRect(widget.rect(), theme.colour("canvas"))
        if self.before is None:
            painter.setPen(theme.colour("muted"))
            painter.drawText(widget.rect(), Qt.AlignmentFlag.AlignCenter, self.hint)
            return
        font = QFont(widget.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        ink = Ink(theme.colour("accent"), theme.colour("warn"), font)
        sides = (True, False) if self.side_by_side else (None,)
        for number, original in enumerate(sides):
            painter.save()
            painter.translate(number * self._pane.width(), 0)
            painter.setClipRect(QRectF(QPointF(0, 0), self._pane))
            self._draw_side(painter, self.before, ink, original)
            painter.restore()
        if self.side_by_side:
            middle = round(self._pane.width())
            painter.fillRect(middle - 1, 0, 2, widget.height(), theme.colour("line"))

    def _draw_side(
        self, painter: QPainter, before: Pyramid, ink: Ink, original: bool | None
    ) -> None:
        """Draw one side, the photo as it was or not; ``None``: the only one, as the mode says."""
        area = QRectF(QPointF(0, 0), self._pane)
        if original is None:
            original = self.mode is CompareMode.BEFORE
        original = original or self.peeking or not self.has_after
        self._draw_photo(painter, before, area, original)
        self._draw_marks(painter, ink, original)
        if self.show_faces and not self.peeking:
            for face in self.faces:
                draw_face(painter, self.view, face, ink, self._look(face.index))
        if self.tool.active:
            hint = translate("CanvasScene", "Draw a box around the face  ·  Esc to leave")
            self.tool.draw(painter, self.view, ink, hint)

    def _look(self, number: int) -> FaceLook:
        return FaceLook(
            chosen=number == self.chosen,
            beside=number in self.beside,
            hovered=number == self.hovered,
            skipped=number in self.skipped,
        )

    def _draw_photo(self, painter: QPainter, before: Pyramid, area: QRectF, original: bool) -> None:
        if original:
            draw_picture(painter, self.view, before, area)
            return
        right = QRectF(area)
        if self.comparing:
            right.setLeft(self.divider_x())
            left = QRectF(area)
            left.setRight(right.left())
            draw_picture(painter, self.view, before, left)
        draw_picture(painter, self.view, self.after or before, right)
        draw_overlays(painter, self.view, self.overlays, right)

    def _draw_marks(self, painter: QPainter, ink: Ink, original: bool) -> None:
        """Say which side is which."""
        if not self.has_after:
            return
        shown = self.view.visible()
        left = translate("CanvasScene", "Before") if original or self.comparing else ""
        right = "" if original else translate("CanvasScene", "After")
        draw_corner_labels(painter, shown, ink, left, right)
        if self.comparing:
            draw_divider(painter, shown, self.divider_x())
