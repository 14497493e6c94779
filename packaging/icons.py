"""Draws the application's icon for every system from the one SVG: PNG sizes, .ico and .icns.

Run by the build with the environment's Python::

    python packaging/icons.py FOLDER
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "icons" / "agelens.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS = (16, 20, 24, 32, 40, 48, 64, 128, 256)
APPLE = (16, 32, 64, 128, 256, 512, 1024)


def draw(side: int) -> Image.Image:
    """The icon as RGBA, ``side`` pixels square."""
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGBA")


def write_all(folder: Path) -> None:
    """Write ``agelens-N.png``, ``agelens.ico`` and ``agelens.icns``, each size drawn by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {side: draw(side) for side in sorted({*SIZES, *WINDOWS, *APPLE})}
    for side in SIZES:
        drawn[side].save(folder / f"agelens-{side}.png", optimize=True)
    for name, sides in (("agelens.ico", WINDOWS), ("agelens.icns", APPLE)):
        largest, others = drawn[sides[-1]], [drawn[side] for side in sides[:-1]]
        sizes = {"sizes": [(side, side) for side in sides]} if name.endswith("ico") else {}
        largest.save(folder / name, append_images=others, **sizes)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    write_all(Path(sys.argv[1]))
