"""A chart of lines over steps, with the values under the pointer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.views.chart_lines import ChartLine, Placed, PlacedLine, line_colour, place
from gui.views.chart_scale import number_words
from gui.views.chart_tip import paint_tip
from gui.views.theme import Theme

_LEFT, _TOP, _RIGHT, _BOTTOM = 52, 28, 14, 36
_TICK_ROOM = 46.0


class LineChart(QWidget):
    """Paints lines with axes; the pointer or the arrow keys choose a step to read.

    Signals:
        step_read: the step whose values are shown, ``None`` when none are.
    """

    step_read = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[ChartLine, ...] = ()
        self._hint = self._other = ""
        self._logarithmic = False
        self._smoothing = 0.0
        self._raised = ""
        self._placed: Placed | None = None
        self._step: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 150)
        self.setAccessibleName(self.tr("Curves"))
        theme.changed.connect(self.update)

    # -- what it shows

    def show_lines(self, lines: Sequence[ChartLine], hint: str, other: str = "") -> None:
        """Show other lines; ``hint`` stands where there is none, ``other`` names a second run."""
        self._lines, self._hint, self._other = tuple(lines), hint, other
        self._lay_out()

    def set_logarithmic(self, on: bool) -> None:
        """Give every magnitude the same room."""
        self._logarithmic = on
        self._lay_out()

    def set_smoothing(self, weight: float) -> None:
        """Average over the past, 0 for none to nearly 1."""
        self._smoothing = weight
        self._lay_out()

    def raise_line(self, name: str) -> None:
        """Let one figure stand out from the others; an empty name ends it."""
        self._raised = name
        self.update()

    @property
    def step(self) -> int | None:
        """The step whose values are shown."""
        return self._step

    def values(self) -> list[tuple[ChartLine, float]]:
        """The lines' values at the step that is read, the largest first."""
        if self._placed is None or self._step is None:
            return []
        found = [(one.line, one.at(self._step)) for one in self._placed.lines]
        return sorted(((a, b) for a, b in found if b is not None), key=lambda pair: -pair[1])

    def sizeHint(self) -> QSize:
        """The size that suits the contents."""
        return QSize(480, 320)

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the lines out anew."""
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the step under the pointer."""
        placed = self._placed
        if placed is not None and placed.area.adjusted(-8, -8, 8, 8).contains(event.position()):
            self._read(placed.nearest_step(event.position().x()))
        else:
            self._read(None)

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing more."""
        self._read(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read nothing more."""
        super().focusOutEvent(event)
        self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the next step or the one before, the first or the last."""
        steps = self._placed.steps if self._placed is not None else ()
        keys = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
        if event.key() in keys and steps:
            here = steps.index(self._step) if self._step in steps else len(steps)
            places = (here - 1, min(here, len(steps) - 2) + 1, 0, len(steps) - 1)
            self._read(steps[max(0, places[keys.index(Qt.Key(event.key()))])])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_small(self.font()))
        placed = self._placed
        if placed is None:
            painter.setPen(self._theme.colour("muted"))
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()).adjusted(16, 16, -16, -16), centred, self._hint)
        else:
            self._paint_axes(painter, placed)
            painter.setClipRect(placed.area.adjusted(-4, -4, 4, 4))
            for line in placed.lines:
                self._paint_line(painter, line)
            painter.setClipping(False)
            if self._step is not None:
                self._paint_reading(painter, placed, self._step)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent_text"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.end()

    # -- how it is made

    def _lay_out(self) -> None:
        area = QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)
        self._placed = None
        if any(line.curve.steps for line in self._lines) and area.width() > 0 < area.height():
            self._placed = place(
                self._lines, area, logarithmic=self._logarithmic, smoothing=self._smoothing
            )
            if self._step is not None and self._step not in self._placed.steps:
                self._read(None)
        self._describe()
        self.update()

    def _read(self, step: int | None) -> None:
        if step != self._step:
            self._step = step
            self._describe()
            self.update()
            self.step_read.emit(step)

    def _describe(self) -> None:
        """Say the values to screen readers."""
        figures = ", ".join(f"{line.name} {number_words(value)}" for line, value in self.values())
        words = self.tr("At step {step}: {figures}").format(step=self._step, figures=figures)
        self.setAccessibleDescription(words if figures else self._hint)

    def _paint_axes(self, painter: QPainter, placed: Placed) -> None:
        area, metrics = placed.area, QFontMetricsF(painter.font())
        line, muted = self._theme.colour("line"), self._theme.colour("muted")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value in placed.up.ticks(max(2, round(area.height() / _TICK_ROOM))):
            y = placed.y(value)
            painter.setPen(QPen(line, 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(muted)
            painter.drawText(QRectF(0, y - 9, _LEFT - 8, 18), right, number_words(value))
        most = max(2, round(area.width() / (2 * _TICK_ROOM)))
        for step in placed.across.ticks(most):
            if step != int(step):
                continue
            x, words = placed.x(step), str(int(step))
            half = metrics.horizontalAdvance(words) / 2 + 2
            x = min(x, self.width() - half)
            spot = QRectF(x - half, area.bottom() + 5, 2 * half, 15)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)
        painter.setPen(QPen(self._theme.colour("scroll"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._name_axes(painter, area)

    def _name_axes(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(self._theme.colour("muted"))
        up = self.tr("logarithmic") if self._logarithmic else self.tr("value")
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(8, 4, self.width() - 16, 18), left, up)
        if self._other:
            words = self.tr("dashed: {run}").format(run=self._other)
            painter.drawText(QRectF(8, 4, self.width() - 16 - _RIGHT, 18), right, words)
        below = QRectF(area.left(), area.bottom() + 18, area.width(), 16)
        painter.drawText(below, right, self.tr("step"))

    def _paint_line(self, painter: QPainter, placed: PlacedLine) -> None:
        line = placed.line
        colour = line_colour(line.number, dark=self._theme.dark)
        raised = line.name == self._raised
        if self._raised and not raised:
            colour.setAlphaF(0.25)
        pen = QPen(colour, 2.6 if raised else 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if placed.raw is not None:
            faint = QPen(pen)
            pale = line_colour(line.number, dark=self._theme.dark)
            pale.setAlphaF(0.22)
            faint.setColor(pale)
            faint.setWidthF(1.2)
            painter.setPen(faint)
            painter.drawPath(placed.raw)
        if line.other:
            pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
        painter.drawPath(placed.path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface") if line.other else colour)
        if line.other:
            painter.setPen(QPen(colour, 1.4))
        for dot in placed.dots:
            painter.drawEllipse(dot, 2.4, 2.4)

    def _paint_reading(self, painter: QPainter, placed: Placed, step: int) -> None:
        x = placed.x(step)
        painter.setPen(QPen(self._theme.colour("muted"), 1))
        painter.drawLine(QPointF(x, placed.area.top()), QPointF(x, placed.area.bottom()))
        for line, value in self.values():
            if value > 0 or not self._logarithmic:
                painter.setPen(QPen(self._theme.colour("surface"), 1.5))
                painter.setBrush(line_colour(line.number, dark=self._theme.dark))
                painter.drawEllipse(QPointF(x, placed.y(value)), 4, 4)
        paint_tip(
            painter, self._theme, QRectF(self.rect()), x, self._tip_title(step), self.values()
        )

    def _tip_title(self, step: int) -> str:
        return self.tr("Step {step}").format(step=step)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(12)
    return small
