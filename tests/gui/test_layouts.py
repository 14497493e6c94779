"""Nothing is clipped or overlaps from the narrowest window up, in every language and direction."""

from __future__ import annotations

from itertools import combinations
from typing import TypeGuard

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAction, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QScrollBar,
    QSplitterHandle,
    QStackedWidget,
    QStyleOptionViewItem,
    QToolBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.app import Application
from gui.bridge.roles import PhotoState
from gui.views.canvas_paint import CompareMode
from tests.gui.conftest import SAMPLES, OpenIn, wait_for

NARROWEST = 860
SETTLING_MS = 10_000


def age_a_face(desk: Application, qtbot: QtBot) -> None:
    desk.open_photos.add([SAMPLES / "astronaut.png"])
    wait_for(qtbot, lambda: bool(desk.session.current and desk.session.current.faces))
    desk.age_face.set_target(65.0)
    wait_for(qtbot, lambda: bool(desk.session.current and desk.session.current.result_is_current))


def problems(window: QWidget) -> list[str]:
    """What is cut off or lies over something else, in words."""
    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisible() or (widget.isWindow() and widget is not window):
            continue
        parent = widget.parentWidget()
        if parent is not None and widget is not window and _fixed(parent):
            room = parent.rect().adjusted(-1, -1, 1, 1)  # a splitter's handle
            if not room.contains(widget.geometry()):
                found.append(f"{_name(widget)} lies outside {_name(parent)}")
        if _has_words(widget) and widget.minimumSizeHint().width() > widget.width():
            found.append(f"{_name(widget)} is cut off")
        if _fixed(widget):
            inside = [c for c in widget.children() if _counts(c)]
            found += [
                f"{_name(one)} lies over {_name(other)}"
                for one, other in combinations(inside, 2)
                if one.geometry().intersects(other.geometry())
            ]
    return found


def _fixed(widget: QWidget) -> bool:
    """Whether everything in it is to be seen at once; not what scrolls."""
    if isinstance(widget, QAbstractScrollArea | QStackedWidget | QScrollBar):
        return False
    return not isinstance(widget.parentWidget(), QAbstractScrollArea)


def _counts(child: QObject) -> TypeGuard[QWidget]:
    """A widget that is there to be seen; a splitter's handle may be grabbed beside itself too."""
    if not isinstance(child, QWidget) or isinstance(child, QSplitterHandle):
        return False
    return child.isVisible() and not child.isWindow()


def _has_words(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return bool(widget.text()) and not widget.wordWrap()
    return isinstance(widget, QAbstractButton) and bool(widget.text())


def _name(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.objectName()} {words!r} {widget.geometry().getRect()}"


def wait_for_room(window: QWidget, qtbot: QtBot) -> None:
    """Layouts settle a moment after what they show changes."""
    try:
        qtbot.waitUntil(lambda: not problems(window), timeout=SETTLING_MS)
    except qtbot.TimeoutError:
        pytest.fail("\n".join(problems(window)))


@pytest.mark.parametrize("width", [NARROWEST, 1000, 1280])
@pytest.mark.parametrize(
    ("language", "mirrored"), [("en", False), ("es", False), ("zh_CN", False), ("en", True)]
)
def test_everything_has_room(
    opened: OpenIn, qtbot: QtBot, language: str, mirrored: bool, width: int
) -> None:
    desk = opened(language, mirrored=mirrored)
    desk.window.resize(width, 800)
    wait_for_room(desk.window, qtbot)
    assert desk.window.width() == width
    age_a_face(desk, qtbot)
    wait_for_room(desk.window, qtbot)
    assert desk.window.width() == width
    bar = desk.window.findChild(QToolBar)
    assert bar is not None
    more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    assert more is None or not more.isVisible(), "a button is out of sight"
    assert desk.window.export_button.isVisible()


def test_what_is_cut_off_is_noticed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    one, other = QLabel("a long text that has no room", window), QLabel("b", window)
    one.setGeometry(0, 0, 60, 20)
    other.setGeometry(50, 10, 170, 20)
    window.show()
    assert len(problems(window)) == 3


def test_words_leave_the_tool_bar_before_buttons_do(opened: OpenIn, qtbot: QtBot) -> None:
    desk = opened("es")
    window = desk.window
    bar = window.findChild(QToolBar)
    assert bar is not None
    bare, worded = (
        Qt.ToolButtonStyle.ToolButtonIconOnly,
        Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
    )

    def style(action: QAction) -> Qt.ToolButtonStyle:
        button = bar.widgetForAction(action)
        assert isinstance(button, QToolButton)
        return button.toolButtonStyle()

    split = window.modes[CompareMode.SPLIT]
    for width, expected in ((1400, worded), (NARROWEST, bare), (1400, worded), (NARROWEST, bare)):
        window.resize(width, 700)
        wait_for(qtbot, lambda expected=expected: style(split) == expected)
    for action in (*window.modes.values(), window.open):
        assert action.text()  # what a screen reader says
        assert action.toolTip().startswith(action.iconText())


def test_layouts_come_to_rest(opened: OpenIn, qtbot: QtBot) -> None:
    """A tool bar that asks for a new layout while it fits itself would keep a core busy."""
    desk = opened("en")
    bar = desk.window.findChild(QToolBar)
    assert bar is not None
    asked: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.LayoutRequest:
                asked.append(watched)
            return False

    watch = Watch()
    for width in (1280, NARROWEST):
        desk.window.resize(width, 700)
        wait_for_room(desk.window, qtbot)
        qtbot.wait(300)
        bar.installEventFilter(watch)
        asked.clear()
        qtbot.wait(300)
        bar.removeEventFilter(watch)
        assert not asked


def test_where_one_reads_from_right_to_left(opened: OpenIn, qtbot: QtBot) -> None:
    desk = opened("en", mirrored=True)
    age_a_face(desk, qtbot)
    window, session = desk.window, desk.session
    left, right = window.panel.mapTo(window, window.panel.rect().center()).x(), window.width()
    assert left < window.gallery.mapTo(window, window.gallery.rect().center()).x() < right
    dial = window.panel.dial
    assert dial.value() == 65
    QTest.keyClick(dial, Qt.Key.Key_Left)
    entry = session.current
    assert entry is not None
    assert entry.edits[1].target == 66, "older lies where reading ends"
    canvas = window.canvas
    window.modes[CompareMode.SPLIT].trigger()
    canvas.set_divider(0.5)
    shares: list[float] = []
    canvas.divider_moved.connect(shares.append)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert shares[-1] > 0.5, "a photo has no reading direction"
    assert canvas.face_position(1).x() > 0


def test_badges_say_how_far_a_photo_has_come(opened: OpenIn, qtbot: QtBot) -> None:
    """Each state looks different, in both themes, and mirrored where reading is."""
    desk = opened("en")
    age_a_face(desk, qtbot)
    entry, gallery = desk.session.current, desk.window.gallery
    assert entry is not None
    delegate = gallery.itemDelegate()

    def painted(direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight) -> bytes:
        option = QStyleOptionViewItem()
        option.initFrom(gallery)
        option.direction = direction
        index = gallery.model().index(0, 0)
        size = delegate.sizeHint(option, index)
        option.rect = QRect(0, 0, size.width(), size.height())
        picture = QImage(size, QImage.Format.Format_RGB32)
        picture.fill(0)
        painter = QPainter(picture)
        delegate.paint(painter, option, index)
        painter.end()
        return bytes(picture.constBits())

    for theme in ("light", "dark"):
        desk.theme.choose(theme)
        pictures = []
        for state in PhotoState:
            entry.state = state
            pictures.append(painted())
        assert len(set(pictures)) == len(PhotoState)
    assert painted(Qt.LayoutDirection.RightToLeft) != painted()
    before, entry.faces = painted(), ()
    assert painted() != before, "the number of faces"


def test_what_runs_has_its_words_before_the_note_has(opened: OpenIn, qtbot: QtBot) -> None:
    bar = opened("es").window.job_bar
    bar.window().resize(NARROWEST, 700)

    def shown() -> bool:
        bar.start("Buscando rostros en astronaut.png")  # again, if a job of the start just ended
        return bar.title.isVisible()

    wait_for(qtbot, shown)
    wait_for(qtbot, lambda: bar.title.width() >= bar.title.sizeHint().width())
    assert bar.note.width() < bar.note.sizeHint().width()
    assert not problems(bar)
    bar.finish(0)
    wait_for(qtbot, lambda: not bar.title.isVisible())
    wait_for(qtbot, lambda: bar.note.width() >= bar.note.sizeHint().width())
