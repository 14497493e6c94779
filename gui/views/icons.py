"""The project's SVG icons, coloured for the theme. GUI thread only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES = (16, 20, 24, 32, 40, 64)


class IconSet:
    """Renders ``resources/icons/NAME.svg`` with ``currentColor`` replaced."""

    def __init__(self, folder: Path, colour: str) -> None:
        self._folder = folder
        self._colour = colour
        self._disabled = colour
        self._cache: dict[tuple[str, str], QIcon] = {}

    def tint(self, colour: str, disabled: str) -> None:
        """Use other colours from now on; ask for icons again afterwards."""
        self._colour, self._disabled = colour, disabled

    def icon(self, name: str, colour: str | None = None) -> QIcon:
        """An icon in the text colour, or in ``colour``."""
        tint = colour or self._colour
        icon = self._cache.get((name, tint))
        if icon is None:
            icon = QIcon()
            for size in _SIZES:
                icon.addPixmap(self._render(name, tint, size))
                faded = self._render(name, self._disabled, size)
                icon.addPixmap(faded, QIcon.Mode.Disabled)
            self._cache[(name, tint)] = icon
        return icon

    def pixmap(self, name: str, size: int, ratio: float, colour: str | None = None) -> QPixmap:
        """An icon ``size`` logical pixels wide for a screen of the given pixel ratio."""
        pixmap = self._render(name, colour or self._colour, round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _render(self, name: str, colour: str, size: int) -> QPixmap:
        source = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap
