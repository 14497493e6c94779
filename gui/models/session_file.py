"""What the next start needs to go on, as JSON and back. No Qt, no reading or writing.

A record that cannot be read is left out; the others are kept. Unknown fields are ignored, so an
older window reads what a newer one wrote.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.domain import Box
from gui.models.edits import Edits
from gui.models.history import History, Step
from gui.models.photo_entry import PhotoEntry

VERSION = 1


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """One open photo.

    Attributes:
        path: the file.
        sha256: its digest when it was open; empty if it never was.
        exported: whether its edits were exported as they are.
        selected: the chosen face.
        beside: the faces chosen along with it.
        boxes: face number to box, to know the faces again.
        start: edits before the first step.
        steps: the history, undone steps too.
        position: how many steps are done.
    """

    path: Path
    sha256: str = ""
    exported: bool = False
    selected: int | None = None
    beside: frozenset[int] = frozenset()
    boxes: Mapping[int, Box] = field(default_factory=dict)
    start: Edits = field(default_factory=Edits)
    steps: Sequence[Step] = ()
    position: int = 0

    @classmethod
    def of(cls, entry: PhotoEntry, history: History, exported: bool) -> PhotoRecord:
        """Describe an open photo as it is now."""
        return cls(
            path=entry.path,
            sha256=entry.sha256,
            exported=exported,
            selected=entry.selected,
            beside=entry.beside,
            boxes=entry.face_boxes,
            start=history.start(entry),
            steps=tuple(history.steps(entry)),
            position=history.position(entry),
        )

    def to_json(self) -> str:
        """One JSON object."""
        return json.dumps(
            {
                "path": str(self.path),
                "sha256": self.sha256,
                "exported": self.exported,
                "selected": self.selected,
                "beside": sorted(self.beside),
                "faces": [[n, box.x, box.y, box.w, box.h] for n, box in self.boxes.items()],
                "start": self.start.to_json(),
                "steps": [{"text": s.text, "edits": s.edits.to_json()} for s in self.steps],
                "position": self.position,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PhotoRecord:
        """Read one. Raises KeyError, TypeError, ValueError or AttributeError for what is none."""
        selected = data.get("selected")
        return cls(
            path=Path(str(data["path"])),
            sha256=str(data.get("sha256", "")),
            exported=bool(data.get("exported", False)),
            selected=None if selected is None else int(selected),
            beside=frozenset(int(number) for number in data.get("beside", ())),
            boxes={int(n): Box(*map(float, sides)) for n, *sides in data.get("faces", ())},
            start=Edits.from_json(data.get("start", {})),
            steps=tuple(
                Step(str(step["text"]), Edits.from_json(step["edits"]))
                for step in data.get("steps", ())
            ),
            position=int(data.get("position", 0)),
        )


class WordedRecord:
    """A record that is put into words once, by who writes it: thousands take a while."""

    def __init__(self, record: PhotoRecord) -> None:
        self._record = record
        self._words = ""

    def to_json(self) -> str:
        """As :meth:`PhotoRecord.to_json`. One thread."""
        self._words = self._words or self._record.to_json()
        return self._words


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """Everything that is kept; ``spoiled`` counts records that could not be read."""

    photos: Sequence[PhotoRecord] = ()
    current: Path | None = None
    model: str = ""
    spoiled: int = 0


def encode(photos: Sequence[str], current: Path | None, model: str) -> str:
    """The file's text; ``photos`` are records already encoded by :meth:`PhotoRecord.to_json`."""
    head = {"version": VERSION, "model": model, "current": str(current) if current else None}
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{start}, "photos": [\n' + ",\n".join(photos) + "\n]}\n"


def decode(text: str) -> SessionRecord:
    """Read a file's text. Raises ValueError if it is no session at all."""
    data = json.loads(text)
    if not isinstance(data, dict) or not isinstance(data.get("photos"), list):
        raise ValueError("no list of photos")
    photos: list[PhotoRecord] = []
    for record in data["photos"]:
        try:
            photos.append(PhotoRecord.from_json(record))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    current = data.get("current")
    return SessionRecord(
        photos=tuple(photos),
        current=Path(current) if isinstance(current, str) else None,
        model=str(data.get("model", "")),
        spoiled=len(data["photos"]) - len(photos),
    )
