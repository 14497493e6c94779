"""Names of a chart's lines, each to be shown or hidden."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.bridge.run_words import figure_words
from gui.views.chart_lines import line_colour
from gui.views.chart_scale import number_words
from gui.views.flow_layout import FlowLayout
from gui.views.theme import Theme

_SWATCH, _GAP, _PAD, _HIGH = 12, 6, 8, 24


class LegendChip(QAbstractButton):
    """One line's colour, name and newest value; hollow and pale while the line is hidden."""

    def __init__(self, name: str, number: int, theme: Theme) -> None:
        super().__init__()
        self.name = name
        self._number = number
        self._theme = theme
        self._value = ""
        self.setText(figure_words(name))
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_value(self, value: float | None) -> None:
        """Show the newest value."""
        self._value = number_words(value) if value is not None else ""
        self.setAccessibleName(f"{self.text()} {self._value}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The size that suits the contents."""
        metrics = QFontMetrics(self._font())
        words = metrics.horizontalAdvance(self.text())
        figure = metrics.horizontalAdvance(self._value)
        return QSize(2 * _PAD + _SWATCH + words + figure + 2 * _GAP, _HIGH)

    def minimumSizeHint(self) -> QSize:
        """Nothing of it may be cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(self._font())
        shown, box = self.isChecked(), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(self._theme.colour("raised"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent_text"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)
        colour = line_colour(self._number, dark=self._theme.dark)
        swatch = QRectF(_PAD, (_HIGH - 10) / 2, 10, 10)
        painter.setPen(QPen(colour if shown else self._theme.colour("muted"), 1.4))
        painter.setBrush(colour if shown else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(swatch, 3, 3)
        words = box.adjusted(_PAD + _SWATCH + _GAP - 2, 0, -_PAD, 0)
        centred = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._theme.colour("text" if shown else "muted"))
        painter.drawText(words, centred | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(words, centred | Qt.AlignmentFlag.AlignRight, self._value)
        painter.end()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        return font


class ChartLegend(QWidget):
    """Chips in lines.

    Signals:
        toggled: a line's name and whether it is to be shown.
        pointed: the name under the pointer or the focus, or an empty one.
    """

    toggled = Signal(str, bool)
    pointed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self, gap=2)
        self.chips: dict[str, LegendChip] = {}
        self.setAccessibleName(self.tr("Lines of the chart"))
        theme.changed.connect(self._repaint)

    def show_names(self, names: Sequence[str], shown: Sequence[bool]) -> None:
        """Have a chip for each name, in this order."""
        if list(names) != list(self.chips):
            self._rebuild(names)
        for name, on in zip(names, shown, strict=True):
            self.chips[name].setChecked(on)

    def eventFilter(self, chip: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # chips alone
        """Follow the pointer over the chips."""
        if isinstance(event, QEnterEvent) and isinstance(chip, LegendChip):
            self.pointed.emit(chip.name if chip.isChecked() else "")
        elif event.type() == QEvent.Type.Leave:
            self.pointed.emit("")
        return False

    def _rebuild(self, names: Sequence[str]) -> None:
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.chips = {}
        for number, name in enumerate(names):
            chip = LegendChip(name, number, self._theme)
            chip.clicked.connect(lambda on, name=name: self.toggled.emit(name, on))
            chip.installEventFilter(self)
            self._flow.addWidget(chip)
            self.chips[name] = chip

    def _repaint(self) -> None:
        for chip in self.chips.values():
            chip.update()
