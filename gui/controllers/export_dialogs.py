"""Use case: ask which photos to export and how, and remember the answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from gui.bridge import settings as keys
from gui.bridge.export_choices import (
    Conflict,
    ExportChoices,
    ExportLook,
    ExportOrder,
    Preset,
    presets_from_text,
    presets_to_text,
)
from gui.bridge.naming import FIELDS
from gui.bridge.settings import Settings
from gui.controllers.export_results import ExportResults, source_of
from gui.models.photo_entry import PhotoEntry
from gui.models.session import Session
from gui.views.export_dialog import ExportDialog
from gui.views.theme import Theme


class ExportDialogs(QObject):
    """The export dialog over the window, and what it was last told."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        session: Session,
        settings: Settings,
        export_results: ExportResults,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._session = session
        self._settings = settings
        self._export_results = export_results

    def ask(self, chosen: Sequence[PhotoEntry] = ()) -> None:
        """Offer every aged photo; ticked are the chosen ones, else the one that is shown."""
        aged = self._export_results.aged()
        if not aged or not self._export_results.can_export():
            return
        current = self._session.current
        ticked = [entry for entry in chosen if entry in aged]
        ticked = ticked or [entry for entry in aged if entry is current] or aged
        dialog = ExportDialog(
            self._theme,
            [source_of(entry) for entry in aged],
            {entry.path for entry in ticked},
            self._remembered(),
            presets_from_text(self._settings.get(keys.EXPORT_PRESETS)),
            [entry.path for entry in self._session.gallery.entries],
            self._window,
        )
        dialog.export_asked.connect(self.export)
        dialog.presets_changed.connect(self._keep_presets)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def export(self, order: ExportOrder) -> None:
        """Write what was asked for, and remember how."""
        self._remember(order.choices)
        entries = {entry.path: entry for entry in self._session.gallery.entries}
        wanted = [entries[path] for path in order.photos if path in entries]
        self._export_results.export_photos(wanted, order.choices)

    def _remembered(self) -> ExportChoices:
        get = self._settings.get
        folder = Path(get(keys.EXPORT_FOLDER) or "")
        known = folder.name and folder.is_dir()
        skip = get(keys.EXPORT_CONFLICT) == Conflict.SKIP.value
        look = ExportLook(
            pattern=get(keys.EXPORT_PATTERN),
            suffix=get(keys.EXPORT_FORMAT),
            quality=get(keys.EXPORT_QUALITY),
            max_side=get(keys.EXPORT_SIZE) or None,
            keep_metadata=get(keys.EXPORT_METADATA),
            mark_ai=get(keys.EXPORT_MARK),
            credentials=get(keys.EXPORT_CREDENTIALS),
            keep_place=get(keys.EXPORT_PLACE),
            own_compression=get(keys.EXPORT_OWN),
            visible_mark=get(keys.EXPORT_VISIBLE),
            sidecar=get(keys.EXPORT_SIDECAR),
        )
        conflict = Conflict.SKIP if skip else Conflict.NUMBER
        return ExportChoices(look, folder if known else None, conflict)

    def _remember(self, choices: ExportChoices) -> None:
        """All but a name that suits this photo alone, and leave to replace files."""
        look, put = choices.look, self._settings.set
        if any(f"{{{field}}}" in look.pattern for field in FIELDS):
            put(keys.EXPORT_PATTERN, look.pattern)
            put(keys.EXPORT_FORMAT, look.suffix)
        put(keys.EXPORT_FOLDER, str(choices.folder or ""))
        put(keys.EXPORT_QUALITY, look.quality)
        put(keys.EXPORT_SIZE, look.max_side or 0)
        put(keys.EXPORT_METADATA, look.keep_metadata)
        put(keys.EXPORT_MARK, look.mark_ai)
        put(keys.EXPORT_CREDENTIALS, look.credentials)
        put(keys.EXPORT_PLACE, look.keep_place)
        put(keys.EXPORT_OWN, look.own_compression)
        put(keys.EXPORT_VISIBLE, look.visible_mark)
        put(keys.EXPORT_SIDECAR, look.sidecar)
        if choices.conflict is not Conflict.REPLACE:
            put(keys.EXPORT_CONFLICT, choices.conflict.value)

    def _keep_presets(self, own: Sequence[Preset]) -> None:
        self._settings.set(keys.EXPORT_PRESETS, presets_to_text(own))
