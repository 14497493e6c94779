"""Parses the command line, runs one command and turns what happens into an exit code.

0: done. 1: the job failed, one sentence on stderr says why. 2: wrong usage. 130: interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from engine import __version__
from engine.cli import output
from engine.errors import Cancelled, EngineError
from engine.paths import build_commit, can_train, program_name

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

logger = logging.getLogger("agelens")


@dataclass(frozen=True, slots=True)
class Command:
    """A command, its help, the module behind it, and whether native libraries chatter in it.

    What belongs to training is not in the packaged application.
    """

    name: str
    summary: str
    chatty: bool = True
    training: bool = False

    @property
    def module(self) -> str:
        """Where its ``add_arguments`` and ``run`` are."""
        return f"engine.cli.{self.name.replace('-', '_')}"


COMMANDS = (
    Command("age", "show the faces of a photo at another age, in the photo itself"),
    Command("batch", "age many photos, going on past failures"),
    Command("faces", "list the faces of a photo"),
    Command("models", "list the installed models"),
    Command("provenance", "tell what a file says about how it was made", chatty=False),
    Command(
        "prepare", "turn raw data sets into one that `train` reads", chatty=False, training=True
    ),
    Command("train", "run a recipe from its TOML", chatty=False, training=True),
    Command(
        "evaluate", "measure a model on faces that no training saw", chatty=False, training=True
    ),
    Command("benchmark", "measure speed and memory on this machine"),
    Command(
        "export-weights",
        "install a run's weights with their manifest entry",
        chatty=False,
        training=True,
    ),
    Command("self-test", "do the main job on a sample photo, one line a step"),
)
SELF_TEST = "--self-test"


class CommandModule(Protocol):
    """What a command's module offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's options."""

    def run(self, args: argparse.Namespace) -> int:
        """Do the work; the exit code. May raise EngineError or Cancelled."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line.

    Args:
        argv: arguments without the program's name; ``None`` takes the process's own.

    Returns:
        The exit code. Never raises, never exits by itself.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == [SELF_TEST]:
        arguments[0] = SELF_TEST.removeprefix("--")
    command = _asked_for(arguments)
    if command is not None and command not in _offered():
        output.problem(
            f"`{command.name}` belongs to training, which the packaged Agelens does without; "
            "run it from a checkout of the source."
        )
        return FAILED
    module = _load(command) if command is not None else None
    parser = build_parser(command, module)
    try:
        args = parser.parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    assert command is not None and module is not None  # the parser requires a command
    with _logging(args.debug), output.muted_natives(active=command.chatty and not args.debug):
        return _guarded(module, args)


def build_parser(
    command: Command | None = None, module: CommandModule | None = None
) -> argparse.ArgumentParser:
    """The parser: every command with its summary, the asked one with its options."""
    parser = argparse.ArgumentParser(
        prog=program_name().removeprefix("python "),
        description="Agelens shows faces at another age, offline. "
        "Without a command it opens the window on the photos given.",
    )
    parser.add_argument("--version", action="version", version=_version())
    parser.add_argument("--debug", action="store_true", help="show the traceback of a failure")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for known in _offered():
        sub = commands.add_parser(known.name, help=known.summary, description=known.summary)
        sub.add_argument(
            "--debug",
            action="store_true",
            default=argparse.SUPPRESS,
            help="show the traceback of a failure",
        )
        if known is command and module is not None:
            module.add_arguments(sub)
    return parser


def _version() -> str:
    commit = build_commit()
    return f"Agelens {__version__} ({commit})" if commit else f"Agelens {__version__}"


def _offered() -> list[Command]:
    """The commands that work here."""
    return [command for command in COMMANDS if can_train() or not command.training]


def _asked_for(arguments: Sequence[str]) -> Command | None:
    names = {command.name: command for command in COMMANDS}
    first = next((word for word in arguments if not word.startswith("-")), None)
    return names.get(first) if first is not None else None


def _load(command: Command) -> CommandModule:
    return cast(CommandModule, importlib.import_module(command.module))


def _guarded(module: CommandModule, args: argparse.Namespace) -> int:
    """Run a command; whatever goes wrong becomes one sentence and an exit code."""
    try:
        return module.run(args)
    except EngineError as error:
        logger.debug("failed with %s", error.code, exc_info=True)
        output.problem(error.sentence)
        return FAILED
    except SystemExit as stop:  # a command's own parser found the options wrong together
        return stop.code if isinstance(stop.code, int) else WRONG_USAGE
    except (KeyboardInterrupt, Cancelled):
        output.problem("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read stdout has left, as `head` does; nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        logger.debug("failed unexpectedly", exc_info=True)
        reason = " ".join(str(error).split()) or type(error).__name__
        output.problem(f"Something went wrong ({reason}); run it with --debug for details.")
        return FAILED


class _logging:
    """Shows the project's own log on stderr while ``--debug`` is on."""

    def __init__(self, active: bool) -> None:
        self._handler = logging.StreamHandler() if active else None

    def __enter__(self) -> None:
        if self._handler is not None:
            logger.addHandler(self._handler)
            logger.setLevel(logging.DEBUG)

    def __exit__(self, *_: object) -> None:
        if self._handler is not None:
            logger.removeHandler(self._handler)
            logger.setLevel(logging.NOTSET)
