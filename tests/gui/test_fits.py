"""The age panel, the batch and the export dialog fit where there is little room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.domain import AgeGroup, Scores
from gui.bridge.export_choices import ExportChoices, ExportLook, ExportSource
from gui.views.batch_dialog import BatchDialog
from gui.views.export_dialog import ExportDialog
from gui.views.theme import Theme
from tests.fakes.fake_service import CONTINUOUS, FakeService
from tests.gui.conftest import OpenIn, wait_for
from tests.gui.test_layouts import NARROWEST, age_a_face, wait_for_room

NINE_TABS = replace(
    CONTINUOUS,
    groups=tuple(AgeGroup(f"{low}–{low + 8}", low, low + 8) for low in range(10, 74, 8)),
    description="Any age from 10 to 80. Predicts a change and a mask, so the photo's detail stays.",
    licence="CC BY-NC 4.0 (some of its data is for non-commercial use)",
)
DOUBTFUL = Scores(34.0, 52.0, 0.31, same_person=False, reached=False, verdict="")


@pytest.mark.parametrize("language", ["en", "es", "zh_CN"])
def test_the_age_panel_is_seen_whole(
    opened: OpenIn, qtbot: QtBot, service: FakeService, language: str
) -> None:
    """With nine tabs too; in the least window all of it can be scrolled to."""
    service.cards = (NINE_TABS,)
    desk = opened(language)
    age_a_face(desk, qtbot)
    window, panel = desk.window, desk.window.panel
    window.resize(1280, 820)
    panel.show_scores(DOUBTFUL, 70.0, asked=True)
    wait_for_room(window, qtbot)
    wait_for(qtbot, lambda: panel.verticalScrollBar().maximum() == 0)
    window.resize(NARROWEST, 640)
    wait_for(qtbot, lambda: panel.verticalScrollBar().maximum() > 0)
    panel.verticalScrollBar().setValue(panel.verticalScrollBar().maximum())
    end = panel.models.mapTo(panel.viewport(), panel.models.rect().bottomLeft())
    assert panel.viewport().rect().contains(end)


@pytest.mark.parametrize("language", ["en", "es", "zh_CN"])
def test_the_batch_dialog_fits_a_low_screen(
    opened: OpenIn, qtbot: QtBot, service: FakeService, language: str
) -> None:
    service.cards = (NINE_TABS,)
    desk = opened(language)
    age_a_face(desk, qtbot)
    desk.window.batch.trigger()
    dialog = desk.window.findChild(BatchDialog)
    assert dialog is not None
    wait_for_room(dialog, qtbot)
    assert dialog.height() <= 580, "with a title bar on a screen 640 pixels high"
    assert dialog.minimumSizeHint().height() <= 540
    dialog.reject()


@pytest.mark.parametrize("language", ["en", "es", "zh_CN"])
def test_the_export_dialog_fits_a_low_screen(
    opened: OpenIn, qtbot: QtBot, theme: Theme, tmp_path: Path, language: str
) -> None:
    """Also with several photos, and the line on files that are there."""
    desk = opened(language)
    for name in ("a-at-65.jpg", "b-at-65.jpg"):
        (tmp_path / name).write_bytes(b"x")
    sources = [ExportSource(tmp_path / f"{name}.jpg", "65", tmp_path) for name in "abc"]
    paths = {source.path for source in sources}
    look = ExportChoices(ExportLook())
    dialog = ExportDialog(theme, sources, paths, look, [], [], desk.window)
    dialog.open()
    assert dialog.there.isVisible()
    layout = dialog.layout()
    assert layout is not None
    least = layout.totalMinimumHeightForWidth(dialog.width())
    assert least <= 606, "with a title bar on a screen 640 pixels high"
    assert dialog.width() <= 640
    dialog.reject()
