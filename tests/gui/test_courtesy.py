"""Threads that work for the window stand behind it."""

from __future__ import annotations

import os
import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from gui.jobs.courtesy import THUMBNAILS, step_back
from gui.jobs.thumbnails import ThumbnailLoader
from tests.gui.conftest import wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nice is a whole process's there")


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def test_only_the_thread_that_asks_steps_back() -> None:
    before, seen = niceness(), []

    def work() -> None:
        step_back(4)
        seen.append(niceness())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [min(before + 4, 19)]
    assert niceness() == before


def test_thumbnails_are_made_behind_the_window(qtbot: QtBot) -> None:
    before, seen = niceness(), []
    loader = ThumbnailLoader()
    loader._run(lambda: seen.append(niceness()))
    wait_for(qtbot, lambda: bool(seen))
    loader.stop()
    assert seen == [min(before + THUMBNAILS, 19)]
    assert niceness() == before
