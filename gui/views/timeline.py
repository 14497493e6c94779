"""The strip below the photo: the chosen face from young to old."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge.roles import TimelineRole
from gui.views.eliding_label import ElidingLabel
from gui.views.theme import Theme

_SIDE = 72
_LABEL = 22
_GAP = 6
Index = QModelIndex | QPersistentModelIndex


class TimelineDelegate(QStyledItemDelegate):
    """Paints the face at one age, with the age below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size that suits the contents."""
        return QSize(_SIDE + _GAP, _SIDE + _LABEL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one age."""
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        cell = QRectF(option.rect)
        frame = QRectF(cell.left() + _GAP / 2 + 2, cell.top() + 2, _SIDE - 4, _SIDE - 4)
        chosen = bool(index.data(TimelineRole.CHOSEN))
        self._paint_picture(painter, frame, index)
        state: QStyle.StateFlag = option.state
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        name, width = ("accent_text", 2.5) if chosen else ("muted", 1.5)
        if not (chosen or hovered or focused):
            name, width = "line", 1.0
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour(name), width))
        painter.drawRoundedRect(frame, 9, 9)
        if focused:
            painter.setPen(QPen(self._theme.colour("text"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.adjusted(3.5, 3.5, -3.5, -3.5), 6, 6)
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text" if chosen else "muted"))
        place = QRectF(cell.left(), cell.top() + _SIDE, cell.width(), _LABEL)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()

    def _paint_picture(self, painter: QPainter, frame: QRectF, index: Index) -> None:
        image = index.data(Qt.ItemDataRole.DecorationRole)
        path = QPainterPath()
        path.addRoundedRect(frame, 9, 9)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(frame, self._theme.colour("raised"))
        if isinstance(image, QImage):
            painter.drawImage(frame, image)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("line"))
            middle = frame.center()
            painter.drawEllipse(middle - QPointF(0, frame.height() * 0.12), 9, 9)
            painter.drawEllipse(middle + QPointF(0, frame.height() * 0.34), 18, 14)
        painter.restore()


class TimelineView(QWidget):
    """One face at every age in a row, with play and export.

    Signals:
        age_chosen: years, from a click or a key.
        play_toggled: whether the ages are to run through the photo.
        export_asked: write the ages to a file.
        closed: take the strip away.
    """

    age_chosen = Signal(float)
    play_toggled = Signal(bool)
    export_asked = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self.list = QListView()
        self.play = QToolButton()
        self.export = QPushButton(self.tr("Export…"))
        self.close_button = QToolButton()
        self._hint = ElidingLabel()
        self._build()
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_hint(self, text: str) -> None:
        """Say something beside the title: what to do, or how far the previews are."""
        self._hint.setText(text)

    def set_ready(self, *, playable: bool, exportable: bool) -> None:
        """Offer only what can be done now."""
        self.play.setEnabled(playable)
        self.export.setEnabled(exportable)

    def show_playing(self, playing: bool) -> None:
        """Show the button as it is."""
        self.play.setChecked(playing)
        self._apply_theme()

    def _build(self) -> None:
        self.list.setObjectName("timelineList")
        self.list.setItemDelegate(TimelineDelegate(self._theme, self.list))
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_SIDE + _LABEL + 12)
        self.list.setAccessibleName(self.tr("The face from young to old"))
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.play.setCheckable(True)
        self.play.setIconSize(QSize(16, 16))
        self.play.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.play.clicked.connect(self.play_toggled)
        self.export.setProperty("flat", True)
        self.export.setToolTip(self.tr("Export timeline…"))
        self.export.setAccessibleName(self.tr("Export timeline…"))
        self.export.clicked.connect(self.export_asked)
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setToolTip(self.tr("Hide the timeline"))
        self.close_button.setAccessibleName(self.tr("Hide the timeline"))
        self.close_button.clicked.connect(self.closed)
        title = QLabel(self.tr("Timeline"))
        title.setProperty("role", "section")
        self._hint.setProperty("role", "small")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(self._hint, 1)
        for widget in (self.play, self.export, self.close_button):
            head.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 4)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.list)

    def _choose(self, index: QModelIndex) -> None:
        self.age_chosen.emit(float(index.data(TimelineRole.AGE)))

    def _apply_theme(self) -> None:
        playing = self.play.isChecked()
        self.play.setIcon(self._theme.icons.icon("pause" if playing else "play"))
        self.play.setText(self.tr("Pause") if playing else self.tr("Play"))
        self.close_button.setIcon(self._theme.icons.icon("close"))
        self.list.viewport().update()
