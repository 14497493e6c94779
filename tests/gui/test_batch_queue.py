"""The plan of a batch, its names, its store and its model; without a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from engine.domain import SKIN, AgeRequest
from gui.bridge.naming import fill, free_name, unknown_fields
from gui.bridge.roles import BatchRole, BatchState
from gui.models.batch_model import BatchModel
from gui.models.batch_queue import BatchStore
from tests.gui.batches import queue_of, states


def test_patterns() -> None:
    assert fill("{name}-at-{age}_{number}", name="me", age="65", number=7) == "me-at-65_007"
    assert fill("{name}/{age}:?", name="a\\b", age="6", number=1) == "a-b-6--"
    assert unknown_fields("{name}{agee}") == ["agee"]


def test_free_names(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert free_name(tmp_path / "a.png") == tmp_path / "a-2.png"
    assert free_name(tmp_path / "a.png", {tmp_path / "a-2.png"}) == tmp_path / "a-3.png"


# -- the queue


def test_photos_of_one_name_get_files_of_their_own(tmp_path: Path) -> None:
    queue = queue_of(tmp_path, [Path("/a/me.heic"), Path("/b/me.heic")], [65])
    for number in range(2):
        queue.items[number].target = queue.target_for(number)
    assert [item.target.name for item in queue.items if item.target] == [
        "me-at-65.png",
        "me-at-65-2.png",
    ]


def test_the_store_survives_a_crash(tmp_path: Path) -> None:
    store = BatchStore(tmp_path / "data" / "batch.jsonl")
    assert store.load() is None
    queue = queue_of(tmp_path, [Path("/a.jpg")], [20, 40, 60, 80])
    queue.items[3].sources = {2: 41.5}
    queue.items[3].asked = {2: AgeRequest(2, 60.0, None, 0.5, frozenset({SKIN}), ((SKIN, 0.5),))}
    store.begin(queue)
    for number, name in ((0, "done.jpg"), (1, "written.jpg"), (2, "not-written.jpg")):
        item = queue.items[number]
        item.state, item.target = BatchState.WORKING, tmp_path / name
        store.note(number, item)
    queue.items[0].state = BatchState.FAILED
    queue.items[0].sentence = "No face."
    store.note(0, queue.items[0])
    (tmp_path / "written.jpg").touch()
    with (tmp_path / "data" / "batch.jsonl").open("a") as stream:
        stream.write('{"n": 3, "it')
    loaded = store.load()
    assert loaded is not None
    assert loaded.options == queue.options
    assert states(loaded) == [
        BatchState.FAILED,
        BatchState.DONE,
        BatchState.WAITING,
        BatchState.WAITING,
    ]
    assert loaded.items[0].sentence == "No face."
    assert loaded.items[3].sources == {2: 41.5}
    assert loaded.items[3].asked == queue.items[3].asked
    store.clear()
    assert store.load() is None


@pytest.mark.parametrize("text", ["", "not json", "[]", '{"options": {"x": 1}, "items": []}'])
def test_a_damaged_store_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "b").write_text(text)
    assert BatchStore(tmp_path / "b").load() is None


def test_the_model(tmp_path: Path, qapp: object) -> None:
    model = BatchModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    queue = queue_of(tmp_path, [Path("/a.jpg")], [20, 40])
    model.set_queue(queue)
    queue.items[1].state, queue.items[1].sentence = BatchState.FAILED, "No face."
    model.changed(1)
    assert model.index(1).data(BatchRole.RESULT) == "No face."
    assert model.index(0).data(BatchRole.STATE) is BatchState.WAITING
    assert model.index(0).data() == "a.jpg at 20"
    model.set_queue(None)
    assert model.rowCount() == 0
