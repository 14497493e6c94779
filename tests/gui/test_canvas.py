"""The canvas by itself: both sides of a comparison, hard pixels, the score card's meter."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.domain import SAME_PERSON, Scores
from gui.bridge.image_convert import Pyramid, to_array
from gui.bridge.words import verdict_words
from gui.views.canvas_paint import CompareMode
from gui.views.photo_canvas import PhotoCanvas
from gui.views.score_card import ScoreCard
from gui.views.theme import Theme
from tests.fakes.fake_faces import make_face

WIDTH, HEIGHT = 800, 400


@pytest.fixture
def before() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (240, 320, 3), np.uint8)


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme, before: np.ndarray) -> PhotoCanvas:
    canvas = PhotoCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(WIDTH, HEIGHT)
    canvas.show()
    canvas.set_photo(Pyramid.of_pixels(before))
    canvas.set_faces((make_face(1, (119.5, 79.5, 80.0, 80.0), 40.0),), None)
    canvas.set_show_faces(False)
    return canvas


def shown(canvas: PhotoCanvas) -> np.ndarray:
    return to_array(canvas.grab().toImage())


def wheel(canvas: PhotoCanvas, at: QPointF, steps: int) -> None:
    where = canvas.mapToGlobal(at)
    event = QWheelEvent(
        at,
        where,
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def middle(picture: np.ndarray, left: int) -> np.ndarray:
    """A part of one side, away from labels and the line between."""
    return picture[100:280, left + 40 : left + 360].astype(int)


def test_both_sides_zoom_and_pan_together(canvas: PhotoCanvas, before: np.ndarray) -> None:
    after = before.copy()
    after[..., 0] = 255 - after[..., 0]
    canvas.set_after(Pyramid.of_pixels(after), [])
    canvas.set_mode(CompareMode.SIDE)
    half = WIDTH // 2
    for act in (
        lambda: None,
        lambda: wheel(canvas, QPointF(half + 150, 200), 9),
        lambda: QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 200)),
        lambda: QTest.mouseMove(canvas, QPoint(160, 180)),
        lambda: QTest.keyClick(canvas, Qt.Key.Key_Left),
    ):
        act()
        picture = shown(canvas)
        left, right = middle(picture, 0), middle(picture, half)
        same = np.abs(left[..., 1:] - right[..., 1:])
        assert np.quantile(same, 0.99) <= 2, "the same place at the same zoom"
        opposite = np.abs(left[..., 0] + right[..., 0] - 255)
        assert np.quantile(opposite, 0.99) <= 3, "before beside after"
    assert canvas.zoom > 5


def test_the_point_under_the_pointer_stays_on_either_side(canvas: PhotoCanvas) -> None:
    canvas.set_after(Pyramid.of_pixels(np.zeros((240, 320, 3), np.uint8)), [])
    canvas.set_mode(CompareMode.SIDE)
    held = canvas._view.to_photo(QPointF(150, 200))
    wheel(canvas, QPointF(WIDTH / 2 + 150, 200), 3)
    now = canvas._view.to_photo(QPointF(150, 200))
    assert (now - held).manhattanLength() < 1e-6


def test_a_face_can_be_chosen_on_either_side(canvas: PhotoCanvas) -> None:
    canvas.set_show_faces(True)
    canvas.set_after(Pyramid.of_pixels(np.zeros((240, 320, 3), np.uint8)), [])
    canvas.set_mode(CompareMode.SIDE)
    clicked: list[int] = []
    canvas.face_clicked.connect(clicked.append)
    at = canvas.face_position(1).toPoint()
    for offset in (0, WIDTH // 2):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at + QPoint(offset, 0))
    assert clicked == [1, 1]


def test_without_a_result_there_is_one_side(canvas: PhotoCanvas) -> None:
    canvas.set_mode(CompareMode.SIDE)
    assert canvas.face_position(1).x() == pytest.approx(WIDTH / 2, abs=1)
    canvas.set_after(Pyramid.of_pixels(np.zeros((240, 320, 3), np.uint8)), [])
    assert canvas.face_position(1).x() == pytest.approx(WIDTH / 4, abs=1)
    canvas.set_after(None, [])
    assert canvas.face_position(1).x() == pytest.approx(WIDTH / 2, abs=1)


def test_space_shows_the_photo_as_it_was_on_both_sides(canvas: PhotoCanvas) -> None:
    canvas.set_after(Pyramid.of_pixels(np.zeros((240, 320, 3), np.uint8)), [])
    canvas.set_mode(CompareMode.SIDE)
    assert not middle(shown(canvas), WIDTH // 2).any()
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    picture = shown(canvas)
    assert np.array_equal(middle(picture, 0), middle(picture, WIDTH // 2))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert not middle(shown(canvas), WIDTH // 2).any()


@pytest.mark.parametrize("zoom", [2.0, 4.0, 8.0])
def test_near_by_every_pixel_is_hard(canvas: PhotoCanvas, before: np.ndarray, zoom: float) -> None:
    canvas._view.zoom_to(zoom, QPointF(WIDTH / 2, HEIGHT / 2))
    canvas._zoomed()
    picture = shown(canvas)
    for y, x in ((115, 150), (120, 160), (133, 167)):
        corner = canvas._view.to_widget(QPointF(x, y))
        left, top, side = round(corner.x()), round(corner.y()), int(zoom)
        block = picture[top : top + side, left : left + side].reshape(-1, 3)
        assert (block == before[y, x]).all(), "one photo pixel is one block of one colour"


def test_far_off_the_photo_is_smoothed(canvas: PhotoCanvas, before: np.ndarray) -> None:
    canvas._view.zoom_to(1.5, QPointF(WIDTH / 2, HEIGHT / 2))
    canvas._zoomed()
    known = {tuple(colour) for colour in before.reshape(-1, 3).tolist()}
    seen = {tuple(c) for c in shown(canvas)[180:220, 380:420].reshape(-1, 3).tolist()}
    assert len(seen - known) > 100


def scores(identity: float, after: float, reached: bool) -> Scores:
    return Scores(34.0, after, identity, identity >= SAME_PERSON, reached, "")


def test_verdicts_in_words() -> None:
    assert verdict_words(scores(0.7, 69.0, True), 70) == (
        "The same person; reached the age asked for."
    )
    assert verdict_words(scores(0.3, 55.0, False), 70) == (
        "Perhaps not the same person; fell 15 years short."
    )
    assert "went 12 years too far" in verdict_words(scores(0.7, 82.0, False), 70)
    assert "fell 12 years short" in verdict_words(scores(0.7, 22.0, False), 10)
    assert "went 9 years too far" in verdict_words(scores(0.7, 1.0, False), 10)


def test_the_meter_marks_the_published_threshold(qtbot: QtBot, theme: Theme) -> None:
    card = ScoreCard(theme)
    qtbot.addWidget(card)
    card.resize(300, 140)
    card.show()
    card.show_scores(scores(0.9, 69.0, True), 70)
    meter = card._meter
    assert meter.mark_x() == pytest.approx(0.363 * meter.width())
    picture = to_array(meter.grab().toImage()).astype(int)
    ink = np.array(theme.colour("text").getRgb()[:3])
    row = np.abs(picture[5] - ink).sum(1)
    assert abs(int(row.argmin()) - meter.mark_x()) <= 1.5
    assert row.min() < 60
    assert card.accessibleName().startswith("Estimated age 34 before, 69 after; identity 0.90.")
    card.show_scores(None, asked=True)
    assert card.accessibleDescription() == "Measuring…"
    assert meter.isHidden()
