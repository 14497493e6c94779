"""Jobs: order, newest wins, cancel, failure, and an end in bounded time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from engine.errors import PhotoError
from engine.service import AgingService
from engine.tasks import Progress
from gui.jobs.job import Failure, Job, Priority
from gui.jobs.runner import JobRunner
from tests.fakes.fake_service import FakeService, broken_factory
from tests.gui.conftest import wait_for


@dataclass(kw_only=True, eq=False)
class Step(Job[str]):
    """Does what it is told, on the worker thread."""

    work: Callable[[], str] = field(default=lambda: "done")
    reports: int = 0

    def run(self, service: AgingService, progress: Progress) -> str:
        for number in range(self.reports):
            progress((number + 1) / self.reports, f"step {number}")
        return self.work()


class Log:
    """Every signal of a runner as ``name title``."""

    def __init__(self, runner: JobRunner) -> None:
        self.lines: list[str] = []
        for name in ("started", "returned", "cancelled", "finished"):
            signal = getattr(runner, name)
            signal.connect(lambda job, name=name: self.lines.append(f"{name} {job.title}"))
        runner.failed.connect(lambda job, _f: self.lines.append(f"failed {job.title}"))
        runner.progressed.connect(lambda job, s, _t: self.lines.append(f"{s:.1f} {job.title}"))


@pytest.fixture
def runner(qapp: object, service: FakeService) -> Iterator[JobRunner]:
    runner = JobRunner(lambda: service)
    runner.start()
    yield runner
    service.gate.set()
    assert runner.shutdown(30_000)


def test_signals_come_in_order(runner: JobRunner, qtbot: QtBot) -> None:
    log, answers = Log(runner), []
    runner.submit(Step(title="a", reports=2), answers.append)
    runner.submit(Step(title="b"), answers.append)
    wait_for(qtbot, lambda: "finished b" in log.lines)
    assert log.lines == [
        *("started a", "0.5 a", "1.0 a", "returned a", "finished a"),
        *("started b", "returned b", "finished b"),
    ]
    assert answers == ["done", "done"]


def test_a_job_submitted_by_an_answer_starts_after_the_first_has_finished(
    runner: JobRunner, qtbot: QtBot
) -> None:
    log = Log(runner)
    follow = Step(title="b")
    runner.submit(Step(title="a"), lambda _answer: runner.submit(follow, lambda _a: None) and None)
    wait_for(qtbot, lambda: "finished b" in log.lines)
    assert log.lines.index("finished a") < log.lines.index("started b")


def test_work_happens_on_one_other_thread(runner: JobRunner, qtbot: QtBot) -> None:
    threads: list[str] = []
    for _ in range(3):
        work = Step(title="t", work=lambda: str(threading.get_ident()))
        runner.submit(work, threads.append)
    wait_for(qtbot, lambda: len(threads) == 3)
    assert len(set(threads)) == 1
    assert threads[0] != str(threading.get_ident())


def test_python_gives_the_window_its_turn_soon(runner: JobRunner) -> None:
    """Painting asks for the interpreter's lock dozens of times a frame."""
    assert sys.getswitchinterval() <= 0.001


def test_of_a_lane_only_the_newest_waits(runner: JobRunner, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), []
    log = Log(runner)
    runner.submit(Step(title="busy", work=lambda: str(gate.wait())), lambda _a: None)
    for number in range(20):
        step = Step(title=str(number), lane="dial", work=lambda number=number: str(number))
        runner.submit(step, answers.append)
    wait_for(qtbot, lambda: runner.running is not None)
    assert runner.waiting == 1
    gate.set()
    wait_for(qtbot, lambda: "finished 19" in log.lines)
    assert answers == ["19"]


def test_a_stale_answer_is_dropped(runner: JobRunner, qtbot: QtBot) -> None:
    gate, begun, answers = threading.Event(), threading.Event(), []

    def slow() -> str:
        begun.set()
        gate.wait()
        return "old"

    log = Log(runner)
    runner.submit(Step(title="old", lane="dial", work=slow), answers.append)
    wait_for(qtbot, begun.is_set)
    runner.supersede("dial")
    runner.submit(Step(title="new", lane="dial", work=lambda: "new"), answers.append)
    gate.set()
    wait_for(qtbot, lambda: "finished new" in log.lines)
    assert answers == ["new"]
    assert "cancelled old" in log.lines


def test_what_the_user_waits_for_goes_first(runner: JobRunner, qtbot: QtBot) -> None:
    gate, log = threading.Event(), Log(runner)
    runner.submit(Step(title="busy", work=lambda: str(gate.wait())), lambda _a: None)
    wait_for(qtbot, lambda: runner.running is not None)
    for title, priority in (("c", Priority.BACKGROUND), ("b", Priority.NORMAL)):
        runner.submit(Step(title=title, priority=priority), lambda _a: None)
    runner.submit(Step(title="a", priority=Priority.INTERACTIVE), lambda _a: None)
    gate.set()
    wait_for(qtbot, lambda: "finished c" in log.lines)
    started = [line for line in log.lines if line.startswith("started")]
    assert started == ["started busy", "started a", "started b", "started c"]


def test_cancel_waiting_and_running(runner: JobRunner, qtbot: QtBot) -> None:
    gate, begun, answers = threading.Event(), threading.Event(), []

    def slow() -> str:
        begun.set()
        gate.wait()
        return "late"

    log = Log(runner)
    running = runner.submit(Step(title="running", work=slow), answers.append)
    waiting = runner.submit(Step(title="waiting"), answers.append)
    wait_for(qtbot, begun.is_set)
    runner.cancel(waiting)
    runner.cancel(running)
    gate.set()
    wait_for(qtbot, lambda: "finished running" in log.lines)
    assert answers == []
    assert "cancelled waiting" in log.lines
    assert "cancelled running" in log.lines


def test_an_engine_error_keeps_its_sentence(runner: JobRunner, qtbot: QtBot) -> None:
    failures: list[Failure] = []

    def fail() -> str:
        raise PhotoError("“a.jpg” is cut short.", code="photo.truncated")

    runner.submit(Step(title="x", work=fail), lambda _a: None, failures.append)
    wait_for(qtbot, lambda: bool(failures))
    assert failures[0].sentence == "“a.jpg” is cut short."
    assert failures[0].code == "photo.truncated"
    assert "PhotoError" in failures[0].details


def test_a_defect_ends_in_a_sentence_and_the_worker_goes_on(
    runner: JobRunner, qtbot: QtBot
) -> None:
    failures: list[Failure] = []
    answers: list[str] = []
    runner.submit(Step(title="dividing", work=lambda: str(1 / 0)), answers.append, failures.append)
    runner.submit(Step(title="next"), answers.append, failures.append)
    wait_for(qtbot, lambda: answers == ["done"])
    assert [f.code for f in failures] == ["internal"]
    assert "dividing" in failures[0].sentence
    assert "ZeroDivisionError" not in failures[0].sentence
    assert "ZeroDivisionError" in failures[0].details


def test_an_engine_that_cannot_start_fails_every_job(qapp: object, qtbot: QtBot) -> None:
    runner = JobRunner(broken_factory)
    failures: list[Failure] = []
    runner.submit(Step(title="early"), lambda _a: None, failures.append)
    runner.start()
    wait_for(qtbot, lambda: len(failures) == 1)
    runner.submit(Step(title="late"), lambda _a: None, failures.append)
    assert [f.code for f in failures] == ["model.missing"] * 2
    assert runner.shutdown(30_000)


def test_the_service_is_closed_on_its_own_thread(qapp: object, qtbot: QtBot) -> None:
    service = FakeService()
    runner = JobRunner(lambda: service)
    runner.start()
    done: list[str] = []
    work = Step(title="t", work=lambda: str(threading.get_ident()))
    runner.submit(work, done.append)
    wait_for(qtbot, lambda: bool(done))
    assert runner.shutdown(30_000)
    assert service.closed
    assert str(service.calls[-1][1]) == done[0]


def test_without_work_the_engine_gives_memory_back(qapp: object, qtbot: QtBot) -> None:
    service = FakeService()
    runner = JobRunner(lambda: service)
    log: list[str] = []
    runner.resting.connect(lambda: log.append("resting"))
    runner._idle.setInterval(1)
    runner.start()
    gate = threading.Event()
    runner.submit(Step(title="a", work=lambda: str(gate.wait())), log.append)
    wait_for(qtbot, lambda: runner.running is not None)
    runner.rest()
    assert log == [], "not while it works"
    gate.set()
    wait_for(qtbot, lambda: [name for name, _thread in service.calls] == ["rest"])
    assert log == ["True", "resting"]
    assert service.calls[0][1] != threading.get_ident()
    runner.shutdown()


def test_shutdown_gives_up_on_a_step_that_will_not_end(qapp: object, qtbot: QtBot) -> None:
    gate, begun = threading.Event(), threading.Event()

    def stuck() -> str:
        begun.set()
        gate.wait()
        return ""

    runner = JobRunner(FakeService)
    runner.start()
    runner.submit(Step(title="stuck", work=stuck), lambda _a: None)
    wait_for(qtbot, begun.is_set)
    assert not runner.shutdown(50)
    gate.set()
    assert runner.shutdown(30_000)
