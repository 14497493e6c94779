"""Use case: watch training runs on a page beside the photos."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QImage

from engine import paths
from gui.bridge import settings as keys
from gui.bridge.messages import Level, Message, Messages
from gui.bridge.run_words import error_words
from gui.bridge.runs import RunRecord, RunState
from gui.bridge.settings import Settings
from gui.controllers.train_runs import TrainRuns
from gui.controllers.use_weights import UseWeights
from gui.jobs.picture_loader import PictureLoader
from gui.jobs.poller import Poller
from gui.jobs.process_table import training_processes
from gui.jobs.runner import JobRunner
from gui.models.run_folder import RunFolderReader, is_run
from gui.models.run_list import RunList
from gui.models.session import Session
from gui.views.form import ask_folder
from gui.views.page_window import PageWindow
from gui.views.theme import Theme
from gui.views.training_page import TrainingPage

_LOOK_MS = 2000
Answer = tuple[Path, tuple[RunRecord, ...], dict[Path, int], frozenset[Path]]


class Training(QObject):
    """Keeps the page in step with a folder of runs, while it is shown or trains."""

    def __init__(
        self,
        window: PageWindow,
        theme: Theme,
        session: Session,
        settings: Settings,
        runner: JobRunner,
        messages: Messages,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._messages = messages
        self._reader = RunFolderReader()
        self._chosen: Path | None = None
        self._other: Path | None = None
        self._ended: set[Path] = set()
        self.folder = _folder(settings)
        self.runs = RunList(self)
        self.page = TrainingPage(theme, self.runs)
        self.pictures = PictureLoader(self)
        self.poller = Poller(self._look, _LOOK_MS, self)
        self.trains = TrainRuns(window, self.runs, lambda: self.folder, settings, messages)
        self.weights = UseWeights(session, runner, messages, self.trains.command, self)
        window.add_page(self.page)
        self._connect()

    def stop(self) -> None:
        """End everything but the trainings themselves."""
        self.poller.stop()
        self.pictures.stop()
        self.weights.stop()
        self.trains.release()

    def leave(self) -> None:
        """Go back to the photos."""
        self._window.training.setChecked(False)

    def switch(self, shown: bool) -> None:
        """The page comes into sight, or leaves it."""
        self._window.show_page(self.page if shown else None)
        if shown:
            self.page.put_above(self._window.banner)
            self.page.show_folder(self.folder, runs=self.runs.rowCount() > 0)
            self.poller.start()
            self.page.rows.setFocus()
        else:
            self._rest_if_unwatched()

    def open_folder(self, name: str) -> None:
        """Show the runs of a folder; of a run's own folder, those beside it, and itself."""
        folder = Path(name)
        self._chosen = folder if is_run(folder) else None
        self.folder = folder.parent if is_run(folder) else folder
        self._settings.set(keys.TRAINING_FOLDER, str(self.folder))
        self._other = None
        self.poller.poke()

    def choose(self, folder: Path) -> None:
        """Show a run."""
        if folder != self._chosen:
            self._chosen = folder
            self._other = None if self._other == folder else self._other
            self._show()

    def compare(self, folder: Path | None) -> None:
        """Show another run beside the chosen one."""
        self._other = folder
        self._show()

    # -- how it is joined

    def _connect(self) -> None:
        page, head, trains = self.page, self.page.head, self.trains
        page.left.connect(self.leave)
        page.start_asked.connect(trains.ask)
        page.folder_asked.connect(self._ask_folder)
        page.rows.run_chosen.connect(self.choose)
        page.samples.picture_asked.connect(self.pictures.ask)
        page.samples.compare_chosen.connect(self.compare)
        self.pictures.loaded.connect(self._on_picture)
        self.poller.answered.connect(self._on_answer)
        self.runs.dataChanged.connect(self._show)
        head.stop_asked.connect(lambda: self._with_chosen(lambda run: trains.stop(run.folder)))
        head.go_on_asked.connect(lambda: self._with_chosen(trains.ask_to_go_on))
        head.use_asked.connect(lambda: self._with_chosen(self.weights.use))
        head.folder_asked.connect(lambda: self._with_chosen(_open))
        trains.started.connect(self._on_started)
        trains.changed.connect(self._on_trains_changed)
        trains.processes.ended.connect(lambda run, _code: self._ended.add(run))
        self.weights.changed.connect(self._show)
        self.weights.chosen.connect(self.leave)

    def _look(self) -> Answer:
        """What there is now; called on the poller's thread."""
        folder, ended = self.folder, frozenset(self._ended)
        return folder, self._reader.read(folder), training_processes(), ended

    def _on_answer(self, answer: Answer) -> None:
        folder, records, processes, ended = answer
        if folder != self.folder:
            self.poller.poke()
            return
        running = self.trains.processes.runs | processes.keys()
        self.trains.stopping &= running
        self.runs.update(records, running, self.trains.stopping)
        self._tell_ended(ended)
        self.page.show_folder(folder, runs=bool(records))
        known = {record.folder for record in records}
        if self._other not in known:
            self._other = None
        if self._chosen not in known:
            self._chosen = records[0].folder if records else None
        self.page.rows.show_row(self.runs.row_of(self._chosen))
        self._show()
        self._rest_if_unwatched()

    def _show(self) -> None:
        record, other = self.runs.record(self._chosen), self.runs.record(self._other)
        self.page.show_run(record, other)
        others = [r.folder for r in self.runs.records if r.samples and r.folder != self._chosen]
        self.page.samples.show_runs(record, other, others)
        if record is not None:
            obstacle, busy = self.weights.obstacle(record), self.weights.run is not None
            self.page.head.show_run(record, obstacle=obstacle, busy=busy)

    def _with_chosen(self, act: object) -> None:
        record = self.runs.record(self._chosen)
        if record is not None and callable(act):
            act(record)

    # -- what happens

    def _rest_if_unwatched(self) -> None:
        if not self._window.training.isChecked() and not self.trains.processes.runs:
            self.poller.pause()

    def _on_started(self, run: Path) -> None:
        self._chosen = run
        if run.parent != self.folder:
            self.open_folder(str(run.parent))
            self._chosen = run
        self._window.training.setChecked(True)
        self.poller.start()

    def _on_trains_changed(self) -> None:
        self.poller.poke()

    def _on_picture(self, path: Path, picture: QImage) -> None:
        self.page.samples.set_picture(path, picture)

    def _tell_ended(self, ended: frozenset[Path]) -> None:
        """Say what became of trainings that had ended before their folders were read."""
        fresh, self._ended = self._ended & ended, self._ended - ended
        for record in (self.runs.record(run) for run in fresh):
            if record is not None:
                show = (self.tr("Show the run"), lambda run=record.folder: self._show_run(run))
                hidden = not self._window.training.isChecked()
                level, sentence = self._end_of(record)
                self._messages.post(Message(level, sentence, action=show if hidden else None))

    def _end_of(self, record: RunRecord) -> tuple[Level, str]:
        name = record.folder.name
        if record.state is RunState.FAILED:
            words = self.tr("The training of {run} failed. {reason}")
            return Level.ERROR, words.format(run=name, reason=error_words(record))
        if record.state is RunState.FINISHED:
            return Level.SUCCESS, self.tr("The training of {run} is finished.").format(run=name)
        words = self.tr("{run} has stopped at step {step}; its checkpoint is written.")
        return Level.INFO, words.format(run=name, step=record.step)

    def _show_run(self, run: Path) -> None:
        self._chosen = run
        self._window.training.setChecked(True)

    def _ask_folder(self) -> None:
        ask_folder(self.page, self.tr("Folder of runs"), str(self.folder), self.open_folder)


def _folder(settings: Settings) -> Path:
    """The folder of runs shown last; before there is one, ``runs`` beside the program."""
    chosen = settings.get(keys.TRAINING_FOLDER)
    if chosen:
        return Path(chosen)
    root = paths.app_root()
    return root / "runs" if (root / "main.py").is_file() else paths.user_data_dir() / "runs"


def _open(record: RunRecord) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(record.folder)))
