"""The settings: each takes effect, is remembered, and says so where it cannot be had."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from engine import paths
from gui.app import Application
from gui.bridge import settings as keys
from gui.bridge.messages import Level
from gui.views.settings_dialog import SettingsDialog
from tests.fakes.fake_service import FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import wait_for


def opened(desk: Application) -> SettingsDialog:
    desk.window.preferences.trigger()
    dialog = desk.window.findChild(SettingsDialog)
    assert dialog is not None
    return dialog


def test_it_shows_what_is_so(desk: Application, qtbot: QtBot) -> None:
    wait_for(qtbot, lambda: desk.session.device is not None)
    dialog = opened(desk)
    assert dialog.device.currentData() == "auto"
    assert "No CUDA" in dialog.device_note.text()
    assert dialog.models.count() == 2
    assert dialog.folder.text() == str(paths.user_cache_dir() / "thumbnails")
    dialog.close()


def test_a_device_is_remembered_once_it_works(
    desk: Application, qtbot: QtBot, messages: RecordingMessages
) -> None:
    wait_for(qtbot, lambda: desk.session.device is not None)
    dialog = opened(desk)
    dialog.device_chosen.emit("cpu")
    wait_for(qtbot, lambda: desk.settings.get(keys.DEVICE) == "cpu")
    assert "cpu was asked for" in dialog.device_note.text()
    dialog.device_chosen.emit("cuda")
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert desk.settings.get(keys.DEVICE) == "cpu"
    assert dialog.device.currentData() == "cpu"
    dialog.close()


def test_theme_language_and_cache(desk: Application, tmp_path: Path) -> None:
    dialog = opened(desk)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.theme.activated.emit(dialog.theme.currentIndex())
    assert desk.theme.dark
    assert desk.settings.get(keys.THEME) == "dark"
    assert [a.data() for a in desk.window.themes.actions() if a.isChecked()] == ["dark"]
    assert [dialog.language.itemData(n) for n in range(2)] == ["system", "en"]
    assert dialog.language.findData("es") > 0
    dialog.language_chosen.emit("en")
    assert desk.settings.get(keys.LANGUAGE) == "en"
    dialog._take_folder(str(tmp_path / "small"))
    dialog.megabytes.setValue(0)
    dialog.megabytes.editingFinished.emit()
    assert desk.settings.get(keys.CACHE_MEGABYTES) == 0
    assert desk.settings.get(keys.CACHE_FOLDER) == str(tmp_path / "small")
    assert desk.thumbnails._cache is None
    dialog.close()


def test_a_model_is_imported_and_listed(
    desk: Application, qtbot: QtBot, tmp_path: Path, messages: RecordingMessages
) -> None:
    dialog = opened(desk)
    weights = tmp_path / "mine.safetensors"
    dialog.import_asked.emit(weights)
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert "mine.safetensors" in messages.sentences(Level.ERROR)[0]
    weights.write_bytes(b"weights")
    dialog.import_asked.emit(weights)
    wait_for(qtbot, lambda: bool(messages.sentences(Level.SUCCESS)))
    assert dialog.models.count() == 3
    assert desk.window.panel.models.findData("mine") >= 0
    assert desk.session.card is not None
    assert desk.session.card.name == "fake-delta"
    dialog.close()


def test_the_device_of_the_last_time_is_used_again(
    desk: Application, qtbot: QtBot, service: FakeService
) -> None:
    wait_for(qtbot, lambda: desk.session.device is not None)
    desk.session.device = None
    desk.settings.set(keys.DEVICE, "cuda")
    desk.preferences.load_device()
    wait_for(qtbot, lambda: desk.session.device is not None)
    assert [name for name, _thread in service.calls][-2:] == ["use_device", "device"]


def test_a_certificate_is_remembered_once_it_signs(
    desk: Application, qtbot: QtBot, tmp_path: Path, messages: RecordingMessages
) -> None:
    dialog = opened(desk)
    assert dialog.signer.currentText() == "Made on this computer"
    assert "not who you are" in dialog.signer.note.text()
    certificate = tmp_path / "Ada.pem"
    dialog.signer.chosen.emit(certificate)
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert desk.settings.get(keys.EXPORT_CERTIFICATE) == ""
    certificate.write_bytes(b"certificate")
    dialog.signer.chosen.emit(certificate)
    wait_for(qtbot, lambda: dialog.signer.currentText() == "Ada")
    assert desk.settings.get(keys.EXPORT_CERTIFICATE) == str(certificate)
    dialog.signer.activated.emit(0)
    assert dialog.signer.currentText() == "Ada", "until the engine has agreed"
    wait_for(qtbot, lambda: dialog.signer.currentText() == "Made on this computer")
    assert desk.settings.get(keys.EXPORT_CERTIFICATE) == ""
    dialog.close()
