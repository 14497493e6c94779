"""A batch: what it makes, that failures do not stop it, and that it goes on after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.domain import AgeRequest
from engine.errors import ExportError
from gui.app import Application
from gui.bridge.messages import Level
from gui.bridge.roles import BatchState
from gui.models.batch_queue import BatchStore, plan
from gui.views.batch_dialog import BatchDialog, BatchWish
from tests.fakes.fake_service import CONTINUOUS, FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.batches import OPTIONS, queue_of, states
from tests.gui.conftest import wait_for


def finished(desk: Application) -> bool:
    return not desk.batch.running and desk.batch.queue is not None


def test_failures_do_not_stop_it(
    desk: Application,
    qtbot: QtBot,
    service: FakeService,
    astronaut: Path,
    hopper: Path,
    tmp_path: Path,
    messages: RecordingMessages,
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no photo")
    out = tmp_path / "out"
    out.mkdir()
    queue = queue_of(out, [astronaut, broken, hopper], [25, 65])
    desk.batch.start(queue)
    wait_for(qtbot, lambda: finished(desk))
    assert sorted(path.name for path in out.iterdir()) == [
        "astronaut-at-25.png",
        "astronaut-at-65.png",
        "grace_hopper-at-25.jpg",
        "grace_hopper-at-65.jpg",
    ]
    failed = [item for item in queue.items if item.state is BatchState.FAILED]
    assert [item.photo for item in failed] == [broken, broken]
    assert "broken.jpg" in failed[0].sentence
    (told,) = messages.sentences(Level.WARNING)
    assert "4 of 6" in told
    assert "2 failed" in told
    assert "broken.jpg" in desk.batch.failures()
    opened = [name for name, _thread in service.calls].count("open_photo")
    assert opened == 4  # each good photo once, the broken one for each age


def test_nothing_is_ever_replaced(
    desk: Application, qtbot: QtBot, astronaut: Path, tmp_path: Path
) -> None:
    there = tmp_path / "astronaut-at-65.png"
    there.write_bytes(b"mine")
    desk.batch.start(queue_of(tmp_path, [astronaut], [65]))
    wait_for(qtbot, lambda: finished(desk))
    assert there.read_bytes() == b"mine"
    assert (tmp_path / "astronaut-at-65-2.png").is_file()
    queue = queue_of(tmp_path, [astronaut], [65], skip_existing=True)
    desk.batch.start(queue)
    wait_for(qtbot, lambda: finished(desk))
    assert states(queue) == [BatchState.SKIPPED]
    assert there.read_bytes() == b"mine"


def test_only_the_faces_asked_for(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, tmp_path: Path
) -> None:
    box = (180.7, 71.8, 89.5, 105.6)
    far = (20.0, 300.0, 60.0, 70.0)
    service.faces["astronaut.png"] = ((box, 34.0, None), (far, 50.0, None))
    options = replace(OPTIONS, folder=str(tmp_path))
    desk.batch.start(plan(options, [(astronaut, (2,))], [70]))
    wait_for(qtbot, lambda: finished(desk))
    with Image.open(astronaut) as before, Image.open(tmp_path / "astronaut-at-70.png") as after:
        first = (190, 80, 260, 170)
        assert before.convert("RGB").crop(first).tobytes() == after.crop(first).tobytes()
        second = (30, 310, 70, 360)
        assert before.convert("RGB").crop(second).tobytes() != after.crop(second).tobytes()


def test_pause_and_go_on(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, tmp_path: Path
) -> None:
    service.gate.clear()
    desk.batch.start(queue_of(tmp_path, [astronaut], [25, 65]))
    wait_for(qtbot, lambda: desk.runner.running is not None)
    desk.batch.pause()
    desk.batch.go_on()
    service.gate.set()
    wait_for(qtbot, lambda: finished(desk) and desk.runner.running is None)
    assert states(desk.batch.queue) == [BatchState.DONE, BatchState.DONE]
    assert len(list(tmp_path.glob("*.png"))) == 2


def test_cancel_all_leaves_a_batch_that_can_go_on(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, tmp_path: Path
) -> None:
    service.gate.clear()
    desk.batch.start(queue_of(tmp_path, [astronaut], [25, 65]))
    wait_for(qtbot, lambda: desk.runner.running is not None)
    desk.window.cancel.trigger()
    service.gate.set()
    wait_for(qtbot, lambda: not desk.batch.running and desk.runner.running is None)
    assert states(desk.batch.queue) == [BatchState.WAITING, BatchState.WAITING]
    desk.batch.go_on()
    wait_for(qtbot, lambda: finished(desk))
    assert states(desk.batch.queue) == [BatchState.DONE, BatchState.DONE]


def test_failed_files_can_be_tried_again(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, tmp_path: Path
) -> None:
    service.failures["export"] = ExportError("The disk is full.", code="export.full")
    desk.batch.start(queue_of(tmp_path, [astronaut], [25]))
    wait_for(qtbot, lambda: finished(desk))
    assert states(desk.batch.queue) == [BatchState.FAILED]
    desk.batch.retry()
    wait_for(qtbot, lambda: finished(desk))
    assert states(desk.batch.queue) == [BatchState.DONE]


def test_after_a_restart_it_is_offered(
    desk: Application, qtbot: QtBot, astronaut: Path, tmp_path: Path
) -> None:
    store = BatchStore(desk.settings.folder / "batch.jsonl")
    store.begin(queue_of(tmp_path, [astronaut], [25]))
    desk.batch_dialogs.offer()
    dialog = desk.batch_dialogs._progress
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.go_on.isVisible()
    QTest.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: finished(desk))
    assert (tmp_path / "astronaut-at-25.png").is_file()
    assert not dialog.go_on.isVisible()
    assert store.load() is None
    dialog.close()


def test_faces_skipped_in_the_window_stay_as_they_are(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, hopper: Path
) -> None:
    boxes = [(x, 90.0, 80.0, 100.0) for x in (30.0, 180.0, 340.0)]
    service.faces["astronaut.png"] = tuple((box, 30.0, None) for box in boxes)
    desk.open_photos.add([hopper, astronaut])
    alone, group = desk.session.gallery.entries
    for entry in (alone, group):
        desk.open_photos.show(entry)
        wait_for(qtbot, lambda entry=entry: bool(entry.faces))
    desk.session.skip_faces(group, [2], True)
    desk.session.skip_faces(alone, [1], True)
    folder = desk.settings.folder / "out"
    folder.mkdir()
    wish = BatchWish(
        photos=(alone.path, group.path),
        ages=(65.0,),
        chosen_faces=False,
        folder=folder,
        pattern="{name}",
        suffix=".png",
        skip_existing=False,
    )
    desk.batch_dialogs.start(wish)
    wait_for(qtbot, lambda: finished(desk))
    assert states(desk.batch.queue) == [BatchState.SKIPPED, BatchState.DONE]
    assert [path.name for path in folder.iterdir()] == ["astronaut.png"]
    before = np.asarray(Image.open(astronaut).convert("RGB"), np.int16)
    after = np.asarray(Image.open(folder / "astronaut.png").convert("RGB"), np.int16)
    changed = [
        bool(np.any(before[90:190, int(x) : int(x) + 80] != after[90:190, int(x) : int(x) + 80]))
        for x, _y, _w, _h in boxes
    ]
    assert changed == [True, False, True]
    desk.batch_dialogs._progress.close()


def test_ages_corrected_in_the_window_count(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, hopper: Path
) -> None:
    asked: list[AgeRequest] = []
    age_photo = service.age_photo
    service.age_photo = lambda photo, faces, requests, **how: (  # type: ignore[method-assign]
        asked.extend(requests),
        age_photo(photo, faces, requests, **how),
    )[1]
    desk.open_photos.add([hopper, astronaut])
    corrected, estimated = desk.session.gallery.entries
    desk.open_photos.show(corrected)
    wait_for(qtbot, lambda: bool(corrected.faces))
    desk.session.correct_age(corrected, 1, 39.0)
    folder = desk.settings.folder / "out"
    folder.mkdir()
    photos = (corrected.path, estimated.path)
    desk.batch_dialogs.start(BatchWish(photos, (65.0,), False, folder, "{name}", ".png", False))
    wait_for(qtbot, lambda: finished(desk))
    assert [(one.target, one.source) for one in asked] == [(65.0, 39.0), (65.0, None)]
    desk.batch_dialogs._progress.close()


# -- the dialog


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> Iterator[BatchDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    photos = [Path("/photos/a.jpg"), Path("/photos/b.png")]
    dialog = BatchDialog(photos, CONTINUOUS, tmp_path, "{name}-at-{age}", parent)
    dialog.show()
    yield dialog
    parent.close()


def test_the_dialog_makes_a_wish(dialog: BatchDialog) -> None:
    assert not dialog.start_button.isEnabled()
    dialog.chips[0].setChecked(True)
    dialog.ages.setText("65, 30.5")
    dialog.photos.item(0).setCheckState(Qt.CheckState.Unchecked)
    wish = dialog.wish()
    assert wish.photos == (Path("/photos/b.png"),)
    assert wish.ages == (14.0, 30.5, 65.0)
    assert dialog.start_button.isEnabled()
    assert "1 × 3 = 3 files" in dialog.note.text()
    assert "b-at-14.png" in dialog.note.text()


@pytest.mark.parametrize(
    ("ages", "pattern", "folder", "told"),
    [
        ("old", "{name}", "", "old"),
        ("99", "{name}", "", "10 to 80"),
        ("40", "", "", "name"),
        ("40", "{year}", "", "year"),
        ("40", "{name}", "/nowhere/at/all", "nowhere"),
    ],
)
def test_the_dialog_says_what_is_wrong(
    dialog: BatchDialog, ages: str, pattern: str, folder: str, told: str
) -> None:
    dialog.ages.setText(ages)
    dialog.pattern.setText(pattern)
    if folder:
        dialog.folder.setText(folder)
    assert told in dialog.note.text()
    assert not dialog.start_button.isEnabled()


def test_from_dialog_to_files(
    desk: Application, qtbot: QtBot, astronaut: Path, tmp_path: Path
) -> None:
    desk.open_photos.add([astronaut])
    desk.window.batch.trigger()
    dialog = desk.window.findChild(BatchDialog)
    assert dialog is not None
    dialog.folder.setText(str(tmp_path))
    dialog.chips[6].setChecked(True)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: finished(desk))
    assert (tmp_path / "astronaut-at-74.png").is_file()
