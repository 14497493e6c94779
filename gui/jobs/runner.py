"""Queues jobs on the GUI thread and hands them one by one to the worker thread.

One job runs at a time because the service is single-threaded. Of the waiting jobs in one
lane only the newest is kept, so a moving dial costs at most one preview at a time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal

from engine.service import ServiceFactory
from gui.jobs.job import Failure, Job
from gui.jobs.worker import Worker

REST_MS = 60_000
_TURN_S = 0.001
T = TypeVar("T")
OnFailure = Callable[[Failure], None]


@dataclass(slots=True, eq=False)
class _Ticket:
    """A job with the callbacks that its submitter gave."""

    job: Job[Any]
    on_result: Callable[[Any], None]
    on_failure: OnFailure | None


class JobRunner(QObject):
    """The GUI's side of the worker. GUI thread only.

    ``submitted`` tells of every job that is queued. Then, for every job that starts: ``started``,
    any number of ``progressed``, then one
    of ``returned``, ``failed`` and ``cancelled``, then ``finished``. A job that is replaced
    or cancelled while it waits emits only ``cancelled``. Callbacks run before the signal.
    A stale answer (see :meth:`supersede`) counts as cancelled. ``resting`` tells that there has
    been nothing to do for a while.
    """

    submitted = Signal(object)
    started = Signal(object)
    progressed = Signal(object, float, str)
    returned = Signal(object)
    failed = Signal(object, object)
    cancelled = Signal(object)
    finished = Signal(object)
    waiting_changed = Signal(int)
    broken = Signal(object)
    resting = Signal()

    _build = Signal()
    _execute = Signal(object)
    _rest = Signal()
    _close = Signal()

    def __init__(self, factory: ServiceFactory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: list[_Ticket] = []
        self._running: _Ticket | None = None
        self._ready = False
        self._failure: Failure | None = None
        self._stopping = False
        self._stamp = 0
        self._floors: dict[str, int] = {}
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(REST_MS)
        self._thread = QThread()
        self._thread.setObjectName("agelens-worker")
        self._worker = Worker(factory)
        self._worker.moveToThread(self._thread)
        self._connect()

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self._build.connect(self._worker.build, queued)
        self._execute.connect(self._worker.run, queued)
        self._close.connect(self._worker.close, queued)
        self._rest.connect(self._worker.rest, queued)
        self._idle.timeout.connect(self.rest)
        self._worker.ready.connect(self._on_ready, queued)
        self._worker.broken.connect(self._on_broken, queued)
        self._worker.progressed.connect(self._on_progressed, queued)
        self._worker.returned.connect(self._on_returned, queued)
        self._worker.failed.connect(self._on_failed, queued)
        self._worker.cancelled.connect(self._on_cancelled, queued)

    def start(self) -> None:
        """Start the thread and build the service on it.

        From now on Python changes threads more often than by default: painting asks for the
        interpreter's lock dozens of times a frame, and waits that long for each.
        """
        sys.setswitchinterval(_TURN_S)
        self._thread.start()
        self._build.emit()

    @property
    def running(self) -> Job[Any] | None:
        """The job at work now."""
        return self._running.job if self._running else None

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self._queue)

    def submit(
        self,
        job: Job[T],
        on_result: Callable[[T], None],
        on_failure: OnFailure | None = None,
    ) -> Job[T]:
        """Queue a job; its lane's waiting jobs are dropped.

        ``on_result`` or ``on_failure`` is called here on the GUI thread, unless the job is
        cancelled or its lane is superseded first.
        """
        self._stamp += 1
        job.stamp = self._stamp
        if self._stopping:
            return job
        ticket = _Ticket(job, on_result, on_failure)
        if self._failure is not None:
            self._settle_failure(ticket, self._failure)
            return job
        if job.lane:
            self._drop(lambda other: other.lane == job.lane)
        self.submitted.emit(job)
        self._queue.append(ticket)
        self._queue.sort(key=lambda t: (t.job.priority, t.job.stamp))
        self._pump()
        return job

    def supersede(self, lane: str) -> None:
        """Make every earlier job of a lane stale: waiting ones go, a running one's answer too."""
        self._floors[lane] = self._stamp + 1
        self._drop(lambda job: job.lane == lane)
        if self._running is not None and self._running.job.lane == lane:
            self._running.job.cancel.cancel()

    def cancel(self, job: Job[Any]) -> None:
        """Ask one job to stop, waiting or running."""
        job.cancel.cancel()
        self._drop(lambda other: other is job)

    def cancel_all(self) -> None:
        """Ask everything to stop."""
        self._drop(lambda _job: True)
        if self._running is not None:
            self._running.job.cancel.cancel()

    def rest(self) -> None:
        """Give memory back that is quickly made again, unless something is at work."""
        if self._ready and self._running is None and not self._stopping:
            self.resting.emit()
            self._rest.emit()

    def shutdown(self, patience_ms: int = 3000) -> bool:
        """Cancel everything and wait for the running step.

        Returns:
            Whether the thread has ended. If not, the process must end without it.
        """
        self._stopping = True
        self._idle.stop()
        self.cancel_all()
        if not self._thread.isRunning():
            return True
        self._close.emit()
        return self._thread.wait(patience_ms)

    def _pump(self) -> None:
        if not self._ready or self._running is not None or not self._queue:
            self.waiting_changed.emit(len(self._queue))
            return
        self._idle.stop()
        self._running = self._queue.pop(0)
        self.waiting_changed.emit(len(self._queue))
        self.started.emit(self._running.job)
        self._execute.emit(self._running.job)

    def _drop(self, unwanted: Callable[[Job[Any]], bool]) -> None:
        dropped = [ticket for ticket in self._queue if unwanted(ticket.job)]
        self._queue = [ticket for ticket in self._queue if ticket not in dropped]
        for ticket in dropped:
            self.cancelled.emit(ticket.job)
        if dropped:
            self.waiting_changed.emit(len(self._queue))

    def _on_ready(self) -> None:
        self._ready = True
        self._pump()

    def _on_broken(self, failure: Failure) -> None:
        self._failure = failure
        self.broken.emit(failure)
        waiting, self._queue = self._queue, []
        for ticket in waiting:
            self._settle_failure(ticket, failure)

    def _on_progressed(self, job_id: str, fraction: float, message: str) -> None:
        if self._running is not None and self._running.job.id == job_id:
            self.progressed.emit(self._running.job, fraction, message)

    def _on_returned(self, job_id: str, result: object) -> None:
        ticket = self._take(job_id)
        if self._is_stale(ticket.job):
            self.cancelled.emit(ticket.job)
        else:
            ticket.on_result(result)
            self.returned.emit(ticket.job)
        self._finish(ticket)

    def _on_failed(self, job_id: str, failure: Failure) -> None:
        ticket = self._take(job_id)
        if self._is_stale(ticket.job):
            self.cancelled.emit(ticket.job)
        else:
            self._settle_failure(ticket, failure)
        self._finish(ticket)

    def _on_cancelled(self, job_id: str) -> None:
        ticket = self._take(job_id)
        self.cancelled.emit(ticket.job)
        self._finish(ticket)

    def _take(self, job_id: str) -> _Ticket:
        ticket = self._running
        assert ticket is not None and ticket.job.id == job_id, "answers come in order"
        return ticket

    def _is_stale(self, job: Job[Any]) -> bool:
        return job.cancel.cancelled or job.stamp < self._floors.get(job.lane, 0)

    def _settle_failure(self, ticket: _Ticket, failure: Failure) -> None:
        if ticket.on_failure is not None:
            ticket.on_failure(failure)
        self.failed.emit(ticket.job, failure)

    def _finish(self, ticket: _Ticket) -> None:
        self._running = None
        self._idle.start()
        self.finished.emit(ticket.job)
        self._pump()
