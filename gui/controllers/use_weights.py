"""Use case: make a model of a run's newest checkpoint and choose it for the photos."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from engine.domain import ModelCard
from gui.bridge.messages import Level, Message, Messages
from gui.bridge.runs import RunRecord
from gui.jobs.engine_jobs import ImportModelJob
from gui.jobs.job import Failure, Priority
from gui.jobs.runner import JobRunner
from gui.models.recipes import RunModel, card_of, configs_folder, makes_faces, model_of
from gui.models.session import Session


class UseWeights(QObject):
    """Exports in a process of its own, then lets the engine check and take the file.

    Signals:
        changed: one is being made, or no longer.
        chosen: the model is there and chosen.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        messages: Messages,
        command: Sequence[str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._messages = messages
        self.command = tuple(command)
        self._process: QProcess | None = None
        self._place: tempfile.TemporaryDirectory[str] | None = None
        self._model: RunModel | None = None
        self._obstacles: dict[str, str] = {}
        self.run: Path | None = None

    def obstacle(self, record: RunRecord) -> str:
        """Why the weights of a run cannot be used; empty where they can."""
        if not record.resumable:
            return self.tr("There is no checkpoint yet.")
        if record.recipe not in self._obstacles:
            self._obstacles[record.recipe] = self._obstacle_of(record.recipe)
        return self._obstacles[record.recipe]

    def use(self, record: RunRecord) -> None:
        """Make the model; an earlier wish is finished first."""
        card = card_of(record.recipe, configs_folder())
        if self.run is not None or card is None:
            return
        try:
            model = model_of(record, card)
            self._place = tempfile.TemporaryDirectory(prefix="agelens-weights-")
            own = Path(self._place.name) / card.name
            own.write_text(model.card, encoding="utf-8")
        except (OSError, ValueError, KeyError) as error:
            self._fail(self.tr("The card of this recipe cannot be used."), str(error))
            return
        if any(known.name == model.name for known in self._session.cards):
            self._end()
            self._choose(model.name)
            return
        self._model, self.run = model, record.folder
        words = [*self.command, "export-weights", str(record.folder)]
        words += ["--card", str(own), "--weights", self._place.name]
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.finished.connect(self._on_exported)
        self._process.errorOccurred.connect(self._on_error)
        self._process.start(words[0], words[1:])
        self.changed.emit()

    def stop(self) -> None:
        """End what is being made."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(3000)
        if self._place is not None:
            self._place.cleanup()
            self._place = None

    def _obstacle_of(self, recipe: str) -> str:
        card = card_of(recipe, configs_folder())
        if card is None:
            return self.tr("There is no card to make a model of this recipe with.")
        if not makes_faces(card):
            return self.tr("This model only reads ages; it turns no face.")
        return ""

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._on_exported(-1)

    def _on_exported(self, code: int) -> None:
        process, self._process = self._process, None
        if process is None or self._place is None or self._model is None:
            return
        said = bytes(process.readAll().data()).decode(errors="replace").strip()
        process.deleteLater()
        if code != 0:
            reason = said.splitlines()[-1] if said else process.errorString()
            self._fail(self.tr("The weights cannot be made. {reason}").format(reason=reason), said)
            return
        file = Path(self._place.name) / f"{self._model.name}.safetensors"
        job = ImportModelJob(
            title=self.tr("Importing {name}").format(name=file.name),
            priority=Priority.INTERACTIVE,
            file=file,
        )
        self._runner.submit(job, self._on_imported, self._on_import_failed)

    def _on_imported(self, answer: tuple[ModelCard, tuple[ModelCard, ...]]) -> None:
        card, cards = answer
        self._session.set_models(cards)
        self._end()
        self._choose(card.name)

    def _on_import_failed(self, failure: Failure) -> None:
        self._fail(failure.sentence, failure.details)

    def _choose(self, name: str) -> None:
        self._session.choose_model(name)
        title = next((card.title for card in self._session.cards if card.name == name), name)
        sentence = self.tr("The model “{title}” is chosen for the photos.").format(title=title)
        show = (self.tr("Show the photos"), self.chosen.emit)
        self._messages.post(Message(Level.SUCCESS, sentence, action=show))

    def _fail(self, sentence: str, details: str) -> None:
        self._end()
        self._messages.error(sentence, details)

    def _end(self) -> None:
        if self._place is not None:
            self._place.cleanup()
        self._place = self._model = self.run = None
        self.changed.emit()
