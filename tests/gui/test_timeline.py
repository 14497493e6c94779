"""The strip from young to old: filled in the background, clicked, played, written."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.domain import AgeRequest
from engine.orders import Framing, TimelineSpec
from gui.app import Application
from gui.bridge import settings as keys
from gui.bridge.messages import Level
from gui.bridge.roles import TimelineRole
from gui.controllers.export_timeline import ExportTimeline
from gui.jobs.job import Priority
from gui.models.photo_entry import PhotoEntry
from gui.models.timeline_model import TimelineModel, timeline_ages
from gui.views.timeline_dialog import TimelineDialog
from tests.fakes.fake_faces import make_aged, make_face
from tests.fakes.fake_service import CONTINUOUS, GROUPED, FakeService
from tests.fakes.recording_messages import RecordingMessages
from tests.gui.conftest import delete, wait_for


def shown(desk: Application, qtbot: QtBot, path: Path) -> PhotoEntry:
    """Open a photo with the timeline on."""
    desk.window.timeline_shown.setChecked(True)
    desk.open_photos.add([path])
    entry = desk.session.current
    assert entry is not None
    wait_for(qtbot, desk.timeline.can_export)
    return entry


def test_ages_come_from_the_card() -> None:
    assert [age for age, _name in timeline_ages(CONTINUOUS)] == [float(a) for a in range(10, 81, 5)]
    odd = replace(CONTINUOUS, age_min=12, age_max=33)
    assert [age for age, _name in timeline_ages(odd)] == [12, 15, 20, 25, 30, 33]
    assert [name for _age, name in timeline_ages(GROUPED)] == [g.name for g in GROUPED.groups]


def test_the_model(qapp: object, desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    model = TimelineModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ages([(20.0, "20"), (40.0, "40")])
    assert model.missing() == 20
    photo = FakeService().open_photo(astronaut)
    face = make_face(1, (180, 70, 90, 105), 34)
    aged = make_aged(photo, face, AgeRequest(1, 40))
    from gui.bridge.image_convert import to_qimage

    model.set_preview(aged, to_qimage(aged.preview()))
    assert model.faces() == [aged]
    assert "not ready" in model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    model.choose(40.0)
    assert model.index(1).data(TimelineRole.CHOSEN) is True
    model.choose(39.0)
    assert model.chosen == -1
    model.set_ages([])
    assert model.rowCount() == 0


def test_it_fills_behind_everything_else(
    desk: Application, qtbot: QtBot, astronaut: Path, service: FakeService
) -> None:
    submitted = []
    desk.runner.started.connect(lambda job: submitted.append((job.lane, job.priority)))
    shown(desk, qtbot, astronaut)
    mine = [priority for lane, priority in submitted if lane == "timeline"]
    assert mine
    assert set(mine) == {Priority.BACKGROUND}
    last_tab = max(n for n, (lane, _p) in enumerate(submitted) if lane.startswith("tab:"))
    second = [n for n, (lane, _p) in enumerate(submitted) if lane == "timeline"][1]
    assert second > last_tab


def test_nothing_is_made_while_it_is_hidden(
    desk: Application, qtbot: QtBot, astronaut: Path
) -> None:
    lanes: list[str] = []
    desk.runner.started.connect(lambda job: lanes.append(job.lane))
    desk.open_photos.add([astronaut])
    wait_for(qtbot, lambda: desk.window.panel.tabs.tab(7).has_image)
    assert "timeline" not in lanes
    assert not desk.window.timeline.isVisible()


def test_a_click_takes_an_age(desk: Application, qtbot: QtBot, astronaut: Path) -> None:
    entry = shown(desk, qtbot, astronaut)
    view = desk.window.timeline.list
    at = view.visualRect(desk.timeline.model.index(4)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert entry.edits[1].target == 30
    assert desk.timeline.model.chosen == 4
    desk.window.reset.trigger()
    assert desk.timeline.model.chosen == -1


def test_play_runs_through_the_photo_and_stops(
    desk: Application, qtbot: QtBot, astronaut: Path
) -> None:
    shown(desk, qtbot, astronaut)
    played: list[float | None] = []
    desk.timeline.shown.connect(lambda aged: played.append(aged and aged.request.target))
    canvas = desk.window.canvas
    still = canvas.grab().toImage()
    QTest.mouseClick(desk.window.timeline.play, Qt.MouseButton.LeftButton)
    assert canvas.grab().toImage() != still
    wait_for(qtbot, lambda: len(played) >= 3)
    QTest.mouseClick(desk.window.timeline.play, Qt.MouseButton.LeftButton)
    assert played[:3] == [10, 15, 20]
    assert played[-1] is None
    assert canvas.grab().toImage() == still


def test_playing_ends_with_the_photo(
    desk: Application, qtbot: QtBot, astronaut: Path, hopper: Path
) -> None:
    shown(desk, qtbot, astronaut)
    desk.timeline.play(True)
    desk.open_photos.add([hopper])
    assert not desk.window.timeline.play.isChecked()
    desk.window.timeline_shown.setChecked(False)
    assert desk.timeline.model.rowCount() == 0


def test_it_is_written(
    desk: Application,
    qtbot: QtBot,
    astronaut: Path,
    tmp_path: Path,
    messages: RecordingMessages,
) -> None:
    desk.session.choose_model(GROUPED.name)
    shown(desk, qtbot, astronaut)
    exporter: ExportTimeline = desk.export_timeline
    exporter.export(TimelineSpec(tmp_path / "ages.gif"))
    wait_for(qtbot, lambda: bool(messages.sentences(Level.SUCCESS)))
    with Image.open(tmp_path / "ages.gif") as image:
        assert image.n_frames == 8
    exporter.export(TimelineSpec(tmp_path / "ages.gif"))
    wait_for(qtbot, lambda: bool(messages.sentences(Level.ERROR)))
    assert "ages.gif" in messages.sentences(Level.ERROR)[0]


def asked(desk: Application) -> TimelineDialog:
    """The dialog that opens before a timeline is exported."""
    desk.window.timeline.export.click()
    (dialog,) = desk.window.findChildren(TimelineDialog)
    return dialog


def offered(desk: Application) -> list[str]:
    """The formats that the timeline's dialog offers."""
    dialog = asked(desk)
    formats = [dialog.format.itemText(n) for n in range(dialog.format.count())]
    dialog.reject()
    delete(dialog)
    return formats


def saved_as(desk: Application, name: str) -> None:
    """Choose the file in the dialog that follows."""
    (files,) = desk.window.findChildren(QFileDialog)
    files.fileSelected.emit(name)
    files.reject()
    delete(files)


def test_the_whole_photo_is_chosen_by_keyboard_written_and_remembered(
    desk: Application, qtbot: QtBot, astronaut: Path, tmp_path: Path
) -> None:
    desk.session.choose_model(GROUPED.name)
    shown(desk, qtbot, astronaut)
    dialog = asked(desk)
    assert dialog.framing.currentData() == Framing.FACE.value
    assert dialog.framing.accessibleName() == "Pictures show"
    assert dialog.format.accessibleName() == "Format"
    notes = [dialog.note.text()]
    for key in ("down", "down"):
        QTest.keyClick(dialog.framing, getattr(Qt.Key, f"Key_{key.title()}"))
        notes.append(dialog.note.text())
        assert dialog.framing.accessibleDescription() == notes[-1]
    assert len(set(notes)) == 3
    QTest.keyClick(dialog.format, Qt.Key.Key_Down)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    delete(dialog)
    (files,) = desk.window.findChildren(QFileDialog)
    assert files.nameFilters() == ["GIF (*.gif)"]
    assert Path(files.selectedFiles()[0]).name == "astronaut-timeline.gif"
    target = tmp_path / "whole.gif"
    saved_as(desk, str(target))
    wait_for(qtbot, target.exists)
    with Image.open(target) as image:
        assert image.size == (512 + 2 * 12, 512 + 2 * 12 + 36)
        assert image.n_frames == 8
    again = asked(desk)
    assert again.framing.currentData() == Framing.PHOTO.value
    assert again.format.currentData() == ".gif"
    again.reject()
    delete(again)


def test_what_is_remembered_and_no_longer_there_is_the_first(
    desk: Application, qtbot: QtBot, astronaut: Path, service: FakeService
) -> None:
    service.formats = (".png", ".gif", ".webp")
    desk.settings.set(keys.TIMELINE_FRAMING, "sideways")
    desk.settings.set(keys.TIMELINE_FORMAT, ".mp4")
    shown(desk, qtbot, astronaut)
    dialog = asked(desk)
    assert dialog.framing.currentData() == Framing.FACE.value
    assert dialog.format.currentData() == ".png"
    dialog.reject()
    delete(dialog)
    assert not desk.window.findChildren(QFileDialog)


def test_a_film_is_offered_where_there_is_an_encoder(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path, tmp_path: Path
) -> None:
    service.formats = (".png", ".gif", ".webp", ".mp4")
    shown(desk, qtbot, astronaut)
    wait_for(qtbot, lambda: "Film (MP4)" in offered(desk))
    desk.export_timeline.export(TimelineSpec(tmp_path / "ages.mp4"))
    wait_for(qtbot, (tmp_path / "ages.mp4").exists)
    threads = {thread for name, thread in service.calls if name == "timeline_formats"}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_a_film_is_not_offered_without_an_encoder(
    desk: Application, qtbot: QtBot, service: FakeService, astronaut: Path
) -> None:
    service.formats = (".png", ".gif", ".webp")
    shown(desk, qtbot, astronaut)
    wait_for(qtbot, lambda: "timeline_formats" in [name for name, _thread in service.calls])
    wait_for(qtbot, lambda: desk.runner.running is None)
    assert not any("MP4" in text for text in offered(desk))
