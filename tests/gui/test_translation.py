"""Languages: complete, compiled, chosen by the system or the user."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.bridge.translation import SYSTEM, install, language_name, languages, without_mnemonic
from tests.unit.house.scripts import load_script

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"
script = load_script("translations")
TABLES = [FOLDER / f"agelens_{language}.ts" for language in (script.PLURALS, *script.LANGUAGES)]


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_every_string_of_the_window_is_translated(table: Path, tmp_path: Path) -> None:
    fresh = tmp_path / table.name
    fresh.write_bytes(table.read_bytes())
    script.update(fresh, table.stem.removeprefix("agelens_"), script.window_sources())
    assert script.missing(fresh) == []


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_what_is_loaded_was_compiled_from_the_table(table: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    script.compile_to(table, fresh)
    assert fresh.read_bytes() == table.with_suffix(".qm").read_bytes()


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_fields_are_the_source_s(table: Path) -> None:
    for source, translation in script.pairs(table):
        assert script.fields(source) == script.fields(translation), source


def test_a_missing_translation_is_told(tmp_path: Path) -> None:
    source = tmp_path / "window.py"
    source.write_text(
        "class Window(QWidget):\n    def f(self):\n        self.tr('Hello'), self.tr('Go')\n"
    )
    table = tmp_path / "agelens_es.ts"
    script.update(table, "es", [source])
    text = table.read_text(encoding="utf-8")
    text = text.replace(
        '<source>Hello</source>\n        <translation type="unfinished"></translation>',
        "<source>Hello</source>\n        <translation>Hola</translation>",
    )
    table.write_text(text, encoding="utf-8")
    assert script.missing(table) == ["Go"]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("&Open photos…", "Open photos…"),
        ("打开照片(&O)…", "打开照片…"),
        ("Photo (old)", "Photo (old)"),
    ],
)
def test_a_key_marked_in_a_name_is_not_spoken(text: str, spoken: str) -> None:
    assert without_mnemonic(text) == spoken


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 face", "2 faces"),
        ("es", "1 rostro", "2 rostros"),
        ("zh_CN", "1 张人脸", "2 张人脸"),
    ],
)
def test_one_is_spoken_of_as_one(
    qapp: QApplication, speak: Callable[[str], None], language: str, one: str, two: str
) -> None:
    """English tells one from many too, by a table of its own."""
    speak(language)
    words = [QCoreApplication.translate("GalleryModel", "%n face(s)", "", n) for n in (1, 2)]
    assert words == [one, two]


def test_languages_are_named_in_themselves() -> None:
    assert languages(FOLDER)[0] == "en"
    assert {"es", "zh_CN"} <= set(languages(FOLDER))
    assert language_name("es") == "Español"
    assert language_name("zh_CN") == "简体中文"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [(["es-MX", "en"], "es"), (["zh-Hans-CN"], "zh_CN"), (["fi-FI"], "en"), ([], "en")],
)
def test_the_system_s_language_is_taken_where_it_is_there(
    wanted: list[str], expected: str, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: wanted)
    monkeypatch.setattr(qapp, "installTranslator", lambda _translator: True)
    assert install(qapp, FOLDER, SYSTEM) == expected


def test_an_installed_language_speaks(
    qtbot: QtBot, qapp: QApplication, speak: Callable[[str], None]
) -> None:
    speak("es")
    label = QLabel(QCoreApplication.translate("ActionWindow", "&File"))
    qtbot.addWidget(label)
    assert label.text() == "&Archivo"
