"""A batch as plain values: what is to be made, how far each file is. No Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from engine.domain import AgeRequest
from gui.bridge.naming import fill, free_name, own_suffix
from gui.bridge.roles import BatchState
from gui.models.edits import request_from_json, request_to_json


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What all files of a batch have in common.

    Attributes:
        model: name of the model.
        folder: where the files go.
        pattern: file name with ``{name}``, ``{age}`` and ``{number}``, without an ending.
        suffix: ``.jpg``…, or empty for each photo's own where it can be written.
        skip_existing: leave out what is there already, instead of giving a new file a number.
        quality, keep_metadata, mark_ai, max_side, credentials, keep_place, own_compression,
            visible_mark: as in :class:`engine.orders.ExportSpec`.
    """

    model: str
    folder: str
    pattern: str = "{name}-at-{age}"
    suffix: str = ""
    skip_existing: bool = False
    quality: int = 95
    keep_metadata: bool = True
    mark_ai: bool = True
    max_side: int | None = None
    credentials: bool = True
    keep_place: bool = True
    own_compression: bool = True
    visible_mark: bool = False


@dataclass(slots=True, eq=False)
class BatchItem:
    """One file to come: one photo at one age.

    Attributes:
        photo: the source.
        age: target in years.
        faces: numbers of the faces to age; empty for all.
        skipped: numbers of the faces that stay as they are all the same.
        sources: face number to the age now, in years, where the user corrected the estimate.
        asked: face number to what the window asks for it; its strength and regions count here.
        state: how far it is.
        target: the file, known once it is being made.
        sentence: why it failed or was skipped.
        details: for a bug report.
    """

    photo: Path
    age: float
    faces: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    sources: Mapping[int, float] = field(default_factory=dict)
    asked: Mapping[int, AgeRequest] = field(default_factory=dict)
    state: BatchState = BatchState.WAITING
    target: Path | None = None
    sentence: str = ""
    details: str = ""


@dataclass(slots=True, eq=False)
class BatchQueue:
    """The options and every file, photo by photo."""

    options: BatchOptions
    items: list[BatchItem] = field(default_factory=list)

    def count(self, *states: BatchState) -> int:
        """How many files are in one of the states."""
        return sum(item.state in states for item in self.items)

    @property
    def unfinished(self) -> int:
        """How many files are still to be made."""
        return self.count(BatchState.WAITING, BatchState.WORKING)

    def next(self) -> int | None:
        """The number of the first file that waits."""
        rows = enumerate(self.items)
        return next((n for n, item in rows if item.state is BatchState.WAITING), None)

    def name_for(self, number: int) -> Path:
        """The file that an item asks for, before looking whether it is there."""
        item, options = self.items[number], self.options
        suffix = options.suffix or own_suffix(item.photo)
        age = f"{item.age:g}"
        name = fill(options.pattern, name=item.photo.stem, age=age, number=number + 1)
        return Path(options.folder) / f"{name}{suffix}"

    def target_for(self, number: int) -> Path:
        """The file that an item is written to: never one that is there or is another's."""
        taken = {item.target for item in self.items if item.target is not None}
        return free_name(self.name_for(number), taken)


def plan(
    options: BatchOptions,
    photos: Sequence[tuple[Path, tuple[int, ...]]],
    ages: Sequence[float],
    skipped: Mapping[Path, tuple[int, ...]] | None = None,
    sources: Mapping[Path, Mapping[int, float]] | None = None,
    asked: Mapping[Path, Mapping[int, AgeRequest]] | None = None,
) -> BatchQueue:
    """Every photo at every age: the faces chosen in it, but those skipped, from their ages now.

    A face that is ``asked`` for already is made as strongly, region by region.
    """
    left_out, now, known = skipped or {}, sources or {}, asked or {}
    items = [
        BatchItem(
            *(photo, age, faces),
            skipped=left_out.get(photo, ()),
            sources=now.get(photo, {}),
            asked=known.get(photo, {}),
        )
        for photo, faces in photos
        for age in ages
    ]
    return BatchQueue(options, items)


class BatchStore:
    """Keeps a queue in a file, one line a change, so that a crash loses nothing.

    The first line holds the whole queue; each later one says how one item is now.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def begin(self, queue: BatchQueue) -> None:
        """Write the whole queue. Raises OSError."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        whole = {"options": asdict(queue.options), "items": [_state(i) for i in queue.items]}
        fresh = self._file.with_suffix(".tmp")
        fresh.write_text(json.dumps(whole) + "\n", encoding="utf-8")
        fresh.replace(self._file)

    def note(self, number: int, item: BatchItem) -> None:
        """Write how one item is now. Raises OSError."""
        with self._file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"n": number, "item": _state(item)}) + "\n")

    def clear(self) -> None:
        """Forget the queue."""
        self._file.unlink(missing_ok=True)

    def load(self) -> BatchQueue | None:
        """The queue as it was; ``None`` without one, or with one that cannot be read.

        An item that was being made when the program ended counts as done where its file is
        there: it is written whole or not at all, under a name that was free.
        """
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
            whole = json.loads(lines[0])
            queue = BatchQueue(BatchOptions(**whole["options"]), [_item(i) for i in whole["items"]])
            for line in lines[1:]:
                _apply(queue, line)
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            return None
        for item in queue.items:
            if item.state is BatchState.WORKING:
                made = item.target is not None and item.target.is_file()
                item.state = BatchState.DONE if made else BatchState.WAITING
                item.target = item.target if made else None
        return queue


def _apply(queue: BatchQueue, line: str) -> None:
    """Take one change; a line cut short by a crash is the last, and says nothing."""
    try:
        change = json.loads(line)
    except ValueError:
        return
    queue.items[change["n"]] = _item(change["item"])


def _state(item: BatchItem) -> dict[str, Any]:
    return {
        "photo": str(item.photo),
        "age": item.age,
        "faces": list(item.faces),
        "skipped": list(item.skipped),
        "sources": [[face, age] for face, age in item.sources.items()],
        "asked": [request_to_json(request) for request in item.asked.values()],
        "state": item.state.value,
        "target": None if item.target is None else str(item.target),
        "sentence": item.sentence,
        "details": item.details,
    }


def _item(state: Mapping[str, Any]) -> BatchItem:
    target = state["target"]
    asked = [request_from_json(request) for request in state.get("asked", ())]
    return BatchItem(
        photo=Path(state["photo"]),
        age=float(state["age"]),
        faces=tuple(int(face) for face in state["faces"]),
        skipped=tuple(int(face) for face in state.get("skipped", ())),
        sources={int(face): float(age) for face, age in state.get("sources", ())},
        asked={request.face: request for request in asked},
        state=BatchState(state["state"]),
        target=None if target is None else Path(target),
        sentence=str(state["sentence"]),
        details=str(state["details"]),
    )
