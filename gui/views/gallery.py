"""The left column: the open photos as thumbnails."""

from __future__ import annotations

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
        self._paint_badges(painter, picture, index)
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

    def _paint_badges(self, painter: QPainter, place: QRectF, index: Index) -> None:
        faces = index.data(GalleryRole.FACES)
        if faces is not None:
            box = QRectF(place.left() + 6, place.bottom() - 26, 38, 20)
            self._badge(painter, box, "person", "#ffffff", str(faces))
        state = index.data(GalleryRole.STATE)
        marks = {
            PhotoState.AGED: ("age", "#ffffff"),
            PhotoState.EXPORTED: ("check", "#7fdca8"),
            PhotoState.FAILED: ("warning", "#ffb3ae"),
            PhotoState.WORKING: ("working", "#ffffff"),
        }
        if state in marks:
            name, colour = marks[state]
            box = QRectF(place.right() - 30, place.bottom() - 26, 24, 20)
            self._badge(painter, box, name, colour, "")

    def _badge(self, painter: QPainter, box: QRectF, icon: str, colour: str, text: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(18, 19, 23, 210))
        painter.drawRoundedRect(box, 6, 6)
        place = QRect(round(box.left()) + 4, round(box.top()) + 2, 16, 16)
        self._theme.icons.icon(icon, colour).paint(painter, place)
        if text:
            font = QFont(painter.font())
            font.setPixelSize(12)
            painter.setFont(font)
            painter.setPen(QColor("#ffffff"))
            right = box.adjusted(18, 0, -4, 0)
            painter.drawText(right, Qt.AlignmentFlag.AlignCenter, text)

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

    def ask_remove(self) -> None:
        """Ask to take the marked photo out of the gallery."""
        if self.currentIndex().isValid():
            self.remove_asked.emit(self.currentIndex().data(GalleryRole.ENTRY))


def _covering(image: QImage, place: QRectF) -> QRectF:
    """The middle part of a picture in the shape of ``place``."""
    scale = min(image.width() / place.width(), image.height() / place.height())
    width, height = place.width() * scale, place.height() * scale
    top = (image.height() - height) * 0.3
    return QRectF((image.width() - width) / 2, top, width, height)
