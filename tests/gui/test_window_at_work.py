"""The window while the engine is at work: it never waits, and the newest wish counts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.app import Application
from gui.bridge.roles import PhotoState
from tests.fakes.fake_service import FakeService
from tests.gui.conftest import wait_for
from tests.gui.steps import LEFT, opened


def test_a_moving_dial_shows_the_newest(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    entry = opened(desk, qtbot, astronaut)
    wait_for(qtbot, lambda: desk.runner.running is None and desk.runner.waiting == 0)
    service.requests.clear()
    service.gate.clear()
    for age in range(41, 71):
        desk.window.panel.dial.setValue(age)
    waiting = desk.runner.waiting
    service.gate.set()
    wait_for(qtbot, lambda: entry.result_is_current)
    assert waiting <= 1
    assert [request.target for request in service.requests] == [41.0, 70.0]
    assert desk.window.panel.exact.value() == 70


def test_the_window_lives_while_the_engine_is_slow(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    """Ticks are counted while the engine stands still: the window never waits for it."""
    service.gate.clear()
    service.entered.clear()
    desk.open_photos.add([astronaut])
    wait_for(qtbot, service.entered.is_set)
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(len(ticks)))
    timer.start(1)
    wait_for(qtbot, lambda: len(ticks) >= 100)
    timer.stop()
    assert desk.runner.running is not None
    service.gate.set()
    entry = desk.session.current
    wait_for(qtbot, lambda: entry is not None and entry.faces is not None)


def test_progress_appears_only_after_a_while(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    bar = desk.window.job_bar
    wait_for(qtbot, lambda: not bar.busy)
    service.gate.clear()
    desk.open_photos.add([astronaut])
    assert not bar.busy
    wait_for(qtbot, lambda: bar.busy)
    QTest.mouseClick(bar.cancel, LEFT)
    service.gate.set()
    wait_for(qtbot, lambda: not bar.busy)


def test_closing_while_running(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    opened(desk, qtbot, astronaut)
    service.gate.clear()
    service.entered.clear()
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, service.entered.is_set)
    QTimer.singleShot(0, service.gate.set)
    service.gate.set()
    desk.window.close()
    assert desk.ended_cleanly
    assert service.closed


def test_a_second_photo_stops_work_on_the_first(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, hopper: Path
) -> None:
    service.gate.clear()
    service.entered.clear()
    desk.open_photos.add([astronaut])
    first = desk.session.current
    wait_for(qtbot, service.entered.is_set)
    desk.open_photos.add([hopper])
    service.gate.set()
    second = desk.session.current
    assert first is not None
    assert second is not None
    wait_for(qtbot, lambda: second.faces is not None and desk.runner.running is None)
    assert second.path == hopper
    assert first.faces is None
    desk.open_photos.show(first)
    wait_for(qtbot, lambda: first.faces is not None)


def test_a_photo_that_is_left_while_it_opens_does_not_look_at_work(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, hopper: Path
) -> None:
    service.gate.clear()
    desk.open_photos.add([hopper, astronaut])
    first, second = desk.session.gallery.entries
    wait_for(qtbot, lambda: service.calls[-1][0] == "open_photo")
    desk.open_photos.show(second)
    service.gate.set()
    wait_for(qtbot, lambda: second.faces is not None and desk.runner.running is None)
    assert first.state is PhotoState.NEW
    desk.open_photos.show(first)
    wait_for(qtbot, lambda: first.faces is not None)
    assert first.state is PhotoState.READY
