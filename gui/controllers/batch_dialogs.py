"""Use case: ask what a batch is to make, watch it, and offer to go on after a restart."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from gui.bridge import settings as keys
from gui.bridge.roles import BatchState, PhotoState
from gui.bridge.settings import Settings
from gui.controllers.batch import Batch
from gui.controllers.export_results import writable_beside
from gui.models.batch_queue import BatchOptions, plan
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from gui.views.batch_dialog import BatchDialog, BatchWish
from gui.views.batch_progress import BatchProgress
from gui.views.theme import Theme


class BatchDialogs(QObject):
    """The batch's two dialogs over the window."""

    def __init__(
        self, window: QWidget, theme: Theme, session: Session, settings: Settings, batch: Batch
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._session = session
        self._settings = settings
        self._batch = batch
        self._progress: BatchProgress | None = None
        batch.changed.connect(self._show_state)

    def ask(self) -> None:
        """Let the user set up a batch, or watch the one there is."""
        if self._batch.queue is not None and self._batch.queue.unfinished:
            self.watch()
            return
        card = self._session.card
        entries = [e for e in self._session.gallery.entries if e.state is not PhotoState.FAILED]
        if card is None or not entries:
            return
        remembered = Path(self._settings.get(keys.BATCH_FOLDER) or "")
        known = remembered.name and remembered.is_dir()
        folder = remembered if known else writable_beside(entries[0].path)
        pattern = self._settings.get(keys.BATCH_PATTERN)
        paths = [entry.path for entry in entries]
        dialog = BatchDialog(paths, card, folder, pattern, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.start_asked.connect(self.start)
        dialog.open()

    def start(self, wish: BatchWish) -> None:
        """Begin what the user asked for and show how it goes."""
        card = self._session.card
        if card is None:
            return
        self._settings.set(keys.BATCH_FOLDER, str(wish.folder))
        self._settings.set(keys.BATCH_PATTERN, wish.pattern)
        options = BatchOptions(
            model=card.name,
            folder=str(wish.folder),
            pattern=wish.pattern,
            suffix=wish.suffix,
            skip_existing=wish.skip_existing,
            quality=self._settings.get(keys.EXPORT_QUALITY),
            keep_metadata=self._settings.get(keys.EXPORT_METADATA),
            mark_ai=self._settings.get(keys.EXPORT_MARK),
            credentials=self._settings.get(keys.EXPORT_CREDENTIALS),
            keep_place=self._settings.get(keys.EXPORT_PLACE),
            own_compression=self._settings.get(keys.EXPORT_OWN),
            visible_mark=self._settings.get(keys.EXPORT_VISIBLE),
            max_side=self._settings.get(keys.EXPORT_SIZE) or None,
        )
        entries = {entry.path: entry for entry in self._session.gallery.entries}
        photos = [
            (path, _chosen(entries.get(path)) if wish.chosen_faces else ()) for path in wish.photos
        ]
        skipped = {path: tuple(sorted(one.asked.skipped)) for path, one in entries.items()}
        sources = {path: one.asked.ages for path, one in entries.items()}
        asked = {path: dict(one.asked.requests) for path, one in entries.items()}
        queue = plan(options, photos, wish.ages, skipped, sources, asked)
        for item in queue.items:
            if _all_skipped(entries.get(item.photo)):
                item.state = BatchState.SKIPPED
                item.sentence = self.tr("Its faces are skipped.")
        self._batch.start(queue)
        self.watch()

    def offer(self) -> None:
        """Show what an earlier session left unfinished; nothing where it left nothing."""
        if self._batch.load_unfinished():
            self.watch()

    def watch(self) -> None:
        """Show how the batch stands."""
        if self._progress is None:
            dialog = BatchProgress(self._theme, self._batch.model, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.go_on_asked.connect(self._batch.go_on)
            dialog.pause_asked.connect(self._batch.pause)
            dialog.retry_asked.connect(self._batch.retry)
            dialog.discard_asked.connect(self._discard)
            dialog.folder_asked.connect(self._open_folder)
            dialog.failures_wanted.connect(lambda: dialog.copy_text(self._batch.failures()))
            dialog.destroyed.connect(self._forget)
            self._progress = dialog
        self._show_state()
        self._progress.show()
        self._progress.raise_()

    def _show_state(self) -> None:
        dialog, queue = self._progress, self._batch.queue
        if dialog is None or queue is None:
            return
        dialog.show_state(
            self._batch.summary(),
            finished=len(queue.items) - queue.unfinished,
            total=len(queue.items),
            failed=queue.count(BatchState.FAILED),
            running=self._batch.running,
        )
        row = queue.next()
        if self._batch.running and row is not None:
            dialog.show_row(row)

    def _discard(self) -> None:
        if self._progress is not None:
            self._progress.close()
        self._batch.discard()

    def _open_folder(self) -> None:
        if self._batch.queue is not None:
            folder = self._batch.queue.options.folder
            QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    def _forget(self) -> None:
        self._progress = None


def _chosen(entry: PhotoEntry | None) -> tuple[int, ...]:
    """The numbers of the faces that the user worked on in a photo; empty for every face."""
    if entry is None:
        return ()
    numbers = set(entry.edits) or {face.index for face in entry.chosen} - entry.asked.skipped
    return tuple(sorted(numbers))


def _all_skipped(entry: PhotoEntry | None) -> bool:
    if entry is None or not entry.faces:
        return False
    return all(face.index in entry.asked.skipped for face in entry.faces)
