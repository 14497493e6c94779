"""Data made in one thread while the network computes on those before."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from multiprocessing.pool import AsyncResult, ThreadPool
from typing import Generic, TypeVar

T = TypeVar("T")
_DEPTH = 4


class Ahead(Generic[T]):
    """What ``make`` returns for a step's number, made before it is asked for.

    ``make`` has to depend on the number alone: then nothing of this belongs into a checkpoint.
    The thread ends with the object.
    """

    def __init__(self, make: Callable[[int], T], steps: int) -> None:
        """Nothing is made for ``steps`` and beyond unless it is asked for."""
        self._make, self._steps = make, steps
        self._thread = ThreadPool(1)
        self._waiting: dict[int, AsyncResult[T]] = {}
        weakref.finalize(self, self._thread.terminate)

    def take(self, number: int) -> T:
        """The value for a step. Raises what ``make`` does."""
        until = max(number + 1, min(number + 1 + _DEPTH, self._steps))
        kept = {at: made for at, made in self._waiting.items() if number <= at < until}
        for at in range(number, until):
            if at not in kept:
                kept[at] = self._thread.apply_async(self._make, (at,))
        self._waiting = kept
        return kept.pop(number).get()
