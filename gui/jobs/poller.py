"""Asks the same question again and again off the GUI thread, never twice at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot


class Poller(QObject):
    """Calls ``work`` on a thread of its own every ``interval_ms`` while it is started.

    Signals:
        answered: what ``work`` gave, on the GUI thread.
    """

    answered = Signal(object)
    _done = Signal(object)

    def __init__(
        self, work: Callable[[], Any], interval_ms: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._busy = self._again = self._stopped = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._tick)
        self._done.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Ask now and from now on."""
        if not self._stopped:
            self._timer.start()
            self.poke()

    def pause(self) -> None:
        """Ask no more until the next start."""
        self._timer.stop()

    def poke(self) -> None:
        """Ask now; what is being answered just then is asked once more."""
        self._again = self._busy
        if not self._busy and not self._stopped:
            self._busy = True
            self._pool.start(self._ask)

    def stop(self) -> None:
        """End for good; returns once the thread is at rest."""
        self._stopped = True
        self._timer.stop()
        self._pool.waitForDone()

    def _tick(self) -> None:
        if not self._busy:
            self.poke()

    def _ask(self) -> None:
        answer = None
        try:
            answer = self._work()
        finally:
            self._done.emit(answer)

    @Slot(object)
    def _answer(self, answer: object) -> None:
        self._busy = False
        if self._stopped:
            return
        if answer is not None:
            self.answered.emit(answer)
        if self._again:
            self.poke()
