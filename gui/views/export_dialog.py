"""Asks which photos to write, where and how. Never lets a file be replaced unasked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge.export_choices import (
    Conflict,
    ExportChoices,
    ExportLook,
    ExportOrder,
    ExportSource,
    Preset,
    foresee,
)
from gui.bridge.naming import FIELDS, split_suffix, unknown_fields
from gui.views.export_switches import ExportSwitches
from gui.views.form import FormRow, ask_folder, form_grid, make_room
from gui.views.photo_list import PhotoList
from gui.views.preset_row import PresetRow
from gui.views.sliders import MarkSlider
from gui.views.theme import Theme

FORMATS = (("JPEG", ".jpg"), ("PNG", ".png"), ("WebP", ".webp"), ("TIFF", ".tif"))
SIZES = (0, 4096, 2048, 1080)
"""Longest sides to choose from, pixels; 0 keeps the photo's own."""
_LOSSY = (".jpg", ".jpeg", ".webp")


class ExportDialog(QDialog):
    """Makes an :class:`ExportOrder`.

    Args:
        sources: the photos that can be exported, at least one.
        ticked: those of them to begin with.
        choices: what was chosen last.
        own: the user's own presets.
        originals: files that are never replaced.

    Signals:
        export_asked: the order to export.
        presets_changed: the user's own presets, after one was saved or deleted.
    """

    export_asked = Signal(object)
    presets_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        sources: Sequence[ExportSource],
        ticked: Collection[Path],
        choices: ExportChoices,
        own: Sequence[Preset],
        originals: Collection[Path],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._sources = {source.path: source for source in sources}
        self._originals = frozenset(originals)
        self._several = len(sources) > 1
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(560)
        paths = list(self._sources)
        self.photos = PhotoList(paths, ticked if self._several else None)
        self.presets = PresetRow(own)
        self.name = QLineEdit()
        self.preview = QLabel()
        self.folder = QLineEdit(str(choices.folder or ""))
        self.format = QComboBox()
        self.quality = MarkSlider(theme)
        self.longest = QComboBox()
        self._quality_value = QLabel()
        self.switches = ExportSwitches()
        self.there = QLabel()
        self.conflict = QComboBox()
        self.problem = QLabel()
        self._buttons = QDialogButtonBox()
        self.export_button = QPushButton(self.tr("Export"))
        self._fill(choices.conflict)
        self._lay_out()
        self._show_look(choices.look)
        self._connect()
        self._check()
        self.name.setFocus()
        self.name.selectAll()

    def order(self) -> ExportOrder:
        """What the fields say."""
        folder = self.folder.text().strip()
        look = ExportLook(
            pattern=self.name.text().strip(),
            suffix=str(self.format.currentData()),
            quality=self.quality.value(),
            max_side=int(self.longest.currentData()) or None,
        )
        look = self.switches.look(look)
        conflict = Conflict(self.conflict.currentData())
        choices = ExportChoices(look, Path(folder) if folder else None, conflict)
        return ExportOrder(self.photos.ticked(), choices)

    def accept(self) -> None:
        """Send the order and close."""
        if self.export_button.isEnabled():
            self.export_asked.emit(self.order())
            super().accept()

    # -- how it is made

    def _fill(self, conflict: Conflict) -> None:
        own = self.tr("As each photo") if self._several else self.tr("As the photo")
        self.format.addItem(own, "")
        for name, suffix in FORMATS:
            self.format.addItem(name, suffix)
        for side in SIZES:
            small = self.tr("At most {count} pixels a side").format(count=side)
            self.longest.addItem(small if side else self.tr("As the photo"), side)
        self.conflict.addItem(self.tr("Give the new file a number"), Conflict.NUMBER.value)
        if self._several:
            self.conflict.addItem(self.tr("Skip it; keep what is there"), Conflict.SKIP.value)
        self.conflict.addItem(self.tr("Replace what is there"), Conflict.REPLACE.value)
        self.conflict.setCurrentIndex(max(0, self.conflict.findData(conflict.value)))
        self.conflict.setAccessibleName(self.tr("If a file is there"))
        beside = self.tr("Beside each photo") if self._several else self.tr("Beside the photo")
        self.folder.setPlaceholderText(beside)
        self.name.setToolTip(self.tr("{name}, {age} and {number} are filled in."))
        self.quality.setRange(1, 100)
        for label, role in ((self.preview, "small"), (self.problem, "bad"), (self.there, "warn")):
            label.setWordWrap(True)
            label.setProperty("role", role)
        self._quality_value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.export_button.setProperty("primary", True)
        self.export_button.setDefault(True)
        self._buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = QPushButton(self.tr("Cancel"))
        self._buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 14)
        layout.setSpacing(10)
        if self._several:
            layout.addLayout(self.photos.head())
            self.photos.setMinimumHeight(60)
            layout.addWidget(self.photos, 1)
        layout.addLayout(self._form())
        layout.addWidget(self.switches)
        conflict = QHBoxLayout()
        conflict.addWidget(self.there, 1)
        conflict.addWidget(self.conflict)
        layout.addLayout(conflict)
        layout.addWidget(self.problem)
        layout.addSpacing(4)
        layout.addWidget(self._buttons)

    def _form(self) -> QGridLayout:
        browse = QPushButton(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        return form_grid(
            (
                FormRow(self.tr("&Preset"), self.presets),
                FormRow(self.tr("&Name"), self.name, note=self.preview),
                FormRow(self.tr("&Folder"), self.folder, browse),
                FormRow(self.tr("F&ormat"), self.format),
                FormRow(self.tr("&Quality"), self.quality, self._quality_value),
                FormRow(self.tr("&Size"), self.longest),
            ),
            line_gap=8,
        )

    def _connect(self) -> None:
        self.photos.itemChanged.connect(self._check)
        self.presets.chosen.connect(self._take_preset)
        self.presets.own_changed.connect(self.presets_changed)
        for field in (self.name, self.folder):
            field.textChanged.connect(self._check)
        self.format.activated.connect(self._change_format)
        for chosen in (self.longest.currentIndexChanged, self.conflict.currentIndexChanged):
            chosen.connect(self._check)
        self.quality.valueChanged.connect(self._choose_quality)
        self.switches.changed.connect(self._check)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    # -- what the fields do to each other

    def _browse(self) -> None:
        start = self.folder.text().strip()
        beside = next(iter(self._sources.values())).beside
        ask_folder(self, self.tr("Export to"), start or str(beside), self.folder.setText)

    def _take_preset(self, look: ExportLook) -> None:
        kept = split_suffix(self.name.text().strip())[0]
        self._show_look(replace(look, pattern=look.pattern or kept))
        self._check()

    def _show_look(self, look: ExportLook) -> None:
        self.name.setText(look.pattern)
        self.format.setCurrentIndex(max(0, self.format.findData(look.suffix)))
        self.quality.setValue(look.quality)
        self.longest.setCurrentIndex(max(0, self.longest.findData(look.max_side or 0)))
        self.switches.show_look(look)

    def _choose_quality(self) -> None:
        """A quality that is chosen counts for the whole photo."""
        self.switches.own_compression.setChecked(False)
        self._check()

    def _change_format(self) -> None:
        """A format that is chosen counts; an ending in the name gives way."""
        pattern, ending = split_suffix(self.name.text().strip())
        if ending:
            self.name.setText(pattern)
        self._check()

    def _check(self) -> None:
        self._follow_ending()
        order = self.order()
        look = order.choices.look
        chosen = [self._sources[path] for path in order.photos]
        names = [look.file_name(source, n) for n, source in enumerate(chosen, start=1)]
        lossy = any(name.lower().endswith(_LOSSY) for name in names)
        self.quality.setEnabled(lossy)
        self._quality_value.setText(str(look.quality) if lossy else "–")
        self.switches.offer_own_compression(any(look.keeps_jpeg(source) for source in chosen))
        self.presets.show_fitting(look)
        problem = self._problem(order)
        there = 0 if problem else self._show_files(chosen, order.choices)
        self.preview.setVisible(not problem)
        for widget in (self.there, self.conflict):
            widget.setVisible(there > 0)
        if not problem and there == len(chosen) and order.choices.conflict is Conflict.SKIP:
            problem = self.tr("Every file is there already; nothing would be exported.")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.export_button.setEnabled(not problem)
        make_room(self)

    def _follow_ending(self) -> None:
        """An ending typed into the name chooses the format."""
        ending = split_suffix(self.name.text().strip())[1]
        suffix = {".jpeg": ".jpg", ".tiff": ".tif"}.get(ending, ending)
        if suffix:
            self.format.setCurrentIndex(self.format.findData(suffix))

    def _problem(self, order: ExportOrder) -> str:
        pattern, folder = order.choices.look.pattern, order.choices.folder
        if not order.photos:
            return self.tr("Choose at least one photo.")
        if order.choices.look.file_name(self._sources[order.photos[0]], 1).startswith("."):
            return self.tr("Type a file name.")
        if unknown := unknown_fields(pattern):
            text = self.tr("“{field}” is not filled in; use {fields}.")
            known = ", ".join(f"{{{field}}}" for field in FIELDS)
            return text.format(field=unknown[0], fields=known)
        if folder is not None and not folder.is_dir():
            return self.tr("The folder “{name}” does not exist.").format(name=folder)
        return ""

    def _show_files(self, chosen: Sequence[ExportSource], choices: ExportChoices) -> int:
        """Say what the files will be called; gives how many are there already."""
        seen = foresee(chosen, choices, self._originals)
        if seen.files:
            first, count = seen.files[0], len(seen.files)
            text = self.tr("“{name}” in {folder}")
            if len({path.parent for path in seen.files}) > 1:
                text = self.tr("%n file(s) beside their photos, the first “{name}”", "", count)
            elif count > 1:
                text = self.tr("%n file(s), the first “{name}”, in {folder}", "", count)
            self.preview.setText(text.format(name=first.name, folder=first.parent))
        if len(chosen) > 1:
            text = self.tr("Names taken already: {count} of {total}.")
            self.there.setText(text.format(count=seen.there, total=len(chosen)))
        else:
            text = self.tr("“{name}” is already there.")
            self.there.setText(text.format(name=choices.wanted(chosen[0], 1).name))
        return seen.there
