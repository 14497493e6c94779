"""No word of the window is left out of translation: each is asked of the translator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.app import Application
from tests.gui.conftest import wait_for

NAMES = {"Agelens", "JPEG", "PNG", "WebP", "TIFF", "CPU", "Astronaut", "Grace Hopper"}
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
KEYS = re.compile(r"^(Ctrl|Alt|Shift|Del|Esc|Left|Right|[A-Z0-9?,+\-]|F\d+|\+)+$")
WORD = re.compile(r"[A-Za-z]{2,}")


class Brackets(QTranslator):
    """Translates every string of the window into itself, in brackets."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if context.startswith("Q"):
            return None  # Qt's own words are in Qt's own tables
        return f"⟦{source}⟧"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def brackets(qapp: QApplication) -> Iterator[None]:
    translator = Brackets()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def spoken(brackets: None, desk: Application) -> Application:
    """The window with every string in brackets."""
    return desk


def left_out(root: QWidget, data: set[str]) -> set[str]:
    """The words under ``root`` that no translator was asked for."""
    found: set[str] = set()
    for widget in [root, *root.findChildren(QWidget)]:
        found.update(_texts(widget))
    for action in root.findChildren(QAction):
        found |= {action.text(), action.toolTip()}
    return {text for text in found if _is_english(text, data)}


def _texts(widget: QWidget) -> list[str]:
    name, tip, title = widget.accessibleName(), widget.toolTip(), widget.windowTitle()
    texts = [name, tip, widget.accessibleDescription(), title]
    if isinstance(widget, QLabel | QAbstractButton):
        texts.append(widget.text())
    if isinstance(widget, QMenu):
        texts.append(widget.title())
    if isinstance(widget, QLineEdit):
        texts.append(widget.placeholderText())
    if isinstance(widget, QComboBox):
        texts += [widget.itemText(row) for row in range(widget.count())]
    return texts


def _is_english(text: str, data: set[str]) -> bool:
    while BRACKETED.search(text):
        text = BRACKETED.sub("", text)
    for known in sorted(data | NAMES, key=len, reverse=True):
        text = text.replace(known, "") if known else text
    rest = text.replace("(", " ").replace(")", " ").split()
    return any(WORD.search(word) and not KEYS.match(word) for word in rest)


def _data(desk: Application) -> set[str]:
    """What is shown as it is: the engine's sentences, names of files and models."""
    session = desk.session
    data = {"Putting faces back"}  # said by the engine while it works
    for card in session.cards:
        data |= {card.title, card.description, card.name, card.licence}
    if session.device is not None:
        device = session.device
        data |= {device.name, device.dtype, device.reason, device.kind}
    for entry in session.gallery.entries:
        data |= {str(entry.path), entry.path.name, entry.path.stem, entry.sentence}
        data.add(f"{entry.path.parent.name}/{entry.path.name}")  # as in the recent photos
        data |= {face.obstacle or "" for face in entry.faces or ()}
    return data


def test_a_word_that_escapes_is_noticed(qtbot: QtBot, brackets: None) -> None:
    label = QLabel("Left out")
    qtbot.addWidget(label)
    assert left_out(label, set()) == {"Left out"}
    label.setText("⟦Asked⟧ (Ctrl+E)")
    assert left_out(label, set()) == set()


def test_the_window_without_a_photo(spoken: Application) -> None:
    assert left_out(spoken.window, _data(spoken)) == set()


def test_the_window_with_an_aged_photo(spoken: Application, qtbot: QtBot, astronaut: Path) -> None:
    spoken.open_photos.add([astronaut])
    wait_for(
        qtbot, lambda: spoken.session.current is not None and bool(spoken.session.current.faces)
    )
    spoken.age_face.set_target(64.0)
    wait_for(
        qtbot,
        lambda: spoken.session.current is not None and spoken.session.current.result_is_current,
    )
    assert left_out(spoken.window, _data(spoken)) == set()


@pytest.mark.parametrize("name", ["export", "batch", "shortcuts", "about", "preferences"])
def test_the_dialogs(spoken: Application, qtbot: QtBot, astronaut: Path, name: str) -> None:
    spoken.open_photos.add([astronaut])
    wait_for(
        qtbot, lambda: spoken.session.current is not None and bool(spoken.session.current.faces)
    )
    spoken.age_face.set_target(64.0)
    wait_for(qtbot, spoken.window.export.isEnabled)
    getattr(spoken.window, name).trigger()
    wait_for(qtbot, lambda: bool(_dialogs()))
    dialog = _dialogs()[0]
    languages = {"English", "Español", "Python", "PySide6", "Linux"}
    assert left_out(dialog, _data(spoken) | languages) == set()
    dialog.reject()


def _dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
