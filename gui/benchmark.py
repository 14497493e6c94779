"""What the window costs: its start, the dial, the longest stall, scrolling, memory.

Run by ``python main.py benchmark --gui``. Everything is the real thing: the same window, the
real engine on its worker thread, real photos made from a sample. Progress is told stage by stage.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from engine.orders import ExportSpec
from engine.service import ServiceFactory
from engine.tasks import Progress, no_progress
from gui.app import Application
from gui.bridge.settings import Settings

PAINTED = "painted at"
_STARTS = 5
_AGES = tuple(float(age) for age in range(22, 79, 4))
_THUMBNAILS, _SCROLLED, _RESTING = 1_000, 5_000, 500
_FRAMES, _FRAME_MS = 200, 16
_WIDTH = 1_600
_TICK_MS = 4
_PATIENCE_S = 300.0


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """Stages as ``{"name", "median_ms", "min_ms", "max_ms"}``; resident memory in megabytes."""

    stages: list[dict[str, Any]]
    idle_mb: float | None


class Stopwatch(QObject):
    """Notes the longest time between two ticks of a timer on this thread: its longest stall."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def restart(self) -> None:
        """Begin to watch."""
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> float:
        """End; gives the longest gap in milliseconds."""
        self._tick()
        self._timer.stop()
        return self.longest_ms

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, 1e3 * (now - self._last))
        self._last = now


class FirstPaint(QObject):
    """Writes when a window was painted and free again, then closes it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._report)
        return False

    def _report(self) -> None:
        sys.stdout.write(f"{PAINTED} {time.monotonic()}\n")
        sys.stdout.flush()
        os._exit(0)  # the engine is still loading; there is nothing to save


def measure(
    program: Sequence[str],
    factory: ServiceFactory,
    sample: Path,
    work: Path,
    tell: Progress = no_progress,
) -> WindowFigures:
    """All figures.

    Args:
        program: starts the application.
        factory: builds the engine.
        sample: a photo with a face.
        work: an empty folder; photos, settings and the session are written there.
        tell: is told how far it is, on this thread.

    Raises:
        TimeoutError: if the window does not come to rest; says what it was at.
    """
    os.environ |= {"XDG_DATA_HOME": str(work / "data"), "XDG_CACHE_HOME": str(work / "cache")}
    tell(0.0, "starting the window")
    stages = [_start(program, work)]
    tell(0.2, "starting the engine")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    bench = _WindowBench(app, factory, work)
    try:
        tell(0.3, "moving the dial")
        stages += bench.dial(sample)
        tell(0.5, "exporting")
        stages.append(bench.export())
        tell(0.6, f"{_THUMBNAILS:,} thumbnails")
        stages.append(bench.thumbnails(sample))
        tell(0.8, "scrolling")
        stages.append(bench.scroll())
        tell(0.9, "resting")
        idle = bench.idle()
    finally:
        bench.close()
    return WindowFigures(stages, idle)


def _start(program: Sequence[str], work: Path) -> dict[str, Any]:
    """From the command to a painted window that answers; the first, which compiles, not counted."""
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(work / "bytecode")}
    times = []
    for _ in range(_STARTS + 1):
        begun = time.monotonic()
        done = subprocess.run(
            [*program, "benchmark", "--gui", "--first-paint"],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | compiled,
        )
        line = next(one for one in done.stdout.splitlines() if one.startswith(PAINTED))
        times.append(float(line.removeprefix(PAINTED)) - begun)
    return _stage("start to a painted window", times[1:])


class _WindowBench:
    """One window with the real engine, driven from outside."""

    def __init__(self, app: QApplication, factory: ServiceFactory, work: Path) -> None:
        self._work = work
        self._watch = Stopwatch()
        self._desk = Application(app, factory, Settings(work / "window.ini"))
        self._desk.start()
        self._until(lambda: self._desk.session.device is not None)

    def close(self) -> None:
        self._desk.window.close()

    def dial(self, sample: Path) -> list[dict[str, Any]]:
        """Preview after the dial moved, once the face is encoded; stall meanwhile."""
        desk, session = self._desk, self._desk.session
        photo = Path(shutil.copy(sample, self._work / sample.name))
        desk.open_photos.add([photo])
        self._until(lambda: session.current is not None and session.current.face is not None)
        self._until_quiet()
        arrived: list[object] = []
        session.preview_arrived.connect(arrived.append)
        times = []
        self._watch.restart()
        for age in _AGES:
            arrived.clear()
            begun = time.perf_counter()
            desk.age_face.set_target(age)
            self._until(lambda: bool(arrived), pause_ms=1)
            times.append(time.perf_counter() - begun)
        self._until_quiet()
        stall = self._watch.stop()
        return [_stage("preview after the dial", times), _once("longest stall, ageing", stall)]

    def export(self) -> dict[str, Any]:
        """The longest gap while a photo is exported."""
        target = self._work / "exported.png"
        self._watch.restart()
        self._desk.export_results.export(ExportSpec(target))
        self._until(target.exists)
        self._until_quiet()
        return _once("longest stall, exporting", self._watch.stop())

    def thumbnails(self, sample: Path) -> dict[str, Any]:
        """The longest gap while 1,000 photos are opened and thumbnailed for the first time."""
        folder = self._many(sample)
        made: set[Path] = set()
        self._desk.thumbnails.loaded.connect(lambda path, _image: made.add(path))
        gallery = self._desk.session.gallery
        self._watch.restart()
        self._desk.open_photos.add([folder])
        self._until(lambda: gallery.rowCount() > _THUMBNAILS)
        for entry in gallery.entries:
            self._desk.thumbnails.load(entry.path)
            _wait(0)  # as scrolling asks for them: not all in one go
        self._until(lambda: len(made) > _THUMBNAILS)
        self._until_quiet()
        return _once(f"longest stall, {_THUMBNAILS:,} thumbnails", self._watch.stop())

    def scroll(self) -> dict[str, Any]:
        """A frame while a gallery of 5,000 photos is scrolled, thumbnails coming in meanwhile."""
        gallery = self._desk.session.gallery
        gallery.add(self._links(_SCROLLED - gallery.rowCount()))
        view = self._desk.window.gallery
        bar = view.verticalScrollBar()
        _wait(1_000)
        times = []
        for position in range(0, bar.maximum(), max(1, bar.maximum() // _FRAMES)):
            begun = time.perf_counter()
            bar.setValue(position)
            QCoreApplication.processEvents()
            view.viewport().repaint()
            times.append(time.perf_counter() - begun)
            _wait(_FRAME_MS)
        return _stage(f"scrolling {_SCROLLED:,} thumbnails, a frame", times)

    def idle(self) -> float | None:
        """Resident memory with 500 photos in the gallery, in megabytes, where Linux tells it."""
        gallery = self._desk.session.gallery
        for entry in reversed(gallery.entries[_RESTING:]):
            self._desk.open_photos.remove(entry)
        self._until_quiet()
        self._desk.runner.rest()  # what a minute without work brings
        _wait(2_000)
        status = Path("/proc/self/status")
        if not status.exists():
            return None
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _many(self, sample: Path) -> Path:
        """A folder of photos that all differ, if only behind the picture's last byte."""
        folder = self._work / "many"
        folder.mkdir()
        first = folder / "photo-0000.jpg"
        QImage(str(sample)).scaledToWidth(_WIDTH).save(str(first), quality=85)
        picture = first.read_bytes()
        for number in range(1, _THUMBNAILS):
            (folder / f"photo-{number:04d}.jpg").write_bytes(picture + str(number).encode())
        return folder

    def _links(self, count: int) -> list[Path]:
        """More names for those photos."""
        photos = sorted((self._work / "many").iterdir())
        folder = self._work / "more"
        folder.mkdir()
        names = [folder / f"again-{number:04d}.jpg" for number in range(count)]
        for number, name in enumerate(names):
            try:
                os.link(photos[number % len(photos)], name)
            except OSError:  # a file system without links
                shutil.copy(photos[number % len(photos)], name)
        return names

    def _until_quiet(self) -> None:
        runner = self._desk.runner
        for _ in range(2):  # the composite starts only after a rest
            self._until(lambda: runner.running is None and not runner.waiting)
            _wait(400)

    def _until(self, done: Callable[[], bool], *, pause_ms: int = 10) -> None:
        end = time.monotonic() + _PATIENCE_S
        while not done():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to rest")
            _wait(pause_ms)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _stage(name: str, times_s: Sequence[float]) -> dict[str, Any]:
    times = [1e3 * one for one in times_s]
    return {
        "name": name,
        "median_ms": round(statistics.median(times), 2),
        "min_ms": round(min(times), 2),
        "max_ms": round(max(times), 2),
    }


def _once(name: str, value_ms: float) -> dict[str, Any]:
    return _stage(name, [value_ms / 1e3])
