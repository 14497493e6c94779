"""A small least-recently-used cache."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class LruCache(Generic[Value]):
    """Keeps the ``capacity`` values used last. Not thread-safe."""

    def __init__(self, capacity: int) -> None:
        """``capacity`` of at least 1."""
        self._capacity = capacity
        self._values: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        """The value, now the most recently used one, or ``None``."""
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key]

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value, forgetting the one unused for longest where the cache is full."""
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._capacity:
            self._values.popitem(last=False)

    def __len__(self) -> int:
        """How many values are kept."""
        return len(self._values)
