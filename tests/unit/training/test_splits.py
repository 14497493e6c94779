"""Who is held out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.training.shards import Labels
from engine.training.splits import splits, who


def person(number: int, age: float | None, subject: str = "") -> Labels:
    return Labels(f"{number}.jpg", "set", subject, age, -1, -1, 100.0, 0.0)


PEOPLE = st.lists(
    st.tuples(st.one_of(st.none(), st.floats(0, 100)), st.sampled_from(["", "a", "b", "c"])),
    max_size=80,
)


@given(PEOPLE, st.floats(0, 1))
def test_nobody_is_on_both_sides(people: list[tuple[float | None, str]], share: float) -> None:
    faces = [person(i, age, subject) for i, (age, subject) in enumerate(people)]
    sides: dict[str, set[str]] = {}
    for face, side in zip(faces, splits(faces, share), strict=True):
        sides.setdefault(who(face), set()).add(side)
    assert all(len(found) == 1 for found in sides.values())


def test_every_age_is_held_out_alike() -> None:
    faces = [person(i, 5 + 10 * (i % 8)) for i in range(1600)]
    held_out = [f.age for f, side in zip(faces, splits(faces, 0.1), strict=True) if side == "val"]
    assert [held_out.count(5 + 10 * decade) for decade in range(8)] == [20] * 8


def test_the_order_does_not_matter() -> None:
    faces = [person(i, 30.0 + i % 40) for i in range(300)]
    there = dict(zip((f.file for f in faces), splits(faces, 0.2), strict=True))
    back = dict(zip((f.file for f in faces[::-1]), splits(faces[::-1], 0.2), strict=True))
    assert there == back


def test_no_share_holds_nobody_out() -> None:
    assert set(splits([person(i, 30.0) for i in range(50)], 0.0)) == {"train"}
