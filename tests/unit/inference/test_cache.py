"""The cache against a plain list that does the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.inference.cache import LruCache

KEYS = st.integers(0, 6)
OPERATIONS = st.lists(st.tuples(st.sampled_from(["get", "put"]), KEYS, st.integers()), max_size=40)


@settings(deadline=None)
@given(capacity=st.integers(1, 4), operations=OPERATIONS)
def test_it_keeps_what_was_used_last(capacity: int, operations: list[tuple[str, int, int]]) -> None:
    cache: LruCache[int] = LruCache(capacity)
    model: list[tuple[int, int]] = []  # least recently used first
    for what, key, value in operations:
        known = dict(model)
        if what == "get":
            assert cache.get(key) == known.get(key)
            if key not in known:
                continue
            value = known[key]
        else:
            cache.put(key, value)
        model = [pair for pair in model if pair[0] != key] + [(key, value)]
        model = model[-capacity:]
        assert len(cache) == len(model)
    for key, value in reversed(model):
        assert cache.get(key) == value


def test_false_values_are_values() -> None:
    cache: LruCache[int] = LruCache(2)
    cache.put("zero", 0)
    assert cache.get("zero") == 0
    assert cache.get("other") is None
