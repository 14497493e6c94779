"""The faces of a photo side by side, each as its crop with number, age and state."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.bridge.roles import FaceRole, FaceState
from gui.views.canvas_paint import draw_pill
from gui.views.theme import Theme

_SIDE, _CAPTION, _PAD = 76, 20, 6
Index = QModelIndex | QPersistentModelIndex
Flag = QItemSelectionModel.SelectionFlag


class FaceDelegate(QStyledItemDelegate):
    """Paints one face: crop, number, age, what becomes of it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size that suits the contents."""
        return QSize(_SIDE + 2 * _PAD + 8, _SIDE + _CAPTION + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one face."""
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        cell: QRect = option.rect
        left = cell.left() + (cell.width() - _SIDE) / 2
        place = QRectF(left, cell.top() + _PAD, _SIDE, _SIDE)
        self._paint_crop(painter, place, index)
        self._paint_frame(painter, place, state)
        self._paint_marks(painter, place, index, chosen)
        caption = QRectF(cell.left(), place.bottom() + 2, cell.width(), _CAPTION)
        self._paint_caption(painter, caption, index, chosen)
        painter.restore()

    def _paint_crop(self, painter: QPainter, place: QRectF, index: Index) -> None:
        image = index.data(Qt.ItemDataRole.DecorationRole)
        faded = index.data(FaceRole.STATE) in {FaceState.SKIPPED, FaceState.BLOCKED}
        path = QPainterPath()
        path.addRoundedRect(place, 9, 9)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(place, self._theme.colour("line"))
        painter.setOpacity(0.35 if faded else 1.0)
        if isinstance(image, QImage):
            painter.drawImage(place, image)
        painter.restore()

    def _paint_frame(self, painter: QPainter, place: QRectF, state: QStyle.StateFlag) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self._theme.colour("accent_text"), 2.5))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(self._theme.colour("muted"), 1.5))
        else:
            painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawRoundedRect(place, 9, 9)
        focused = QStyle.StateFlag.State_HasFocus
        if state & focused:
            painter.setPen(QPen(self._theme.colour("text"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(place.adjusted(3.5, 3.5, -3.5, -3.5), 6, 6)

    def _paint_marks(self, painter: QPainter, place: QRectF, index: Index, chosen: bool) -> None:
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        white, ground = QColor("#ffffff"), QColor(18, 19, 23, 205)
        number = str(index.data(FaceRole.NUMBER))
        width = painter.fontMetrics().horizontalAdvance(number) + 12
        badge = QRectF(place.left() + 4, place.top() + 4, width, 18)
        draw_pill(painter, badge, number, self._theme.colour("accent") if chosen else ground, white)
        age = index.data(FaceRole.AGE)
        if age is None:
            return
        text = f"{round(age)}"
        if index.data(FaceRole.CORRECTED):
            text += " ✓"
        width = painter.fontMetrics().horizontalAdvance(text) + 12
        badge = QRectF(place.right() - 4 - width, place.bottom() - 22, width, 18)
        draw_pill(painter, badge, text, ground, white)

    def _paint_caption(self, painter: QPainter, place: QRectF, index: Index, chosen: bool) -> None:
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        aged = index.data(FaceRole.STATE) is FaceState.AGED
        painter.setPen(self._theme.colour("text" if chosen or aged else "muted"))
        words = painter.fontMetrics().elidedText(
            str(index.data(FaceRole.CAPTION)), Qt.TextElideMode.ElideRight, round(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)


class FaceList(QListView):
    """One row of faces; Ctrl and Shift choose more of them.

    Signals:
        faces_chosen: the face that the panel is to speak of, and a frozen set of those beside it.
    """

    faces_chosen = Signal(int, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.setObjectName("faceList")
        self.setItemDelegate(FaceDelegate(theme, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_SIDE + _CAPTION + 2 * _PAD + 14)
        self.setAccessibleName(self.tr("Faces in the photo"))
        theme.changed.connect(self.viewport().update)

    def show_chosen(self, row: int, beside: list[int]) -> None:
        """Mark rows, without a signal."""
        self._quiet = True
        wanted = QItemSelection()
        for number in (row, *beside):
            if number >= 0:
                index = self.model().index(number, 0)
                wanted.select(index, index)
        self.selectionModel().select(wanted, Flag.ClearAndSelect)
        if row >= 0:
            self.selectionModel().setCurrentIndex(self.model().index(row, 0), Flag.NoUpdate)
            self.scrollTo(self.model().index(row, 0))
        self._quiet = False

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Say which faces are chosen now."""
        super().selectionChanged(selected, deselected)
        if self._quiet:
            return
        numbers = [int(index.data(FaceRole.NUMBER)) for index in self.selectedIndexes()]
        current = self.currentIndex().data(FaceRole.NUMBER)
        if numbers:
            first = current if current in numbers else numbers[0]
            self.faces_chosen.emit(first, frozenset(numbers) - {first})
