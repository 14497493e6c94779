"""Data made in one thread while the network computes on those before."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")
_DEPTH = 4


class Ahead(Generic[T]):
    """What ``make`` returns for a step's number, made before it is asked for.

    ``make`` has to depend on the number alone: then nothing of this belongs into a checkpoint.
    """

    def __init__(self, make: Callable[[int], T], steps: int) -> None:
        """Nothing is made for ``steps`` and beyond unless it is asked for."""
        self._make, self._steps = make, steps
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._waiting: dict[int, Future[T]] = {}

    def take(self, number: int) -> T:
        """The value for a step. Raises what ``make`` does."""
        until = max(number + 1, min(number + 1 + _DEPTH, self._steps))
        kept = {at: made for at, made in self._waiting.items() if number <= at < until}
        for at in range(number, until):
            if at not in kept:
                kept[at] = self._thread.submit(self._make, at)
        self._waiting = kept
        return kept.pop(number).result()
