"""Use case: after a crash, offer its report to read and copy, once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from gui.bridge.crash import CrashHandler, CrashReport
from gui.bridge.messages import Level, Message, Messages
from gui.views.report_dialog import ReportDialog


class OfferReport(QObject):
    """Posts one message with the newest report; nothing is ever sent."""

    def __init__(self, crashes: CrashHandler, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._crashes = crashes
        self._messages = messages
        self._window = window

    def offer(self) -> None:
        """Say that there was a crash, if there was one that nobody was told of."""
        reports = self._crashes.pending()
        if not reports:
            return
        self._crashes.mark_seen()
        newest = reports[0]
        sentence = self.tr(
            "Agelens ended unexpectedly last time. Your photos are untouched, and a report was "
            "written; it stays on this computer."
        )
        show = (self.tr("Show report"), lambda: self._show(newest))
        self._messages.post(Message(Level.WARNING, sentence, newest.text, action=show))

    def _show(self, report: CrashReport) -> None:
        dialog = ReportDialog(report.text, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
