"""How the canvas draws: photo, previews over it, face boxes, the before/after divider."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QTransform

from engine.domain import Face
from gui.bridge.image_convert import Pyramid
from gui.views.viewport import Viewport

_HANDLE = 15.0


class CompareMode(Enum):
    """What the canvas shows."""

    BEFORE = "before"
    SPLIT = "split"
    SIDE = "side"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class FaceOverlay:
    """A quick preview laid over the photo until the composite is there.

    Attributes:
        image: the aged crop, see-through where nothing changes.
        transform: crop pixels to photo pixels, Qt's corners.
    """

    image: QImage
    transform: QTransform


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours and font that the canvas draws with."""

    accent: QColor
    warn: QColor
    font: QFont


@dataclass(frozen=True, slots=True)
class FaceLook:
    """How a face's box is drawn.

    Attributes:
        chosen: it is the one that the panel speaks of.
        beside: it is chosen along with that one.
        hovered: the pointer is on it.
        skipped: it stays as it is.
    """

    chosen: bool = False
    beside: bool = False
    hovered: bool = False
    skipped: bool = False


def face_rect(face: Face) -> QRectF:
    """A face's box in photo pixels, Qt's corners."""
    return QRectF(face.box.x + 0.5, face.box.y + 0.5, face.box.w, face.box.h)


def draw_picture(painter: QPainter, view: Viewport, picture: Pyramid, clip: QRectF) -> None:
    """Draw what of a photo lies inside ``clip`` (widget pixels); hard pixels when zoomed in."""
    part = view.rect().intersected(clip)
    if part.isEmpty():
        return
    level = picture.level_for(view.zoom)
    to_level = level.width() / picture.size.width()
    corner = view.to_photo(part.topLeft()) * to_level
    source = QRectF(corner, part.size() / view.scale * to_level)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < 2.0)
    painter.drawImage(part, level, source)


def draw_overlays(
    painter: QPainter, view: Viewport, overlays: list[FaceOverlay], clip: QRectF
) -> None:
    """Draw quick previews where their faces are."""
    painter.save()
    painter.setClipRect(clip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    corner = view.to_widget(QPointF(0, 0))
    base = painter.transform()
    to_widget = QTransform.fromScale(view.scale, view.scale) * QTransform.fromTranslate(
        corner.x(), corner.y()
    )
    for overlay in overlays:
        painter.setTransform(overlay.transform * to_widget * base)
        painter.drawImage(QPointF(0, 0), overlay.image)
    painter.restore()


def face_label(face: Face) -> str:
    """Number and estimated age."""
    return f"{face.index}" if face.age is None else f"{face.index}  ·  {round(face.age)}"


def draw_face(painter: QPainter, view: Viewport, face: Face, ink: Ink, look: FaceLook) -> None:
    """Draw one face's box and its label."""
    rect = view.map_rect(face_rect(face)).adjusted(-6, -8, 6, 6)
    blocked = face.obstacle is not None
    marked = look.chosen or look.beside
    colour = ink.accent if marked else ink.warn if blocked else QColor(255, 255, 255, 225)
    width = 2.5 if look.chosen or look.hovered else 1.5
    dashed = blocked or look.skipped
    painter.save()
    painter.setOpacity(0.7 if look.skipped and not (marked or look.hovered) else 1.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(QColor(255, 255, 255, 30) if look.hovered else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 90), width + 2))
    painter.drawRoundedRect(rect, 8, 8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(colour, width, style))
    painter.drawRoundedRect(rect, 8, 8)
    painter.setOpacity(1.0)  # the words stay readable on any picture
    ground = QColor(ink.accent) if marked else QColor(18, 19, 23, 215)
    label_width = QFontMetricsF(ink.font).horizontalAdvance(face_label(face)) + 16
    top = rect.top() - 28 if rect.top() >= 30 else rect.bottom() + 6
    place = QRectF(rect.left(), top, label_width, 22)
    draw_pill(painter, place, face_label(face), ground, QColor(255, 255, 255))
    painter.restore()


def draw_pill(painter: QPainter, rect: QRectF, text: str, ground: QColor, ink: QColor) -> None:
    """Draw a short text on a rounded ground."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, 6, 6)
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def draw_corner_labels(painter: QPainter, shown: QRectF, ink: Ink, left: str, right: str) -> None:
    """Say at the photo's bottom corners what is shown there; empty texts are left out."""
    ground, white = QColor(18, 19, 23, 200), QColor(255, 255, 255)
    metrics = QFontMetricsF(ink.font)
    top = shown.bottom() - 34
    if left:
        width = metrics.horizontalAdvance(left) + 18
        draw_pill(painter, QRectF(shown.left() + 12, top, width, 22), left, ground, white)
    if right:
        width = metrics.horizontalAdvance(right) + 18
        place = QRectF(shown.right() - 12 - width, top, width, 22)
        draw_pill(painter, place, right, ground, white)


def draw_divider(painter: QPainter, shown: QRectF, x: float) -> None:
    """Draw the line between before and after with its handle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(0, 0, 0, 90), 4))
    painter.drawLine(QPointF(x, shown.top()), QPointF(x, shown.bottom()))
    painter.setPen(QPen(QColor(255, 255, 255), 2))
    painter.drawLine(QPointF(x, shown.top()), QPointF(x, shown.bottom()))
    middle = QPointF(x, handle_y(shown))
    painter.setPen(QPen(QColor(0, 0, 0, 60), 1))
    painter.setBrush(QColor(255, 255, 255))
    painter.drawEllipse(middle, _HANDLE, _HANDLE)
    painter.setPen(QPen(QColor(27, 29, 34), 1.8))
    for side in (-1, 1):
        tip = middle + QPointF(side * 9, 0)
        painter.drawLine(tip, tip + QPointF(-side * 4, -4))
        painter.drawLine(tip, tip + QPointF(-side * 4, 4))


def handle_y(shown: QRectF) -> float:
    """Height of the divider's handle: below the middle, where faces seldom are."""
    return shown.top() + shown.height() * 0.78


def near_divider(shown: QRectF, x: float, point: QPointF) -> bool:
    """Whether a point is close enough to take hold of the divider."""
    inside = shown.adjusted(-_HANDLE, 0, _HANDLE, 0).contains(point)
    close = _HANDLE if abs(point.y() - handle_y(shown)) <= _HANDLE else 5.0
    return inside and abs(point.x() - x) <= close
