"""What a user has decided about one photo, as one frozen value, and its way to JSON and back.

Undo swaps whole values, so a new kind of edit is one more field here, with its line in
:meth:`Edits.to_json` and :meth:`Edits.from_json`; history and session need not know of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.domain import REGIONS, AgeRequest, Box


@dataclass(frozen=True, slots=True)
class Edits:
    """Everything done to a photo. Treat the mappings as frozen: ``with_…`` copies.

    Attributes:
        requests: face number to the age asked for, as asked (see :meth:`effective`).
        skipped: faces that stay as they are whatever is asked for them.
        ages: face number to the age now as the user corrected it, in years.
        boxes: number to the box that the user drew for a face that the search had missed.
    """

    requests: Mapping[int, AgeRequest] = field(default_factory=dict)
    skipped: frozenset[int] = frozenset()
    ages: Mapping[int, float] = field(default_factory=dict)
    boxes: Mapping[int, Box] = field(default_factory=dict)

    def with_request(self, request: AgeRequest) -> Edits:
        """Ask for a face at an age; a skipped face is taken in again.

        The age now is kept in ``ages`` alone, so that correcting it counts for what was asked.
        """
        requests = {**self.requests, request.face: replace(request, source=None)}
        return replace(self, requests=requests, skipped=self.skipped - {request.face})

    def without_request(self, face: int) -> Edits:
        """Leave a face as it is."""
        return replace(self, requests=_without(self.requests, face))

    def with_skipped(self, face: int, skipped: bool) -> Edits:
        """Skip a face, or take it in again with what was asked for it."""
        return replace(self, skipped=self.skipped | {face} if skipped else self.skipped - {face})

    def with_age(self, face: int, age: float | None) -> Edits:
        """Correct how old a face is now; ``None`` goes back to the estimate."""
        ages = _without(self.ages, face)
        return replace(self, ages=ages if age is None else {**ages, face: age})

    def with_box(self, face: int, box: Box) -> Edits:
        """Add a face that was missed, found inside a box."""
        return replace(self, boxes={**self.boxes, face: box})

    def renumbered(self, numbers: Mapping[int, int]) -> Edits:
        """The same for faces that carry other numbers; those not in ``numbers`` are dropped.

        Faces inside drawn boxes are numbered after the others where ``numbers`` has none.
        """
        numbers = dict(numbers)
        for box in sorted(self.boxes):
            numbers.setdefault(box, max(box, 1 + max(numbers.values(), default=0)))
        return replace(
            self,
            requests={
                numbers[n]: replace(request, face=numbers[n])
                for n, request in self.requests.items()
                if n in numbers
            },
            skipped=frozenset(numbers[n] for n in self.skipped if n in numbers),
            ages={numbers[n]: age for n, age in self.ages.items() if n in numbers},
            boxes={numbers[n]: box for n, box in self.boxes.items() if n in numbers},
        )

    def effective(self, limits: tuple[float, float] | None = None) -> dict[int, AgeRequest]:
        """What the engine is to be asked: no skipped face, corrected ages, targets in range."""
        return {
            number: self.completed(request, limits)
            for number, request in self.requests.items()
            if number not in self.skipped
        }

    def completed(
        self, request: AgeRequest, limits: tuple[float, float] | None = None
    ) -> AgeRequest:
        """A request with the face's corrected age and its target inside a model's limits."""
        target = request.target
        if limits is not None:
            target = min(max(target, limits[0]), limits[1])
        source = self.ages.get(request.face, request.source)
        return replace(request, target=target, source=source)

    def to_json(self) -> dict[str, Any]:
        """Plain lists and numbers."""
        return {
            "requests": [request_to_json(request) for request in self.requests.values()],
            "skipped": sorted(self.skipped),
            "ages": [[face, age] for face, age in self.ages.items()],
            "boxes": [[face, box.x, box.y, box.w, box.h] for face, box in self.boxes.items()],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Edits:
        """Read what :meth:`to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: for anything else.
        """
        requests: Iterable[AgeRequest] = map(request_from_json, data.get("requests", ()))
        return cls(
            requests={request.face: request for request in requests},
            skipped=frozenset(int(face) for face in data.get("skipped", ())),
            ages={int(face): float(age) for face, age in data.get("ages", ())},
            boxes={int(n): Box(*map(float, sides)) for n, *sides in data.get("boxes", ())},
        )


def request_to_json(request: AgeRequest) -> dict[str, Any]:
    """Plain lists and numbers."""
    return {
        "face": request.face,
        "target": request.target,
        "source": request.source,
        "strength": request.strength,
        "regions": sorted(request.regions),
        "shares": dict(request.shares),
    }


def request_from_json(data: Mapping[str, Any]) -> AgeRequest:
    """Read what :func:`request_to_json` wrote. Raises KeyError, TypeError or ValueError."""
    source = data.get("source")
    return AgeRequest(
        face=int(data["face"]),
        target=float(data["target"]),
        source=None if source is None else float(source),
        strength=float(data.get("strength", 1.0)),
        regions=REGIONS & frozenset(data.get("regions", REGIONS)),
        shares=tuple(sorted((str(k), float(v)) for k, v in data.get("shares", {}).items())),
    )


def _without(mapping: Mapping[int, Any], face: int) -> dict[int, Any]:
    return {number: value for number, value in mapping.items() if number != face}
