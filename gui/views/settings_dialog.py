"""The settings: device, look, language, thumbnails and models. Each takes effect at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from engine.domain import DeviceReport, ModelCard
from gui.bridge.engine_words import spoken
from gui.views.form import FormRow, ask_folder, form_grid
from gui.views.signer_box import SignerBox


class SettingsDialog(QDialog):
    """Shows what is set and tells what the user changes.

    Signals:
        device_chosen: ``auto``, ``cpu``, ``cuda`` or ``mps``.
        theme_chosen: ``system``, ``light`` or ``dark``.
        language_chosen: a code, or ``system``.
        cache_chosen: megabytes and folder of the thumbnails.
        clear_asked: delete the thumbnails on disk.
        import_asked: a weights file to take in.
        models_folder_asked: open the folder of the user's models.
    """

    device_chosen = Signal(str)
    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    cache_chosen = Signal(int, object)
    clear_asked = Signal()
    import_asked = Signal(object)
    models_folder_asked = Signal()

    def __init__(self, languages: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(560)
        self.device = QComboBox()
        self.theme = QComboBox()
        self.language = QComboBox()
        self.megabytes = QSpinBox()
        self.folder = QLineEdit()
        self.signer = SignerBox()
        self.models = QListWidget()
        self.device_note = _note()
        self.language_note = _note(self.tr("Another language shows at the next start."))
        self._browse = QPushButton(self.tr("Browse…"))
        self.clear = QPushButton(self.tr("Empty now"))
        self.import_button = QPushButton(self.tr("Import weights…"))
        self.folder_button = QPushButton(self.tr("Open folder"))
        self._fill(languages)
        self._lay_out()
        self._connect()

    # -- what it shows

    def show_choices(
        self, *, device: str, theme: str, language: str, megabytes: int, folder: Path
    ) -> None:
        """Set every field, without a signal."""
        for box, value in (
            (self.device, device),
            (self.theme, theme),
            (self.language, language),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self.megabytes.blockSignals(True)
        self.megabytes.setValue(megabytes)
        self.megabytes.blockSignals(False)
        self.folder.setText(str(folder))

    def show_device(self, report: DeviceReport | None) -> None:
        """Say what computes and why."""
        text = f"{spoken(report.name)}, {report.dtype}. {spoken(report.reason)}" if report else ""
        self.device_note.setText(text)

    def show_models(self, cards: Sequence[ModelCard]) -> None:
        """List the models."""
        self.models.clear()
        for card in cards:
            megabytes = card.size_bytes / 1e6
            line = self.tr("{title} · ages {low} to {high} · {size} MB")
            self.models.addItem(
                line.format(
                    title=card.title,
                    low=round(card.age_min),
                    high=round(card.age_max),
                    size=f"{megabytes:.1f}",
                )
            )
            self.models.item(self.models.count() - 1).setToolTip(card.licence)

    # -- how it is made

    def _fill(self, languages: Sequence[tuple[str, str]]) -> None:
        for value, text in (
            ("auto", self.tr("Automatic")),
            ("cpu", self.tr("Processor (CPU)")),
            ("cuda", self.tr("NVIDIA graphics card (CUDA)")),
            ("mps", self.tr("Apple graphics (MPS)")),
        ):
            self.device.addItem(text, value)
        for value, text in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(text, value)
        self.language.addItem(self.tr("As the system"), "system")
        for code, name in languages:
            self.language.addItem(name, code)
        self.megabytes.setRange(0, 10_000)
        self.megabytes.setSingleStep(50)
        self.megabytes.setSuffix(self.tr(" MB"))
        self.megabytes.setSpecialValueText(self.tr("None"))
        self.megabytes.lineEdit().setTextMargins(7, 0, 0, 0)
        self.folder.setReadOnly(True)
        self.models.setObjectName("plainList")
        self.models.setFixedHeight(72)

    def _lay_out(self) -> None:
        form = form_grid(
            (
                FormRow(self.tr("&Device"), self.device, note=self.device_note),
                FormRow(self.tr("&Theme"), self.theme),
                FormRow(self.tr("&Language"), self.language, note=self.language_note),
                FormRow(self.tr("T&humbnails on disk"), self.megabytes, self.clear),
                FormRow(self.tr("In the &folder"), self.folder, self._browse),
                FormRow(self.tr("Si&gn as"), self.signer, note=self.signer.note),
            ),
            gap=16,
            line_gap=8,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addSpacing(4)
        layout.addLayout(self._models_head())
        layout.addWidget(self.models)
        privacy = _note(
            self.tr(
                "Agelens works offline: no photo, result or measurement ever leaves this computer."
            )
        )
        layout.addWidget(privacy)
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addLayout(foot)
        for button in (self._browse, self.clear, self.import_button, self.folder_button):
            button.setAutoDefault(False)

    def _models_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        title = QLabel(self.tr("Models"))
        title.setProperty("role", "section")
        self.models.setAccessibleName(self.tr("Installed models"))
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.folder_button)
        head.addWidget(self.import_button)
        return head

    def _connect(self) -> None:
        for box, signal in (
            (self.device, self.device_chosen),
            (self.theme, self.theme_chosen),
            (self.language, self.language_chosen),
        ):
            box.activated.connect(lambda _row, box=box, to=signal: to.emit(str(box.currentData())))
        self.megabytes.editingFinished.connect(self._tell_cache)
        self._browse.clicked.connect(self._ask_folder)
        self.clear.clicked.connect(self.clear_asked)
        self.import_button.clicked.connect(self._ask_weights)
        self.folder_button.clicked.connect(self.models_folder_asked)

    def _tell_cache(self) -> None:
        self.cache_chosen.emit(self.megabytes.value(), Path(self.folder.text()))

    def _ask_folder(self) -> None:
        ask_folder(self, self.tr("Keep thumbnails in"), self.folder.text(), self._take_folder)

    def _take_folder(self, name: str) -> None:
        self.folder.setText(name)
        self._tell_cache()

    def _ask_weights(self) -> None:
        dialog = QFileDialog(self, self.tr("Import weights"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Weights (*.safetensors *.onnx)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.import_asked.emit(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _note(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "small")
    label.setWordWrap(True)
    return label
