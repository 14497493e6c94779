"""Memory that is free but not given back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys

_ARENA_MAX = -8  # glibc's malloc.h
_ARENAS = 2


def keep_heaps_few() -> None:
    """Let threads share two heaps instead of having one each, of which little comes back.

    After a face was aged and its networks were freed that is 504 MB of resident memory or 417.
    For heaps to come: call it before the threads that compute begin. glibc only.
    """
    if sys.platform.startswith("linux"):
        limit = getattr(ctypes.CDLL(None), "mallopt", None)
        if limit is not None:
            limit(_ARENA_MAX, _ARENAS)


def leave_out_of_collections() -> None:
    """Take all that is loaded by now out of Python's garbage collections.

    Half a million objects of the libraries stay as long as the process does; looking through them
    held every thread up for 0.1 s at a time. Any thread.
    """
    gc.collect()
    gc.freeze()


def give_back_memory() -> None:
    """Let the system have what this process no longer uses.

    glibc keeps freed blocks for later; elsewhere the allocator gives them back by itself. Takes
    some 10 ms. Any thread.
    """
    gc.collect()
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
