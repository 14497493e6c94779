"""Cancelling and progress for long work, without Qt. Safe to use from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.errors import Cancelled

Progress = Callable[[float, str], None]
"""Called as ``progress(fraction, message)`` with fraction in 0..1, on the working thread."""


def no_progress(fraction: float, message: str) -> None:
    """Ignore progress; the default where nobody listens."""


class CancelToken:
    """A flag that one thread sets and the working thread checks between steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether :meth:`cancel` was called."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise :class:`engine.errors.Cancelled` if the work should stop."""
        if self._event.is_set():
            raise Cancelled
