"""Chooses the certificate that signs exports, and says what it tells others."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class SignerRow(QWidget):
    """A certificate's name with the buttons to choose another; ``note`` belongs below it.

    Signals:
        chosen: the PEM file, or ``None`` for the certificate made on this computer.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.name.setReadOnly(True)
        self.choose = QPushButton(self.tr("Certificate…"))
        self.local = QPushButton(self.tr("This computer's"))
        self.note = QLabel()
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.name, 1)
        for button in (self.choose, self.local):
            button.setAutoDefault(False)
            layout.addWidget(button)
        self.setFocusProxy(self.choose)
        self.choose.clicked.connect(self._ask)
        self.local.clicked.connect(lambda: self.chosen.emit(None))
        self.show_signer("")

    def show_signer(self, name: str) -> None:
        """The name on the user's certificate; empty for this computer's."""
        self.name.setText(name or self.tr("Made on this computer"))
        self.local.setEnabled(bool(name))
        local = self.tr(
            "Signed by the certificate made on this computer. "
            "It shows that a file is unchanged, but not who you are."
        )
        own = self.tr("Signed as “{name}”: everyone can see who vouches for the file.")
        self.note.setText(own.format(name=name) if name else local)

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Certificate with its key"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Certificates (*.pem)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.chosen.emit(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
