"""Asks what to train: configuration, data, run folder, where to begin, how long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui.bridge.runs import TrainingWish, Verdict
from gui.bridge.translation import without_mnemonic
from gui.views.form import FormRow, ask_folder, form_grid, make_room

Judge = Callable[[TrainingWish], Verdict]
_LONGEST = 60 * 24 * 14


class TrainingDialog(QDialog):
    """Makes a :class:`TrainingWish`.

    Args:
        configs: configurations to choose from, each with its words.
        runs: runs whose networks another one can begin with.
        wish: what to show first.
        judge: says whether a wish can begin, and what is to be said of it.
        fresh: names a new run folder for a configuration.

    Signals:
        start_asked: the wish to begin with.
    """

    start_asked = Signal(object)

    def __init__(
        self,
        configs: Sequence[tuple[Path, str]],
        runs: Sequence[Path],
        wish: TrainingWish,
        judge: Judge,
        fresh: Callable[[Path], Path],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._judge = judge
        self._fresh = fresh
        self._named = wish.run.absolute()
        self.setWindowTitle(self.tr("Start training"))
        self.setMinimumWidth(600)
        self.config = QComboBox()
        self.data = QLineEdit(str(wish.data) if wish.data.name else "")
        self.run = QLineEdit(str(wish.run))
        self.start_from = QComboBox()
        self.minutes = QSpinBox()
        self.note = QLabel()
        self.start_button = QPushButton(self.tr("Start"))
        self._browse = [QPushButton(self.tr("Browse…")) for _ in range(3)]
        self._fill(configs, runs, wish)
        self._lay_out()
        self._connect()
        self._check()

    def wish(self) -> TrainingWish:
        """What the fields say."""
        begin = self.start_from.currentData() if self.start_from.isEnabled() else ""
        return TrainingWish(
            config=Path(self.config.currentData()),
            data=_path(self.data),
            run=_path(self.run),
            start_from=Path(begin) if begin else None,
            minutes=self.minutes.value(),
        )

    def accept(self) -> None:
        """Send the wish and close."""
        if self.start_button.isEnabled():
            self.start_asked.emit(self.wish())
            super().accept()

    def choose_config(self, file: Path, words: str = "") -> None:
        """Choose a configuration, listing it where it is not listed yet."""
        row = self.config.findData(str(file))
        if row < 0:
            self.config.addItem(words or file.name, str(file))
            row = self.config.count() - 1
        self.config.setCurrentIndex(row)

    # -- how it is made

    def _fill(
        self, configs: Sequence[tuple[Path, str]], runs: Sequence[Path], wish: TrainingWish
    ) -> None:
        for file, words in configs:
            self.config.addItem(words, str(file))
        own = self.tr("{run}’s own").format(run=wish.run.name)
        self.choose_config(wish.config, own)
        self.start_from.addItem(self.tr("Nothing: learn from the beginning"), "")
        for folder in runs:
            words = self.tr("The networks of {run}").format(run=folder.name)
            self.start_from.addItem(words, str(folder))
        self.minutes.setRange(0, _LONGEST)
        self.minutes.setSingleStep(15)
        self.minutes.setSpecialValueText(self.tr("No limit"))
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setValue(wish.minutes)
        self.minutes.lineEdit().setTextMargins(7, 0, 0, 0)
        self.data.setPlaceholderText(self.tr("A folder that python main.py prepare has written"))

    def _lay_out(self) -> None:
        form = form_grid(
            (
                FormRow(self.tr("&Configuration"), self.config, self._browse[0]),
                FormRow(self.tr("&Data"), self.data, self._browse[1]),
                FormRow(self.tr("&Run folder"), self.run, self._browse[2]),
                FormRow(self.tr("&Begin with"), self.start_from),
                FormRow(self.tr("&Stop after"), self.minutes),
            ),
            gap=16,
        )
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        buttons = QDialogButtonBox()
        cancel = QPushButton(self.tr("Cancel"))
        buttons.addButton(self.start_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.start_button.setProperty("primary", True)
        self.start_button.setDefault(True)
        for button in (*self._browse, cancel):
            button.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addStretch(1)
        layout.addWidget(buttons)
        whose = (self.tr("&Configuration"), self.tr("&Data"), self.tr("&Run folder"))
        for button, text in zip(self._browse, whose, strict=True):
            name = self.tr("Browse: {field}").format(field=without_mnemonic(text))
            button.setAccessibleName(name)

    def _connect(self) -> None:
        self.config.currentIndexChanged.connect(self._name_run)
        for line in (self.data, self.run):
            line.textChanged.connect(self._check)
        self.start_from.currentIndexChanged.connect(self._check)
        config, data, run = self._browse
        config.clicked.connect(self._ask_config)
        data.clicked.connect(
            lambda: ask_folder(self, self.tr("Prepared data"), self.data.text(), self.data.setText)
        )
        run.clicked.connect(
            lambda: ask_folder(self, self.tr("Run folder"), self.run.text(), self.run.setText)
        )

    def _name_run(self) -> None:
        """Name another run folder with another configuration, unless the user named one."""
        if _path(self.run) == self._named:
            self._named = self._fresh(Path(self.config.currentData())).absolute()
            self.run.setText(str(self._named))
        self._check()

    def _check(self) -> None:
        verdict = self._judge(self.wish())
        self.start_from.setEnabled(not verdict.goes_on)
        self.start_button.setEnabled(verdict.possible)
        self.start_button.setText(self.tr("Go on") if verdict.goes_on else self.tr("Start"))
        self.note.setText(verdict.sentence)
        make_room(self)

    def _ask_config(self) -> None:
        dialog = QFileDialog(self, self.tr("Configuration"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Configurations (*.toml)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.choose_config(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _path(line: QLineEdit) -> Path:
    """What a line names, in full; an empty path where it is empty."""
    text = line.text().strip()
    return Path(text).expanduser().absolute() if text else Path()
