"""The shortcuts sheet and the about box."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gui.views.theme import Theme

if TYPE_CHECKING:
    from gui.bridge.licences import Part


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
    """Says what this is, with versions and the licences of all that it is made of.

    Args:
        licences: see :func:`licence_page`.
    """

    def __init__(self, theme: Theme, version: str, licences: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Agelens"))
        logo = QLabel()
        logo.setPixmap(theme.icons.pixmap("agelens", 64, self.devicePixelRatioF()))
        title = QLabel(f"Agelens {version}")
        title.setProperty("role", "headline")
        words = self.tr(
            "Shows faces at another age, offline: no photo ever leaves this computer.\n"
            "Results are impressions made by AI. They are no evidence of how anyone "
            "looked or will look.\n"
            "Agelens never asks for new versions; look for them where you got this one."
        )
        text = QLabel(words)
        text.setWordWrap(True)
        text.setMinimumWidth(420)
        python = platform.python_version()
        small = QLabel(f"Python {python} · PySide6 {PySide6.__version__} · {platform.system()}")
        small.setProperty("role", "small")
        section = QLabel(self.tr("Licences"))
        section.setProperty("role", "section")
        self.licences = QTextBrowser()
        self.licences.setAccessibleName(self.tr("Licences"))
        self.licences.setHtml(licences)
        self.licences.setMinimumHeight(240)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(5, 1)
        grid.addWidget(logo, 0, 0, 3, 1, Qt.AlignmentFlag.AlignTop)
        for row, widget in enumerate((title, text, small)):
            grid.addWidget(widget, row, 1)
        grid.setRowMinimumHeight(3, 4)
        grid.addWidget(section, 4, 0, 1, 2)
        grid.addWidget(self.licences, 5, 0, 1, 2)
        self.resize(640, 560)
        _fill(self, grid)


def licence_page(sections: Sequence[tuple[str, Sequence[Part]]], text: str) -> str:
    """Licences as HTML: headings with their parts, then one in full."""
    lines = []
    for heading, parts in sections:
        lines.append(f"<h3>{escape(heading)}</h3>")
        for part in parts:
            licence = f" · {escape(part.licence)}" if part.licence else ""
            about = f"<br><small>{escape(part.about)}</small>" if part.about else ""
            lines.append(f"<p>{escape(part.name)}{licence}{about}</p>")
    if text:
        lines.append(f"<hr><pre>{escape(text)}</pre>")
    return "\n".join(lines)


def _fill(dialog: QDialog, grid: QGridLayout) -> None:
    close = QPushButton(QCoreApplication.translate("HelpDialogs", "Close"))
    close.clicked.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 22, 24, 16)
    layout.setSpacing(18)
    layout.addLayout(grid, 1)
    layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
