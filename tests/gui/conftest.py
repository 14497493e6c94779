"""Offscreen Qt, a window over the fake engine, and a check that no thread is left behind."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, QTimer, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.service import ServiceFactory
from gui.app import Application
from gui.bridge import translation
from gui.bridge.settings import Settings
from gui.views.theme import Theme
from tests.fakes.fake_service import FakeService
from tests.fakes.recording_messages import RecordingMessages

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "samples"
WAIT_MS = 60_000  # patience on a busy machine, never a measurement


@pytest.fixture(autouse=True)
def no_leaks(qapp: QApplication) -> Iterator[None]:
    """A thread or a repeating timer that outlives its test fails it."""
    yield
    running = [t for t in _living(QThread) if t.isRunning() and t is not qapp.thread()]
    ticking = [t for t in _living(QTimer) if t.isActive() and not t.isSingleShot()]
    for thread in running:
        thread.quit()
        thread.wait(10_000)
    assert not running, "a QThread outlived the test"
    assert not ticking, "a QTimer outlived the test"


def _living(kind: type) -> list:
    import shiboken6

    # Not isinstance: asking for __class__ wakes lazy objects of other libraries.
    found = [o for o in gc.get_objects() if issubclass(type(o), kind)]
    return [o for o in found if shiboken6.isValid(o)]


@pytest.fixture(autouse=True, scope="session")
def english(qapp: QApplication) -> None:
    """The window's own words, with their plurals."""
    translation.install(qapp, ROOT / "resources" / "translations", translation.SOURCE)


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Installs a language; it is gone after the test."""
    installed: list[QTranslator] = []
    keep = qapp.installTranslator

    def install_one(language: str) -> None:
        assert translation.install(qapp, ROOT / "resources" / "translations", language) == language

    qapp.installTranslator = lambda t: (installed.append(t), keep(t))[1]  # type: ignore[method-assign]
    yield install_one
    qapp.installTranslator = keep  # type: ignore[method-assign]
    for translator in installed:
        qapp.removeTranslator(translator)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, ROOT / "resources")
    yield theme
    delete(theme)


@pytest.fixture
def messages() -> RecordingMessages:
    return RecordingMessages()


@pytest.fixture
def astronaut() -> Path:
    return SAMPLES / "astronaut.png"


@pytest.fixture
def hopper() -> Path:
    return SAMPLES / "grace_hopper.jpg"


class OpenWindow(Protocol):
    """Opens the whole window, with photos; the window before it is closed first."""

    def __call__(self, *photos: Path, engine: ServiceFactory | None = None) -> Application:
        """Over the fake engine unless another is given; it comes back when a model is there."""


@pytest.fixture
def open_window(
    qapp: QApplication,
    qtbot: QtBot,
    service: FakeService,
    messages: RecordingMessages,
    astronaut: Path,
    hopper: Path,
    tmp_path: Path,
) -> Iterator[OpenWindow]:
    """Windows over one data folder, one after the other."""
    desks: list[Application] = []

    def close(desk: Application) -> None:
        if desk.window.isVisible():
            desk.window.close()

    def begin(*photos: Path, engine: ServiceFactory | None = None) -> Application:
        for earlier in desks:
            close(earlier)
        settings, samples = Settings(tmp_path / "window.ini"), (astronaut, hopper)
        factory = engine or (lambda: service)
        desk = Application(qapp, factory, settings, samples=samples, messages=messages)
        desks.append(desk)
        desk.start(photos)
        wait_for(qtbot, lambda: desk.session.card is not None)
        return desk

    yield begin
    service.gate.set()
    for desk in desks:
        close(desk)
        delete(desk.window, desk)


class OpenIn(Protocol):
    """Opens the whole window in a language and a direction."""

    def __call__(self, language: str, *, mirrored: bool = False) -> Application:
        """As :class:`OpenWindow` does, without photos."""


@pytest.fixture
def opened(qapp: QApplication, speak: Callable[[str], None], open_window: OpenWindow) -> OpenIn:
    """Windows in any language."""

    def begin(language: str, *, mirrored: bool = False) -> Application:
        speak(language)
        if mirrored:
            qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return open_window()

    return begin


@pytest.fixture
def desk(open_window: OpenWindow) -> Application:
    """The whole window over the fake engine, started."""
    return open_window()


def delete(*objects: QObject) -> None:
    """Delete now: widgets that live on are styled again by every later test."""
    for one in objects:
        one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_for(qtbot: QtBot, done: Callable[[], bool]) -> None:
    """Let Qt run until something is so."""
    qtbot.waitUntil(done, timeout=WAIT_MS)
