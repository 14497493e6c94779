"""Numpy pixels to Qt images and back, without torch or cv2. Safe on any thread.

Qt keeps each row of a picture at a multiple of four bytes; numpy rows are packed. Every
function here copies, so no array has to outlive its picture.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from engine.domain import PixelArray

_SMALLEST_LEVEL = 512


def to_eight_bit(pixels: PixelArray) -> NDArray[np.uint8]:
    """Return H×W×C uint8 for showing; 16-bit values are rounded, 65535 becomes 255."""
    if pixels.dtype == np.uint16:
        wide = pixels.astype(np.uint32)
        return ((wide * 255 + 32767) // 65535).astype(np.uint8)
    return np.asarray(pixels, dtype=np.uint8)


def to_qimage(pixels: PixelArray) -> QImage:
    """Copy RGB pixels into a picture.

    Args:
        pixels: H×W×3 RGB, uint8 (0..255) or uint16 (0..65535).

    Returns:
        A picture in ``Format_RGB32`` that owns its memory.

    Raises:
        ValueError: if ``pixels`` is not H×W×3.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        raise ValueError(f"expected H×W×3 pixels, got shape {pixels.shape}")
    eight = np.ascontiguousarray(to_eight_bit(pixels))
    height, width = eight.shape[:2]
    view = QImage(eight.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return view.convertToFormat(QImage.Format.Format_RGB32)


def to_qimage_with_alpha(pixels: NDArray[np.uint8], alpha: NDArray[np.float32]) -> QImage:
    """Copy RGB pixels with a soft mask into a picture.

    Args:
        pixels: H×W×3 uint8 RGB.
        alpha: H×W float32, 0..1.

    Returns:
        A picture in ``Format_ARGB32_Premultiplied`` that owns its memory.
    """
    height, width = pixels.shape[:2]
    packed = np.empty((height, width, 4), dtype=np.uint8)
    packed[..., :3] = pixels
    packed[..., 3] = np.clip(np.rint(alpha * 255.0), 0, 255).astype(np.uint8)
    view = QImage(packed.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return view.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def to_array(image: QImage) -> NDArray[np.uint8]:
    """Copy a picture into H×W×3 uint8 RGB, leaving out the padding at the end of its rows."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    stride = rgb.bytesPerLine()
    rows = np.frombuffer(rgb.constBits(), dtype=np.uint8, count=stride * rgb.height())
    packed = rows.reshape(rgb.height(), stride)[:, : 3 * rgb.width()]
    return packed.reshape(rgb.height(), rgb.width(), 3).copy()


def crop_to_photo(matrix: NDArray[np.float64]) -> QTransform:
    """Turn the engine's 2×3 photo-to-crop matrix into Qt's crop-to-photo transform.

    The engine counts from pixel centres, Qt from pixel corners: half a pixel lies between
    them on both sides.
    """
    (a, b, tx), (c, d, ty) = np.asarray(matrix, dtype=np.float64).tolist()
    to_centres = QTransform.fromTranslate(-0.5, -0.5)
    forward = to_centres * QTransform(a, c, b, d, tx, ty) * QTransform.fromTranslate(0.5, 0.5)
    backward, invertible = forward.inverted()
    if not invertible:
        raise ValueError("the alignment matrix cannot be inverted")
    return backward


class Pyramid:
    """A picture and its halves, so that drawing a large photo small stays cheap.

    Build it on the worker thread; reading is safe anywhere.
    """

    def __init__(self, full: QImage) -> None:
        self._levels = [full]
        while max(self._levels[-1].width(), self._levels[-1].height()) > 2 * _SMALLEST_LEVEL:
            last = self._levels[-1]
            half = QSize(max(1, (last.width() + 1) // 2), max(1, (last.height() + 1) // 2))
            self._levels.append(
                last.scaled(
                    half,
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )

    @classmethod
    def of_pixels(cls, pixels: PixelArray) -> Pyramid:
        """Build from H×W×3 RGB, uint8 or uint16."""
        return cls(to_qimage(pixels))

    @property
    def full(self) -> QImage:
        """The picture at its own size."""
        return self._levels[0]

    @property
    def size(self) -> QSize:
        """Width and height of the full picture."""
        return self._levels[0].size()

    def level_for(self, scale: float) -> QImage:
        """The smallest level that still has a pixel for every device pixel at ``scale``."""
        chosen = self._levels[0]
        for level in self._levels[1:]:
            if level.width() < self.size.width() * scale:
                break
            chosen = level
        return chosen


def cut_square(picture: Pyramid, middle: QPointF, side: float, roll: float, size: int) -> QImage:
    """A square of a picture, turned upright.

    Args:
        picture: where it is cut from.
        middle: the square's middle in pixels of the full picture, Qt's corners.
        side: of the square, in pixels of the full picture.
        roll: degrees that it is rotated by, positive clockwise.
        size: side of the answer in its own pixels; what lies outside the picture is grey.
    """
    level = picture.level_for(size / max(side, 1.0))
    to_level = level.width() / picture.size.width()
    answer = QImage(size, size, QImage.Format.Format_RGB32)
    answer.fill(QColor(128, 128, 128))
    scale = size / max(side * to_level, 1.0)
    painter = QPainter(answer)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(size / 2, size / 2)
    painter.scale(scale, scale)
    painter.rotate(-roll)
    painter.translate(-middle * to_level)
    painter.drawImage(QPointF(0, 0), level)
    painter.end()
    return answer
