"""Asks where and how to write a result. Never lets a file be replaced unasked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
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

from engine.domain import ExportSpec
from gui.bridge.naming import free_name
from gui.views.form import FormRow, ask_folder, form_grid
from gui.views.sliders import MarkSlider
from gui.views.theme import Theme

FORMATS = (
    ("JPEG", (".jpg", ".jpeg"), True),
    ("PNG", (".png",), False),
    ("WebP", (".webp",), True),
    ("TIFF", (".tif", ".tiff"), False),
)
SIZES = (0, 4096, 2048, 1080)
"""Longest sides to choose from, pixels; 0 keeps the photo's own."""


class ExportDialog(QDialog):
    """Makes an :class:`ExportSpec`.

    Signals:
        export_asked: the spec to export.
    """

    export_asked = Signal(object)

    def __init__(
        self, theme: Theme, original: Path, suggestion: Path, defaults: ExportSpec, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._original = original
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(520)
        self.name = QLineEdit(suggestion.name)
        self.folder = QLineEdit(str(suggestion.parent))
        self.format = QComboBox()
        self.quality = MarkSlider(theme)
        self.longest = QComboBox()
        self._quality_value = QLabel()
        self.keep_metadata = QCheckBox(self.tr("Keep the photo's metadata (date, camera, place)"))
        self.mark_ai = QCheckBox(self.tr("Mark the file as edited with AI"))
        self.replace = QCheckBox(self.tr("Replace the file that is already there"))
        self.rename = QPushButton(self.tr("Use a free name"))
        self.problem = QLabel()
        self._buttons = QDialogButtonBox()
        self.export_button = QPushButton(self.tr("Export"))
        self.quality.setRange(1, 100)
        self.quality.setValue(defaults.quality)
        for side in SIZES:
            small = self.tr("At most {count} pixels a side").format(count=side)
            self.longest.addItem(small if side else self.tr("As the photo"), side)
        self.longest.setCurrentIndex(max(0, self.longest.findData(defaults.max_side or 0)))
        self.keep_metadata.setChecked(defaults.keep_metadata)
        self.mark_ai.setChecked(defaults.mark_ai)
        self._build()
        self._connect()
        self._check()
        self.name.setFocus()
        self.name.setSelection(0, len(suggestion.stem))

    def spec(self) -> ExportSpec:
        """What the fields say."""
        return ExportSpec(
            path=Path(self.folder.text().strip()) / self.name.text().strip(),
            quality=self.quality.value(),
            keep_metadata=self.keep_metadata.isChecked(),
            mark_ai=self.mark_ai.isChecked(),
            overwrite=self.replace.isChecked(),
            max_side=int(self.longest.currentData()) or None,
        )

    def accept(self) -> None:
        """Send the spec and close."""
        if self.export_button.isEnabled():
            self.export_asked.emit(self.spec())
            super().accept()

    def _build(self) -> None:
        for name, suffixes, _lossy in FORMATS:
            self.format.addItem(name, suffixes[0])
        self.problem.setWordWrap(True)
        self.problem.setProperty("role", "bad")
        self._quality_value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.export_button.setProperty("primary", True)
        self.export_button.setDefault(True)
        self._buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = QPushButton(self.tr("Cancel"))
        self._buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        form = self._form()
        checks = QVBoxLayout()
        checks.setSpacing(2)
        for box in (self.keep_metadata, self.mark_ai):
            checks.addWidget(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addLayout(checks)
        layout.addWidget(self.problem)
        conflict = QHBoxLayout()
        conflict.addWidget(self.replace, 1)
        conflict.addWidget(self.rename)
        layout.addLayout(conflict)
        layout.addSpacing(4)
        layout.addWidget(self._buttons)

    def _form(self) -> QGridLayout:
        browse = QPushButton(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        return form_grid(
            (
                FormRow(self.tr("&Name"), self.name),
                FormRow(self.tr("&Folder"), self.folder, browse),
                FormRow(self.tr("F&ormat"), self.format),
                FormRow(self.tr("&Quality"), self.quality, self._quality_value),
                FormRow(self.tr("&Size"), self.longest),
            ),
            line_gap=12,
        )

    def _connect(self) -> None:
        self.name.textChanged.connect(self._check)
        self.folder.textChanged.connect(self._check)
        self.replace.toggled.connect(self._check)
        self.rename.setAutoDefault(False)
        self.rename.clicked.connect(self._use_free_name)
        self.quality.valueChanged.connect(self._check)
        self.format.activated.connect(self._change_format)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _browse(self) -> None:
        ask_folder(self, self.tr("Export to"), self.folder.text(), self.folder.setText)

    def _use_free_name(self) -> None:
        self.name.setText(free_name(self.spec().path).name)

    def _change_format(self) -> None:
        name = Path(self.name.text().strip() or "photo")
        self.name.setText(name.with_suffix(str(self.format.currentData())).name)

    def _check(self) -> None:
        path = self.spec().path
        row = _format_row(path)
        if row >= 0:
            self.format.setCurrentIndex(row)
        lossy = row >= 0 and FORMATS[row][2]
        self.quality.setEnabled(lossy)
        self._quality_value.setText(str(self.quality.value()) if lossy else "–")
        problem, conflict = self._judge(path, row)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.replace.setVisible(conflict)
        self.rename.setVisible(conflict)
        if not conflict:
            self.replace.setChecked(False)
        self.export_button.setEnabled(not problem or (conflict and self.replace.isChecked()))

    def _judge(self, path: Path, row: int) -> tuple[str, bool]:
        """What is wrong with the file name, and whether replacing would put it right."""
        if not self.name.text().strip():
            return self.tr("Type a file name."), False
        if row < 0:
            return self.tr("End the name in .jpg, .png, .webp or .tif."), False
        if not path.parent.is_dir():
            sentence = self.tr("The folder “{name}” does not exist.")
            return sentence.format(name=path.parent), False
        if path.exists() and path.resolve() == self._original.resolve():
            return self.tr("That is the original photo; choose another name."), False
        if path.is_dir():
            return self.tr("That is a folder; add a file name."), False
        if path.exists():
            return self.tr("“{name}” is already there.").format(name=path.name), True
        return "", False


def _format_row(path: Path) -> int:
    suffix = path.suffix.lower()
    return next((row for row, (_n, known, _l) in enumerate(FORMATS) if suffix in known), -1)
