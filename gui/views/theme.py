"""Colours and style of the window, light and dark. GUI thread only."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.views.icons import IconSet


@dataclass(frozen=True, slots=True)
class Colours:
    """Named colours as ``#rrggbb``; text on its own ground has a contrast of 4.5:1 or more.

    ``faint`` is for disabled controls and decoration alone, which need less.
    """

    window: str
    surface: str
    raised: str
    selected: str
    canvas: str
    line: str
    scroll: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_text: str
    on_accent: str
    good: str
    warn: str
    bad: str


DARK = Colours(
    window="#17181c",
    surface="#1c1e23",
    raised="#282b32",
    selected="#343b5e",
    canvas="#101115",
    line="#30333b",
    scroll="#4a4e59",
    text="#eceef2",
    muted="#a6abb6",
    faint="#6b707c",
    accent="#5565e0",
    accent_hover="#4d5cd4",
    accent_text="#9aa8ff",
    on_accent="#ffffff",
    good="#6fd09a",
    warn="#f0b95c",
    bad="#ff8f8a",
)
LIGHT = Colours(
    window="#f6f7f9",
    surface="#ffffff",
    raised="#f0f1f4",
    selected="#dfe3fb",
    canvas="#e6e8ec",
    line="#d9dce3",
    scroll="#b4b9c4",
    text="#1b1d22",
    muted="#565c69",
    faint="#9aa0ac",
    accent="#4654cf",
    accent_hover="#3b48bd",
    accent_text="#4150c8",
    on_accent="#ffffff",
    good="#176b3c",
    warn="#8a5200",
    bad="#b3261e",
)
SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Applies the colours to the application and follows the system when asked to."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._styles = resources / "styles"
        self._choice = Qt.ColorScheme.Unknown
        self.colours = LIGHT
        self.icons = IconSet(resources / "icons", LIGHT.text)
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.colours is DARK

    def choose(self, name: str) -> None:
        """Use ``"light"``, ``"dark"`` or what the system says."""
        self._choice = SCHEMES.get(name, Qt.ColorScheme.Unknown)
        QGuiApplication.styleHints().setColorScheme(self._choice)
        self._apply()

    def colour(self, name: str) -> QColor:
        """One of the named colours."""
        return QColor(str(getattr(self.colours, name)))

    def _apply(self) -> None:
        scheme = self._choice  # not every platform reports a scheme that was set by hand
        if scheme == Qt.ColorScheme.Unknown:
            scheme = QGuiApplication.styleHints().colorScheme()
        self.colours = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        self.icons.tint(self.colours.text, self.colours.faint)
        self._app.setPalette(make_palette(self.colours))
        self._app.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def _style_sheet(self) -> str:
        template = (self._styles / "agelens.qss").read_text(encoding="utf-8")
        icons = self._styles.parent / "icons"
        words = {**asdict(self.colours)}
        words["chevron"] = (icons / "chevron-down-muted.svg").as_posix()
        words["check"] = (icons / "check-white.svg").as_posix()
        return re.sub(r"@([a-z_]+)", lambda match: words[match.group(1)], template)


def make_palette(colours: Colours) -> QPalette:
    """A palette for what the style sheet leaves to the style."""
    role = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.PlaceholderText: colours.muted,
        role.Link: colours.accent_text,
        role.Accent: colours.accent,
        role.Mid: colours.line,
    }
    for name, value in pairs.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.faint))
    return palette
