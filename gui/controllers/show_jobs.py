"""Use case: see what runs, how long it still takes, stop it, and look up what came of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices

from gui.bridge.roles import JobState
from gui.jobs.batch_job import BatchJob
from gui.jobs.export_job import ExportPhotoJob
from gui.jobs.job import Failure, Job
from gui.jobs.runner import JobRunner
from gui.jobs.timeline_job import TimelineJob
from gui.models.job_log import JobLine, JobLog, TimeLeft
from gui.views.job_bar import JobBar
from gui.views.jobs_popup import JobsPopup
from gui.views.theme import Theme

translate = QCoreApplication.translate


class ShowJobs(QObject):
    """Keeps the bottom line and its list in step with the worker."""

    def __init__(
        self, runner: JobRunner, bar: JobBar, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._bar = bar
        self._left = TimeLeft()
        self._jobs: dict[str, Job[Any]] = {}
        self.log = JobLog(self)
        self.popup = JobsPopup(theme, self.log, bar)
        bar.list_asked.connect(self._open)
        bar.cancel_asked.connect(runner.cancel_all)
        self.popup.cancel_all_asked.connect(runner.cancel_all)
        self.popup.cancel_asked.connect(self.cancel)
        self.popup.clear_asked.connect(self.log.clear_ended)
        self.popup.folder_asked.connect(_open_folder)
        runner.submitted.connect(self._on_submitted)
        runner.started.connect(self._on_started)
        runner.progressed.connect(self._on_progressed)
        runner.returned.connect(self._on_returned)
        runner.failed.connect(self._on_failed)
        runner.cancelled.connect(self._on_cancelled)
        runner.finished.connect(lambda _job: bar.finish(runner.waiting))

    def cancel(self, line: JobLine | None) -> None:
        """Stop one piece of work."""
        job = self._jobs.get(line.key) if line is not None else None
        if job is not None:
            self._runner.cancel(job)

    # -- what the worker says

    def _on_submitted(self, job: Job[Any]) -> None:
        key = _key(job)
        if job.quiet and not job.group:
            return
        self._jobs[key] = job
        line = self.log.line(key)
        if line is None:
            self.log.add(JobLine(key, job.title, JobState.WAITING))

    def _on_started(self, job: Job[Any]) -> None:
        self._bar.start(job.title)
        if self._left.begin(_key(job), time.monotonic()):
            self._bar.show_left("")
        line = self.log.line(_key(job))
        if line is not None:
            self.log.change(line, title=job.title, state=JobState.RUNNING)

    def _on_progressed(self, job: Job[Any], share: float, text: str) -> None:
        left = self._left.at(share, time.monotonic())
        self._bar.advance(share, text)
        self._bar.show_left(_in_words(left))
        line = self.log.line(_key(job))
        if line is not None:
            self.log.change(line, share=share)

    def _on_returned(self, job: Job[Any]) -> None:
        line = self.log.line(_key(job))
        folder = _folder(job)
        result = self.tr("Written to {folder}").format(folder=folder) if folder else ""
        if line is not None and not self._goes_on(job):
            self.log.change(line, state=JobState.DONE, share=1.0, result=result, folder=folder)
            self._jobs.pop(line.key, None)

    def _on_failed(self, job: Job[Any], failure: Failure) -> None:
        if job.group:
            self._on_returned(job)
            key = job.id
        else:
            key = _key(job)
        self._jobs.pop(key, None)
        line = self.log.line(key)
        if line is None:
            line = JobLine(key, job.title, JobState.RUNNING)
            self.log.add(line)
        self.log.change(
            line, state=JobState.FAILED, result=failure.sentence, details=failure.details
        )

    def _on_cancelled(self, job: Job[Any]) -> None:
        line = self.log.line(_key(job))
        if line is not None and self._jobs.get(line.key) is job:
            self._jobs.pop(line.key)
            self.log.change(line, state=JobState.CANCELLED)

    def _goes_on(self, job: Job[Any]) -> bool:
        """Whether the next part of the same work was queued already."""
        return bool(job.group) and self._jobs.get(job.group) is not job

    def _open(self) -> None:
        self.popup.open_above(self._bar.list_button)


def _key(job: Job[Any]) -> str:
    return job.group or job.id


def _folder(job: Job[Any]) -> Path | None:
    return (
        job.spec.path.parent if isinstance(job, ExportPhotoJob | TimelineJob | BatchJob) else None
    )


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _in_words(seconds: float | None) -> str:
    """About how long, in the words of the bottom line; empty where it cannot be told."""
    if seconds is None:
        return ""
    if seconds < 90:
        tens = max(5, round(seconds / 5) * 5)
        return translate("ShowJobs", "about {count} s left").format(count=tens)
    words = translate("ShowJobs", "about {count} min left")
    return words.format(count=round(seconds / 60))
