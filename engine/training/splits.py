"""Who is held out: whole people, the same share of every age, the same ones on every machine."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from engine.training.shards import Labels

TRAIN, VALIDATION = "train", "val"
_DECADE = 10


def splits(faces: Sequence[Labels], validation: float) -> list[str]:
    """``"train"`` or ``"val"`` for each face.

    People are put in the decade of their median age (those without an age together), ordered by
    a hash of who they are, and the first ``validation`` share of each decade is held out. A face
    whose source names nobody is a person of its own.
    """
    ages: defaultdict[str, list[float]] = defaultdict(list)
    for face in faces:
        ages[who(face)].extend([] if face.age is None else [face.age])
    decades: defaultdict[int, list[str]] = defaultdict(list)
    for person, years in ages.items():
        decades[int(np.median(years)) // _DECADE if years else -1].append(person)
    held_out: set[str] = set()
    for people in decades.values():
        people.sort(key=lambda person: hashlib.sha256(person.encode()).digest())
        held_out.update(people[: round(len(people) * validation)])
    return [VALIDATION if who(face) in held_out else TRAIN for face in faces]


def who(face: Labels) -> str:
    """The person, the same one in every source, or the photo where nobody is named."""
    return face.subject or face.file
