"""The curves of a run, and of the one it is compared with: chart, legend, smoothing, scale."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.bridge.run_words import figure_words
from gui.bridge.runs import SPEED, RunRecord
from gui.views.chart_legend import ChartLegend
from gui.views.chart_lines import ChartLine
from gui.views.line_chart import LineChart
from gui.views.sliders import MarkSlider
from gui.views.theme import Theme

HEAD_HEIGHT = 32
_MOST_SMOOTHING = 95
_MARGINS = QMargins(16, 8, 12, 10)
_SCROLL_BAR = 10
_LEGEND_SHARE = 0.34
"""The most of the panel's height that the legend takes."""


class CurvesPanel(QWidget):
    """Shows every figure of a run on one chart; the other run's lines are dashed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = LineChart(theme)
        self.legend = ChartLegend(theme)
        self._legend_room = QScrollArea()
        self.smoothing = MarkSlider(theme)
        self.logarithmic = QCheckBox(self.tr("&Logarithmic"))
        self._record: RunRecord | None = None
        self._other: RunRecord | None = None
        self._hidden = {SPEED}
        self._build()
        self._connect()

    def show_runs(self, record: RunRecord | None, other: RunRecord | None) -> None:
        """Show a run's curves and those of the one it is compared with."""
        if record is self._record and other is self._other:
            return
        self._record, self._other = record, other
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the chart most of the room."""
        super().resizeEvent(event)
        self._fit_legend()

    def _build(self) -> None:
        title = QLabel(self.tr("Curves"))
        title.setProperty("role", "section")
        words = QLabel(self.tr("Smoot&hing"))
        words.setProperty("role", "small")
        words.setBuddy(self.smoothing)
        self.smoothing.setRange(0, _MOST_SMOOTHING)
        self.smoothing.setPageStep(10)
        self.smoothing.setMinimumWidth(56)
        self.smoothing.setMaximumWidth(96)
        self.smoothing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.smoothing.setAccessibleName(self.tr("Smoothing"))
        self._legend_room.setWidget(self.legend)
        self._legend_room.setWidgetResizable(True)
        self._legend_room.setObjectName("panelScroll")
        self.legend.setObjectName("panelBody")
        self._legend_room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._legend_room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.logarithmic.setChecked(True)
        self.chart.set_logarithmic(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addStrut(HEAD_HEIGHT)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(words)
        head.addWidget(self.smoothing)
        head.addSpacing(6)
        head.addWidget(self.logarithmic)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGINS)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self._legend_room)

    def _connect(self) -> None:
        self.smoothing.valueChanged.connect(self._smooth)
        self.logarithmic.toggled.connect(self.chart.set_logarithmic)
        self.legend.toggled.connect(self._toggle)
        self.legend.pointed.connect(lambda name: self.chart.raise_line(figure_words(name)))

    def _smooth(self, percent: int) -> None:
        self.smoothing.setToolTip(self.tr("{percent} %").format(percent=percent))
        self.chart.set_smoothing(percent / 100)

    def _toggle(self, name: str, shown: bool) -> None:
        (self._hidden.discard if shown else self._hidden.add)(name)
        self._refresh()

    def _refresh(self) -> None:
        runs = [run for run in (self._record, self._other) if run is not None]
        names = list(dict.fromkeys(name for run in runs for name in run.curves))
        names.sort(key=lambda name: name == SPEED)
        numbers = {name: number for number, name in enumerate(names)}
        self.legend.show_names(names, [name not in self._hidden for name in names])
        lines = []
        for run in reversed(runs):
            for name, curve in run.curves.items():
                if name not in self._hidden:
                    other = run is self._other
                    lines.append(ChartLine(figure_words(name), curve, numbers[name], other))
        newest = self._record.curves if self._record is not None else {}
        for name, chip in self.legend.chips.items():
            chip.show_value(newest[name].values[-1] if name in newest else None)
        second = self._other.folder.name if self._other is not None else ""
        self.chart.show_lines(lines, self._hint(bool(names)), second)
        self._fit_legend()

    def _fit_legend(self) -> None:
        """As high as its lines, or scrolling where that would squeeze the chart."""
        around = _MARGINS.left() + _MARGINS.right() + _SCROLL_BAR
        width = max(1, self.width() - around)
        need, most = self.legend.heightForWidth(width), round(self.height() * _LEGEND_SHARE)
        self._legend_room.setFixedHeight(max(0, min(need, most)))

    def _hint(self, figures: bool) -> str:
        if figures:
            return self.tr("Choose a line below to see it.")
        return self.tr("The first figures appear after some steps.")
