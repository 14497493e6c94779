"""Use case: choose what computes, how the window looks, where thumbnails lie, which models."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from engine import paths
from engine.domain import DeviceReport, ModelCard
from gui.bridge import settings as keys
from gui.bridge import translation
from gui.bridge.messages import Messages
from gui.bridge.settings import Settings
from gui.controllers.choose_signer import ChooseSigner
from gui.jobs.engine_jobs import ImportModelJob, UseDeviceJob
from gui.jobs.job import DeviceJob, Failure, Job, Priority
from gui.jobs.runner import JobRunner
from gui.jobs.thumbnail_cache import ThumbnailCache
from gui.jobs.thumbnails import ThumbnailLoader
from gui.models.session import Session
from gui.views.settings_dialog import SettingsDialog


class Preferences(QObject):
    """Applies settings at the start and whenever the dialog changes one.

    Signals:
        theme_chosen: ``system``, ``light`` or ``dark``.
    """

    theme_chosen = Signal(str)

    def __init__(
        self,
        window: QWidget,
        session: Session,
        settings: Settings,
        runner: JobRunner,
        thumbnails: ThumbnailLoader,
        messages: Messages,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._settings = settings
        self._runner = runner
        self._thumbnails = thumbnails
        self._messages = messages
        self._dialog: SettingsDialog | None = None
        self.signer = ChooseSigner(settings, runner, messages, self)
        self.signer.changed.connect(self._show_signer)
        session.device_changed.connect(self._show_device)
        session.models_changed.connect(self._show_models)
        self._apply_cache()

    def load_device(self) -> None:
        """Load the device that is set; a worse one is used, and said, where it is not there."""
        self._use_device(self._settings.get(keys.DEVICE), Priority.BACKGROUND)
        self.signer.start()

    def ask(self) -> None:
        """Show the settings."""
        dialog = SettingsDialog(_languages(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._forget)
        dialog.device_chosen.connect(self.choose_device)
        dialog.theme_chosen.connect(self.theme_chosen)
        dialog.language_chosen.connect(lambda code: self._settings.set(keys.LANGUAGE, code))
        dialog.cache_chosen.connect(self.choose_cache)
        dialog.clear_asked.connect(self._thumbnails.clear_cache)
        dialog.import_asked.connect(self.import_model)
        dialog.models_folder_asked.connect(self._open_models)
        dialog.signer.chosen.connect(self.signer.use)
        dialog.signer.show_signer(self.signer.name)
        self._dialog = dialog
        self._show_choices()
        self._show_device()
        self._show_models()
        dialog.open()

    def choose_device(self, kind: str) -> None:
        """Compute there from now on; remembered once it works."""
        self._use_device(kind, Priority.INTERACTIVE)

    def choose_cache(self, megabytes: int, folder: Path) -> None:
        """Keep thumbnails there, so many."""
        default = folder == _default_cache()
        self._settings.set(keys.CACHE_MEGABYTES, megabytes)
        self._settings.set(keys.CACHE_FOLDER, "" if default else str(folder))
        self._apply_cache()

    def import_model(self, file: Path) -> None:
        """Let the engine check a weights file and take a copy."""
        job = ImportModelJob(
            title=self.tr("Importing {name}").format(name=file.name),
            priority=Priority.INTERACTIVE,
            file=file,
        )
        self._runner.submit(job, self._imported, self._fail)

    def _imported(self, answer: tuple[ModelCard, tuple[ModelCard, ...]]) -> None:
        card, cards = answer
        chosen = self._session.card
        self._session.set_models(cards)
        if chosen is not None:
            self._session.choose_model(chosen.name)
        sentence = self.tr("The model “{title}” is installed.").format(title=card.title)
        self._messages.success(sentence, folder=paths.user_models_dir())

    def _use_device(self, kind: str, priority: Priority) -> None:
        title, lane = self.tr("Preparing the device"), "device"
        job: Job[DeviceReport] = UseDeviceJob(title=title, lane=lane, priority=priority, kind=kind)
        if kind == "auto" and self._session.device is None:
            job = DeviceJob(title=title, lane=lane, priority=priority)

        def ready(report: DeviceReport) -> None:
            self._settings.set(keys.DEVICE, kind)
            self._session.set_device(report)

        def failed(failure: Failure) -> None:
            self._fail(failure)
            self._show_choices()
            if self._session.device is None and kind != "auto":
                self._use_device("auto", priority)

        self._runner.submit(job, ready, failed)

    def _apply_cache(self) -> None:
        limit = self._settings.get(keys.CACHE_MEGABYTES) * 1_000_000
        cache = ThumbnailCache(self._cache_folder(), limit) if limit > 0 else None
        self._thumbnails.use_cache(cache)

    def _cache_folder(self) -> Path:
        chosen = self._settings.get(keys.CACHE_FOLDER)
        return Path(chosen) if chosen else _default_cache()

    def _open_models(self) -> None:
        folder = paths.user_models_dir()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _show_choices(self) -> None:
        if self._dialog is not None:
            self._dialog.show_choices(
                device=self._settings.get(keys.DEVICE),
                theme=self._settings.get(keys.THEME),
                language=self._settings.get(keys.LANGUAGE),
                megabytes=self._settings.get(keys.CACHE_MEGABYTES),
                folder=self._cache_folder(),
            )

    def _show_device(self) -> None:
        if self._dialog is not None:
            self._dialog.show_device(self._session.device)

    def _show_signer(self, name: str) -> None:
        if self._dialog is not None:
            self._dialog.signer.show_signer(name)

    def _show_models(self) -> None:
        if self._dialog is not None:
            self._dialog.show_models(self._session.cards)

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)

    def _forget(self) -> None:
        self._dialog = None


def _default_cache() -> Path:
    return paths.user_cache_dir() / "thumbnails"


def _languages() -> list[tuple[str, str]]:
    """Codes and own names of the languages that there are translations for, English first."""
    codes = translation.languages(paths.resources_dir() / "translations")
    return [(code, translation.language_name(code)) for code in codes]
