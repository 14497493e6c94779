"""Use case: start a training in a process of its own, go on with one, stop it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.bridge import settings as keys
from gui.bridge.messages import Messages
from gui.bridge.runs import RunRecord, TrainingWish, Verdict
from gui.bridge.settings import Settings
from gui.jobs.process_table import interrupt, training_processes
from gui.jobs.training_processes import TrainingProcesses, agelens_command
from gui.models.recipes import configs_folder, configurations, read_configuration
from gui.models.run_files import CONFIG, LOG, last_data
from gui.models.run_folder import is_run
from gui.models.run_list import RunList
from gui.views.closing_question import ClosingQuestion
from gui.views.training_dialog import TrainingDialog

_SET = "manifest.json"


class TrainRuns(QObject):
    """Owns the processes that this window started.

    Signals:
        started: run folder of a training that begins.
        changed: a run was asked to stop, or its process is gone.
    """

    started = Signal(object)
    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        runs: RunList,
        folder: Callable[[], Path],
        settings: Settings,
        messages: Messages,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._runs = runs
        self._folder = folder
        self._settings = settings
        self._messages = messages
        self._question: ClosingQuestion | None = None
        self._closing = False
        self.command = agelens_command()
        self.processes = TrainingProcesses(LOG, self)
        self.processes.ended.connect(self._on_ended)
        self.stopping: set[Path] = set()
        window.installEventFilter(self)

    # -- starting

    def ask(self) -> None:
        """Let the user set up a new run."""
        known = configurations(configs_folder())
        if not known:
            self._messages.error(self.tr("The configurations that come with Agelens are missing."))
            return
        first = next((one.path for one in known if one.path.stem == "delta"), known[0].path)
        data = Path(self._settings.get(keys.TRAINING_DATA))
        self._show(TrainingWish(first, data, self.fresh(first)))

    def ask_to_go_on(self, record: RunRecord) -> None:
        """Let the user go on with a run."""
        data = last_data(record.folder) or Path(self._settings.get(keys.TRAINING_DATA))
        self._show(TrainingWish(record.folder / CONFIG, data, record.folder))

    def fresh(self, config: Path) -> Path:
        """A run folder for a configuration that is not there yet."""
        number, folder = 1, self._folder() / config.stem
        while folder.exists():
            number += 1
            folder = folder.with_name(f"{config.stem}-{number}")
        return folder

    def judge(self, wish: TrainingWish) -> Verdict:
        """Whether a wish can begin, and what is to be said of it."""
        config = read_configuration(wish.config)
        if config is None:
            words = self.tr("{name} is no configuration to train from.")
            return Verdict(False, words.format(name=wish.config.name))
        try:
            verdict = self._judge_run(wish, config.steps)
        except OSError as error:
            words = self.tr("{run} cannot be used: {reason}.")
            reason = error.strerror or str(error)
            return Verdict(False, words.format(run=wish.run.name, reason=reason))
        if verdict.possible and not (wish.data / _SET).is_file():
            words = self.tr("Choose a folder of faces that “python main.py prepare” has written.")
            return Verdict(False, words, verdict.goes_on)
        return verdict

    def start(self, wish: TrainingWish) -> None:
        """Begin a training."""
        verdict = self.judge(wish)
        if not verdict.possible:
            self._messages.error(verdict.sentence)
            return
        self._settings.set(keys.TRAINING_DATA, str(wish.data))
        words = [*self.command, "train", str(wish.config)]
        words += ["--data", str(wish.data), "--out", str(wish.run)]
        if wish.start_from is not None and not verdict.goes_on:
            words += ["--start-from", str(wish.start_from)]
        if wish.minutes:
            words += ["--max-minutes", str(wish.minutes)]
        try:
            self.processes.start(wish.run, words)
        except OSError as error:
            sentence = self.tr("The training cannot start: {reason}.")
            reason = error.strerror or str(error)
            self._messages.error(sentence.format(reason=reason), " ".join(words))
            return
        self.started.emit(wish.run)

    # -- stopping

    def stop(self, run: Path) -> None:
        """Ask a training to end with a checkpoint, whoever started it."""
        if run in self.stopping:
            return
        if self.processes.interrupt(run) or interrupt(run):
            self.stopping.add(run)
        self.changed.emit()

    def release(self) -> None:
        """The window is gone; what runs goes on."""
        self.processes.release()

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Ask before the window closes over a training of its own."""
        if event.type() != QEvent.Type.Close or self._closing:
            return False
        if not self.processes.runs - self.stopping:
            return False
        event.ignore()
        if self._question is None:
            names = sorted(run.name for run in self.processes.runs - self.stopping)
            question = ClosingQuestion(names, self._window)
            question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            question.stop_asked.connect(self._stop_all_and_close)
            question.leave_asked.connect(self._close)
            question.finished.connect(self._forget_question)
            self._question = question
            question.open()
        return True

    def _judge_run(self, wish: TrainingWish, steps: int) -> Verdict:
        """The same of the run folder alone."""
        name, own = wish.run.name, wish.run / CONFIG
        if not name:
            return Verdict(False, self.tr("Name a folder for the run."))
        if wish.run in self.processes.runs or wish.run in training_processes():
            return Verdict(False, self.tr("{run} is being trained already.").format(run=name))
        if not wish.run.exists() or {path.name for path in wish.run.iterdir()} <= {LOG}:
            words = self.tr("A new run of {steps} steps, in a process of its own.")
            return Verdict(True, words.format(steps=steps))
        if not is_run(wish.run):
            words = self.tr("{run} has files in it that are no run’s; name another folder.")
            return Verdict(False, words.format(run=name))
        if not own.is_file() or own.read_bytes() != wish.config.read_bytes():
            words = self.tr("{run} is a run of another configuration; name another folder.")
            return Verdict(False, words.format(run=name))
        record = self._runs.record(wish.run)
        step = record.step if record is not None else 0
        if steps and step >= steps:
            return Verdict(False, self.tr("{run} is finished.").format(run=name))
        words = self.tr("Goes on with {run} from its last checkpoint, at step {step} of {steps}.")
        return Verdict(True, words.format(run=name, step=step, steps=steps), goes_on=True)

    def _show(self, wish: TrainingWish) -> None:
        words = self.tr("{name} ({recipe}, {steps} steps)")
        configs = [
            (c.path, words.format(name=c.path.stem, recipe=c.recipe, steps=c.steps))
            for c in configurations(configs_folder())
        ]
        runs = [record.folder for record in self._runs.records if record.resumable]
        dialog = TrainingDialog(configs, runs, wish, self.judge, self.fresh, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.start_asked.connect(self.start)
        dialog.open()

    def _on_ended(self, run: Path, _code: int) -> None:
        self.stopping.discard(run)
        self.changed.emit()

    def _stop_all_and_close(self) -> None:
        for run in self.processes.runs:
            self.stop(run)
        self._close()

    def _close(self) -> None:
        self._closing = True
        self._window.close()

    def _forget_question(self) -> None:
        self._question = None
