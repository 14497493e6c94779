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
        self._sources: dict[str, str] = {}

    def tint(self, colour: str, disabled: str) -> None:
        """Use other colours from now on; ask for icons again afterwards."""
        self._colour, self._disabled = colour, disabled

    def icon(self, name: str, colour: str | None = None) -> QIcon:
        """An icon in the text colour, or in ``colour``."""
        tint = colour or self._colour
        icon = self._cache.get((name, tint))
        if icon is None:
            icon = QIcon()
            modes = ((tint, QIcon.Mode.Normal), (self._disabled, QIcon.Mode.Disabled))
            for shade, mode in modes:
                drawing = self._drawing(name, shade)
                for size in _SIZES:
                    icon.addPixmap(_rendered(drawing, size), mode)
            self._cache[(name, tint)] = icon
        return icon

    def pixmap(self, name: str, size: int, ratio: float, colour: str | None = None) -> QPixmap:
        """An icon ``size`` logical pixels wide for a screen of the given pixel ratio."""
        drawing = self._drawing(name, colour or self._colour)
        pixmap = _rendered(drawing, round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _drawing(self, name: str, colour: str) -> QSvgRenderer:
        source = self._sources.get(name)
        if source is None:
            source = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
            self._sources[name] = source
        return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def _rendered(drawing: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
