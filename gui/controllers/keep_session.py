"""Use case: nothing is lost by closing, by a crash or by a kill: the next start goes on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer

from gui.bridge.messages import Messages
from gui.bridge.roles import PhotoState
from gui.controllers.open_photos import OpenPhotos
from gui.jobs.file_keeper import FileKeeper
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from gui.models.session_file import (
    PhotoRecord,
    SessionRecord,
    WordedRecord,
    decode,
    encode,
)

SAVE_MS = 400


class KeepSession(QObject):
    """Saves the session a moment after each change and brings it back at the start.

    Only photos that changed are put into words again, so saving thousands stays cheap.
    """

    def __init__(
        self,
        session: Session,
        open_photos: OpenPhotos,
        files: FileKeeper,
        messages: Messages,
        file: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._open_photos = open_photos
        self._files = files
        self._messages = messages
        self._file = file
        self._model = ""
        self._told_failure = False
        self._records: dict[PhotoEntry, WordedRecord] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)
        files.failed.connect(self._on_failed)
        files.missing.connect(self._on_missing)
        session.faces_lost.connect(self._on_faces_lost)
        session.models_changed.connect(self._choose_model)

    def start(self) -> None:
        """Bring the last session back and keep this one from now on."""
        record = self._read()
        if record is not None:
            self._restore(record)
        gallery, session = self._session.gallery, self._session
        gallery.rowsInserted.connect(self._later)
        gallery.rowsRemoved.connect(self._later)
        gallery.dataChanged.connect(self._on_rows_changed)
        session.history.moved.connect(self._on_changed)
        for changed in (session.current_changed, session.model_changed):
            changed.connect(self._later)
        session.selection_changed.connect(lambda: self._on_changed(session.current))

    def save(self) -> None:
        """Write now, on the files' thread."""
        self._timer.stop()
        entries = self._session.gallery.entries
        self._records = {entry: self._record(entry) for entry in entries}
        records = tuple(self._records.values())
        current, card = self._session.current, self._session.card
        path = current.path if current is not None else None
        model = card.name if card is not None else self._model

        def text() -> bytes:
            return encode([record.to_json() for record in records], path, model).encode()

        self._files.write(self._file, text)

    def stop(self) -> None:
        """Write what was not written yet."""
        if self._timer.isActive():
            self.save()

    def _record(self, entry: PhotoEntry) -> WordedRecord:
        record = self._records.get(entry)
        if record is None:
            exported = entry.state is PhotoState.EXPORTED
            record = WordedRecord(PhotoRecord.of(entry, self._session.history, exported))
        return record

    def _later(self, *_what: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_changed(self, entry: PhotoEntry | None) -> None:
        if entry is not None:
            self._records.pop(entry, None)
        self._later()

    def _on_rows_changed(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        if roles and Qt.ItemDataRole.DecorationRole in roles:
            return
        for entry in self._session.gallery.entries[first.row() : last.row() + 1]:
            self._records.pop(entry, None)
        self._later()

    # -- the way back

    def _read(self) -> SessionRecord | None:
        try:
            record = decode(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            self._messages.warning(
                self.tr("The last session cannot be read; the window starts empty."), str(error)
            )
            self._set_aside()
            return None
        if record.spoiled:
            self._messages.warning(
                self.tr("%n photo(s) of the last session cannot be read.", "", record.spoiled)
            )
        return record

    def _set_aside(self) -> None:
        """Keep a file that cannot be read, out of the way of the next one."""
        try:
            self._file.replace(self._file.with_suffix(".unreadable.json"))
        except OSError:
            return

    def _restore(self, record: SessionRecord) -> None:
        self._model = record.model
        photos = {photo.path: photo for photo in record.photos}
        entries = self._session.gallery.add(list(photos))
        shown: PhotoEntry | None = None
        for entry, photo in zip(entries, photos.values(), strict=True):
            self._take(entry, photo)
            if photo.path == record.current:
                shown = entry
        self._files.look_for([entry.path for entry in entries])
        if shown is not None:
            self._open_photos.show(shown)

    def _take(self, entry: PhotoEntry, photo: PhotoRecord) -> None:
        entry.sha256 = photo.sha256
        entry.known_boxes = photo.boxes
        entry.selected, entry.beside = photo.selected, photo.beside
        if photo.steps or photo.start != entry.asked:
            self._session.history.load(entry, photo.start, photo.steps, photo.position)
            if photo.exported and entry.edits:
                self._session.set_state(entry, PhotoState.EXPORTED)

    def _choose_model(self) -> None:
        if self._model:
            self._session.choose_model(self._model)
            self._model = ""

    def _on_missing(self, paths: Sequence[Path]) -> None:
        gone = set(paths)
        for entry in self._session.gallery.entries:
            if entry.path in gone and entry.photo is None:
                sentence = self.tr("“{name}” is not where it was; what was done to it is kept.")
                self._session.set_failed(entry, sentence.format(name=entry.path.name), "")
                if entry is self._session.current:
                    self._session.photo_changed.emit()
        details = "\n".join(str(path) for path in paths)
        if len(paths) == 1:
            text = self.tr("“{name}” is no longer where it was.").format(name=paths[0].name)
        else:
            text = self.tr("%n photo(s) are no longer where they were.", "", len(paths))
        self._messages.warning(text, details)

    def _on_faces_lost(self, entry: PhotoEntry, count: int) -> None:
        sentence = self.tr(
            "“{name}” has changed; %n of its aged face(s) not found again.", "", count
        )
        self._messages.warning(sentence.format(name=entry.path.name))

    def _on_failed(self, path: Path, reason: str) -> None:
        if path == self._file and not self._told_failure:
            self._told_failure = True
            sentence = self.tr("The session cannot be saved; after a crash it would be lost.")
            self._messages.warning(sentence, f"{path}: {reason}")
