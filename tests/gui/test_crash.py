"""Crashes leave a report, and the next start offers it once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Application
from gui.bridge.crash import CrashHandler
from gui.bridge.messages import Level
from gui.controllers.offer_report import OfferReport
from gui.views.report_dialog import ReportDialog
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import ROOT, wait_for
from tests.gui.steps import LEFT

DEATHS = {
    "uncaught": "raise RuntimeError('wheels came off')",
    "thread": (
        "import threading\n"
        "def spin(): raise RuntimeError('wheels came off')\n"
        "t = threading.Thread(target=spin, name='spinner'); t.start(); t.join()\n"
        "import os; os._exit(3)"
    ),
    "slot": (
        "from PySide6.QtCore import QCoreApplication, QTimer\n"
        "app = QCoreApplication([])\n"
        "def slot(): raise RuntimeError('wheels came off')\n"
        "QTimer.singleShot(0, slot); QTimer.singleShot(1, app.quit)\n"
        "app.exec()"
    ),
    "native": "def wheels_came_off(): faulthandler._sigsegv()\nwheels_came_off()",
}


def die(folder: Path, how: str) -> None:
    """Run a process that dies with the handler installed."""
    code = (
        "import faulthandler, sys\nfrom pathlib import Path\n"
        "from gui.bridge.crash import CrashHandler\n"
        f"handler = CrashHandler(Path({str(folder)!r})); handler.install()\n{how}\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=False, cwd=ROOT
    )


@pytest.mark.parametrize("how", DEATHS)
def test_each_death_leaves_a_report(tmp_path: Path, how: str) -> None:
    die(tmp_path, DEATHS[how])
    (report,) = CrashHandler(tmp_path).pending()
    assert "wheels" in report.text
    assert "PySide6" in report.text
    assert CrashHandler(tmp_path).pending() == [report], "it is offered until it was seen"
    CrashHandler(tmp_path).mark_seen()
    assert not CrashHandler(tmp_path).pending()
    assert [p.name.split("-")[0] for p in tmp_path.iterdir()] == ["seen"]


def test_a_clean_end_leaves_nothing(tmp_path: Path) -> None:
    before = sys.excepthook
    handler = CrashHandler(tmp_path)
    handler.install()
    assert sys.excepthook != before
    assert len(list(tmp_path.iterdir())) == 1
    handler.remove()
    assert sys.excepthook is before
    assert not list(tmp_path.iterdir())


def test_a_kill_is_no_crash_of_ours(tmp_path: Path) -> None:
    die(tmp_path, "import os, signal; os.kill(os.getpid(), 9)")
    assert not CrashHandler(tmp_path).pending()
    assert not list(tmp_path.iterdir())


def test_a_window_that_still_runs_is_left_alone(tmp_path: Path) -> None:
    """A second process must not take the first one's open file for what a crash left."""
    handler = CrashHandler(tmp_path)
    handler.install()
    assert not CrashHandler(tmp_path).pending()
    assert len(list(tmp_path.iterdir())) == 1
    handler.remove()


def test_a_report_is_found_though_its_process_number_is_in_use_again(tmp_path: Path) -> None:
    die(tmp_path, DEATHS["native"])
    (left,) = tmp_path.glob("native-*.log")
    left.rename(left.with_name(f"native-20260101-120000-{os.getpid()}.log"))
    handler = CrashHandler(tmp_path)
    handler.install()
    (report,) = handler.pending()
    assert "wheels" in report.text
    handler.remove()
    assert handler.pending() == [report]


def test_one_error_in_every_paint_event_is_no_flood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    handler = CrashHandler(tmp_path)
    handler.install()
    error = RuntimeError("again")
    for _ in range(50):
        sys.excepthook(RuntimeError, error, None)
    handler.remove()
    assert len(handler.pending()) == 10
    assert capsys.readouterr().err.count("again") == 50, "the terminal still shows each"
    handler.mark_seen()
    for _ in range(3):
        die(tmp_path, DEATHS["uncaught"])
        handler.mark_seen()
    assert len(list(tmp_path.glob("seen-*"))) == 10


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    handler = CrashHandler(blocked / "crashes")
    handler.install()
    handler.remove()
    assert not handler.pending()


def test_the_next_start_offers_the_report(
    desk: Application, qtbot: QtBot, tmp_path: Path, messages: RecordingMessages
) -> None:
    folder = tmp_path / "crashes"
    die(folder, DEATHS["uncaught"])
    OfferReport(CrashHandler(folder), messages, desk.window).offer()
    (sentence,) = messages.sentences(Level.WARNING)
    assert "stays on this computer" in sentence
    banner = desk.window.banner
    assert banner.action.isVisible()
    QTest.mouseClick(banner.details, LEFT)
    assert "wheels came off" in QApplication.clipboard().text()
    desk.messages.error("Something else happened.")
    assert not banner.action.isVisible()
    QTest.mouseClick(banner.close_button, LEFT)
    assert banner.sentence.text() == sentence, "an offer waits behind other messages"
    QTest.mouseClick(banner.action, LEFT)
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReportDialog)]
    (dialog,) = dialogs
    wait_for(qtbot, dialog.isVisible)
    assert "wheels came off" in dialog.text.toPlainText()
    QApplication.clipboard().clear()
    QTest.mouseClick(dialog.copy, LEFT)
    assert "wheels came off" in QApplication.clipboard().text()
    dialog.reject()
    QTest.mouseClick(banner.close_button, LEFT)
    assert not banner.isVisible()
    OfferReport(CrashHandler(folder), messages, desk.window).offer()
    assert len(messages.sentences(Level.WARNING)) == 1, "offered once"
