"""What a chart shows: its lines, their colours, and where they lie on the picture."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath

from gui.bridge.runs import Curve
from gui.views.chart_scale import Scale, fit, smooth

SPARSE = 20
"""A line of fewer points shows each of them."""
_LIGHT = (
    *("#4654cf", "#c2410c", "#15803d", "#be185d", "#0e7490", "#926207"),
    *("#7e22ce", "#b91c1c", "#4d7c0f", "#475569", "#0369a1", "#a21caf"),
)
_DARK = (
    *("#8b9aff", "#fb923c", "#4ade80", "#f472b6", "#22d3ee", "#facc15"),
    *("#c084fc", "#f87171", "#a3e635", "#a3b1c6", "#38bdf8", "#e879f9"),
)


def line_colour(number: int, *, dark: bool) -> QColor:
    """The colour of the line of that number; 3:1 or more on its ground in either theme."""
    colours = _DARK if dark else _LIGHT
    return QColor(colours[number % len(colours)])


@dataclass(frozen=True, slots=True, eq=False)
class ChartLine:
    """One line.

    Attributes:
        name: what it is.
        curve: its points.
        number: says its colour; two lines of one figure share it.
        other: it belongs to the run that is compared, and is dashed.
    """

    name: str
    curve: Curve
    number: int
    other: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PlacedLine:
    """A line on the picture: smoothed values, the path through them, and the raw one's."""

    line: ChartLine
    values: tuple[float, ...]
    path: QPainterPath
    raw: QPainterPath | None
    dots: tuple[QPointF, ...]

    def at(self, step: int) -> float | None:
        """The value at a step, if there is one."""
        steps = self.line.curve.steps
        place = bisect_left(steps, step)
        return self.values[place] if place < len(steps) and steps[place] == step else None


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Every line on the picture, with both axes."""

    across: Scale
    up: Scale
    area: QRectF
    lines: tuple[PlacedLine, ...]
    steps: tuple[int, ...]

    def x(self, step: float) -> float:
        """Pixels from the left."""
        return self.area.left() + self.across.share(step) * self.area.width()

    def y(self, value: float) -> float:
        """Pixels from the top."""
        return self.area.bottom() - self.up.share(value) * self.area.height()

    def nearest_step(self, x: float) -> int | None:
        """The step with a value that is nearest to a place on the picture."""
        if not self.steps:
            return None
        share = (x - self.area.left()) / max(self.area.width(), 1.0)
        wanted = self.across.low + share * (self.across.high - self.across.low)
        return min(self.steps, key=lambda step: abs(step - wanted))


def place(
    lines: tuple[ChartLine, ...], area: QRectF, *, logarithmic: bool, smoothing: float
) -> Placed:
    """Lay lines out on ``area``, pixels; a logarithmic axis leaves out what is not over 0."""
    last = max((line.curve.steps[-1] for line in lines if line.curve.steps), default=1)
    across = Scale(0.0, float(max(last, 1)))
    smoothed = [tuple(smooth(line.curve.values, smoothing)) for line in lines]
    raw = [value for line in lines for value in line.curve.values]
    up = fit(raw, logarithmic=logarithmic)
    empty = Placed(across, up, area, (), ())
    placed = [
        _placed(line, values, empty, smoothing > 0)
        for line, values in zip(lines, smoothed, strict=True)
    ]
    steps = sorted({step for line in lines for step in line.curve.steps})
    return Placed(across, up, area, tuple(placed), tuple(steps))


def _placed(line: ChartLine, values: tuple[float, ...], on: Placed, smoothed: bool) -> PlacedLine:
    points = _points(line, values, on)
    raw = _path(_points(line, line.curve.values, on)) if smoothed else None
    dots = tuple(points) if len(points) < SPARSE else ()
    return PlacedLine(line, values, _path(points), raw, dots)


def _points(line: ChartLine, values: tuple[float, ...], on: Placed) -> list[QPointF]:
    return [
        QPointF(on.x(step), on.y(value))
        for step, value in zip(line.curve.steps, values, strict=True)
        if value > 0 or not on.up.logarithmic
    ]


def _path(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    if points:
        path.moveTo(points[0])
    for point in points[1:]:
        path.lineTo(point)
    return path
