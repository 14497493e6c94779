"""Undo and redo, without widgets: steps, merges, limits, JSON."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain import AgeRequest
from gui.bridge.roles import PhotoState
from gui.models.edits import Edits
from gui.models.history import Step
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from tests.fakes.fake_service import CONTINUOUS, GROUPED


@pytest.fixture
def session(qapp: object) -> Session:
    session = Session()
    session.set_models((CONTINUOUS, GROUPED))
    return session


@pytest.fixture
def entry(session: Session) -> PhotoEntry:
    entry = session.gallery.add([Path("/photos/a.jpg")])[0]
    session.show(entry)
    return entry


def test_every_step_can_be_undone_and_done_again(session: Session, entry: PhotoEntry) -> None:
    history, seen = session.history, [entry.asked]
    for act in (
        lambda: session.edit(entry, AgeRequest(1, 60.0)),
        lambda: session.edit(entry, AgeRequest(1, 60.0, strength=0.5)),
        lambda: session.correct_age(entry, 1, 41.0),
        lambda: session.skip_faces(entry, [1], True),
        lambda: session.skip_faces(entry, [1], False),
        lambda: session.clear_edit(entry, 1),
        lambda: session.correct_age(entry, 1, None),
    ):
        act()
        seen.append(entry.asked)
    assert len(seen) == 8
    for asked in reversed(seen[:-1]):
        history.group.undo()
        assert entry.asked == asked
    assert not history.group.canUndo()
    for asked in seen[1:]:
        history.group.redo()
        assert entry.asked == asked


def test_what_the_engine_is_asked(session: Session, entry: PhotoEntry) -> None:
    session.edit(entry, AgeRequest(1, 60.0))
    session.edit(entry, AgeRequest(2, 70.0))
    session.correct_age(entry, 2, 33.0)
    assert entry.edits == {1: AgeRequest(1, 60.0), 2: AgeRequest(2, 70.0, source=33.0)}
    session.edit(entry, entry.request(2, 65.0))
    session.correct_age(entry, 2, 34.0)
    assert entry.edits[2] == AgeRequest(2, 65.0, source=34.0)
    session.correct_age(entry, 2, None)
    assert entry.edits[2] == AgeRequest(2, 65.0)
    session.correct_age(entry, 2, 33.0)
    session.skip_faces(entry, [1], True)
    assert list(entry.edits) == [2]
    assert entry.request(2, 20.0) == AgeRequest(2, 20.0, source=33.0)
    session.edit(entry, AgeRequest(1, 50.0))
    assert sorted(entry.edits) == [1, 2]


def test_a_drag_is_one_step(session: Session, entry: PhotoEntry) -> None:
    stack = session.history
    for age in range(40, 60):
        session.edit(entry, AgeRequest(1, float(age)))
    assert [step.text for step in stack.steps(entry)] == ["Face 1 at 59"]
    stack.seal()
    session.edit(entry, AgeRequest(1, 70.0))
    session.edit(entry, AgeRequest(2, 70.0))
    session.edit(entry, AgeRequest(2, 70.0, strength=0.4))
    texts = [step.text for step in stack.steps(entry)]
    assert texts == ["Face 1 at 59", "Face 1 at 70", "Face 2 at 70", "Strength of face 2: 40 %"]
    stack.group.undo()
    stack.group.undo()
    stack.group.undo()
    assert entry.edits[1].target == 59.0


def test_a_drag_that_ends_where_it_began_is_no_step(session: Session, entry: PhotoEntry) -> None:
    session.edit(entry, AgeRequest(1, 50.0))
    session.history.hold()
    for age in (55.0, 60.0, 50.0):
        session.edit(entry, AgeRequest(1, age))
    session.history.seal()
    assert [step.text for step in session.history.steps(entry)] == ["Face 1 at 50"]
    assert entry.edits[1].target == 50.0


def test_nothing_new_is_no_step(session: Session, entry: PhotoEntry) -> None:
    session.skip_faces(entry, [1], False)
    session.clear_edit(entry, 1)
    assert not session.history.steps(entry)


def test_each_photo_has_its_own_history(session: Session, entry: PhotoEntry) -> None:
    other = session.gallery.add([Path("/photos/b.jpg")])[0]
    session.edit(entry, AgeRequest(1, 60.0))
    session.show(other)
    assert not session.history.group.canUndo()
    session.edit(other, AgeRequest(1, 20.0))
    session.history.group.undo()
    assert entry.edits
    assert not other.edits
    session.show(None)
    assert not session.history.group.canUndo()
    session.show(entry)
    assert session.history.group.canUndo()


def test_undoing_everything_leaves_the_photo_as_it_was(session: Session, entry: PhotoEntry) -> None:
    told: list[int] = []
    session.edits_changed.connect(lambda: told.append(len(entry.edits)))
    session.edit(entry, AgeRequest(1, 60.0))
    assert entry.state is PhotoState.AGED
    stamp = entry.edit_stamp
    session.history.group.undo()
    assert entry.state is PhotoState.READY
    assert entry.edit_stamp > stamp
    assert told == [1, 0]


def test_a_model_with_other_ages_asks_at_its_end(session: Session, entry: PhotoEntry) -> None:
    """What was asked is not lost: it is asked again by the model that knows the age."""
    session.edit(entry, AgeRequest(1, 78.0))
    session.choose_model(GROUPED.name)
    assert entry.edits[1].target == GROUPED.age_max
    session.choose_model(CONTINUOUS.name)
    assert entry.edits[1].target == 78.0


def test_a_forgotten_photo_leaves_no_history(session: Session, entry: PhotoEntry) -> None:
    session.edit(entry, AgeRequest(1, 60.0))
    session.forget(entry)
    session.show(None)
    assert not session.history.steps(entry)
    assert not session.history.group.canUndo()


def test_a_history_comes_back(session: Session, entry: PhotoEntry) -> None:
    session.edit(entry, AgeRequest(1, 60.0))
    session.skip_faces(entry, [2], True)
    history = session.history
    history.group.undo()
    start, steps, position = history.start(entry), history.steps(entry), history.position(entry)
    other = session.gallery.add([Path("/photos/b.jpg")])[0]
    history.load(other, start, steps, position)
    assert other.asked == entry.asked
    session.show(other)
    history.group.redo()
    assert other.asked == steps[1].edits
    assert isinstance(steps[1], Step)


numbers = st.integers(1, 9)
years = st.floats(1, 100)
requests = st.builds(AgeRequest, numbers, years, source=st.none() | years, strength=st.floats(0, 1))
edits = st.builds(
    Edits,
    requests=st.lists(requests).map(lambda all_: {one.face: one for one in all_}),
    skipped=st.frozensets(numbers),
    ages=st.dictionaries(numbers, years),
)


@settings(max_examples=50, deadline=None)
@given(edits)
def test_edits_survive_json(value: Edits) -> None:
    assert Edits.from_json(json.loads(json.dumps(value.to_json()))) == value


def test_no_field_is_forgotten_by_json() -> None:
    """A new field of Edits or AgeRequest must be written too."""
    written = Edits({1: AgeRequest(1, 60.0, 30.0, 0.5)}, frozenset({2}), {3: 20.0}).to_json()
    assert set(written) == {field.name for field in fields(Edits)}
    assert set(written["requests"][0]) == {field.name for field in fields(AgeRequest)}


@settings(max_examples=50, deadline=None)
@given(edits, st.dictionaries(numbers, numbers))
def test_renumbering_keeps_what_is_matched(value: Edits, mapping: dict[int, int]) -> None:
    one_to_one = {old: new for new, old in {new: old for old, new in mapping.items()}.items()}
    after = value.renumbered(one_to_one)
    assert all(request.face == face for face, request in after.requests.items())
    for old, new in one_to_one.items():
        assert (old in value.skipped) == (new in after.skipped)
        assert value.ages.get(old) == after.ages.get(new)
        if old in value.requests:
            assert after.requests[new] == replace(value.requests[old], face=new)
