"""What is remembered, and colours that can be read."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from gui.bridge import settings as keys
from gui.bridge.naming import free_name
from gui.bridge.settings import Setting, Settings
from gui.views.theme import DARK, LIGHT, Colours
from tests.gui.conftest import ROOT


def test_free_names_count_up(tmp_path: Path) -> None:
    assert free_name(tmp_path / "a.png").name == "a.png"
    (tmp_path / "a.png").touch()
    (tmp_path / "a-2.png").touch()
    assert free_name(tmp_path / "a.png").name == "a-3.png"


def test_settings_come_back_with_their_types(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "w.ini")
    for setting, value in ((keys.EXPORT_MARK, False), (keys.THEME, "dark")):
        settings.set(setting, value)  # type: ignore[type-var]
    settings.set(keys.EXPORT_QUALITY, 71)
    settings.set(keys.GEOMETRY, QByteArray(b"abc"))
    settings.sync()
    again = Settings(tmp_path / "w.ini")
    assert again.get(keys.EXPORT_MARK) is False
    assert again.get(keys.EXPORT_QUALITY) == 71
    assert again.get(keys.THEME) == "dark"
    assert again.get(keys.GEOMETRY) == QByteArray(b"abc")


def test_settings_that_make_no_sense_count_as_not_set(tmp_path: Path) -> None:
    file = tmp_path / "w.ini"
    file.write_text("[export]\nquality=very good\n")
    assert Settings(file).get(keys.EXPORT_QUALITY) == keys.EXPORT_QUALITY.default


def test_every_setting_has_its_own_key() -> None:
    declared = [value for value in vars(keys).values() if isinstance(value, Setting)]
    assert len({setting.key for setting in declared}) == len(declared)
    assert all(setting.help for setting in declared)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_text_can_be_read(colours: Colours) -> None:
    for ground in (colours.window, colours.surface, colours.raised, colours.canvas):
        for ink in ("text", "muted", "accent_text", "good", "warn", "bad"):
            assert contrast(getattr(colours, ink), ground) >= 4.5, (ink, ground)
    for ground in (colours.accent, colours.accent_hover):
        assert contrast(colours.on_accent, ground) >= 4.5
    assert contrast(colours.text, colours.selected) >= 4.5


def test_every_word_of_the_style_sheet_is_a_colour() -> None:
    sheet = (ROOT / "resources" / "styles" / "agelens.qss").read_text()
    words = set(re.findall(r"@([a-z_]+)", sheet))
    assert words <= {*asdict(DARK), "chevron", "check"}


def test_the_window_reaches_no_heavy_library() -> None:
    code = (
        "import sys, gui.app;print([m for m in ('torch', 'cv2', 'mediapipe') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
