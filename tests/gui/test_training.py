"""The training page over real child processes: start, watch, stop, fail, go on, close, use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from gui.app import Application
from gui.bridge import settings as keys
from gui.bridge.messages import Level
from gui.bridge.runs import RunRecord, RunState, TrainingWish
from gui.controllers.training import Training
from gui.jobs.process_table import ProcessLine, training_processes, trainings_of
from gui.views.closing_question import ClosingQuestion
from gui.views.training_dialog import TrainingDialog
from tests.fakes import fake_training
from tests.fakes.fake_service import FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import wait_for

PROGRAM = (sys.executable, str(fake_training.__file__))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with runs, prepared data and a configuration."""
    (tmp_path / "runs").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "manifest.json").write_text("{}")
    return tmp_path


@pytest.fixture
def page(desk: Application, qtbot: QtBot, place: Path) -> Iterator[Training]:
    """The page of a folder without runs, with the fake program for the real one."""
    training = desk.training.room
    training.trains.command = training.weights.command = PROGRAM
    training.open_folder(str(place / "runs"))
    desk.window.training.trigger()
    yield training
    for run in training.trains.processes.runs:
        training.trains.stop(run)
    wait_for(qtbot, lambda: not training.trains.processes.runs)


def wish(place: Path, steps: int = 8, name: str = "one") -> TrainingWish:
    config = place / f"{name}-{steps}.toml"
    config.write_text(f'recipe = "delta"\n[loop]\nsteps = {steps}\nbatch = 4\n')
    return TrainingWish(config, place / "data", place / "runs" / name)


def state(page: Training, run: Path) -> RunState | None:
    record = page.runs.record(run)
    return record.state if record is not None else None


def watch(page: Training, qtbot: QtBot, done: Callable[[RunRecord], bool], run: Path) -> RunRecord:
    """Let time pass until a run is so."""

    def look() -> bool:
        page.poller.poke()
        record = page.runs.record(run)
        return record is not None and done(record)

    wait_for(qtbot, look)
    record = page.runs.record(run)
    assert record is not None
    return record


def test_a_training_from_start_to_end(
    page: Training, qtbot: QtBot, place: Path, messages: RecordingMessages
) -> None:
    asked = wish(place)
    assert page.page.empty.isVisible()
    page.trains.start(asked)
    watch(page, qtbot, lambda record: record.live and record.step > 0, asked.run)
    assert page.page.columns.isVisible()
    assert page.page.head.stop.isVisible()
    assert not page.page.head.go_on.isVisible()
    record = watch(page, qtbot, lambda record: record.state is RunState.FINISHED, asked.run)
    assert record.curves["age"].steps == tuple(range(1, 9))
    assert [sample.step for sample in record.samples] == [5]
    wait_for(qtbot, lambda: not page.page.samples.pane.picture.isNull())
    wait_for(qtbot, lambda: "The training of one is finished." in messages.sentences(Level.SUCCESS))
    assert not page.page.head.go_on.isVisible()
    assert not page.trains.judge(asked).possible


def test_stop_writes_a_checkpoint_and_go_on_goes_on(
    page: Training, qtbot: QtBot, place: Path, messages: RecordingMessages
) -> None:
    asked = wish(place, steps=5000)
    page.trains.start(asked)
    watch(page, qtbot, lambda record: record.step > 2, asked.run)
    refused = page.trains.judge(asked)
    assert (refused.possible, refused.sentence) == (False, "one is being trained already.")
    QTest.mouseClick(page.page.head.stop, Qt.MouseButton.LeftButton)
    assert asked.run in page.trains.stopping
    record = watch(page, qtbot, lambda record: record.state is RunState.STOPPED, asked.run)
    assert record.resumable
    at = int((asked.run / "checkpoint.pt").read_text())
    wait_for(
        qtbot,
        lambda: (
            f"one has stopped at step {at}; its checkpoint is written."
            in messages.sentences(Level.INFO)
        ),
    )
    verdict = page.trains.judge(asked)
    assert verdict.goes_on
    page.page.head.go_on.click()
    dialog = _dialog(qtbot, TrainingDialog)
    assert dialog.wish().data == asked.data
    assert not dialog.start_from.isEnabled()
    dialog.start_button.click()
    watch(page, qtbot, lambda record: record.live and record.step > at, asked.run)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("fail", "Training stopped at step 3: age is not a finite number."),
        ("silent", "It ended without saying why; perhaps it was ended or memory ran out."),
    ],
)
def test_why_it_failed_is_said(
    page: Training,
    qtbot: QtBot,
    place: Path,
    messages: RecordingMessages,
    file: str,
    sentence: str,
) -> None:
    asked = wish(place)
    (asked.data / file).write_text("")
    page.trains.start(asked)
    watch(page, qtbot, lambda record: record.state is RunState.FAILED, asked.run)
    assert page.page.head.error.text() == sentence
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert messages.sentences(Level.ERROR) == [f"The training of one failed. {sentence}"]


def test_a_training_of_a_terminal_is_seen_and_stopped(
    page: Training, qtbot: QtBot, place: Path
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells of other processes by file")
    asked = wish(place, steps=5000)
    asked.run.mkdir()
    words = [*PROGRAM, "train", str(asked.config), "--data", "data", "--out", "runs/one"]
    with subprocess.Popen(words, cwd=place) as process:
        watch(page, qtbot, lambda record: record.live and record.step > 2, asked.run)
        assert not page.trains.judge(asked).possible
        page.trains.stop(asked.run)
        watch(page, qtbot, lambda record: record.state is RunState.STOPPED, asked.run)
        assert process.wait(60) == 0


def test_of_a_family_of_processes_the_oldest_is_interrupted() -> None:
    words = ["/usr/bin/python3", "main.py", "train", "c.toml", "--data", "d", "--out", "r"]
    lines = [
        ProcessLine(10, 1, ["timeout", "9", *words], Path("/w")),
        ProcessLine(11, 10, words, Path("/w")),
        ProcessLine(12, 11, words, Path("/w")),
        ProcessLine(13, 1, ["/usr/bin/python3", "main.py", "train", "--out=/x/../y"], None),
        ProcessLine(14, 1, ["python", "main.py", "evaluate", "--out", "z"], Path("/w")),
        ProcessLine(15, 1, [], None),
    ]
    assert trainings_of(lines) == {Path("/w/r"): 11, Path("/y"): 13}
    assert os.getpid() not in training_processes().values()


def test_a_folder_that_is_no_run_s_is_not_written_to(page: Training, place: Path) -> None:
    asked = wish(place)
    asked.run.mkdir()
    (asked.run / "diary.txt").write_text("")
    assert "no run’s" in page.trains.judge(asked).sentence
    other = wish(place, steps=9, name="two")
    other.run.mkdir()
    (other.run / "config.toml").write_text('recipe = "cgan"\n')
    assert "another configuration" in page.trains.judge(other).sentence
    for odd, words in (
        (TrainingWish(place / "no.toml", asked.data, asked.run), "no configuration"),
        (TrainingWish(asked.config, asked.data, Path()), "Name a folder"),
        (TrainingWish(asked.config, asked.data, asked.config), "cannot be used"),
        (TrainingWish(asked.config, place, place / "runs" / "new"), "prepare"),
    ):
        verdict = page.trains.judge(odd)
        assert not verdict.possible
        assert words in verdict.sentence
    page.trains.start(asked)
    assert not page.trains.processes.runs


def test_a_program_that_is_not_there(
    page: Training, place: Path, messages: RecordingMessages
) -> None:
    page.trains.command = (str(place / "no-program"),)
    page.trains.start(wish(place))
    assert messages.sentences(Level.ERROR) == [
        "The training cannot start: No such file or directory."
    ]


def test_the_dialog(page: Training, qtbot: QtBot, place: Path, desk: Application) -> None:
    page.page.empty.start_button.click()
    dialog = _dialog(qtbot, TrainingDialog)
    assert dialog.config.currentText().startswith("delta (delta, ")
    assert dialog.wish().run == place / "runs" / "delta"
    assert not dialog.start_button.isEnabled()
    dialog.data.setText(str(place / "data"))
    assert dialog.start_button.isEnabled()
    dialog.config.setCurrentIndex(dialog.config.findText("ipcgan", Qt.MatchFlag.MatchStartsWith))
    assert dialog.wish().run == place / "runs" / "ipcgan"
    dialog.run.setText(str(place / "runs" / "mine"))
    own = wish(place).config
    dialog.choose_config(own)
    assert dialog.wish() == TrainingWish(own, place / "data", place / "runs" / "mine")
    dialog.minutes.setValue(30)
    dialog.start_button.click()
    assert desk.settings.get(keys.TRAINING_DATA) == str(place / "data")
    watch(page, qtbot, lambda record: record.step > 0, place / "runs" / "mine")


def test_two_runs_side_by_side(page: Training, qtbot: QtBot, place: Path) -> None:
    for name in ("one", "two"):
        asked = wish(place, steps=12, name=name)
        page.trains.start(asked)
        watch(page, qtbot, lambda record: record.state is RunState.FINISHED, asked.run)
    one, two = (place / "runs" / name for name in ("one", "two"))
    (two / "samples-00010.jpg").unlink()
    page.choose(one)
    page.compare(two)
    watch(page, qtbot, lambda record: len(record.samples) == 1, two)
    samples = page.page.samples
    assert [samples.compare.itemText(n) for n in range(2)] == ["None", "two"]
    wait_for(qtbot, lambda: samples.beside.isVisible() and not samples.beside.picture.isNull())
    assert samples.pane.accessibleName() == "Samples of one, step 10"
    assert samples.beside.accessibleName() == "Samples of two, step 5"
    QTest.mouseClick(samples.earlier, Qt.MouseButton.LeftButton)
    assert samples.pane.accessibleName() == "Samples of one, step 5"
    QTest.keyClick(samples.pane, Qt.Key.Key_Plus)
    before = samples.beside.grab().toImage()
    QTest.keyClick(samples.beside, Qt.Key.Key_0)
    assert samples.beside.grab().toImage() != before or samples.pane._lens.zoom == 1.0
    dashed = {line.name for line in page.page.curves.chart._lines if line.other}
    assert dashed == {"age", "identity"}
    samples.compare.setCurrentIndex(0)
    samples.compare.activated.emit(0)
    assert not samples.beside.isVisible()


def test_the_weights_become_a_model(
    page: Training,
    qtbot: QtBot,
    place: Path,
    desk: Application,
    service: FakeService,
    messages: RecordingMessages,
) -> None:
    asked = wish(place)
    page.trains.start(asked)
    watch(page, qtbot, lambda record: record.state is RunState.FINISHED, asked.run)
    assert page.page.head.use.isEnabled()
    page.page.head.use.click()
    assert not page.page.head.use.isEnabled(), "one at a time"
    name = "agelens-delta-one-5"
    wait_for(qtbot, lambda: desk.session.card is not None and desk.session.card.name == name)
    taken = len(service.cards)
    QTest.mouseClick(page.page.head.use, Qt.MouseButton.LeftButton)
    assert len(service.cards) == taken, "it is installed already"
    show = messages.all[-1].action
    assert show is not None
    show[1]()
    assert not desk.window.training.isChecked()


def test_weights_that_cannot_be_made(
    page: Training, qtbot: QtBot, place: Path, messages: RecordingMessages
) -> None:
    asked = wish(place)
    page.trains.start(asked)
    watch(page, qtbot, lambda record: record.state is RunState.FINISHED, asked.run)
    page.weights.command = (sys.executable, "-c", "import sys; sys.exit('It is damaged.')")
    page.page.head.use.click()
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert messages.sentences(Level.ERROR) == ["The weights cannot be made. It is damaged."]
    assert page.page.head.use.isEnabled()


@pytest.mark.parametrize("answer", ["stop", "leave", "cancel"])
def test_closing_over_a_training_asks(
    page: Training, qtbot: QtBot, place: Path, desk: Application, answer: str
) -> None:
    asked = wish(place, steps=5000)
    page.trains.start(asked)
    watch(page, qtbot, lambda record: record.step > 0, asked.run)
    process = page.trains.processes._running[asked.run]
    desk.window.close()
    assert desk.window.isVisible()
    question = _dialog(qtbot, ClosingQuestion)
    if answer == "cancel":
        question.reject()
        assert desk.window.isVisible()
        assert process.poll() is None
        return
    QTest.mouseClick(getattr(question, answer), Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: not desk.window.isVisible())
    if answer == "leave":
        assert training_processes().get(asked.run) == process.pid or sys.platform != "linux"
        os.kill(process.pid, signal.SIGINT)
    wait_for(qtbot, (asked.run / "checkpoint.pt").exists)
    os.waitpid(process.pid, 0)


def test_the_page_makes_room_for_photos(
    page: Training, desk: Application, qtbot: QtBot, astronaut: Path
) -> None:
    window = desk.window
    assert not window.tool_bar.isVisible()
    assert not window.remove.isEnabled(), "Delete takes no photo that is out of sight"
    assert window.open.isEnabled()
    desk.messages.warning("seen on the page")
    assert window.banner.isVisible()
    window.banner.leave()
    desk.open_photos.add([astronaut])
    assert not window.training.isChecked()
    assert window.tool_bar.isVisible()
    wait_for(qtbot, window.remove.isEnabled)
    desk.messages.warning("seen over the photo")
    assert window.banner.isVisible()
    window.training.trigger()
    page.page.back.click()
    assert window.pages.currentIndex() == 0


def test_the_page_is_remembered(page: Training, desk: Application, place: Path) -> None:
    desk.window.close()
    assert desk.settings.get(keys.SHOW_TRAINING) is True
    assert desk.settings.get(keys.TRAINING_FOLDER) == str(place / "runs")


def _dialog(qtbot: QtBot, kind: type) -> QDialog:
    def shown() -> list[QDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

    wait_for(qtbot, lambda: bool(shown()))
    return shown()[0]
