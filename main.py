"""The one entry: ``python main.py [PHOTO…]`` opens the window; a subcommand runs headless.

Nothing heavy is imported here: the window appears first, and the engine's libraries load on its
worker thread, or in :mod:`engine.cli`.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.paths import program_name

if TYPE_CHECKING:
    from engine.service import AgingService

SUBCOMMANDS = frozenset(
    {
        "age",
        "batch",
        "faces",
        "models",
        "provenance",
        "prepare",
        "train",
        "evaluate",
        "benchmark",
        "export-weights",
        "self-test",
    }
)
PHOTO_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp"})
NO_DISPLAY = (
    "There is no display to open the window on; "
    f"age a photo without it: {program_name()} age PHOTO --to 65 -o old.jpg"
)
SELF_TEST = ("--self-test", "self-test")


def is_headless_command(argv: Sequence[str]) -> bool:
    """Whether the arguments are for the command line: a subcommand or an option comes first."""
    return bool(argv) and (argv[0] in SUBCOMMANDS or argv[0].startswith("-"))


def has_display(platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether Qt can open a window here, as far as the environment tells."""
    if not platform.startswith("linux"):
        return True
    return any(environ.get(k) for k in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def build_service() -> AgingService:
    """The real service. Slow: it imports native libraries; called on the worker thread."""
    from engine.inference.pipeline import build_service as build

    return build()


def sample_photos() -> list[Path]:
    """The public-domain photos that come along, for who has none at hand; may be empty."""
    from engine.paths import samples_dir

    return sorted(p for p in samples_dir().glob("*") if p.suffix in PHOTO_SUFFIXES)


def open_window(photos: Sequence[Path]) -> int:
    """Open the window on photos and give its exit code once it is closed."""
    try:
        from gui.start import run
    except ImportError as error:
        sys.stderr.write(f"The window cannot open ({error}); `make run` says what is missing.\n")
        return 1
    return run(build_service, photos, samples=sample_photos())


def benchmark_window(argv: Sequence[str]) -> int:
    """Measure the window: ``benchmark --gui [--json]``; without a display, off the screen."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.benchmark import FirstPaint, measure

    if "--first-paint" in argv:
        from gui.start import run

        return run(build_service, [], samples=sample_photos(), watcher=FirstPaint())
    from engine.cli import output
    from engine.cli.benchmark import program, show_window

    with (
        output.muted_natives(active=True),
        output.progress("Measuring") as tell,
        tempfile.TemporaryDirectory(prefix="agelens-benchmark-") as folder,
    ):
        figures = measure(program(), build_service, sample_photos()[0], Path(folder), tell)
    show_window(figures.stages, figures.idle_mb, as_json="--json" in argv)
    return 0


def self_test(argv: Sequence[str]) -> int:
    """Load what the window is made of, without opening it; then the engine's own steps."""
    from engine.cli import main as run_command

    if argv[1:]:
        return run_command(list(argv))
    try:
        from gui.start import runs_on
    except ImportError as error:
        sys.stdout.write(f"{'window':<13} FAILED  {error}\n")
        return 1
    sys.stdout.write(f"{'window':<13} ok      {runs_on()}\n")
    sys.stdout.flush()
    return run_command(list(argv))


def give_streams() -> None:
    """A windowed program on Windows has no stdout and stderr; what is written there is lost."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # open for good
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # open for good


def main(argv: Sequence[str]) -> int:
    """Send the arguments (without the program's name) where they belong."""
    give_streams()
    if argv[:1] and argv[0] in SELF_TEST:
        return self_test(argv)
    if argv[:1] == ["benchmark"] and "--gui" in argv:
        return benchmark_window(argv)
    if is_headless_command(argv):
        from engine.cli import main as run_command

        return run_command(list(argv))
    if not has_display():
        sys.stderr.write(NO_DISPLAY + "\n")
        return 1
    return open_window([Path(argument) for argument in argv])


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
