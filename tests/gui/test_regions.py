"""How much of the change each region takes: seen at once, per face, undone, kept and written."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.domain import EYES, FACIAL_HAIR, HAIR, REGIONS, SKIN, AgeRequest
from engine.imaging.recipe import recipe_text
from engine.orders import ExportSpec
from gui.app import Application
from gui.bridge.regions import DEFAULT, ORDER, shares_of, with_share
from gui.models.photo_entry import PhotoEntry
from gui.views.batch_dialog import BatchWish
from gui.views.region_strengths import RegionStrengths
from tests.fakes.fake_service import FakeService
from tests.gui.conftest import OpenWindow, wait_for
from tests.gui.steps import LEFT, export_dialog, opened

TWO_FACES = (((260.0, 80.0, 90.0, 100.0), 25.0, None), ((170.0, 132.3, 185.4, 202.3), 47.0, None))


@pytest.fixture
def regions(desk: Application) -> RegionStrengths:
    """The group, open."""
    desk.window.panel.regions.open(True)
    return desk.window.panel.regions


def aged(desk: Application, qtbot: QtBot, photo: Path) -> PhotoEntry:
    """A photo whose face is aged, all of it."""
    entry = opened(desk, qtbot, photo)
    desk.window.panel.tabs.tab(7).click()
    wait_for(qtbot, lambda: entry.result_is_current)
    return entry


def drag(regions: RegionStrengths, name: str, *percents: int) -> None:
    """Press on a slider's groove and go on from there."""
    slider = regions.sliders[name]
    at = [QPoint(round(slider._x_of(percent)), slider.height() // 2) for percent in percents]
    QTest.mousePress(slider, LEFT, pos=at[0])
    for place in at[1:]:
        QTest.mouseMove(slider, place)
    QTest.mouseRelease(slider, LEFT, pos=at[-1])


def changed(entry: PhotoEntry) -> np.ndarray:
    """Where the composite differs from the photo."""
    assert entry.result is not None
    assert entry.photo is not None
    return np.asarray((entry.result.pixels != entry.photo.pixels).any(2))


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_share_comes_back_out_of_a_request(name: str, share: float) -> None:
    request = with_share(AgeRequest(1, 60.0), name, share)
    assert shares_of(request) == {**DEFAULT, name: share}
    assert with_share(request, name, DEFAULT[name]) == AgeRequest(1, 60.0)
    assert (name in request.regions) is (name in REGIONS and share > 0)


def test_what_the_command_line_says_is_read_as_well() -> None:
    request = AgeRequest(1, 60.0, regions=frozenset({SKIN, EYES}), shares=((EYES, 0.0),))
    assert shares_of(request) == {SKIN: 1.0, EYES: 0.0, FACIAL_HAIR: None, HAIR: 0.0}


def test_a_drag_is_seen_before_the_engine_answers_and_is_one_step(
    desk: Application,
    qtbot: QtBot,
    regions: RegionStrengths,
    astronaut: Path,
    service: FakeService,
) -> None:
    entry = aged(desk, qtbot, astronaut)
    whole, steps = entry.edits[1], len(desk.session.history.steps(entry))
    assert changed(entry)[75:85, 200:250].any(), "the hair band of the fake face"
    service.gate.clear()
    drag(regions, HAIR, 70, 40, 0)
    assert entry.edits[1].regions == {SKIN, EYES}
    shown = desk.show_photo._overlays(entry)[0].image
    overlay = desk.show_photo._last_overlays[1]
    assert overlay.request == entry.edits[1]
    assert not overlay.mask[:45].any(), "the hair takes none of the change, and no engine was asked"
    assert shown.pixelColor(80, 40).alpha() > 0, "it hides what the last composite shows there"
    service.gate.set()
    wait_for(qtbot, lambda: entry.result_is_current)
    assert service.requests[-1].regions == {SKIN, EYES}
    assert not changed(entry)[75:85, 200:250].any()
    assert len(desk.session.history.steps(entry)) == steps + 1
    assert desk.session.history.steps(entry)[-1].text == "Hair of face 1: 0 %"
    desk.undo_edits.undo()
    assert entry.edits[1] == whole
    assert regions.shares == DEFAULT
    desk.undo_edits.redo()
    assert regions.sliders[HAIR].value() == 0


def test_double_click_backspace_and_reset_go_back(
    desk: Application, qtbot: QtBot, regions: RegionStrengths, astronaut: Path
) -> None:
    entry = aged(desk, qtbot, astronaut)
    drag(regions, SKIN, 40)
    drag(regions, FACIAL_HAIR, 20)
    assert entry.edits[1].shares == ((FACIAL_HAIR, 0.2), (SKIN, 0.4))
    steps = len(desk.session.history.steps(entry))
    slider = regions.sliders[SKIN]
    at = QPoint(round(slider._x_of(60)), slider.height() // 2)
    QTest.mouseClick(slider, LEFT, pos=at)
    QTest.mouseDClick(slider, LEFT, pos=at)
    assert entry.edits[1].shares == ((FACIAL_HAIR, 0.2),)
    assert len(desk.session.history.steps(entry)) == steps + 1, "the first click was a part of it"
    QTest.keyClick(regions.sliders[FACIAL_HAIR], Qt.Key.Key_Backspace)
    assert entry.edits[1].shares == ()
    assert not regions.reset.isVisibleTo(regions)
    drag(regions, EYES, 30)
    drag(regions, HAIR, 0)
    regions.reset.click()
    assert (entry.edits[1].regions, entry.edits[1].shares) == (REGIONS, ())
    desk.undo_edits.undo()
    assert regions.shares == {**DEFAULT, EYES: 0.3, HAIR: 0.0}


def test_keys_and_wheel(
    desk: Application, qtbot: QtBot, regions: RegionStrengths, astronaut: Path
) -> None:
    entry = aged(desk, qtbot, astronaut)
    slider = regions.sliders[EYES]
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Left):
        QTest.keyClick(slider, key)
    assert entry.edits[1].shares == ((EYES, 0.89),)
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert EYES not in entry.edits[1].regions
    other = regions.sliders[SKIN]
    none, moved = QPoint(), QPoint(0, -120)
    place, where = QPointF(5, 5), QPointF(other.mapToGlobal(QPoint(5, 5)))
    phase, plain = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(place, where, none, moved, Qt.MouseButton.NoButton, plain, phase, False)
    QApplication.sendEvent(other, wheel)
    assert regions.shares[SKIN] == 1.0, "scrolling past it changes nothing"


def test_brows_and_beard_go_with_their_surroundings_until_told(
    desk: Application, qtbot: QtBot, regions: RegionStrengths, astronaut: Path
) -> None:
    entry = aged(desk, qtbot, astronaut)
    drag(regions, HAIR, 0)
    assert regions.shares[FACIAL_HAIR] is None
    assert regions.sliders[FACIAL_HAIR].value() == 50, "half of what they lie in"
    assert regions.sliders[FACIAL_HAIR].accessibleDescription() == "Auto"
    drag(regions, FACIAL_HAIR, 100)
    assert entry.edits[1].shares == ((FACIAL_HAIR, 1.0),)


def test_each_face_keeps_its_own(
    desk: Application,
    qtbot: QtBot,
    regions: RegionStrengths,
    hopper: Path,
    service: FakeService,
) -> None:
    service.faces["grace_hopper.jpg"] = TWO_FACES
    entry = opened(desk, qtbot, hopper)
    for number in (1, 2):
        desk.choose_face.choose(number)
        desk.window.panel.tabs.tab(7).click()
    drag(regions, SKIN, 50)
    desk.choose_face.choose(1)
    assert regions.shares == DEFAULT
    assert regions.sliders[SKIN].value() == 100
    drag(regions, EYES, 0)
    desk.choose_face.choose(2)
    assert regions.shares == {**DEFAULT, SKIN: 0.5}
    assert entry.edits[1].regions == {SKIN, HAIR}
    assert entry.edits[2].shares == ((SKIN, 0.5),)
    desk.session.select(None)
    assert not any(slider.isEnabled() for slider in regions.sliders.values())


def test_closed_it_says_what_differs_and_stays_as_it_was_left(
    open_window: OpenWindow, qtbot: QtBot, astronaut: Path
) -> None:
    desk = open_window()
    regions = desk.window.panel.regions
    assert not regions.sliders[SKIN].isVisible(), "closed at first"
    aged(desk, qtbot, astronaut)
    assert not regions.summary.isVisible()
    desk.age_face.set_share(HAIR, 0.0)
    assert regions.summary.isVisible()
    assert regions.summary.text() == "Hair 0 %"
    assert regions.head.accessibleDescription() == "Changed: Hair 0 %"
    regions.head.click()
    assert regions.sliders[SKIN].isVisible()
    assert not regions.summary.isVisible(), "the sliders say it"
    assert open_window().window.panel.regions.head.isChecked()


def test_exports_and_their_recipes_carry_the_shares(
    desk: Application,
    qtbot: QtBot,
    regions: RegionStrengths,
    astronaut: Path,
    service: FakeService,
    tmp_path: Path,
) -> None:
    aged(desk, qtbot, astronaut)
    drag(regions, HAIR, 0)
    drag(regions, SKIN, 50)
    desk.window.export.trigger()
    dialog = export_dialog(qtbot)
    dialog.folder.setText(str(tmp_path))
    wanted = []
    export = service.export
    service.export = lambda result, spec: (wanted.append(result), export(result, spec))[1]
    dialog.accept()
    wait_for(qtbot, lambda: bool(list(tmp_path.glob("astronaut-at-*"))))
    (request,) = (one.request for one in wanted[0].faces)
    assert shares_of(request) == {**DEFAULT, HAIR: 0.0, SKIN: 0.5}
    sidecar = tmp_path / "again.agelens.json"
    text = recipe_text(wanted[0], ExportSpec(tmp_path / "again.png"), sidecar)
    sidecar.write_text(text, encoding="utf-8")
    assert json.loads(text)["faces"][0]["shares"] == {SKIN: 0.5}
    regions.reset.click()
    desk.open_photos.add([sidecar])
    wait_for(qtbot, lambda: regions.shares == {**DEFAULT, HAIR: 0.0, SKIN: 0.5})
    entry = desk.session.current
    assert entry is not None
    assert entry.edits[1].shares == request.shares


def test_a_batch_makes_a_face_as_strongly_as_the_window(
    desk: Application,
    qtbot: QtBot,
    regions: RegionStrengths,
    astronaut: Path,
    hopper: Path,
    service: FakeService,
    tmp_path: Path,
) -> None:
    aged(desk, qtbot, astronaut)
    desk.age_face.set_strength(0.8)
    drag(regions, HAIR, 0)
    drag(regions, SKIN, 50)
    wanted, export = [], service.export
    service.export = lambda result, spec: (wanted.append(result), export(result, spec))[1]
    photos = (astronaut, hopper)
    desk.batch_dialogs.start(BatchWish(photos, (70.0,), False, tmp_path, "{name}", ".png", False))
    wait_for(qtbot, lambda: len(wanted) == 2 and not desk.batch.running)
    shown, plain = (result.faces[0].request for result in wanted)
    assert shown == AgeRequest(1, 70.0, None, 0.8, frozenset({SKIN, EYES}), ((SKIN, 0.5),))
    assert plain == AgeRequest(1, 70.0), "a photo in which nothing was asked"
    desk.batch_dialogs._progress.close()
