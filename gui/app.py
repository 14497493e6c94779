"""Builds the window's objects and hands each what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from engine import paths
from engine.domain import ModelCard
from engine.service import ServiceFactory
from gui.bridge import settings as keys
from gui.bridge.crash import CrashHandler
from gui.bridge.messages import Messages
from gui.bridge.roles import PhotoState
from gui.bridge.settings import Settings
from gui.controllers.age_face import AgeFace
from gui.controllers.batch import Batch
from gui.controllers.batch_dialogs import BatchDialogs
from gui.controllers.choose_face import ChooseFace
from gui.controllers.dialogs import Dialogs
from gui.controllers.export_dialogs import ExportDialogs
from gui.controllers.export_results import ExportResults
from gui.controllers.export_timeline import ExportTimeline
from gui.controllers.lasting import Lasting
from gui.controllers.open_photos import OpenPhotos
from gui.controllers.open_recipes import OpenRecipes
from gui.controllers.preferences import Preferences
from gui.controllers.show_jobs import ShowJobs
from gui.controllers.show_photo import ShowPhoto
from gui.controllers.show_timeline import ShowTimeline
from gui.controllers.tend_faces import TendFaces
from gui.controllers.training_door import TrainingDoor
from gui.controllers.undo_edits import UndoEdits
from gui.jobs.job import Failure, ModelsJob, Priority
from gui.jobs.runner import JobRunner
from gui.jobs.thumbnails import ThumbnailLoader
from gui.main_window import MainWindow
from gui.models.batch_queue import BatchStore
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from gui.views.canvas_paint import CompareMode
from gui.views.theme import Theme


class Application(QObject):
    """Everything the running window consists of, joined.

    Args:
        app: Qt's application object.
        service_factory: builds the engine; called on the worker thread.
        settings: what the window remembers.
        samples: photos that the empty state offers.
        messages: where messages go; tests pass a recording one.
    """

    def __init__(
        self,
        app: QApplication,
        service_factory: ServiceFactory,
        settings: Settings,
        *,
        samples: Sequence[Path] = (),
        messages: Messages | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.theme = Theme(app, paths.resources_dir(), self)
        self.theme.choose(settings.get(keys.THEME))
        self.messages = messages or Messages(self)
        self.session = Session(self)
        self.runner = JobRunner(service_factory, self)
        self.thumbnails = ThumbnailLoader(self)
        self.window = MainWindow(self.theme, tuple(samples))
        self._make_controllers()
        self._connect_views()
        self._connect_actions()
        self._restore()
        for sample in samples:
            self.thumbnails.load(sample)
        self.ended_cleanly = True

    def start(self, photos: Sequence[Path] = (), crashes: CrashHandler | None = None) -> None:
        """Show the window, start the engine, go on with the last session and open photos."""
        self.window.show()
        self.runner.start()
        fail = self._on_start_failed
        models = ModelsJob(title=self.tr("Starting the engine"), priority=Priority.INTERACTIVE)
        self.runner.submit(models, self._on_models, fail)
        self.preferences.load_device()
        self.window.job_bar.start(self.tr("Starting the engine"))
        self.lasting.start(crashes)
        self.batch_dialogs.offer()
        self.training.start()
        if photos:
            self.open_photos.add(photos)

    def stop(self) -> None:
        """Save what is remembered and stop the worker, waiting at most 3 s for its step."""
        self.settings.set(keys.GEOMETRY, self.window.saveGeometry())
        self.settings.set(keys.SPLITTER, self.window.splitter.saveState())
        self.settings.set(keys.SHOW_FACES, self.window.boxes.isChecked())
        self.settings.set(keys.SHOW_REGIONS, self.window.panel.regions.head.isChecked())
        self.settings.set(keys.SHOW_TIMELINE, self.window.timeline_shown.isChecked())
        self.training.stop()
        self.settings.sync()
        self.window.hide()
        self.lasting.stop()
        self.thumbnails.stop()
        self.ended_cleanly = self.runner.shutdown()

    def _make_controllers(self) -> None:
        session, runner, messages = self.session, self.runner, self.messages
        self.open_photos = OpenPhotos(session, runner, self.thumbnails, messages, self)
        self.open_recipes = OpenRecipes(session, runner, messages, self.open_photos)
        self.choose_face = ChooseFace(session, runner, messages, self)
        self.age_face = AgeFace(session, runner, messages, self)
        self.export_results = ExportResults(session, runner, messages, self)
        window = self.window
        self.show_photo = ShowPhoto(session, self.age_face, window.canvas, window.panel, self)
        self.tend_faces = TendFaces(
            session, runner, messages, window.strip, window.canvas, window, self
        )
        self.lasting = Lasting(session, self.open_photos, messages, self.settings, window, self)
        self.undo_edits = UndoEdits(session, window, window.panel, window.history_button, self)
        self.timeline = ShowTimeline(session, runner, messages, window.timeline, self)
        self.export_timeline = ExportTimeline(
            window, session, runner, messages, self.settings, self.timeline
        )
        self.batch = Batch(runner, messages, BatchStore(self.settings.folder / "batch.jsonl"), self)
        self.show_jobs = ShowJobs(runner, window.job_bar, self.theme, self)
        runner.broken.connect(self._on_start_failed)
        self.preferences = Preferences(
            window, session, self.settings, runner, self.thumbnails, messages
        )
        self.preferences.theme_chosen.connect(self._choose_theme)
        self.batch_dialogs = BatchDialogs(window, self.theme, session, self.settings, self.batch)
        self.export_dialogs = ExportDialogs(
            window, self.theme, session, self.settings, self.export_results
        )
        self.dialogs = Dialogs(window, self.theme, self.settings, self.open_photos)
        self.training = TrainingDoor(window, self.theme, session, self.settings, runner, messages)

    def _connect_views(self) -> None:
        window, panel = self.window, self.window.panel
        window.gallery.setModel(self.session.gallery)
        window.gallery.entry_chosen.connect(self.open_photos.show)
        window.gallery.remove_asked.connect(self.open_photos.remove)
        window.files_dropped.connect(self.open_photos.add)
        window.empty.open_asked.connect(self.dialogs.ask_photos)
        window.empty.sample_chosen.connect(lambda path: self.open_photos.add([path]))
        window.failed.retry_asked.connect(self.open_photos.retry)
        window.failed.remove_asked.connect(self._remove_current)
        window.closing.connect(self.stop)
        window.canvas.face_clicked.connect(self.choose_face.choose)
        panel.target_chosen.connect(self.age_face.set_target)
        panel.original_chosen.connect(self.age_face.reset_face)
        panel.strength_chosen.connect(self.age_face.set_strength)
        panel.regions.share_chosen.connect(self.age_face.set_share)
        panel.regions.reset_asked.connect(self.age_face.reset_regions)
        panel.model_chosen.connect(self.session.choose_model)
        panel.face_stepped.connect(self.choose_face.step)
        window.timeline.age_chosen.connect(self.age_face.set_target)
        window.timeline.export_asked.connect(self.export_timeline.ask)
        window.timeline.closed.connect(lambda: window.timeline_shown.setChecked(False))
        window.timeline_shown.toggled.connect(self.timeline.open)
        window.timeline_shown.toggled.connect(self.export_timeline.learn_formats)
        self.timeline.shown.connect(self.show_photo.play)
        self.messages.posted.connect(window.banner.show_message)
        self.thumbnails.loaded.connect(window.empty.set_thumbnail)
        self.session.current_changed.connect(self._show_stage)
        self.session.photo_changed.connect(self._show_stage)
        for changed in (self.session.current_changed, self.session.edits_changed):
            changed.connect(self._update_actions)
        self.session.photo_changed.connect(self._update_actions)
        self.session.preview_arrived.connect(self._update_actions)
        self.session.device_changed.connect(lambda: window.job_bar.show_device(self.session.device))

    def _connect_actions(self) -> None:
        window = self.window
        for action, slot in (
            (window.open, self.dialogs.ask_photos),
            (window.open_folder, self.dialogs.ask_folder),
            (window.export, lambda: self.export_dialogs.ask(window.gallery.chosen())),
            (window.batch, self.batch_dialogs.ask),
            (window.preferences, self.preferences.ask),
            (window.remove, lambda: self.open_photos.remove_all(window.gallery.chosen())),
            (window.reset, self.age_face.reset_face),
            (window.next_face, lambda: self.choose_face.step(1)),
            (window.previous_face, lambda: self.choose_face.step(-1)),
            (window.cancel, self.runner.cancel_all),
            (window.shortcuts, lambda: self.dialogs.show_shortcuts(window.shortcut_rows())),
            (window.about, self.dialogs.show_about),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        window.themes.triggered.connect(lambda action: self._choose_theme(str(action.data())))
        self._update_actions()

    def _restore(self) -> None:
        window = self.window
        window.restoreGeometry(self.settings.get(keys.GEOMETRY))
        window.splitter.restoreState(self.settings.get(keys.SPLITTER))
        window.boxes.setChecked(self.settings.get(keys.SHOW_FACES))
        window.panel.regions.open(self.settings.get(keys.SHOW_REGIONS))
        window.timeline_shown.setChecked(self.settings.get(keys.SHOW_TIMELINE))
        self._mark_theme()

    def _show_stage(self) -> None:
        window, entry = self.window, self.session.current
        if entry is None:
            window.show_stage(window.empty)
        elif entry.state is PhotoState.FAILED and entry.photo is None:
            window.failed.show_failure(entry.sentence, entry.details)
            window.show_stage(window.failed)
        else:
            window.show_stage(window.canvas)
        window.gallery.show_row(self.session.gallery.row_of(entry) if entry else -1)
        window.setWindowTitle(f"{entry.path.name} – Agelens" if entry else "Agelens")

    def _update_actions(self, _preview: object = None) -> None:
        window, entry = self.window, self.session.current
        window.export.setEnabled(self.export_results.can_export())
        window.remove.setEnabled(entry is not None)
        window.batch.setEnabled(entry is not None or self.batch.queue is not None)
        window.reset.setEnabled(entry is not None and entry.selected in entry.edits)
        window.set_comparing(entry is not None and bool(entry.edits))
        self._compare_first_result(entry)

    def _compare_first_result(self, entry: PhotoEntry | None) -> None:
        """Leave "before" when something is aged, so that the change can be seen."""
        window = self.window
        if entry is not None and not entry.edits and window.canvas.mode is CompareMode.BEFORE:
            window.modes[CompareMode.AFTER].trigger()

    def _remove_current(self) -> None:
        if self.session.current is not None:
            self.open_photos.remove(self.session.current)

    def _choose_theme(self, name: str) -> None:
        self.settings.set(keys.THEME, name)
        self.theme.choose(name)
        self._mark_theme()

    def _mark_theme(self) -> None:
        for action in self.window.themes.actions():
            action.setChecked(action.data() == self.settings.get(keys.THEME))

    def _on_models(self, cards: tuple[ModelCard, ...]) -> None:
        self.session.set_models(cards)
        if not cards:
            sentence = self.tr("No ageing model is installed; run the set-up again.")
            self.messages.error(sentence)

    def _on_start_failed(self, failure: Failure) -> None:
        self.window.job_bar.finish(0)
        self.messages.error(failure.sentence, failure.details)
