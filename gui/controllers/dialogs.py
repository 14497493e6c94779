"""Use case: ask the user for files, folders and export choices. No dialog blocks."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from engine.domain import ExportSpec
from gui.bridge import settings as keys
from gui.bridge.settings import Settings
from gui.controllers.export_results import ExportResults
from gui.controllers.open_photos import PHOTO_SUFFIXES, OpenPhotos
from gui.models.session import Session
from gui.views.export_dialog import ExportDialog
from gui.views.help_dialogs import AboutDialog, ShortcutsDialog
from gui.views.theme import Theme


class Dialogs(QObject):
    """Shows dialogs over the window and hands their answers to the controllers."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        session: Session,
        settings: Settings,
        open_photos: OpenPhotos,
        export_results: ExportResults,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._session = session
        self._settings = settings
        self._open_photos = open_photos
        self._export_results = export_results

    def ask_photos(self) -> None:
        """Let the user choose files to open."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(PHOTO_SUFFIXES))
        dialog = self._file_dialog(self.tr("Open photos"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        photos, everything = self.tr("Photos"), self.tr("All files")
        dialog.setNameFilters([f"{photos} ({patterns})", f"{everything} (*)"])
        dialog.filesSelected.connect(self._open)
        dialog.open()

    def ask_folder(self) -> None:
        """Let the user choose a folder whose photos to open."""
        dialog = self._file_dialog(self.tr("Open a folder of photos"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._open)
        dialog.open()

    def ask_export(self) -> None:
        """Let the user say where and how to export the current photo."""
        entry = self._session.current
        if entry is None or not self._export_results.can_export():
            return
        remembered = Path(self._settings.get(keys.EXPORT_FOLDER) or "")
        folder = remembered if remembered.name and remembered.is_dir() else None
        suggestion = self._export_results.suggest(folder)
        defaults = ExportSpec(
            path=suggestion,
            quality=self._settings.get(keys.EXPORT_QUALITY),
            keep_metadata=self._settings.get(keys.EXPORT_METADATA),
            mark_ai=self._settings.get(keys.EXPORT_MARK),
            max_side=self._settings.get(keys.EXPORT_SIZE) or None,
        )
        dialog = ExportDialog(self._theme, entry.path, suggestion, defaults, self._window)
        dialog.export_asked.connect(self._export)
        self._show(dialog)

    def show_shortcuts(self, rows: list[tuple[str, str]]) -> None:
        """List the keys."""
        self._show(ShortcutsDialog(rows, self._window))

    def show_about(self) -> None:
        """Say what this is."""
        self._show(AboutDialog(self._theme, _version(), self._window))

    def _file_dialog(self, title: str) -> QFileDialog:
        folder = self._settings.get(keys.LAST_FOLDER)
        dialog = QFileDialog(self._window, title, folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        if paths:
            self._settings.set(keys.LAST_FOLDER, str(paths[0].parent))
            self._open_photos.add(paths)

    def _export(self, spec: ExportSpec) -> None:
        entry = self._session.current
        beside = entry is not None and spec.path.parent == entry.path.parent
        self._settings.set(keys.EXPORT_FOLDER, "" if beside else str(spec.path.parent))
        self._settings.set(keys.EXPORT_QUALITY, spec.quality)
        self._settings.set(keys.EXPORT_METADATA, spec.keep_metadata)
        self._settings.set(keys.EXPORT_MARK, spec.mark_ai)
        self._settings.set(keys.EXPORT_SIZE, spec.max_side or 0)
        self._export_results.export(spec)


def _version() -> str:
    try:
        return metadata.version("agelens")
    except metadata.PackageNotFoundError:
        return ""
