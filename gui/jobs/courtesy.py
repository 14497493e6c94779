"""Lets the window go first where its own threads leave no core free."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

ENGINE, THUMBNAILS = 3, 10


def step_back(by: int) -> None:
    """Lower the calling thread's claim on processors by ``by`` (Unix's nice), and its children's.

    Linux only, where each thread has its own; Qt's thread priorities do nothing there.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + by)
