"""Asks what becomes of a training when the window closes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class ClosingQuestion(QDialog):
    """Names what is trained and offers to stop it, to let it go on, or not to close.

    Signals:
        stop_asked: end every training with a checkpoint, and close.
        leave_asked: close and let them go on.
    """

    stop_asked = Signal()
    leave_asked = Signal()

    def __init__(self, runs: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Training is running"))
        self.setMinimumWidth(460)
        words = QLabel(
            self.tr(
                "Still training: {runs}. Once stopped, it writes a checkpoint to go on from "
                "later. It can also go on without the window, and be stopped in the next one."
            ).format(runs=", ".join(runs))
        )
        words.setWordWrap(True)
        self.stop = QPushButton(self.tr("&Stop and close"))
        self.leave = QPushButton(self.tr("&Let it go on"))
        cancel = QPushButton(self.tr("Cancel"))
        self.stop.setProperty("primary", True)
        self.stop.setDefault(True)
        for button in (self.leave, cancel):
            button.setAutoDefault(False)
        self.stop.clicked.connect(self.accept)
        self.leave.clicked.connect(self._leave)
        cancel.clicked.connect(self.reject)
        self.accepted.connect(self.stop_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 16)
        layout.setSpacing(18)
        layout.addWidget(words)
        layout.addLayout(buttons)

    def _leave(self) -> None:
        self.reject()
        self.leave_asked.emit()
