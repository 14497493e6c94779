"""Every failure a user can meet, each with a stable code and one sentence to act on.

The engine raises these and nothing else on purpose; the command line prints
``sentence`` and the window shows it. ``Cancelled`` is not a failure and stands apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self


class Sentence(str):
    """A plain English sentence that also knows what it says, for who says it in another language.

    Attributes:
        code: stable, dotted identifier of what is said.
        values: what the words name, such as ``{"name": "me.jpg"}``, as text.
        parts: the sentences that it was joined of; empty for one.
    """

    code: str
    values: Mapping[str, str]
    parts: tuple[str, ...]

    def __new__(cls, text: str, code: str = "", **values: object) -> Self:
        """``text`` is what it says; ``values`` are kept beside it."""
        self = super().__new__(cls, text)
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}
        self.parts = ()
        return self

    @classmethod
    def joined(cls, parts: Sequence[str]) -> Self:
        """Sentences as one text."""
        self = cls(" ".join(parts))
        self.parts = tuple(parts)
        return self


class EngineError(Exception):
    """Base of all failures with a sentence for the user.

    Args:
        sentence: what happened and what to do; one with a code of its own keeps it.
        code: replaces the class's.
        values: what the sentence names, for who says it in another language.

    Attributes:
        code: stable, dotted identifier (``"photo.unreadable"``), for scripts and tests.
        sentence: one plain English sentence that says what happened and what to do.
    """

    code = "engine"

    def __init__(self, sentence: str, *, code: str | None = None, **values: object) -> None:
        super().__init__(sentence)
        if code is not None:
            self.code = code
        known = isinstance(sentence, Sentence)
        self.sentence = sentence if known else Sentence(sentence, self.code, **values)


class PhotoError(EngineError):
    """A photo cannot be read: missing, a folder, damaged, too large, not an image."""

    code = "photo"


class FaceError(EngineError):
    """No face, or one that cannot be aged (too small, in profile, out of the list)."""

    code = "face"


class AgeError(EngineError):
    """An age or age group that the model does not offer."""

    code = "age"


class ModelError(EngineError):
    """A model or asset is unknown, missing, damaged, of another hash or of an unsafe format."""

    code = "model"


class DeviceError(EngineError):
    """A compute device that was asked for by name is not there or does not work."""

    code = "device"


class ExportError(EngineError):
    """A result cannot be written: folder missing, read-only, full, or it would hit an original."""

    code = "export"


class RecipeError(EngineError):
    """A recipe cannot be read, or what it speaks of is not there any more."""

    code = "recipe"


class TrainingError(EngineError):
    """Data, configuration or state of a training run is not usable."""

    code = "training"


class Cancelled(Exception):
    """The user asked to stop; raised from :meth:`engine.tasks.CancelToken.check`."""
