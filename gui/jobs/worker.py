"""The object that lives on the worker thread and talks to the service."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from engine.errors import Cancelled
from engine.service import AgingService, ServiceFactory
from gui.bridge.engine_words import spoken
from gui.jobs.courtesy import ENGINE, step_back
from gui.jobs.job import Failure, Job


class Worker(QObject):
    """Builds the service and runs one job after the other. Its slots run on the worker thread.

    For each job exactly one of ``returned``, ``failed`` and ``cancelled`` is emitted, after
    any number of ``progressed``.
    """

    ready = Signal()
    broken = Signal(object)
    progressed = Signal(str, float, str)
    returned = Signal(str, object)
    failed = Signal(str, object)
    cancelled = Signal(str)

    def __init__(self, factory: ServiceFactory) -> None:
        super().__init__()
        self._factory = factory
        self._service: AgingService | None = None

    @Slot()
    def build(self) -> None:
        """Build the service here, so that its heavy imports happen off the GUI thread."""
        step_back(ENGINE)
        try:
            self._service = self._factory()
        except Exception as error:
            self.broken.emit(Failure.of(error, self.tr("starting the ageing engine")))
        else:
            self.ready.emit()

    @Slot(object)
    def run(self, job: Job[Any]) -> None:
        """Run one job to its end, whatever that is."""
        try:
            job.cancel.check()
            assert self._service is not None, "jobs are sent only once the service is built"
            result = job.run(self._service, self._reporter(job))
        except Cancelled:
            self.cancelled.emit(job.id)
        except Exception as error:
            self.failed.emit(job.id, Failure.of(error, job.title))
        else:
            self.returned.emit(job.id, result)

    @Slot()
    def rest(self) -> None:
        """Let the service give memory back."""
        if self._service is not None:
            self._service.rest()

    @Slot()
    def close(self) -> None:
        """Free the service; the last call on this object."""
        service, self._service = self._service, None
        try:
            if service is not None:
                service.close()
        finally:
            self.thread().quit()

    def _reporter(self, job: Job[Any]) -> Any:
        def report(fraction: float, message: str) -> None:
            self.progressed.emit(job.id, fraction, spoken(message))

        return report
