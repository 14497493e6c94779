"""The export dialog's judgement: names, formats, presets, files that are there already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.bridge.export_choices import (
    Conflict,
    ExportChoices,
    ExportLook,
    ExportOrder,
    ExportSource,
    Preset,
    foresee,
    presets_from_text,
    presets_to_text,
)
from gui.bridge.naming import own_suffix, split_suffix
from gui.views.export_dialog import ExportDialog
from gui.views.preset_row import built_in_presets
from gui.views.theme import Theme
from tests.gui.conftest import wait_for

MakeDialog = Callable[..., ExportDialog]


@pytest.fixture
def make(qtbot: QtBot, theme: Theme, tmp_path: Path) -> MakeDialog:
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(
        names: tuple[str, ...] = ("me.jpg",),
        choices: ExportChoices | None = None,
        own: tuple[Preset, ...] = (),
        ticked: tuple[str, ...] | None = None,
    ) -> ExportDialog:
        for name in names:
            Image.new("RGB", (8, 8)).save(tmp_path / name)
        sources = [ExportSource(tmp_path / name, "65", tmp_path) for name in names]
        paths = [tmp_path / name for name in (names if ticked is None else ticked)]
        originals = [source.path for source in sources]
        asked = choices or ExportChoices(ExportLook())
        dialog = ExportDialog(theme, sources, paths, asked, own, originals, parent)
        dialog.show()
        return dialog

    return make


def only_file(dialog: ExportDialog, folder: Path) -> Path:
    """What the dialog's first photo would be written to."""
    order = dialog.order()
    sources = [ExportSource(path, "65", folder) for path in order.photos]
    return foresee(sources, order.choices, [folder / "me.jpg"]).files[0]


# -- one photo


def test_defaults_are_safe(make: MakeDialog, tmp_path: Path) -> None:
    dialog = make()
    choices = dialog.order().choices
    assert choices.look.mark_ai
    assert choices.look.keep_metadata
    assert choices.look.max_side is None
    assert choices.conflict is Conflict.NUMBER
    assert dialog.export_button.isEnabled()
    assert "me-at-65.jpg" in dialog.preview.text()
    assert str(tmp_path) in dialog.preview.text()
    assert not dialog.photos.isVisible()
    assert not dialog.conflict.isVisible()


def test_the_preview_follows_the_pattern(make: MakeDialog) -> None:
    dialog = make()
    dialog.name.setText("{number}_{name} at {age} years")
    assert "“001_me at 65 years.jpg”" in dialog.preview.text()
    dialog.format.setCurrentIndex(dialog.format.findData(".webp"))
    dialog.format.activated.emit(dialog.format.currentIndex())
    assert "“001_me at 65 years.webp”" in dialog.preview.text()


@pytest.mark.parametrize("name", ["", "   ", "...", "{nmae}"])
def test_names_that_will_not_do(make: MakeDialog, name: str) -> None:
    dialog = make()
    dialog.name.setText(name)
    assert not dialog.export_button.isEnabled()
    assert dialog.problem.text()
    assert not dialog.preview.isVisible()


def test_a_missing_folder_is_named(make: MakeDialog, tmp_path: Path) -> None:
    dialog = make()
    dialog.folder.setText(str(tmp_path / "nowhere"))
    assert "nowhere" in dialog.problem.text()
    assert not dialog.export_button.isEnabled()


def test_an_ending_in_the_name_chooses_the_format(make: MakeDialog, tmp_path: Path) -> None:
    dialog = make()
    dialog.name.setText("me.png")
    assert dialog.format.currentText() == "PNG"
    assert not dialog.quality.isEnabled()
    assert only_file(dialog, tmp_path).name == "me.png"
    dialog.format.setCurrentIndex(dialog.format.findData(".webp"))
    dialog.format.activated.emit(dialog.format.currentIndex())
    assert only_file(dialog, tmp_path).name == "me.webp"
    assert dialog.quality.isEnabled()


def test_a_file_that_is_there_gets_a_neighbour_unless_replacing_is_chosen(
    make: MakeDialog, tmp_path: Path
) -> None:
    (tmp_path / "old.jpg").write_bytes(b"x")
    dialog = make()
    dialog.name.setText("old")
    assert dialog.conflict.isVisible()
    assert "“old.jpg” is already there." in dialog.there.text()
    assert "“old-2.jpg”" in dialog.preview.text()
    assert dialog.conflict.findData(Conflict.SKIP.value) < 0
    dialog.conflict.setCurrentIndex(dialog.conflict.findData(Conflict.REPLACE.value))
    assert "“old.jpg”" in dialog.preview.text()
    dialog.name.setText("new")
    assert not dialog.conflict.isVisible()


def test_the_original_is_never_replaced(make: MakeDialog, tmp_path: Path) -> None:
    dialog = make()
    dialog.name.setText("{name}")
    dialog.conflict.setCurrentIndex(dialog.conflict.findData(Conflict.REPLACE.value))
    assert "“me-2.jpg”" in dialog.preview.text()
    order = dialog.order()
    source = ExportSource(order.photos[0], "65", tmp_path)
    spec = order.choices.spec(source, 1, originals=[tmp_path / "me.jpg"])
    assert spec is not None
    assert not spec.overwrite


# -- several


def test_several_photos(make: MakeDialog, tmp_path: Path) -> None:
    dialog = make(("a.jpg", "b.png", "c.jpg"), ticked=("b.png",))
    assert dialog.photos.isVisible()
    assert dialog.order().photos == (tmp_path / "b.png",)
    assert "“b-at-65.png”" in dialog.preview.text()
    assert not dialog.quality.isEnabled()
    dialog.photos.tick_all(Qt.CheckState.Checked)
    assert "3 files" in dialog.preview.text()
    assert dialog.quality.isEnabled()
    dialog.photos.tick_all(Qt.CheckState.Unchecked)
    assert not dialog.export_button.isEnabled()


def test_conflicts_are_asked_once_for_all(make: MakeDialog, tmp_path: Path) -> None:
    for name in ("a-at-65.jpg", "b-at-65.jpg"):
        (tmp_path / name).write_bytes(b"x")
    dialog = make(("a.jpg", "b.jpg", "c.jpg"))
    assert "2 of 3" in dialog.there.text()
    dialog.conflict.setCurrentIndex(dialog.conflict.findData(Conflict.SKIP.value))
    assert "“c-at-65.jpg”" in dialog.preview.text()
    dialog.photos.item(2).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.conflict.isVisible()
    assert not dialog.export_button.isEnabled()
    assert "nothing would be exported" in dialog.problem.text()


def test_names_of_one_export_are_told_apart(tmp_path: Path) -> None:
    sources = [ExportSource(Path(f"/{n}/me.jpg"), "65", tmp_path) for n in "abc"]
    for conflict, names in (
        (Conflict.NUMBER, ["x.jpg", "x-2.jpg", "x-3.jpg"]),
        (Conflict.REPLACE, ["x.jpg", "x-2.jpg", "x-3.jpg"]),
        (Conflict.SKIP, ["x.jpg"]),
    ):
        seen = foresee(sources, ExportChoices(ExportLook("x"), None, conflict), ())
        assert [path.name for path in seen.files] == names
        assert seen.there == 2


def test_photos_of_other_folders_go_beside_themselves(tmp_path: Path) -> None:
    sources = [ExportSource(tmp_path / n / "me.heic", "65", tmp_path / n) for n in "ab"]
    seen = foresee(sources, ExportChoices(ExportLook()), ())
    assert seen.files == (tmp_path / "a" / "me-at-65.png", tmp_path / "b" / "me-at-65.png")


# -- presets


def test_built_in_presets(make: MakeDialog) -> None:
    dialog = make()
    names = [preset.name for preset in built_in_presets()]
    assert dialog.presets.list.currentText() == names[0]
    row = dialog.presets.list.findText("For the web, 2048 px")
    dialog.presets.list.setCurrentIndex(row)
    dialog.presets.list.activated.emit(row)
    look = dialog.order().choices.look
    assert (look.suffix, look.quality, look.max_side) == (".jpg", 85, 2048)
    assert not look.keep_metadata
    assert look.mark_ai
    assert look.pattern == "{name}-at-{age}"
    assert not dialog.presets.delete.isEnabled()
    dialog.quality.setValue(60)
    assert dialog.presets.list.currentText() == "Own choices"


def test_a_preset_is_saved_chosen_and_deleted(make: MakeDialog, qtbot: QtBot) -> None:
    dialog = make()
    kept: list[tuple[Preset, ...]] = []
    dialog.presets_changed.connect(kept.append)
    dialog.name.setText("{age} {name}")
    dialog.quality.setValue(70)
    dialog.presets.save.click()
    wait_for(qtbot, lambda: dialog.findChild(QInputDialog) is not None)
    asked = dialog.findChild(QInputDialog)
    asked.setTextValue(" For grandma ")
    asked.accept()
    (preset,) = kept[-1]
    look = ExportLook("{age} {name}", quality=70, own_compression=False)
    assert preset == Preset("For grandma", look), "a quality that is chosen counts"
    assert dialog.presets.list.currentText() == "For grandma"

    again = make(own=presets_from_text(presets_to_text(kept[-1])))
    row = again.presets.list.findText("For grandma")
    again.presets.list.setCurrentIndex(row)
    again.presets.list.activated.emit(row)
    assert again.order().choices.look == preset.look
    again.presets_changed.connect(kept.append)
    again.presets.delete.click()
    assert kept[-1] == ()
    assert again.presets.list.findText("For grandma") < 0
    assert again.order().choices.look == preset.look


def test_a_preset_of_the_same_name_is_replaced_and_a_built_in_one_stays(make: MakeDialog) -> None:
    dialog = make(own=(Preset("Mine", ExportLook(quality=50)),))
    kept: list[tuple[Preset, ...]] = []
    dialog.presets_changed.connect(kept.append)
    dialog.presets.save_as("Mine")
    assert kept == [(Preset("Mine", ExportLook()),)]
    dialog.presets.save_as(built_in_presets()[1].name)
    dialog.presets.save_as("  ")
    assert len(kept) == 1


@pytest.mark.parametrize("text", ["", "{", "7", '[1, {"name": 3}]', '{"name": "x"}'])
def test_presets_that_make_no_sense_are_left_out(text: str) -> None:
    assert presets_from_text(text) == ()


def test_half_a_preset_is_taken_with_defaults() -> None:
    (preset,) = presets_from_text('[{"name": "x", "quality": "high", "max_side": 2048}]')
    assert preset == Preset("x", ExportLook(max_side=2048))


# -- the parts


def test_endings() -> None:
    assert split_suffix("a.b.JPEG") == ("a.b", ".jpeg")
    assert split_suffix("{name}.2024") == ("{name}.2024", "")
    assert split_suffix(".png") == (".png", "")
    assert own_suffix(Path("a.TIF")) == ".tif"
    assert own_suffix(Path("a.heic")) == ".png"
    assert own_suffix(Path("a.NEF")) == ".tif"


def test_the_order_is_sent_once(make: MakeDialog) -> None:
    dialog = make()
    sent: list[ExportOrder] = []
    dialog.export_asked.connect(sent.append)
    expected = dialog.order()
    dialog.export_button.click()
    assert sent == [expected]
    assert not dialog.isVisible()


def test_switches_make_the_look_and_follow_each_other(make: MakeDialog) -> None:
    dialog = make()
    switches = dialog.switches
    assert switches.own_compression.isEnabled(), "a JPEG of a JPEG"
    switches.sidecar.setChecked(True)
    switches.credentials.setChecked(False)
    switches.keep_place.setChecked(False)
    switches.visible_mark.setChecked(True)
    look = dialog.order().choices.look
    assert (look.sidecar, look.credentials, look.keep_place) == (True, False, False)
    assert look.own_compression
    assert look.visible_mark
    switches.keep_metadata.setChecked(False)
    assert not switches.keep_place.isEnabled()
    dialog.quality.setValue(80)
    assert not dialog.order().choices.look.own_compression, "a quality that is chosen counts"
    dialog.name.setText("me.png")
    assert not switches.own_compression.isEnabled()


def test_what_the_switches_say_reaches_the_writer(tmp_path: Path) -> None:
    look = ExportLook(
        credentials=False, keep_place=False, own_compression=False, visible_mark=True, sidecar=True
    )
    source = ExportSource(tmp_path / "me.jpg", "65", tmp_path)
    spec = ExportChoices(look).spec(source, 1)
    assert spec is not None
    assert (spec.credentials, spec.keep_place) == (False, False)
    assert (spec.own_compression, spec.visible_mark, spec.sidecar) == (False, True, True)
