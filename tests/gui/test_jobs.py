"""The list of work: what runs, what came of it, how long it takes, stopping one or all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from engine.domain import Box
from engine.errors import EngineError
from engine.orders import ExportSpec, TimelineSpec
from gui.app import Application
from gui.bridge.messages import Level
from gui.bridge.roles import JobRole, JobState, PhotoState
from gui.models.batch_queue import BatchOptions, plan
from gui.models.job_log import JobLine, JobLog, TimeLeft
from tests.fakes.fake_service import FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import wait_for


def lines(desk: Application) -> list[JobLine]:
    log = desk.show_jobs.log
    return [log.index(row).data(JobRole.LINE) for row in range(log.rowCount())]


def test_the_model(qapp: object) -> None:
    log = JobLog()
    QAbstractItemModelTester(log, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for number in range(130):
        log.add(JobLine(str(number), f"Job {number}", JobState.DONE))
    log.add(JobLine("live", "Live", JobState.RUNNING))
    assert log.rowCount() == 101
    live = log.line("live")
    assert live is not None
    assert log.line("129") is None
    log.change(live, share=0.5)
    assert log.index(0).data(JobRole.SHARE) == 0.5
    log.clear_ended()
    assert log.rowCount() == 1
    log.change(live, state=JobState.FAILED, result="No face.")
    assert log.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Live, No face."


def test_time_left_is_told_only_once_it_can_be() -> None:
    left = TimeLeft()
    left.begin("batch", 100)
    assert left.at(0.2, 110) is None
    assert left.at(0.3, 111) is None
    assert left.at(0.4, 120) == pytest.approx(30)
    left.begin("batch", 130)
    assert left.at(0.6, 130) == pytest.approx(20)
    left.begin("other", 140)
    assert left.at(0.5, 140) is None


def test_what_was_done_and_what_failed(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, tmp_path: Path
) -> None:
    service.failures["find_faces"] = EngineError("The detector broke.", code="face")
    desk.open_photos.add([astronaut])
    wait_for(qtbot, lambda: any(line.state is JobState.FAILED for line in lines(desk)))
    failed = next(line for line in lines(desk) if line.state is JobState.FAILED)
    assert failed.result == "The detector broke."
    assert "Traceback" in failed.details
    done = [line.title for line in lines(desk) if line.state is JobState.DONE]
    assert "Opening astronaut.png" in done
    popup = desk.show_jobs.popup
    popup.open_above(desk.window.job_bar.list_button)
    row = lines(desk).index(failed)
    popup.list.setCurrentIndex(desk.show_jobs.log.index(row))
    assert popup.copy.isVisible()
    assert not popup.cancel.isVisible()
    popup.clear.click()
    assert all(line.state is JobState.RUNNING for line in lines(desk))
    popup.hide()


def test_one_is_cancelled_and_the_other_goes_on(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, tmp_path: Path
) -> None:
    service.gate.clear()
    desk.open_photos.add([astronaut])
    queue = plan(BatchOptions("fake-delta", str(tmp_path)), [(astronaut, ())], [30.0])
    desk.batch.start(queue)
    batch = next(line for line in lines(desk) if line.key == "batch")
    assert batch.state is JobState.WAITING
    popup = desk.show_jobs.popup
    popup.open_above(desk.window.job_bar.list_button)
    popup.list.setCurrentIndex(desk.show_jobs.log.index(lines(desk).index(batch)))
    QTest.mouseClick(popup.cancel, Qt.MouseButton.LeftButton)
    popup.hide()
    assert batch.state is JobState.CANCELLED
    service.gate.set()
    entry = desk.session.current
    wait_for(qtbot, lambda: entry is not None and entry.faces is not None)
    assert not list(tmp_path.glob("astronaut*"))


def test_a_batch_is_one_line(
    desk: Application, qtbot: QtBot, astronaut: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no photo")
    out = tmp_path / "out"
    out.mkdir()
    photos = [(astronaut, ()), (broken, ())]
    desk.batch.start(plan(BatchOptions("fake-delta", str(out)), photos, [30.0, 60.0]))
    wait_for(qtbot, lambda: not desk.batch.running)
    wait_for(qtbot, lambda: desk.runner.running is None)
    mine = [line for line in lines(desk) if line.title.startswith("Batch")]
    assert [line.state for line in mine].count(JobState.FAILED) == 2
    (whole,) = [line for line in mine if line.key == "batch"]
    assert whole.state is JobState.DONE
    assert whole.folder == out


WORK: dict[str, Callable[[Application, Path], None]] = {
    "find_face_in": lambda desk, _out: desk.tend_faces.add_face(Box(170, 60, 110, 120)),
    "age_photo": lambda desk, _out: desk.age_face.set_target(61),
    "age_face": lambda desk, _out: desk.age_face.set_target(61),
    "export": lambda desk, out: desk.export_results.export(ExportSpec(out / "a.png")),
    "export_timeline": lambda desk, out: desk.export_timeline.export(TimelineSpec(out / "a.gif")),
}


@pytest.mark.parametrize("method", WORK)
def test_a_worker_that_raises_ends_in_one_sentence(
    desk: Application,
    qtbot: QtBot,
    service: FakeService,
    messages: RecordingMessages,
    astronaut: Path,
    tmp_path: Path,
    method: str,
) -> None:
    """Whatever it was doing: the defect stays out of the sentence, the work can be done again."""
    desk.window.timeline_shown.setChecked(True)
    desk.open_photos.add([astronaut])
    wait_for(qtbot, desk.timeline.can_export)
    desk.age_face.set_target(70)
    wait_for(qtbot, lambda: desk.session.current is not None)
    entry = desk.session.current
    assert entry is not None
    wait_for(qtbot, lambda: entry.result_is_current and desk.runner.running is None)
    service.failures[method] = RuntimeError("tensor trouble")
    WORK[method](desk, tmp_path)
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    wait_for(qtbot, lambda: desk.runner.running is None and desk.runner.waiting == 0)
    (message,) = [message for message in messages.all if message.level is Level.ERROR]
    assert "tensor trouble" not in message.sentence
    assert "tensor trouble" in message.details
    assert desk.window.banner.sentence.text() == message.sentence
    assert entry.edits
    count = [name for name, _thread in service.calls].count(method)
    WORK[method](desk, tmp_path)
    desk.age_face.set_target(52)
    wait_for(qtbot, lambda: entry.result_is_current and desk.runner.running is None)
    assert [name for name, _thread in service.calls].count(method) > count
    assert len(messages.sentences(Level.ERROR)) == 1


def test_a_search_that_raises_can_be_tried_again(
    desk: Application,
    qtbot: QtBot,
    service: FakeService,
    messages: RecordingMessages,
    astronaut: Path,
) -> None:
    service.failures["find_faces"] = RuntimeError("tensor trouble")
    desk.open_photos.add([astronaut])
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    entry = desk.session.current
    assert entry is not None
    banner = desk.window.banner
    assert banner.action.isVisible()
    assert banner.action.text() == "Try again"
    banner.action.click()
    wait_for(qtbot, lambda: bool(entry.faces))
    assert entry.state is PhotoState.READY
