"""States in which a dialog lies over the window, beside those of the window itself."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.bridge.crash import CrashHandler
from gui.controllers.offer_report import OfferReport
from gui.views.report_dialog import ReportDialog
from tests.visual.scenes import SCENES, aged, played, scene
from tests.visual.stage import Stage

__all__ = ["SCENES", "played", "scene"]


@scene
def timeline_export(stage: Stage) -> Iterator[None]:
    """What an exported timeline is to show."""
    with played("timeline", stage):
        stage.window.timeline.export.click()
        dialog = stage.dialog()
        yield
        dialog.reject()


@scene
def shortcuts(stage: Stage) -> Iterator[None]:
    """The keys."""
    aged(stage)
    stage.window.shortcuts.trigger()
    dialog = stage.dialog()
    yield
    dialog.close()


@scene
def about(stage: Stage) -> Iterator[None]:
    """Versions and licences."""
    aged(stage)
    stage.window.about.trigger()
    dialog = stage.dialog()
    yield
    dialog.close()


def _offer_crash(stage: Stage) -> None:
    folder = stage.work / "crashes"
    folder.mkdir(exist_ok=True)
    words = "Agelens\nAn error that nothing caught, on thread MainThread\n\nTraceback …\n"
    (folder / "report-20260101-120000-1-1.txt").write_text(words, encoding="utf-8")
    OfferReport(CrashHandler(folder), stage.desk.messages, stage.window).offer()


@scene
def crash(stage: Stage) -> Iterator[None]:
    """After a crash, its report is offered."""
    aged(stage)
    _offer_crash(stage)
    yield
    stage.window.banner.hide()


@scene
def crash_report(stage: Stage) -> Iterator[None]:
    """The report itself."""
    aged(stage)
    _offer_crash(stage)
    QTest.mouseClick(stage.window.banner.action, Qt.MouseButton.LeftButton)
    dialog = stage.dialog()
    assert isinstance(dialog, ReportDialog)
    yield
    dialog.close()
    stage.window.banner.hide()
