"""Use case: write the chosen face from young to old, as a sheet or an animation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.orders import Framing, Receipt, TimelineSpec
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
from gui.views.timeline_dialog import TimelineDialog

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
        """Let the user choose what it shows and in which format, then a file."""
        if self._session.current is None or not self._timeline.can_export():
            return
        dialog = TimelineDialog(
            self._suffixes or SUFFIXES,
            self._framing(),
            self._settings.get(keys.TIMELINE_FORMAT),
            self._window,
        )
        dialog.chosen.connect(self._ask_file)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _framing(self) -> Framing:
        """What was chosen last."""
        remembered = self._settings.get(keys.TIMELINE_FRAMING)
        return next((one for one in Framing if one.value == remembered), Framing.FACE)

    def _ask_file(self, framing: Framing, suffix: str) -> None:
        """Remember the choices and ask where to write; another ending that is typed counts."""
        self._settings.set(keys.TIMELINE_FRAMING, framing.value)
        self._settings.set(keys.TIMELINE_FORMAT, suffix)
        entry = self._session.current
        if entry is None:
            return
        remembered = Path(self._settings.get(keys.EXPORT_FOLDER) or "")
        known = remembered.name and remembered.is_dir()
        folder = remembered if known else writable_beside(entry.path)
        name = free_name(folder / f"{entry.path.stem}-timeline{suffix}")
        dialog = QFileDialog(self._window, self.tr("Export the timeline"), str(name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(f"{suffix[1:].upper()} (*{suffix})")
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(str(name))
        dialog.fileSelected.connect(lambda chosen: self._chosen(Path(chosen), framing))
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

    def _chosen(self, path: Path, framing: Framing) -> None:
        """Write there; the dialog has asked already where a file is to be replaced."""
        self.export(
            TimelineSpec(
                path=path,
                mark_ai=self._settings.get(keys.EXPORT_MARK),
                credentials=self._settings.get(keys.EXPORT_CREDENTIALS),
                overwrite=path.exists(),
                framing=framing,
            )
        )

    def _exported(self, receipt: Receipt) -> None:
        sentence = self.tr("Saved “{name}”.").format(name=receipt.path.name)
        self._messages.success(sentence, folder=receipt.path.parent)

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)
