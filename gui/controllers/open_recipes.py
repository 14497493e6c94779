"""Use case: open a result's recipe: its photo, with the faces and ages that it was made with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from engine.domain import AgeRequest, Box
from engine.orders import Recipe
from gui.bridge.messages import Messages
from gui.controllers.open_photos import OpenPhotos
from gui.jobs.engine_jobs import FoundRecipe, ReadRecipeJob
from gui.jobs.job import Failure, Priority
from gui.jobs.runner import JobRunner
from gui.models.edits import Edits
from gui.models.face_match import match_faces
from gui.models.session import Session


class OpenRecipes(QObject):
    """Reads sidecars; what they ask of a photo is one step that can be undone."""

    def __init__(
        self, session: Session, runner: JobRunner, messages: Messages, open_photos: OpenPhotos
    ) -> None:
        super().__init__(open_photos)
        self._session = session
        self._runner = runner
        self._messages = messages
        self._open_photos = open_photos
        open_photos.recipe_asked.connect(self.open)

    def open(self, file: Path) -> None:
        """Read a sidecar, then open its photo."""
        job = ReadRecipeJob(
            title=self.tr("Opening {name}").format(name=file.name),
            priority=Priority.INTERACTIVE,
            file=file,
        )
        self._runner.submit(job, lambda found: self._opened(file, found), self._fail)

    def _opened(self, file: Path, found: FoundRecipe) -> None:
        recipe, photo = found.recipe, found.recipe.photo.resolve()
        if not found.there:
            text = self.tr("The photo of “{name}” is not where it was: {place}.")
            self._messages.error(text.format(name=file.name, place=photo), str(file))
            return
        if recipe.model in {card.name for card in self._session.cards}:
            self._session.choose_model(recipe.model)
        else:
            text = self.tr("The model {model} of “{name}” is not installed; another one is used.")
            self._messages.warning(text.format(model=recipe.model, name=file.name), str(file))
        if not found.same:
            text = self.tr("“{photo}” has changed since the recipe was made; look at its faces.")
            self._messages.warning(text.format(photo=photo.name), str(file))
        self._ask(photo, recipe, self.tr("Recipe “{name}”").format(name=file.name))
        self._open_photos.add([photo])

    def _ask(self, photo: Path, recipe: Recipe, text: str) -> None:
        """Ask of the photo what the recipe says; its faces may be found only later."""
        entry = self._session.gallery.add([photo])[0]
        wanted = edits_of(recipe)
        boxes = {one.request.face: one.box for one in recipe.faces if one.drawn is None}
        if entry.detected is None:
            entry.known_boxes = boxes
        else:
            wanted = wanted.renumbered(match_faces(boxes, entry.detected))
        self._session.change(entry, text, wanted)

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)


def edits_of(recipe: Recipe) -> Edits:
    """What a recipe asks for, as the window keeps it."""
    requests: Mapping[int, AgeRequest] = {one.request.face: one.request for one in recipe.faces}
    boxes: Mapping[int, Box] = {
        one.request.face: one.drawn for one in recipe.faces if one.drawn is not None
    }
    ages = {n: request.source for n, request in requests.items() if request.source is not None}
    edits = Edits(ages=ages, boxes=boxes)
    for request in requests.values():
        edits = edits.with_request(request)
    return edits
