"""Asks where and how to write a result. Never lets a file be replaced unasked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.domain import ExportSpec
from gui.views.sliders import MarkSlider
from gui.views.theme import Theme

FORMATS = (
    ("JPEG", (".jpg", ".jpeg"), True),
    ("PNG", (".png",), False),
    ("WebP", (".webp",), True),
    ("TIFF", (".tif", ".tiff"), False),
)


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
        self.path = QLineEdit(str(suggestion))
        self.format = QComboBox()
        self.quality = MarkSlider(theme)
        self._quality_value = QLabel()
        self.keep_metadata = QCheckBox(self.tr("Keep the photo's metadata (date, camera, place)"))
        self.mark_ai = QCheckBox(self.tr("Mark the file as edited with AI"))
        self.replace = QCheckBox(self.tr("Replace the file that is already there"))
        self.problem = QLabel()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = QPushButton(self.tr("Export"))
        self.quality.setRange(1, 100)
        self.quality.setValue(defaults.quality)
        self.keep_metadata.setChecked(defaults.keep_metadata)
        self.mark_ai.setChecked(defaults.mark_ai)
        self._build()
        self._connect()
        self._check()
        self.path.setFocus()
        self.path.setSelection(len(str(suggestion.parent)) + 1, len(suggestion.stem))

    def spec(self) -> ExportSpec:
        """What the fields say."""
        return ExportSpec(
            path=Path(self.path.text().strip()),
            quality=self.quality.value(),
            keep_metadata=self.keep_metadata.isChecked(),
            mark_ai=self.mark_ai.isChecked(),
            overwrite=self.replace.isChecked(),
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
        self._quality_value.setFixedWidth(36)
        self._quality_value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.export_button.setProperty("primary", True)
        self.export_button.setDefault(True)
        self._buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        form = QFormLayout()
        form.setSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(self.tr("&File"), self._file_row())
        form.addRow(self.tr("F&ormat"), self.format)
        form.addRow(self.tr("&Quality"), self._quality_row())
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
        layout.addWidget(self.replace)
        layout.addSpacing(4)
        layout.addWidget(self._buttons)
        for field, name in ((self.path, self.tr("File")), (self.quality, self.tr("Quality"))):
            field.setAccessibleName(name)

    def _file_row(self) -> QHBoxLayout:
        browse = QPushButton(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(browse)
        return row

    def _quality_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.quality, 1)
        row.addWidget(self._quality_value)
        return row

    def _connect(self) -> None:
        self.path.textChanged.connect(self._check)
        self.replace.toggled.connect(self._check)
        self.quality.valueChanged.connect(self._check)
        self.format.activated.connect(self._change_format)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), str(self.spec().path))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self.path.setText)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _change_format(self) -> None:
        path = self.spec().path
        self.path.setText(str(path.with_suffix(str(self.format.currentData()))))

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
        self.export_button.setEnabled(not problem or (conflict and self.replace.isChecked()))

    def _judge(self, path: Path, row: int) -> tuple[str, bool]:
        """What is wrong with the file name, and whether replacing would put it right."""
        if not path.name or not self.path.text().strip():
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
