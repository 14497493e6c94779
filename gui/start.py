"""Starts the window: one for each user, with a net for crashes. The window's only entry."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, qVersion
from PySide6.QtWidgets import QApplication

from engine import paths
from engine.service import ServiceFactory
from gui.app import Application
from gui.bridge import settings as keys
from gui.bridge import translation
from gui.bridge.crash import CrashHandler
from gui.bridge.settings import Settings

if TYPE_CHECKING:
    from gui.bridge.instance import SingleInstance


def run(
    service_factory: ServiceFactory,
    photos: Sequence[Path],
    *,
    samples: Sequence[Path] = (),
    watcher: QObject | None = None,
) -> int:
    """Open the window and return the exit code once it is closed.

    Args:
        service_factory: builds the engine; called on the worker thread.
        photos: files and folders to open at once.
        samples: photos that the empty state offers.
        watcher: sees the window's events first, as an event filter.
    """
    QCoreApplication.setApplicationName("Agelens")
    QCoreApplication.setOrganizationName("Agelens")
    app = QApplication(sys.argv[:1])
    app.setDesktopFileName("agelens")
    data = paths.user_data_dir()
    instance = _single_instance(data, app)
    if instance is not None and instance.hand_over(photos):
        return 0
    crashes = CrashHandler(data / "crashes")
    crashes.install()
    settings = Settings(data / "window.ini")
    translation.install(app, paths.resources_dir() / "translations", settings.get(keys.LANGUAGE))
    application = Application(app, service_factory, settings, samples=samples)
    if watcher is not None:
        application.window.installEventFilter(watcher)
    if instance is not None:
        instance.asked.connect(application.lasting.welcome)
        instance.listen()
    interrupts = _quit_on_interrupt(app)
    application.start(photos, crashes)
    code = app.exec()
    interrupts.stop()
    if instance is not None:
        instance.close()
    crashes.remove()
    if not application.ended_cleanly:
        # A step that outlived its 3 s still holds the thread; Qt may not be torn down under
        # it, and everything worth keeping is on disk.
        os._exit(code)
    return code


def runs_on() -> str:
    """Qt's version; that this module could be imported says that the window's parts are there."""
    alone = "" if _has_sockets() else ", without local sockets"
    return f"Qt {qVersion()}{alone}"


def _has_sockets() -> bool:
    try:
        import gui.bridge.instance
    except ImportError:
        return False
    return bool(gui.bridge.instance)


def _single_instance(data: Path, app: QApplication) -> SingleInstance | None:
    """The way to another window of this user; none where Qt's sockets lack a system library."""
    try:
        from gui.bridge.instance import SingleInstance, instance_name
    except ImportError:
        return None
    return SingleInstance(instance_name(data), app)


def _quit_on_interrupt(app: QApplication) -> QTimer:
    """Let Ctrl+C in the terminal close the window; the timer gives Python a turn to notice."""
    signal.signal(signal.SIGINT, lambda _number, _frame: app.closeAllWindows())
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(250)
    return timer
