"""Where a photo lies in a widget: zoom and pan as plain geometry, without a widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

_LARGEST_ZOOM = 32.0
_MARGIN = 24.0


class Viewport:
    """Maps between photo pixels and a widget's logical pixels.

    ``zoom`` is device pixels per photo pixel: at 1.0 one photo pixel is one screen pixel.
    """

    def __init__(self) -> None:
        self._photo = QSizeF()
        self._view = QSizeF()
        self._ratio = 1.0
        self._zoom = 1.0
        self._centre = QPointF()
        self._fitted = True

    @property
    def zoom(self) -> float:
        """Device pixels per photo pixel."""
        return self._zoom

    @property
    def scale(self) -> float:
        """Logical pixels per photo pixel."""
        return self._zoom / self._ratio

    @property
    def fitted(self) -> bool:
        """Whether the whole photo is kept in view as the widget is resized."""
        return self._fitted

    @property
    def can_pan(self) -> bool:
        """Whether the photo is larger than the view."""
        rect = self.rect()
        return rect.width() > self._view.width() or rect.height() > self._view.height()

    def set_photo(self, size: QSizeF) -> None:
        """Show a photo of that size, whole."""
        self._photo = QSizeF(size)
        self.fit()

    def set_view(self, size: QSizeF, ratio: float) -> None:
        """The widget has that size in logical pixels and that device pixel ratio."""
        self._view = QSizeF(size)
        self._ratio = ratio
        if self._fitted:
            self.fit()
        else:
            self._clamp()

    def fit(self) -> None:
        """Show the whole photo; small photos are not enlarged beyond three times."""
        self._fitted = True
        self._zoom = self._fit_zoom()
        self._centre = QPointF(self._photo.width() / 2, self._photo.height() / 2)

    def zoom_to(self, zoom: float, anchor: QPointF) -> None:
        """Zoom, keeping the photo point under ``anchor`` (widget pixels) where it is."""
        if self._photo.isEmpty():
            return
        held = self.to_photo(anchor)
        lowest = min(self._fit_zoom(), 1.0) / 2
        self._zoom = min(max(zoom, lowest), _LARGEST_ZOOM)
        self._fitted = False
        middle = QPointF(self._view.width() / 2, self._view.height() / 2)
        self._centre = held + (middle - anchor) / self.scale
        self._clamp()

    def zoom_by(self, factor: float, anchor: QPointF) -> None:
        """Multiply the zoom, keeping the point under ``anchor``."""
        self.zoom_to(self._zoom * factor, anchor)

    def pan(self, by: QPointF) -> None:
        """Move the photo by widget pixels."""
        self._centre -= by / self.scale
        self._fitted = False
        self._clamp()

    def show_rect(self, rect: QRectF) -> None:
        """Zoom so that a rectangle of the photo takes half of the view."""
        if rect.isEmpty() or self._view.isEmpty():
            return
        across = min(self._view.width() / rect.width(), self._view.height() / rect.height())
        self._zoom = min(across * self._ratio / 2, _LARGEST_ZOOM)
        self._centre = rect.center()
        self._fitted = False
        self._clamp()

    def rect(self) -> QRectF:
        """The photo in widget pixels."""
        corner = self.to_widget(QPointF(0, 0))
        return QRectF(corner, self._photo * self.scale)

    def visible(self) -> QRectF:
        """The part of :meth:`rect` inside the view."""
        return self.rect().intersected(QRectF(QPointF(0, 0), self._view))

    def to_widget(self, point: QPointF) -> QPointF:
        """Photo to widget."""
        middle = QPointF(self._view.width() / 2, self._view.height() / 2)
        return (point - self._centre) * self.scale + middle

    def to_photo(self, point: QPointF) -> QPointF:
        """Widget to photo."""
        middle = QPointF(self._view.width() / 2, self._view.height() / 2)
        return (point - middle) / self.scale + self._centre

    def map_rect(self, rect: QRectF) -> QRectF:
        """A rectangle of the photo in widget pixels."""
        return QRectF(self.to_widget(rect.topLeft()), rect.size() * self.scale)

    def _fit_zoom(self) -> float:
        if self._photo.isEmpty() or self._view.isEmpty():
            return 1.0
        wide = max(self._view.width() - 2 * _MARGIN, 1) / self._photo.width()
        high = max(self._view.height() - 2 * _MARGIN, 1) / self._photo.height()
        return min(wide * self._ratio, high * self._ratio, 3.0)

    def _clamp(self) -> None:
        self._centre = QPointF(
            _clamped(self._centre.x(), self._photo.width(), self._view.width() / self.scale),
            _clamped(self._centre.y(), self._photo.height(), self._view.height() / self.scale),
        )


def _clamped(centre: float, photo: float, view: float) -> float:
    """Keep a photo smaller than the view in its middle, a larger one covering it."""
    if photo <= view:
        return photo / 2
    return min(max(centre, view / 2), photo - view / 2)
