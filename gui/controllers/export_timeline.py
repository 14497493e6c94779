"""Use case: write the chosen face from young to old, as a sheet or an animation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.orders import Receipt, TimelineSpec
from gui.bridge import settings as keys
from gui.bridge.messages import Messages
from gui.bridge.naming import free_name
from gui.bridge.settings import Settings
from gui.controllers.export_results import writable_beside
from gui.controllers.show_timeline import ShowTimeline
from gui.jobs.job import Failure
from gui.jobs.runner import JobRunner
from gui.jobs.timeline_job import TimelineFormatsJob, TimelineJob
from gui.models.session import Session

SUFFIXES = (".png", ".gif", ".webp")
"""What can be written everywhere."""
_FORMATS = "timeline-formats"


class ExportTimeline(QObject):
    """Asks where the timeline is to go, and writes it."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        runner: JobRunner,
        messages: Messages,
        settings: Settings,
        timeline: ShowTimeline,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._runner = runner
        self._messages = messages
        self._settings = settings
        self._timeline = timeline
        self._suffixes: tuple[str, ...] | None = None

    def learn_formats(self, wanted: bool = True) -> None:
        """Ask the engine what it can write, once and behind everything else."""
        if wanted and self._suffixes is None:
            title = self.tr("Looking for a film encoder")
            self._runner.submit(TimelineFormatsJob(title=title, lane=_FORMATS), self._learn)

    def _learn(self, suffixes: tuple[str, ...]) -> None:
        self._suffixes = suffixes

    def ask(self) -> None:
        """Let the user choose a file; its ending chooses what is written."""
        entry = self._session.current
        if entry is None or not self._timeline.can_export():
            return
        remembered = Path(self._settings.get(keys.EXPORT_FOLDER) or "")
        known = remembered.name and remembered.is_dir()
        folder = remembered if known else writable_beside(entry.path)
        name = free_name(folder / f"{entry.path.stem}-timeline.png")
        dialog = QFileDialog(self._window, self.tr("Export the timeline"), str(name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        suffixes = {self._described(suffix): suffix for suffix in self._suffixes or SUFFIXES}
        dialog.setNameFilters(list(suffixes))
        dialog.setDefaultSuffix(".png")
        dialog.selectFile(str(name))
        dialog.filterSelected.connect(lambda chosen: _use_suffix(dialog, suffixes[chosen]))
        dialog.fileSelected.connect(lambda chosen: self._chosen(Path(chosen)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def export(self, spec: TimelineSpec) -> None:
        """Write the timeline to a file."""
        entry, card = self._session.current, self._session.card
        if entry is None or entry.photo is None or card is None:
            return
        if not self._timeline.can_export():
            return
        job = TimelineJob(
            title=self.tr("Exporting {name}").format(name=spec.path.name),
            photo=entry.photo,
            faces=self._timeline.model.faces(),
            spec=spec,
            model=card.name,
        )
        self._runner.submit(job, self._exported, self._fail)

    def _described(self, suffix: str) -> str:
        words = {
            ".png": self.tr("Sheet of pictures (*.png)"),
            ".gif": self.tr("Animated GIF (*.gif)"),
            ".webp": self.tr("Animated WebP (*.webp)"),
            ".mp4": self.tr("MP4 film (*.mp4)"),
        }
        return words[suffix]

    def _chosen(self, path: Path) -> None:
        """Write there; the dialog has asked already where a file is to be replaced."""
        self.export(
            TimelineSpec(
                path=path,
                mark_ai=self._settings.get(keys.EXPORT_MARK),
                credentials=self._settings.get(keys.EXPORT_CREDENTIALS),
                overwrite=path.exists(),
            )
        )

    def _exported(self, receipt: Receipt) -> None:
        sentence = self.tr("Saved “{name}”.").format(name=receipt.path.name)
        self._messages.success(sentence, folder=receipt.path.parent)

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)


def _use_suffix(dialog: QFileDialog, suffix: str) -> None:
    """Let the name follow the format that was chosen."""
    dialog.setDefaultSuffix(suffix)
    names = dialog.selectedFiles()
    if names:
        dialog.selectFile(str(Path(names[0]).with_suffix(suffix)))
