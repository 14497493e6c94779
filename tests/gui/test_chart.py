"""The chart: its axes, its smoothing, what is read under the pointer and with the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.bridge.runs import SPEED, Curve, RunRecord
from gui.views.chart_lines import _DARK, _LIGHT, ChartLine
from gui.views.chart_scale import Scale, fit, number_words, smooth
from gui.views.curves_panel import CurvesPanel
from gui.views.line_chart import LineChart
from gui.views.theme import DARK, LIGHT, Theme
from tests.gui.conftest import wait_for


def test_scales() -> None:
    assert fit([0.0, 10.0], logarithmic=False).low == 0
    near = fit([99.0, 101.0], logarithmic=False)
    assert 98 < near.low < 99 < 101 < near.high < 102
    assert fit([5.0], logarithmic=False).share(5.0) == pytest.approx(0.5, abs=0.5)
    powers = fit([-1.0, 0.0, 0.001, 10.0], logarithmic=True)
    assert powers.low < 0.001 < 10 < powers.high
    assert powers.share(0.1) == pytest.approx(0.5)
    assert fit([], logarithmic=True).share(1.0) == pytest.approx(1.0)


def test_ticks_are_round_and_inside() -> None:
    assert Scale(0, 910).ticks(5) == [0, 200, 400, 600, 800]
    assert Scale(0.001, 10, logarithmic=True).ticks(9) == pytest.approx([0.001, 0.01, 0.1, 1, 10])
    assert len(Scale(1e-5, 10, logarithmic=True).ticks(3)) <= 4
    assert Scale(2, 5, logarithmic=True).ticks(4) == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (3.654, "3.65"),
        (0.00569, "0.00569"),
        (1200, "1200"),
        (2e-5, "2e-05"),
        (0.3, "0.3"),
    ],
)
def test_numbers_in_words(value: float, words: str) -> None:
    assert number_words(value) == words


def test_smoothing_has_no_pull_to_the_start() -> None:
    assert smooth([1.0, 5.0, 2.0], 0.0) == [1, 5, 2]
    assert smooth([4.0] * 5, 0.9) == pytest.approx([4.0] * 5)
    assert smooth([0.0, 1.0], 0.5) == pytest.approx([0, 2 / 3])


def test_lines_can_be_told_from_the_ground() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        even = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * even[0] + 0.7152 * even[1] + 0.0722 * even[2]

    for colours, ground in ((_LIGHT, LIGHT.surface), (_DARK, DARK.surface)):
        for colour in colours:
            pair = sorted((light(colour), light(ground)))
            assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 3, colour


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> LineChart:
    chart = LineChart(theme)
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    age = Curve((0, 50, 100), (4.0, 3.0, 2.0))
    rare = Curve((100,), (0.0,))
    chart.show_lines([ChartLine("age", age, 0), ChartLine("rare", rare, 1)], "nothing")
    chart.show()
    wait_for(qtbot, chart.isVisible)
    return chart


def test_the_values_under_the_pointer(chart: LineChart) -> None:
    read: list[object] = []
    chart.step_read.connect(read.append)
    middle = QPoint(52 + (500 - 52 - 14) // 2, 100)
    QTest.mouseMove(chart, middle)
    assert chart.step == 50
    assert [(line.name, value) for line, value in chart.values()] == [("age", 3.0)]
    assert chart.accessibleDescription() == "At step 50: age 3"
    QTest.mouseMove(chart, QPoint(490, 100))
    assert [(line.name, value) for line, value in chart.values()] == [("age", 2.0), ("rare", 0.0)]
    QTest.mouseMove(chart, QPoint(2, 2))
    assert chart.step is None
    assert read == [50, 100, None]


def test_the_values_with_keys(chart: LineChart) -> None:
    steps = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Right):
        QTest.keyClick(chart, key)
        steps.append(chart.step)
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert [*steps, chart.step] == [100, 50, 0, 50, 100]


def test_a_chart_looks_as_it_should(chart: LineChart) -> None:
    """A falling line falls; a logarithmic axis leaves out zero; smoothing leaves the raw line."""
    placed = chart._placed
    assert placed is not None
    path = placed.lines[0].path
    assert path.elementAt(0).y < path.elementAt(1).y < path.elementAt(2).y
    assert path.elementAt(0).x == placed.area.left()
    assert placed.lines[1].path.elementCount() == 1
    plain = chart.grab().toImage()
    chart.set_logarithmic(True)
    assert chart._placed is not None
    assert chart._placed.lines[1].path.elementCount() == 0
    assert chart.grab().toImage() != plain
    chart.set_smoothing(0.8)
    assert chart._placed.lines[0].raw is not None
    assert chart._placed.lines[0].at(100) > 2.0
    chart.show_lines([], "nothing")
    assert chart.values() == []
    assert chart.accessibleDescription() == "nothing"
    chart.grab()


def test_the_legend_hides_lines(qtbot: QtBot, theme: Theme) -> None:
    panel = CurvesPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(500, 500)
    panel.show()
    curves = {SPEED: Curve((1, 2), (5.0, 6.0)), "own_age": Curve((1, 2), (0.5, 0.25))}
    other = {"own_age": Curve((1,), (0.75,)), "judge": Curve((1,), (2.0,))}
    panel.show_runs(RunRecord(Path("a"), curves=curves), RunRecord(Path("b"), curves=other))
    names = [(line.name, line.other) for line in panel.chart._lines]
    assert sorted(names) == [("judge", True), ("own age", False), ("own age", True)]
    assert list(panel.legend.chips) == ["own_age", "judge", SPEED]
    chip = panel.legend.chips["own_age"]
    assert chip.accessibleName() == "own age 0.25"
    wait_for(qtbot, lambda: chip.isVisible() and chip.width() > 20)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert [line.name for line in panel.chart._lines] == ["judge"]
    QTest.keyClick(panel.legend.chips[SPEED], Qt.Key.Key_Space)
    assert {line.name for line in panel.chart._lines} == {"judge", "images/s"}
    panel.smoothing.setValue(50)
    panel.logarithmic.setChecked(False)
    panel.show_runs(None, None)
    assert panel.legend.chips == {}
