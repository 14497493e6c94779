"""One tab per age group, each with the face at that age as soon as it is ready."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from engine.domain import AgeGroup
from gui.views.theme import Theme

_COLUMNS, _MORE_COLUMNS, _MANY = 4, 5, 8
_LABEL = 22


class AgeTab(QAbstractButton):
    """A face with a name below; checked when it is what the photo shows."""

    def __init__(self, name: str, spoken: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._spoken = spoken
        self._image = QImage()
        self._hovered = False
        self.setText(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_image(QImage())

    @property
    def has_image(self) -> bool:
        """Whether the preview is there."""
        return not self._image.isNull()

    def set_image(self, image: QImage) -> None:
        """Show a preview; a null picture means that it is not ready."""
        self._image = image
        state = self.tr("ready") if self.has_image else self.tr("not ready yet")
        self.setAccessibleName(f"{self._spoken}, {state}")
        self.update()

    def sizeHint(self) -> QSize:
        """The size that suits the contents."""
        return QSize(72, 72 + _LABEL)

    def hasHeightForWidth(self) -> bool:
        """Square pictures: the height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The picture and its name."""
        return width + _LABEL

    def enterEvent(self, event: QEnterEvent) -> None:
        """Notice the pointer."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        # Columns may differ by a pixel: all stand on one line, and so do their names.
        room = self.height() - _LABEL
        side = float(min(self.width(), room))
        frame = QRectF((self.width() - side) / 2 + 2, room - side + 2, side - 4, side - 4)
        self._paint_picture(painter, frame)
        self._paint_frame(painter, frame)
        self._paint_name(painter, QRectF(0, room, self.width(), _LABEL))
        painter.end()

    def _paint_picture(self, painter: QPainter, frame: QRectF) -> None:
        path = QPainterPath()
        path.addRoundedRect(frame, 9, 9)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(frame, self._theme.colour("raised"))
        if self.has_image:
            painter.setOpacity(1.0 if self.isEnabled() else 0.45)
            painter.drawImage(frame, self._image)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("line"))
            middle = frame.center()
            painter.drawEllipse(middle - QPointF(0, frame.height() * 0.12), 9, 9)
            painter.drawEllipse(middle + QPointF(0, frame.height() * 0.34), 18, 14)
        painter.restore()

    def _paint_frame(self, painter: QPainter, frame: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked() and self.isEnabled():
            painter.setPen(QPen(self._theme.colour("accent_text"), 2.5))
        elif self.hasFocus() or (self._hovered and self.isEnabled()):
            painter.setPen(QPen(self._theme.colour("muted"), 1.5))
        else:
            painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawRoundedRect(frame, 9, 9)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("text"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.adjusted(3.5, 3.5, -3.5, -3.5), 6, 6)

    def _paint_name(self, painter: QPainter, place: QRectF) -> None:
        font = QFont(self.font())
        font.setPixelSize(12)
        marked = self.isChecked() and self.isEnabled()
        if marked:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        name = "text" if marked else "muted" if self.isEnabled() else "faint"
        painter.setPen(self._theme.colour(name))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._name)


class AgeTabs(QWidget):
    """The face as it is, then one tab per age group of the model.

    Signals:
        group_chosen: the group's target age in years.
        original_chosen: leave the face as it is.
    """

    group_chosen = Signal(float)
    original_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._groups: tuple[AgeGroup, ...] = ()
        self._buttons = QButtonGroup(self)
        self._buttons.setExclusive(True)
        self._buttons.idClicked.connect(self._on_clicked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self.setAccessibleName(self.tr("Age groups"))
        theme.changed.connect(self.update)

    @property
    def names(self) -> list[str]:
        """The groups' names as shown, without the original."""
        return [self.tab(i).text() for i in range(1, len(self._groups) + 1)]

    @property
    def chosen(self) -> int:
        """Number of the checked tab: 0 the original, then the groups; -1 none."""
        return self._buttons.checkedId()

    def tab(self, number: int) -> AgeTab:
        """The tab with that number."""
        button = self._buttons.button(number)
        assert isinstance(button, AgeTab)
        return button

    def set_groups(self, groups: Sequence[AgeGroup]) -> None:
        """Make the tabs of a model."""
        for button in self._buttons.buttons():
            self._buttons.removeButton(button)
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._groups = tuple(groups)
        self.setVisible(bool(groups))
        self._add(0, self.tr("Original"), self.tr("The face as it is"))
        for number, group in enumerate(self._groups, start=1):
            self._add(number, group.name, self.tr("Ages {name}").format(name=group.name))
        for column in range(_MORE_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def set_original(self, image: QImage) -> None:
        """Show the face as it is on the first tab."""
        self.tab(0).set_image(image)

    def set_preview(self, target: float, image: QImage) -> None:
        """Show a preview on the tab whose group stands for ``target`` years."""
        for number, group in enumerate(self._groups, start=1):
            if group.target == target:
                self.tab(number).set_image(image)

    def clear_previews(self) -> None:
        """Forget every picture."""
        for button in self._buttons.buttons():
            if isinstance(button, AgeTab):
                button.set_image(QImage())

    def choose(self, target: float | None) -> None:
        """Check the tab that shows ``target`` years, without a signal; ``None``: the original."""
        wanted = 0
        if target is not None:
            wanted = next((n for n, g in enumerate(self._groups, 1) if g.target == target), -1)
        self._buttons.setExclusive(False)
        for button in self._buttons.buttons():
            button.setChecked(self._buttons.id(button) == wanted)
        self._buttons.setExclusive(True)

    def _add(self, number: int, name: str, spoken: str) -> None:
        tab = AgeTab(name, spoken, self._theme, self)
        self._buttons.addButton(tab, number)
        self._grid.addWidget(tab, number // self._columns, number % self._columns)

    @property
    def _columns(self) -> int:
        """More of them rather than a third row, which would push what is below out of sight."""
        return _MORE_COLUMNS if len(self._groups) >= _MANY else _COLUMNS

    def _on_clicked(self, number: int) -> None:
        if number == 0:
            self.original_chosen.emit()
        else:
            self.group_chosen.emit(self._groups[number - 1].target)
