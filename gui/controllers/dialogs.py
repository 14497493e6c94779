"""Use case: ask the user for files and folders, show the help's windows. No dialog blocks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from engine import __version__, paths
from gui.bridge import settings as keys
from gui.bridge.settings import Settings
from gui.controllers.open_photos import PHOTO_SUFFIXES, RECIPE_SUFFIX, OpenPhotos
from gui.views.help_dialogs import AboutDialog, ShortcutsDialog, licence_page
from gui.views.theme import Theme


class Dialogs(QObject):
    """Shows dialogs over the window and hands their answers to the controllers."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        settings: Settings,
        open_photos: OpenPhotos,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._settings = settings
        self._open_photos = open_photos

    def ask_photos(self) -> None:
        """Let the user choose files to open."""
        suffixes = [*sorted(PHOTO_SUFFIXES), RECIPE_SUFFIX]
        patterns = " ".join(f"*{suffix}" for suffix in suffixes)
        dialog = self._file_dialog(self.tr("Open photos"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        photos, everything = self.tr("Photos and recipes"), self.tr("All files")
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

    def show_shortcuts(self, rows: list[tuple[str, str]]) -> None:
        """List the keys."""
        self._show(ShortcutsDialog(rows, self._window))

    def show_about(self) -> None:
        """Say what this is, and what it is made of."""
        from gui.bridge import licences  # what it reads with is not needed at the start

        page = licence_page(
            (
                (self.tr("This program"), [licences.own()]),
                (self.tr("Ageing networks and what they were trained on"), licences.weights()),
                (self.tr("Model files by others"), licences.model_files()),
                (self.tr("Python packages"), licences.packages()),
            ),
            licences.own_text(),
        )
        commit = paths.build_commit()
        version = f"{__version__} ({commit})" if commit else __version__
        self._show(AboutDialog(self._theme, version, page, self._window))

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
