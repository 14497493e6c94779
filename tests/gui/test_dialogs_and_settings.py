"""The export dialog's judgement, what is remembered, and colours that can be read."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.domain import ExportSpec
from gui.bridge import settings as keys
from gui.bridge.naming import free_name
from gui.bridge.settings import Setting, Settings
from gui.views.export_dialog import ExportDialog
from gui.views.theme import DARK, LIGHT, Colours, Theme
from tests.gui.conftest import ROOT


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[ExportDialog]:
    original = tmp_path / "me.jpg"
    Image.new("RGB", (8, 8)).save(original)
    parent = QWidget()
    qtbot.addWidget(parent)
    suggestion = tmp_path / "me-at-65.jpg"
    dialog = ExportDialog(theme, original, suggestion, ExportSpec(suggestion), parent)
    dialog.show()
    yield dialog
    parent.close()


def test_defaults_are_safe(dialog: ExportDialog, tmp_path: Path) -> None:
    spec = dialog.spec()
    assert spec.path == tmp_path / "me-at-65.jpg"
    assert spec.mark_ai
    assert spec.keep_metadata
    assert not spec.overwrite
    assert dialog.export_button.isEnabled()


def test_the_original_is_never_offered(dialog: ExportDialog) -> None:
    dialog.name.setText("me.jpg")
    assert not dialog.export_button.isEnabled()
    assert not dialog.replace.isVisible()
    assert "original" in dialog.problem.text()


def test_a_file_that_is_there_is_replaced_only_when_ticked(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "old.jpg").write_bytes(b"x")
    dialog.name.setText("old.jpg")
    assert not dialog.export_button.isEnabled()
    assert dialog.replace.isVisible()
    dialog.replace.setChecked(True)
    assert dialog.export_button.isEnabled()
    assert dialog.spec().overwrite
    dialog.name.setText("new.jpg")
    assert not dialog.replace.isVisible()
    assert not dialog.spec().overwrite


def test_a_free_name_is_one_click_away(dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "old.jpg").write_bytes(b"x")
    assert not dialog.rename.isVisible()
    dialog.name.setText("old.jpg")
    dialog.rename.click()
    assert dialog.name.text() == "old-2.jpg"
    assert dialog.export_button.isEnabled()
    assert not dialog.spec().overwrite


def test_the_size_is_the_photo_s_unless_chosen(dialog: ExportDialog) -> None:
    assert dialog.spec().max_side is None
    dialog.longest.setCurrentIndex(dialog.longest.findData(2048))
    assert dialog.spec().max_side == 2048


@pytest.mark.parametrize("name", ["", "   ", "me", "me.txt", "me.gif"])
def test_names_that_will_not_do(dialog: ExportDialog, name: str) -> None:
    dialog.name.setText(name)
    assert not dialog.export_button.isEnabled()
    assert dialog.problem.text()


def test_a_missing_folder_is_named(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.folder.setText(str(tmp_path / "nowhere"))
    assert "nowhere" in dialog.problem.text()
    assert not dialog.export_button.isEnabled()


def test_format_and_name_agree(dialog: ExportDialog) -> None:
    dialog.name.setText("me.png")
    assert dialog.format.currentText() == "PNG"
    assert not dialog.quality.isEnabled()
    dialog.format.setCurrentIndex(2)
    dialog.format.activated.emit(2)
    assert dialog.name.text() == "me.webp"
    assert dialog.quality.isEnabled()


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
