"""The window where it is packaged: without training, with the commit in the about dialog."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from engine import paths
from gui.app import Application
from gui.bridge import settings as keys
from gui.views.help_dialogs import AboutDialog
from tests.gui.conftest import wait_for


@pytest.fixture
def packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """What paths say in the packaged application; before the window is made."""
    monkeypatch.setattr(paths, "can_train", lambda: False)
    monkeypatch.setattr(paths, "build_commit", lambda: "0123456789ab")


def test_training_is_not_to_be_seen(packaged: None, desk: Application) -> None:
    action = desk.window.training
    assert not action.isVisible()
    assert action.shortcut().isEmpty()
    assert all("Training" not in what for _keys, what in desk.window.shortcut_rows())


def test_page_that_a_checkout_left_open_stays_closed(packaged: None, desk: Application) -> None:
    """Both have the same settings; the package neither opens the page nor forgets it."""
    desk.settings.set(keys.SHOW_TRAINING, True)
    desk.training.start()
    assert desk.window.pages.currentIndex() == 0
    desk.training.stop()
    assert desk.settings.get(keys.SHOW_TRAINING)


def test_about_tells_the_commit(packaged: None, desk: Application, qtbot: QtBot) -> None:
    desk.window.about.trigger()
    found: list[AboutDialog] = []

    def look() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, AboutDialog)]
        return bool(found) and found[0].isVisible()

    wait_for(qtbot, look)
    words = " ".join(label.text() for label in found[0].findChildren(QLabel))
    assert "(0123456789ab)" in words
    assert "never asks for new versions" in words
    found[0].close()
