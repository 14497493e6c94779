"""The one way a message reaches the user. GUI thread only.

Controllers call :class:`Messages`; the window shows what it posts; tests record it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal


class Level(Enum):
    """How much attention a message asks for."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the user.

    Attributes:
        level: how much attention it asks for.
        sentence: plain words: what happened and what to do.
        details: text for a bug report; empty if there is nothing to add.
        folder: a folder that the message offers to open, or ``None``.
        action: the name of something that the message offers to do, and what does it.
    """

    level: Level
    sentence: str
    details: str = ""
    folder: Path | None = None
    action: tuple[str, Callable[[], None]] | None = None


class Messages(QObject):
    """Takes messages from controllers and hands them to whoever shows them."""

    posted = Signal(object)

    def post(self, message: Message) -> None:
        """Hand on one message."""
        self.posted.emit(message)

    def info(self, sentence: str) -> None:
        """Something worth knowing, nothing to do."""
        self.post(Message(Level.INFO, sentence))

    def success(self, sentence: str, *, folder: Path | None = None) -> None:
        """Something the user asked for is done."""
        self.post(Message(Level.SUCCESS, sentence, folder=folder))

    def warning(self, sentence: str, details: str = "") -> None:
        """Something went on, but not as the user may think."""
        self.post(Message(Level.WARNING, sentence, details))

    def error(self, sentence: str, details: str = "") -> None:
        """Something the user asked for did not happen."""
        self.post(Message(Level.ERROR, sentence, details))
