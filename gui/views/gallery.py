"""The left column: the open photos as thumbnails."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
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
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.bridge.roles import GalleryRole, PhotoState
from gui.views.theme import Theme

_PAD = 8
_PICTURE = 116
_TEXT = 24
_BADGE = 20
_PLAIN = "#ffffff"
# What a badge shows of each state: an icon, or a dot without one. Photos that are ready and have
# nothing done to them show none.
_MARKS = {
    PhotoState.NEW: ("", "#9aa8ff"),
    PhotoState.WORKING: ("working", _PLAIN),
    PhotoState.AGED: ("aged", _PLAIN),
    PhotoState.EXPORTED: ("check", "#7fdca8"),
    PhotoState.FAILED: ("warning", "#ffb3ae"),
}
Index = QModelIndex | QPersistentModelIndex


class GalleryDelegate(QStyledItemDelegate):
    """Paints one photo: picture, name, number of faces, how far it has come."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size that suits the contents."""
        return QSize(150, _PICTURE + _TEXT + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one photo."""
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        cell: QRect = option.rect.adjusted(4, 2, -4, -2)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selected" if chosen else "raised"))
            painter.drawRoundedRect(QRectF(cell), 9, 9)
        picture = QRectF(cell.adjusted(_PAD, _PAD, -_PAD, -_TEXT - _PAD + 4))
        self._paint_picture(painter, picture, index)
        painter.save()
        self._paint_badges(painter, picture, option.direction, index)
        painter.restore()
        place = QRectF(cell.left() + _PAD, picture.bottom() + 2, picture.width(), _TEXT)
        self._paint_name(painter, place, index, chosen)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRectF, index: Index) -> None:
        image = index.data(Qt.ItemDataRole.DecorationRole)
        path = QPainterPath()
        path.addRoundedRect(place, 7, 7)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(place, self._theme.colour("line"))
        if isinstance(image, QImage):
            painter.drawImage(place, image, _covering(image, place))
        else:
            icon = self._theme.icons.icon("photo", self._theme.colours.muted)
            middle = place.center().toPoint()
            icon.paint(painter, QRect(middle.x() - 14, middle.y() - 14, 28, 28))
        painter.restore()

    def _paint_badges(
        self, painter: QPainter, place: QRectF, direction: Qt.LayoutDirection, index: Index
    ) -> None:
        """How many faces where reading begins, how far the photo has come at the other end."""
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        shelf = place.toRect().adjusted(6, 0, -6, -6)
        shelf.setTop(shelf.bottom() - _BADGE + 1)
        faces, state = index.data(GalleryRole.FACES), index.data(GalleryRole.STATE)
        if faces is not None:
            words = str(faces)
            wide = _BADGE + 6 + painter.fontMetrics().horizontalAdvance(words)
            box = QRect(shelf.left(), shelf.top(), wide, _BADGE)
            self._badge(painter, _mirrored(direction, shelf, box), "person", _PLAIN, words)
        if state in _MARKS:
            icon, colour = _MARKS[state]
            box = QRect(shelf.right() - _BADGE - 3, shelf.top(), _BADGE + 4, _BADGE)
            self._badge(painter, _mirrored(direction, shelf, box), icon, colour, "")

    def _badge(self, painter: QPainter, box: QRect, icon: str, colour: str, words: str) -> None:
        """A dark plate, readable on any picture and in both themes, with an icon and words."""
        painter.setPen(QPen(QColor(255, 255, 255, 36), 1))
        painter.setBrush(QColor(18, 19, 23, 216))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if words:
            spot = QRect(box.left() + 3, box.top() + 2, 16, 16)
        else:
            spot = QRect(box.center().x() - 7, box.top() + 2, 16, 16)
        if icon:
            self._theme.icons.icon(icon, colour).paint(painter, spot)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QRectF(box).center(), 4, 4)
        if words:
            painter.setPen(QColor(colour))
            painter.drawText(box.adjusted(18, 0, -4, 0), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_name(self, painter: QPainter, place: QRectF, index: Index, chosen: bool) -> None:
        font = QFont(painter.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QPen(self._theme.colour("text" if chosen else "muted")))
        name = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, round(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)


class GalleryView(QListView):
    """Thumbnails in one column, or more where there is room.

    Ctrl+click and Shift+click choose several; the one that was clicked last is shown.

    Signals:
        entry_chosen: the photo to show.
        remove_asked: the photo to take out of the gallery.
    """

    entry_chosen = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self.setItemDelegate(GalleryDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(148)
        self.setAccessibleName(self.tr("Open photos"))
        theme.changed.connect(self.viewport().update)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say which photo is marked."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.entry_chosen.emit(current.data(GalleryRole.ENTRY))

    def show_row(self, row: int) -> None:
        """Mark a row as the one shown."""
        index = self.model().index(row, 0)
        if row >= 0 and index != self.currentIndex():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)

    def chosen(self) -> list[Any]:
        """The chosen photos in the gallery's order; the shown one alone unless it is of them."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        shown = self.currentIndex().row()
        if shown not in rows:
            rows = [shown] if shown >= 0 else []
        return [self.model().index(row, 0).data(GalleryRole.ENTRY) for row in rows]

    def ask_remove(self) -> None:
        """Ask to take the marked photo out of the gallery."""
        if self.currentIndex().isValid():
            self.remove_asked.emit(self.currentIndex().data(GalleryRole.ENTRY))


def _mirrored(direction: Qt.LayoutDirection, shelf: QRect, box: QRect) -> QRect:
    """A box on the other side where one reads from right to left."""
    return QStyle.visualRect(direction, shelf, box)


def _covering(image: QImage, place: QRectF) -> QRectF:
    """The middle part of a picture in the shape of ``place``."""
    scale = min(image.width() / place.width(), image.height() / place.height())
    width, height = place.width() * scale, place.height() * scale
    top = (image.height() - height) * 0.3
    return QRectF((image.width() - width) / 2, top, width, height)
