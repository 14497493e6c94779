"""Which of the faces found now is which of those found before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.domain import Box, Face

_SAME_NUMBER = 0.3
_OTHER_NUMBER = 0.5


def overlap(one: Box, other: Box) -> float:
    """Shared area over joint area, 0..1."""
    across = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    down = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    shared = max(across, 0.0) * max(down, 0.0)
    joint = one.w * one.h + other.w * other.h - shared
    return shared / joint if joint > 0 else 0.0


def match_faces(known: Mapping[int, Box], found: Sequence[Face]) -> dict[int, int]:
    """Old number to new number; a face that is not there any more has none.

    A face with the same number needs to overlap a little, one with another number by half.
    """
    free = {face.index: face for face in found}
    numbers: dict[int, int] = {}
    for number, box in known.items():
        if number in free and overlap(box, free[number].box) >= _SAME_NUMBER:
            numbers[number] = number
            del free[number]
    for number, box in known.items():
        if number in numbers or not free:
            continue
        best = max(free.values(), key=lambda face: overlap(box, face.box))
        if overlap(box, best.box) >= _OTHER_NUMBER:
            numbers[number] = best.index
            del free[best.index]
    return numbers
