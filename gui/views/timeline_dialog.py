"""Asks what an exported timeline is to show, and in which format."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.orders import Framing
from gui.views.form import FormRow, form_grid

_WIDTH = 440


class TimelineDialog(QDialog):
    """Two choices; the file is asked for afterwards.

    Args:
        suffixes: the endings of what can be written, at least one.
        framing, suffix: what was chosen last.

    Signals:
        chosen: the :class:`engine.orders.Framing` and the ending.
    """

    chosen = Signal(object, str)

    def __init__(
        self, suffixes: Sequence[str], framing: Framing, suffix: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export the timeline"))
        self.setMinimumWidth(_WIDTH)
        self.framing = QComboBox()
        self.format = QComboBox()
        self.note = QLabel()
        self.export_button = QPushButton(self.tr("Export…"))
        self._fill(suffixes)
        self.framing.setCurrentIndex(max(0, self.framing.findData(framing.value)))
        self.format.setCurrentIndex(max(0, self.format.findData(suffix)))
        self._lay_out()
        self.framing.currentIndexChanged.connect(self._explain)
        self._explain()

    def accept(self) -> None:
        """Tell what was chosen and close."""
        framing, suffix = Framing(self.framing.currentData()), str(self.format.currentData())
        super().accept()
        self.chosen.emit(framing, suffix)

    def _fill(self, suffixes: Sequence[str]) -> None:
        for framing, text in (
            (Framing.FACE, self.tr("The face")),
            (Framing.ALIGNED, self.tr("The face, upright")),
            (Framing.PHOTO, self.tr("The whole photo")),
        ):
            self.framing.addItem(text, framing.value)
        words = {
            ".png": self.tr("Sheet of pictures (PNG)"),
            ".gif": self.tr("Animated GIF"),
            ".webp": self.tr("Animated WebP"),
            ".mp4": self.tr("Film (MP4)"),
        }
        for suffix in suffixes:
            self.format.addItem(words.get(suffix, suffix), suffix)

    def _lay_out(self) -> None:
        self.note.setProperty("role", "small")
        self.export_button.setProperty("primary", True)
        self.export_button.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = QPushButton(self.tr("Cancel"))
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 14)
        layout.setSpacing(10)
        rows = (
            FormRow(self.tr("&Pictures show"), self.framing, note=self.note),
            FormRow(self.tr("F&ormat"), self.format),
        )
        layout.addLayout(form_grid(rows))
        layout.addSpacing(6)
        layout.addWidget(buttons)

    def _explain(self) -> None:
        words = {
            Framing.FACE: self.tr("As the photo shows it."),
            Framing.ALIGNED: self.tr("Turned so that the eyes are level."),
            Framing.PHOTO: self.tr("Scaled down; only this face changes."),
        }
        text = words[Framing(self.framing.currentData())]
        self.note.setText(text)
        self.framing.setAccessibleDescription(text)
