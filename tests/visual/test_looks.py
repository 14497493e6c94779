"""The window's main states look as they did, in both themes, whatever the font."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from gui.bridge import translation
from tests.visual.compare import COMPARED, LIMIT, THEMES, difference, reference, small
from tests.visual.scenes import played
from tests.visual.stage import ROOT, Stage, fake_engine, staged

SERIF = "DejaVu Serif"


@pytest.fixture(autouse=True, scope="module")
def english(qapp: QApplication) -> None:
    translation.install(qapp, ROOT / "resources" / "translations", translation.SOURCE)


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    with staged(qapp, fake_engine, settling_ms=50) as stage:
        yield stage


def apart(stage: Stage, name: str) -> float:
    """How far the window, as it is now, is from a reference."""
    with Image.open(reference(name)) as known:
        return difference(small(stage.grab()), known)


def test_looks_as_it_did(stage: Stage) -> None:
    differences = {}
    for scene in COMPARED:
        with played(scene, stage):
            for theme in THEMES:
                stage.desk.theme.choose(theme)
                differences[f"{scene}-{theme}"] = apart(stage, f"{scene}-{theme}")
    changed = {name: value for name, value in differences.items() if value > LIMIT}
    assert not changed, "look at them; if they are right: take_screenshots.py --references"


def test_a_change_is_noticed_and_a_font_is_not(qapp: QApplication, stage: Stage) -> None:
    window = stage.window
    stage.desk.theme.choose("light")
    with played("opened", stage):
        for panel in (window.panel, window.gallery, window.strip, window.job_bar):
            panel.hide()
            assert apart(stage, "opened-light") > LIMIT, f"without {panel.objectName()}"
            panel.show()
        stage.window.banner.show_message(stage.notice("Something happened."))
        assert apart(stage, "opened-light") > LIMIT, "a message above the photo"
        window.banner.hide()
        stage.desk.theme.choose("dark")
        assert apart(stage, "opened-light") > LIMIT, "the other theme"
        stage.desk.theme.choose("light")
        assert apart(stage, "opened-light") <= LIMIT
        usual, serif = qapp.font(), QFont(SERIF, qapp.font().pointSize())
        if QFontInfo(serif).family() == SERIF:
            qapp.setFont(serif)
            assert apart(stage, "opened-light") <= LIMIT, "another font"
            qapp.setFont(usual)
