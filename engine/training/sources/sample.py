"""What every reader of a data set gives, and what they share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OLDEST = 116.0
_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled photo.

    Attributes:
        path: the picture.
        age: years, or ``None`` where the set does not say.
        gender: 0 male, 1 female, -1 unknown.
        race: UTKFace's 0 White, 1 Black, 2 Asian, 3 Indian, 4 other, -1 unknown.
        source: name of the data set.
        subject: who it is, where the set says; photos of one person stay in one split.
    """

    path: Path
    age: float | None
    gender: int
    race: int
    source: str
    subject: str = ""


def pictures(root: Path) -> list[Path]:
    """Every picture below a folder, sorted."""
    return [path for path in sorted(root.rglob("*")) if path.suffix.lower() in _SUFFIXES]


def plausible(age: float) -> float | None:
    """``age``, or ``None`` where nobody is that old."""
    return age if 0 <= age <= OLDEST else None
