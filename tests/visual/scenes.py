"""The window's main states. Each scene leads there from any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.domain import HAIR, SKIN
from gui.bridge.roles import BatchState, JobRole, JobState
from gui.views.batch_dialog import BatchDialog
from gui.views.canvas_paint import CompareMode
from tests.visual.stage import Stage

Scene = Callable[[Stage], object]
SCENES: dict[str, Callable[[Stage], Iterator[None]]] = {}


def scene(function: Callable[[Stage], Iterator[None]]) -> Callable[[Stage], Iterator[None]]:
    """Enter a scene under its name; it yields once, when the picture can be taken."""
    SCENES[function.__name__.replace("_", "-")] = function
    return function


@contextmanager
def played(name: str, stage: Stage) -> Iterator[None]:
    """Play a scene: inside, the window is in that state."""
    yield from SCENES[name](stage)


def aged(stage: Stage, mode: CompareMode = CompareMode.AFTER) -> None:
    """Two photos, the face of one of them aged."""
    stage.show(*stage.photos[1::-1])
    stage.window.modes[CompareMode.AFTER].trigger()
    stage.age()
    stage.window.canvas.fit()
    stage.window.canvas.setFocus()
    stage.window.modes[mode].trigger()


@scene
def empty(stage: Stage) -> Iterator[None]:
    """The first start."""
    for entry in list(stage.desk.session.gallery.entries):
        stage.desk.open_photos.remove(entry)
    stage.until(lambda: all(card.has_image for card in stage.window.empty.cards))
    yield


@scene
def opened(stage: Stage) -> Iterator[None]:
    """Two photos, a face chosen, nothing done yet."""
    stage.show(*stage.photos[1::-1])
    stage.desk.age_face.reset_face()
    stage.window.canvas.fit()
    yield


@scene
def after(stage: Stage) -> Iterator[None]:
    """A face is aged."""
    aged(stage)
    yield


@scene
def split(stage: Stage) -> Iterator[None]:
    """Before and after with the divider, zoomed to the face."""
    aged(stage, CompareMode.SPLIT)
    stage.window.canvas.zoom_to_face()
    yield
    stage.window.modes[CompareMode.AFTER].trigger()


@scene
def side(stage: Stage) -> Iterator[None]:
    """Before and after in two halves."""
    aged(stage, CompareMode.SIDE)
    yield
    stage.window.modes[CompareMode.AFTER].trigger()


@scene
def faces(stage: Stage) -> Iterator[None]:
    """Several faces: one aged, one skipped."""
    stage.show(stage.photos[2])
    first, second = (face.index for face in stage.desk.session.current.faces)
    stage.desk.choose_face.choose(second)
    if not stage.window.strip.skip.isChecked():
        stage.window.skip_face.trigger()
    stage.desk.choose_face.choose(first)
    stage.age(25.0)
    stage.until(stage.settled)
    stage.window.canvas.fit()
    yield


@scene
def no_face(stage: Stage) -> Iterator[None]:
    """A photo in which no face was found."""
    stage.show(stage.pictures / "wall.png")
    yield


@scene
def regions(stage: Stage) -> Iterator[None]:
    """The hair stays as it is, the skin takes half of the change."""
    aged(stage)
    regions = stage.window.panel.regions
    regions.open(True)
    stage.desk.age_face.set_share(HAIR, 0.0)
    stage.desk.age_face.set_share(SKIN, 0.5)
    stage.until(stage.settled)
    yield
    regions.open(False)
    stage.desk.undo_edits.undo()
    stage.desk.undo_edits.undo()


@scene
def regions_closed(stage: Stage) -> Iterator[None]:
    """The closed group says what differs."""
    aged(stage)
    stage.desk.age_face.set_share(HAIR, 0.0)
    stage.desk.age_face.set_share(SKIN, 0.5)
    stage.until(stage.settled)
    yield
    stage.desk.undo_edits.undo()
    stage.desk.undo_edits.undo()


@scene
def history(stage: Stage) -> Iterator[None]:
    """The list of steps."""
    aged(stage)
    stage.desk.age_face.set_strength(0.7)
    stage.desk.age_face.set_share(HAIR, 0.0)
    stage.until(stage.settled)
    stage.desk.undo_edits.undo()
    stage.window.history.trigger()
    yield
    stage.desk.undo_edits.popup.close()
    stage.desk.undo_edits.undo()


@scene
def timeline(stage: Stage) -> Iterator[None]:
    """The face from young to old."""
    aged(stage)
    stage.window.timeline_shown.setChecked(True)
    stage.until(lambda: stage.window.timeline.export.isEnabled())
    yield
    stage.window.timeline_shown.setChecked(False)


@scene
def export(stage: Stage) -> Iterator[None]:
    """One photo to export."""
    stage.show(stage.photos[0])
    stage.age()
    stage.window.export.trigger()
    dialog = stage.dialog()
    yield
    dialog.reject()


@scene
def export_several(stage: Stage) -> Iterator[None]:
    """Several photos to export."""
    stage.show(*stage.photos[:2])
    stage.age()
    stage.desk.open_photos.show(stage.entry(stage.photos[0]))
    stage.until(stage.settled)
    stage.age()
    stage.window.gallery.selectAll()
    stage.window.export.trigger()
    dialog = stage.dialog()
    yield
    dialog.reject()


@scene
def batch(stage: Stage) -> Iterator[None]:
    """A batch is being set up."""
    stage.show(*stage.photos[1::-1])
    stage.window.batch.trigger()
    dialog = stage.dialog()
    assert isinstance(dialog, BatchDialog)
    dialog.chips[-2].setChecked(True)
    dialog.ages.setText("25")
    yield
    dialog.reject()


@scene
def batch_running(stage: Stage) -> Iterator[None]:
    """A batch at work: files written, one being made, others waiting."""
    stage.show(*stage.photos[1::-1])
    stage.window.batch.trigger()
    dialog = stage.dialog()
    assert isinstance(dialog, BatchDialog)
    for chip in dialog.chips:
        chip.setChecked(True)
    dialog.accept()
    batch, queue = stage.desk.batch, stage.desk.batch.queue
    assert queue is not None
    stage.until(lambda: queue.count(BatchState.DONE) >= 3)
    yield
    for widget in stage.over():
        widget.close()
    batch.discard()
    stage.until(lambda: stage.desk.runner.waiting == 0 and not stage.window.job_bar.busy)


@scene
def work(stage: Stage) -> Iterator[None]:
    """The list of work, with what is done and what failed."""
    stage.desk.show_jobs.log.clear_ended()
    stage.show(*stage.photos[1::-1])
    stage.desk.open_photos.add([stage.pictures / "holiday.jpg"])
    stage.until(lambda: stage.window.stage.currentWidget() is stage.window.failed)
    stage.window.banner.hide()
    stage.window.job_bar.list_button.click()
    popup = stage.desk.show_jobs.popup
    model = popup.list.model()
    states = [model.index(row, 0).data(JobRole.STATE) for row in range(model.rowCount())]
    popup.list.setCurrentIndex(model.index(states.index(JobState.FAILED), 0))
    yield
    popup.close()


@scene
def failed(stage: Stage) -> Iterator[None]:
    """A photo that cannot be opened."""
    stage.show(*stage.photos[1::-1])
    stage.desk.open_photos.add([stage.pictures / "holiday.jpg"])
    stage.until(lambda: stage.window.stage.currentWidget() is stage.window.failed)
    yield
    stage.window.banner.hide()


@scene
def error(stage: Stage) -> Iterator[None]:
    """An error beside the work that goes on."""
    aged(stage)
    sentence = "There is no room left on the disk; the file was not written. Free some, try again."
    stage.desk.messages.error(sentence, "details")
    yield
    stage.window.banner.hide()


@scene
def settings(stage: Stage) -> Iterator[None]:
    """The settings."""
    aged(stage)
    stage.window.preferences.trigger()
    dialog = stage.dialog()
    yield
    dialog.close()
