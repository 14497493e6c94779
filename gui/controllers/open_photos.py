"""Use case: bring photos in, show one, find its faces, take photos out of the gallery."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from engine.domain import Face
from gui.bridge.engine_words import spoken
from gui.bridge.messages import Level, Message, Messages
from gui.bridge.naming import CAMERA_RAW
from gui.bridge.roles import PhotoState
from gui.jobs.job import Failure, FindFacesJob, Job, OpenedPhoto, OpenPhotoJob
from gui.jobs.runner import JobRunner
from gui.jobs.thumbnails import ThumbnailLoader, fit_thumbnail
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session

PHOTO_SUFFIXES = frozenset(
    [
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".png",
        ".webp",
        ".tif",
        ".tiff",
        ".bmp",
        ".heic",
        ".heif",
        ".hif",
        ".avif",
        ".gif",
        ".jxl",
        *CAMERA_RAW,
    ]
)

RECIPE_SUFFIX = ".agelens.json"


class OpenPhotos(QObject):
    """Files and folders in, photos and faces out. Never deletes or writes a file.

    Signals:
        asked: photos and folders that the user wants open.
        recipe_asked: the sidecar of a result, whose photo is to be opened as it was made.
    """

    asked = Signal(list)
    recipe_asked = Signal(object)

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        thumbnails: ThumbnailLoader,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._thumbnails = thumbnails
        self._messages = messages
        self._opening: dict[str, tuple[PhotoEntry, PhotoState]] = {}
        runner.resting.connect(session.rest)
        runner.cancelled.connect(self._on_cancelled)
        runner.finished.connect(lambda job: self._opening.pop(job.id, None))
        session.gallery.thumbnail_wanted.connect(thumbnails.load)
        thumbnails.loaded.connect(session.gallery.set_thumbnail)
        thumbnails.listed.connect(self._on_folder_listed)

    def add(self, paths: Sequence[Path]) -> None:
        """Take files and folders; what is no photo is named in one sentence."""
        photos: list[Path] = []
        strangers: list[Path] = []
        folders: list[Path] = []
        for path in (Path(p).absolute() for p in paths):
            if path.is_dir():
                folders.append(path)
                self._thumbnails.list_folder(path, PHOTO_SUFFIXES)
            elif path.suffix.lower() in PHOTO_SUFFIXES:
                photos.append(path)
            elif path.name.lower().endswith(RECIPE_SUFFIX):
                self.recipe_asked.emit(path)
            else:
                strangers.append(path)
        if strangers:
            self._refuse(strangers)
        if photos:
            self._take(photos)
        if photos or folders:
            self.asked.emit([*folders, *photos])

    def show(self, entry: PhotoEntry | None) -> None:
        """Make a photo the current one, decoding it and finding its faces if need be."""
        if entry is self._session.current:
            return
        self._runner.supersede("open")
        self._session.show(entry)
        if entry is None or entry.state is PhotoState.FAILED:
            return
        if entry.photo is None:
            self._decode(entry)
        elif entry.faces is None:
            self._find_faces(entry)

    def retry(self) -> None:
        """Try the current photo again after a failure."""
        entry = self._session.current
        if entry is None or (entry.photo is not None and entry.faces is not None):
            return
        self._session.set_state(entry, PhotoState.NEW)
        self._session.show(entry)
        if entry.photo is None:
            self._decode(entry)
        else:
            self._find_faces(entry)

    def remove(self, entry: PhotoEntry) -> None:
        """Take a photo out of the gallery; its file stays where it is."""
        gallery = self._session.gallery
        row = gallery.row_of(entry)
        if row < 0:
            return
        was_current = entry is self._session.current
        self._session.forget(entry)
        if was_current:
            rest = gallery.entries
            self.show(rest[min(row, len(rest) - 1)] if rest else None)

    def remove_all(self, entries: Sequence[PhotoEntry]) -> None:
        """Take photos out of the gallery, the shown one last, so that no other is opened first."""
        for entry in sorted(entries, key=lambda entry: entry is self._session.current):
            self.remove(entry)

    def _take(self, photos: Sequence[Path]) -> None:
        entries = self._session.gallery.add(photos)
        self.show(entries[0])

    def _on_folder_listed(self, folder: Path, photos: Sequence[Path]) -> None:
        if photos:
            self._take(photos)
        else:
            self._messages.warning(
                self.tr("There are no photos in the folder “{name}”.").format(name=folder.name)
            )

    def _refuse(self, strangers: Sequence[Path]) -> None:
        formats = self.tr("JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF, JPEG XL and camera raw")
        if len(strangers) == 1:
            sentence = self.tr("“{name}” is not a photo that Agelens can open; it opens {formats}.")
            text = sentence.format(name=strangers[0].name, formats=formats)
        else:
            count = len(strangers)
            sentence = self.tr("%n file(s) are not photos; Agelens opens {formats}.", "", count)
            text = sentence.format(formats=formats)
        self._messages.error(text, "\n".join(str(path) for path in strangers))

    def _decode(self, entry: PhotoEntry) -> None:
        resting = entry.state
        self._session.set_state(entry, PhotoState.WORKING)
        job = OpenPhotoJob(
            title=self.tr("Opening {name}").format(name=entry.path.name),
            lane="open",
            path=entry.path,
        )

        self._opening[job.id] = (entry, resting)

        def opened(answer: OpenedPhoto) -> None:
            self._session.set_state(entry, _rest_state(entry, resting))
            self._session.set_photo(entry, answer.photo, answer.picture)
            self._show_thumbnail(entry, answer.picture.level_for(0.0))
            for notice in answer.photo.notices:
                self._messages.info(spoken(notice))
            if entry.faces is None:
                self._find_faces(entry)

        self._runner.submit(job, opened, lambda failure: self._fail(entry, failure))

    def _find_faces(self, entry: PhotoEntry) -> None:
        assert entry.photo is not None
        resting = entry.state
        self._session.set_state(entry, PhotoState.WORKING)
        job = FindFacesJob(
            title=self.tr("Looking for faces in {name}").format(name=entry.path.name),
            lane="open",
            photo=entry.photo,
        )

        self._opening[job.id] = (entry, resting)

        def found(faces: tuple[Face, ...]) -> None:
            rest = _rest_state(entry, resting) if entry.edits else PhotoState.READY
            self._session.set_state(entry, rest)
            self._session.set_faces(entry, faces)
            if not faces:
                sentence = self.tr("No face was found in “{name}”; try a photo that shows one.")
                self._messages.info(sentence.format(name=entry.path.name))

        self._runner.submit(job, found, lambda failure: self._fail(entry, failure))

    def _on_cancelled(self, job: Job[Any]) -> None:
        """Another photo was shown first, or the user stopped it: nothing works on it now."""
        entry, resting = self._opening.pop(job.id, (None, PhotoState.NEW))
        again = any(other is entry for other, _resting in self._opening.values())
        if entry is not None and not again and entry.state is PhotoState.WORKING:
            self._session.set_state(entry, _rest_state(entry, resting))

    def _show_thumbnail(self, entry: PhotoEntry, image: QImage) -> None:
        if not self._session.gallery.has_thumbnail(entry.path):
            small = fit_thumbnail(image)
            self._session.gallery.set_thumbnail(entry.path, small)
            self._thumbnails.keep(entry.path, small)

    def _fail(self, entry: PhotoEntry, failure: Failure) -> None:
        """Say it on the photo's own page, or above another photo that is shown by now."""
        self._session.set_failed(entry, failure.sentence, failure.details)
        shown = entry is self._session.current
        if shown and entry.photo is not None:
            again = (self.tr("Try again"), self.retry)
            self._messages.post(
                Message(Level.ERROR, failure.sentence, failure.details, action=again)
            )
        elif not shown:
            self._messages.error(failure.sentence, failure.details)
        if entry is self._session.current:
            self._session.photo_changed.emit()


def _rest_state(entry: PhotoEntry, before: PhotoState) -> PhotoState:
    if entry.edits:
        return before if before in {PhotoState.AGED, PhotoState.EXPORTED} else PhotoState.AGED
    return PhotoState.READY if entry.faces is not None else PhotoState.NEW
