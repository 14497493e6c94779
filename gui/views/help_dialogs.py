"""The shortcuts sheet and the about box."""

from __future__ import annotations

import platform
from collections.abc import Sequence

import PySide6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.views.theme import Theme


class ShortcutsDialog(QDialog):
    """Lists what each key does."""

    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(9)
        half = (len(rows) + 1) // 2
        for number, (keys, what) in enumerate(rows):
            column, row = divmod(number, half)
            name = QLabel(keys)
            name.setProperty("role", "muted")
            grid.addWidget(QLabel(what), row, column * 2)
            grid.addWidget(name, row, column * 2 + 1)
        _fill(self, grid)


class AboutDialog(QDialog):
    """Says what this is, with versions."""

    def __init__(self, theme: Theme, version: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Agelens"))
        logo = QLabel()
        logo.setPixmap(theme.icons.pixmap("agelens", 64, self.devicePixelRatioF()))
        title = QLabel(f"Agelens {version}")
        title.setProperty("role", "headline")
        words = self.tr(
            "Shows faces at another age, offline: no photo ever leaves this computer.\n"
            "Results are impressions made by AI. They are no evidence of how anyone "
            "looked or will look."
        )
        text = QLabel(words)
        text.setWordWrap(True)
        text.setMinimumWidth(380)
        python = platform.python_version()
        small = QLabel(f"Python {python} · PySide6 {PySide6.__version__} · {platform.system()}")
        small.setProperty("role", "small")
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.addWidget(logo, 0, 0, 3, 1, Qt.AlignmentFlag.AlignTop)
        for row, widget in enumerate((title, text, small)):
            grid.addWidget(widget, row, 1)
        _fill(self, grid)


def _fill(dialog: QDialog, grid: QGridLayout) -> None:
    close = QPushButton(QCoreApplication.translate("HelpDialogs", "Close"))
    close.clicked.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 22, 24, 16)
    layout.setSpacing(18)
    layout.addLayout(grid)
    layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
