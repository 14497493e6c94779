"""Zoom and pan as geometry."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.views.viewport import Viewport


def shown(ratio: float = 1.0) -> Viewport:
    view = Viewport()
    view.set_view(QSizeF(800, 600), ratio)
    view.set_photo(QSizeF(4000, 3000))
    return view


def test_fit_shows_everything_and_follows_the_window() -> None:
    view = shown()
    assert QRectF(0, 0, 800, 600).contains(view.rect())
    view.set_view(QSizeF(400, 300), 1.0)
    assert QRectF(0, 0, 400, 300).contains(view.rect())


def test_zoom_keeps_the_point_under_the_cursor() -> None:
    view = shown()
    cursor = QPointF(500, 250)
    held = view.to_photo(cursor)
    for _ in range(6):
        view.zoom_by(1.25, cursor)
    after = view.to_photo(cursor)
    assert after.x() == pytest.approx(held.x(), abs=1e-6)
    assert after.y() == pytest.approx(held.y(), abs=1e-6)


def test_one_hundred_per_cent_is_one_screen_pixel() -> None:
    view = shown(ratio=2.0)
    view.zoom_to(1.0, QPointF(400, 300))
    assert view.scale == pytest.approx(0.5)


def test_a_large_photo_cannot_be_pushed_out_of_view() -> None:
    view = shown()
    view.zoom_to(1.0, QPointF(400, 300))
    view.pan(QPointF(90_000, -90_000))
    assert view.visible() == QRectF(0, 0, 800, 600)


def test_mapping_goes_there_and_back() -> None:
    view = shown()
    view.zoom_to(2.5, QPointF(100, 100))
    point = QPointF(1234.5, 987.25)
    assert view.to_photo(view.to_widget(point)).x() == pytest.approx(point.x())


def test_a_face_fills_half_of_the_view() -> None:
    view = shown()
    view.show_rect(QRectF(1000, 1000, 200, 300))
    face = view.map_rect(QRectF(1000, 1000, 200, 300))
    assert face.height() == pytest.approx(300)
    assert face.center().x() == pytest.approx(400)
