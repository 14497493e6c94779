"""Tells whether a window looks as it did: structure, not pixels.

Pictures are shrunk until letters are grey: what is compared is where panels, pictures and colours
lie. Another font or rasteriser passes; a missing panel or another theme does not.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from PySide6.QtGui import QImage

from tests.visual.stage import to_pillow

REFERENCES = Path(__file__).parent / "references"
COMPARED = ("empty", "opened", "side", "faces", "timeline", "export", "failed")
"""The scenes with a reference in each theme."""
THEMES = ("light", "dark")
LIMIT = 14.0
"""The largest difference of a patch that still counts as alike, 0..255."""
_SIZE = (96, 62)
_PATCH = 3  # cells around a cell: a patch is about 90 pixels of the window wide


def small(picture: QImage) -> Image.Image:
    """The picture as it is compared and kept: 96×62, at most 18 kB."""
    return to_pillow(picture).resize(_SIZE, Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far the two are apart where they differ most: 0 for none, 255 for black and white."""
    a, b = (np.asarray(image.convert("RGB"), np.float32) for image in (one, other))
    apart = Image.fromarray(np.abs(a - b).mean(axis=2).astype(np.uint8))
    return float(np.asarray(apart.filter(ImageFilter.BoxBlur(_PATCH))).max())


def reference(name: str) -> Path:
    """Where the reference of a ``<scene>-<theme>`` lies."""
    return REFERENCES / f"{name}.png"
