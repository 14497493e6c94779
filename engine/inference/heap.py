"""Memory that is free but not given back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys


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
