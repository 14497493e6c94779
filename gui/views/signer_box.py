"""Chooses the certificate that signs exports, and says what it tells others."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel

_LOCAL, _OWN, _ASK = "local", "own", "ask"


class SignerBox(QComboBox):
    """This computer's certificate, the user's, or another; ``note`` belongs below it.

    Signals:
        chosen: the PEM file, or ``None`` for the certificate made on this computer.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.note = QLabel()
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        self._name = ""
        self.activated.connect(self._choose)
        self.show_signer("")

    def show_signer(self, name: str) -> None:
        """The name on the user's certificate; empty for this computer's."""
        self._name = name
        self.clear()
        self.addItem(self.tr("Made on this computer"), _LOCAL)
        if name:
            self.addItem(name, _OWN)
        self.addItem(self.tr("Choose a certificate…"), _ASK)
        self.setCurrentIndex(self.findData(_OWN if name else _LOCAL))
        local = self.tr(
            "Signed by the certificate made on this computer. "
            "It shows that a file is unchanged, but not who you are."
        )
        own = self.tr("Signed as “{name}”: everyone can see who vouches for the file.")
        self.note.setText(own.format(name=name) if name else local)

    def _choose(self, row: int) -> None:
        asked = self.itemData(row)
        self.show_signer(self._name)  # until the engine has agreed
        if asked == _LOCAL and self._name:
            self.chosen.emit(None)
        elif asked == _ASK:
            self._ask()

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Certificate with its key"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Certificates (*.pem)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.chosen.emit(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
