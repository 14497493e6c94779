"""Names that models and views share about the rows they show."""

from __future__ import annotations

from enum import Enum, IntEnum

from PySide6.QtCore import Qt


class PhotoState(Enum):
    """How far a photo has come."""

    NEW = "new"
    WORKING = "working"
    READY = "ready"
    AGED = "aged"
    EXPORTED = "exported"
    FAILED = "failed"


class GalleryRole(IntEnum):
    """What the gallery model answers beside Qt's own roles."""

    STATE = Qt.ItemDataRole.UserRole + 1
    FACES = Qt.ItemDataRole.UserRole + 2
    ENTRY = Qt.ItemDataRole.UserRole + 3


class FaceState(Enum):
    """What becomes of a face."""

    PLAIN = "plain"
    AGED = "aged"
    SKIPPED = "skipped"
    BLOCKED = "blocked"


class FaceRole(IntEnum):
    """What the face model answers beside Qt's own roles."""

    NUMBER = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2
    AGE = Qt.ItemDataRole.UserRole + 3
    CORRECTED = Qt.ItemDataRole.UserRole + 4
    CAPTION = Qt.ItemDataRole.UserRole + 5


class TimelineRole(IntEnum):
    """What the timeline's model answers beside Qt's own roles."""

    AGE = Qt.ItemDataRole.UserRole + 1
    CHOSEN = Qt.ItemDataRole.UserRole + 2


class BatchState(Enum):
    """How far a file of a batch is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class BatchRole(IntEnum):
    """What the batch's model answers beside Qt's own roles."""

    STATE = Qt.ItemDataRole.UserRole + 1
    RESULT = Qt.ItemDataRole.UserRole + 2


class JobState(Enum):
    """How far a piece of work is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobRole(IntEnum):
    """What the list of work answers beside Qt's own roles."""

    STATE = Qt.ItemDataRole.UserRole + 1
    SHARE = Qt.ItemDataRole.UserRole + 2
    RESULT = Qt.ItemDataRole.UserRole + 3
    LINE = Qt.ItemDataRole.UserRole + 4
