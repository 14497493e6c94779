"""Every failure a user can meet, each with a stable code and one sentence to act on.

The engine raises these and nothing else on purpose; the command line prints
``sentence`` and the window shows it. ``Cancelled`` is not a failure and stands apart.
"""

from __future__ import annotations


class EngineError(Exception):
    """Base of all failures with a sentence for the user.

    Attributes:
        code: stable, dotted identifier (``"photo.unreadable"``), for scripts and tests.
        sentence: one plain English sentence that says what happened and what to do.
    """

    code = "engine"

    def __init__(self, sentence: str, *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if code is not None:
            self.code = code


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


class TrainingError(EngineError):
    """Data, configuration or state of a training run is not usable."""

    code = "training"


class Cancelled(Exception):
    """The user asked to stop; raised from :meth:`engine.tasks.CancelToken.check`."""
