"""The about dialog: the version, and the licence of everything that is in use."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine import __version__
from gui.app import Application
from gui.bridge import licences
from gui.views.help_dialogs import AboutDialog, licence_page
from tests.gui.conftest import wait_for


def test_every_part_has_a_licence() -> None:
    packages = licences.packages()
    names = {part.name.partition(" ")[0].lower() for part in packages}
    assert {"numpy", "torch", "mediapipe", "pyside6_essentials", "shiboken6"} <= names
    assert "pytest" not in names  # not what runs, but what tests
    for part in (licences.own(), *packages, *licences.model_files(), *licences.weights()):
        assert part.licence, part.name


def test_the_weights_say_what_they_were_trained_on() -> None:
    assert any("UTKFace" in part.about for part in licences.weights())


def test_models_of_the_user_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "manifest.toml").write_text('[models.mine]\ntitle = "Mine"\nlicence = "MIT"\n')
    monkeypatch.setattr(licences.paths, "user_models_dir", lambda: tmp_path)
    assert licences.Part("Mine", "MIT") in licences.weights()


def test_a_damaged_manifest_hides_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "manifest.toml").write_text("not [toml")
    monkeypatch.setattr(licences.paths, "weights_dir", lambda: tmp_path)
    monkeypatch.setattr(licences.paths, "user_models_dir", lambda: tmp_path / "none")
    assert licences.weights() == []
    assert licences.own_text().lstrip().startswith("Apache License")


def test_markup_in_a_name_is_text() -> None:
    page = licence_page([("A & B", [licences.Part("<b>", "<i>", "<u>")])], "<pre>")
    assert "<i>" not in page
    assert "&lt;i&gt;" in page
    assert "A &amp; B" in page


def test_the_dialog_shows_them(desk: Application, qtbot: QtBot) -> None:
    desk.window.about.trigger()
    wait_for(qtbot, lambda: desk.window.findChild(AboutDialog) is not None)
    dialog = desk.window.findChild(AboutDialog)
    assert f"Agelens {__version__}" in {one.text() for one in dialog.findChildren(QLabel)}
    text = dialog.licences.toPlainText()
    for word in ("Apache-2.0", "face_landmarker.task", "CC BY-NC", "numpy", "TERMS AND CONDITIONS"):
        assert word in text
    dialog.reject()
