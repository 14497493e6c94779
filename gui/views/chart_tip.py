"""The box beside the pointer with the values at one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gui.views.chart_lines import ChartLine, line_colour
from gui.views.chart_scale import number_words
from gui.views.theme import Theme

Values = Sequence[tuple[ChartLine, float]]
_ROW, _PAD, _GAP, _SWATCH = 18.0, 10.0, 14.0, 14.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure with its value in the run and in the one it is compared with."""

    line: ChartLine
    words: list[str]


def paint_tip(
    painter: QPainter, theme: Theme, room: QRectF, x: float, title: str, values: Values
) -> None:
    """Paint a title and a row a figure beside ``x``, inside ``room``; as many as fit.

    A figure of two runs has its values side by side under a solid and a dashed stroke.
    """
    rows = _rows(values)[: max(1, int((room.height() - 2 * _PAD - 8) / _ROW) - 1)]
    metrics = QFontMetricsF(painter.font())
    names = max((metrics.horizontalAdvance(row.line.name) for row in rows), default=0.0)
    columns = [
        max((metrics.horizontalAdvance(row.words[n]) for row in rows), default=0.0) for n in (0, 1)
    ]
    gaps = _GAP * sum(1 for column in columns if column)
    wide = max(_SWATCH + 6 + names + gaps + sum(columns), metrics.horizontalAdvance(title) + 12)
    box = QRectF(x + 12, 4, wide + 2 * _PAD, _ROW * (len(rows) + 1) + 2 * _PAD - 2)
    if box.right() > room.right() - 4:
        box.moveRight(x - 12)
    box.moveLeft(max(box.left(), room.left() + 4))
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(box, 7, 7)
    line_box = QRectF(box.left() + _PAD, box.top() + _PAD - 2, wide, _ROW)
    _paint_title(painter, theme, line_box, title, columns)
    for row in rows:
        line_box.translate(0, _ROW)
        _paint_row(painter, theme, line_box, row, columns)


def _rows(values: Values) -> list[_Row]:
    """The figures by falling value, each with its value in either run as words."""
    found: dict[str, _Row] = {}
    for line, value in values:
        row = found.setdefault(line.name, _Row(line, ["", ""]))
        row.words[1 if line.other else 0] = number_words(value)
    return list(found.values())


def _paint_title(
    painter: QPainter, theme: Theme, box: QRectF, title: str, columns: Sequence[float]
) -> None:
    painter.save()
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(theme.colour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
    if columns[1]:
        muted, right = theme.colour("muted"), box.right()
        _paint_stroke(painter, muted, QPointF(right - _SWATCH, box.center().y()), dashed=True)
        right -= columns[1] + _GAP
        _paint_stroke(painter, muted, QPointF(right - _SWATCH, box.center().y()), dashed=False)
    painter.restore()


def _paint_row(
    painter: QPainter, theme: Theme, box: QRectF, row: _Row, columns: Sequence[float]
) -> None:
    centred, far = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
    colour = line_colour(row.line.number, dark=theme.dark)
    alone = not columns[1] and row.line.other
    _paint_stroke(painter, colour, QPointF(box.left(), box.center().y()), dashed=alone)
    painter.setPen(theme.colour("muted"))
    painter.drawText(box.adjusted(_SWATCH + 6, 0, 0, 0), centred, row.line.name)
    painter.setPen(theme.colour("text"))
    shift = columns[1] + _GAP if columns[1] else 0.0
    painter.drawText(box.adjusted(0, 0, -shift, 0), centred | far, row.words[0])
    painter.drawText(box, centred | far, row.words[1])


def _paint_stroke(painter: QPainter, colour: QColor, start: QPointF, *, dashed: bool) -> None:
    pen = QPen(colour, 2.4)
    if dashed:
        pen.setDashPattern([1.6, 1.4])
    painter.setPen(pen)
    painter.drawLine(start, start + QPointF(_SWATCH, 0))
