"""Use case: age many photos at many ages, one file after the other, behind everything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.orders import ExportSpec, Receipt
from gui.bridge.messages import Level, Message, Messages
from gui.bridge.roles import BatchState
from gui.jobs.batch_job import BatchJob, PhotoMemo
from gui.jobs.job import Failure, Job
from gui.jobs.runner import JobRunner
from gui.models.batch_model import BatchModel
from gui.models.batch_queue import BatchQueue, BatchStore


class Batch(QObject):
    """Works through a queue; a photo that fails is told at the end and does not stop it.

    The queue is on disk after every file, so that it can go on after a crash or a restart.

    Signals:
        changed: the queue, an item of it, or whether it runs is different.
    """

    changed = Signal()

    def __init__(
        self,
        runner: JobRunner,
        messages: Messages,
        store: BatchStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._messages = messages
        self._store = store
        self._memo = PhotoMemo()
        self._job: Job[Receipt] | None = None
        self._row = -1
        self._again = False
        self.queue: BatchQueue | None = None
        self.running = False
        self.model = BatchModel(self)
        runner.cancelled.connect(self._on_cancelled)

    def start(self, queue: BatchQueue) -> None:
        """Begin a new batch in place of the one before."""
        self.discard()
        self._take(queue)
        self._keep(lambda: self._store.begin(queue))
        self.go_on()

    def load_unfinished(self) -> bool:
        """Take the queue that an earlier session left; whether there is anything to go on with."""
        queue = self._store.load()
        if queue is None or not queue.unfinished:
            self._store.clear()
            return False
        self._take(queue)
        return True

    def go_on(self) -> None:
        """Work on what waits."""
        if self.queue is None or not self.queue.unfinished or self.running:
            return
        self._again = self._job is not None
        if not self._again:
            self.running = True
            self._next()

    def pause(self) -> None:
        """Stop after the step that runs; what it was making is made anew later."""
        if self.running and self._job is not None:
            self.running = self._again = False
            self._runner.cancel(self._job)
            self.changed.emit()

    def retry(self) -> None:
        """Try what failed again."""
        if self.queue is None or self.running:
            return
        for row, item in enumerate(self.queue.items):
            if item.state is BatchState.FAILED:
                self._settle(row, BatchState.WAITING)
        self.go_on()

    def discard(self) -> None:
        """Forget the queue; files that are written stay."""
        self.pause()
        self._job, self._row = None, -1
        self._take(None)
        self._store.clear()

    def failures(self) -> str:
        """What failed and why, a line each, for the clipboard."""
        items = self.queue.items if self.queue else []
        return "\n".join(
            f"{item.photo} @ {item.age:g}: {item.sentence}\n{item.details}".rstrip()
            for item in items
            if item.state is BatchState.FAILED
        )

    def summary(self) -> str:
        """How the batch stands, in one sentence."""
        queue = self.queue
        if queue is None:
            return self.tr("There is no batch.")
        words = self.tr("{done} of %n file(s) written", "", len(queue.items))
        parts = [words.format(done=queue.count(BatchState.DONE))]
        if skipped := queue.count(BatchState.SKIPPED):
            parts.append(self.tr("%n skipped", "", skipped))
        if failed := queue.count(BatchState.FAILED):
            parts.append(self.tr("%n failed", "", failed))
        return ", ".join(parts) + "."

    # -- one file after the other

    def _next(self) -> None:
        queue = self.queue
        if queue is None or not self.running:
            return
        row = queue.next()
        while row is not None and self._skips(row):
            row = queue.next()
        if row is None:
            self._finish()
            return
        item = queue.items[row]
        item.target = queue.target_for(row)
        self._row = row
        self._settle(row, BatchState.WORKING)
        options = queue.options
        finished = len(queue.items) - queue.unfinished
        self._job = BatchJob(
            title=self.tr("Batch {number} of {total}: {name} at {age}").format(
                number=finished + 1,
                total=len(queue.items),
                name=item.photo.name,
                age=f"{item.age:g}",
            ),
            photo=item.photo,
            age=item.age,
            faces=item.faces,
            skipped=item.skipped,
            sources=item.sources,
            asked=item.asked,
            model=options.model,
            memo=self._memo,
            done=finished,
            total=len(queue.items),
            spec=ExportSpec(
                path=item.target,
                quality=options.quality,
                keep_metadata=options.keep_metadata,
                mark_ai=options.mark_ai,
                max_side=options.max_side,
                credentials=options.credentials,
                keep_place=options.keep_place,
                own_compression=options.own_compression,
                visible_mark=options.visible_mark,
            ),
        )
        self._runner.submit(
            self._job,
            lambda _receipt: self._answered(row, BatchState.DONE),
            lambda failure: self._answered(row, BatchState.FAILED, failure),
        )

    def _skips(self, row: int) -> bool:
        assert self.queue is not None
        wanted = self.queue.name_for(row)
        if not self.queue.options.skip_existing or not wanted.exists():
            return False
        self.queue.items[row].sentence = self.tr("“{name}” is already there.").format(
            name=wanted.name
        )
        self._settle(row, BatchState.SKIPPED)
        return True

    def _answered(self, row: int, state: BatchState, failure: Failure | None = None) -> None:
        assert self.queue is not None
        item = self.queue.items[row]
        item.sentence = failure.sentence if failure else ""
        item.details = failure.details if failure else ""
        if failure is not None:
            item.target = None
        self._job, self._row = None, -1
        self._settle(row, state)
        self._next()

    def _on_cancelled(self, job: Job[object]) -> None:
        """What was being made waits again, unless it was written before it could stop."""
        if job is not self._job or self.queue is None:
            return
        row, self._job, self._row = self._row, None, -1
        self.running = False
        item = self.queue.items[row]
        if item.target is not None and item.target.is_file():
            self._settle(row, BatchState.DONE)
        else:
            item.target = None
            self._settle(row, BatchState.WAITING)
        if self._again:
            self.go_on()

    def _finish(self) -> None:
        assert self.queue is not None
        self.running = False
        failed = self.queue.count(BatchState.FAILED)
        level = Level.WARNING if failed else Level.SUCCESS
        sentence = self.tr("The batch is finished: {summary}").format(summary=self.summary())
        folder = Path(self.queue.options.folder)
        self._messages.post(Message(level, sentence, self.failures(), folder))
        if not failed:
            self._store.clear()
        self.changed.emit()

    def _settle(self, row: int, state: BatchState) -> None:
        assert self.queue is not None
        item = self.queue.items[row]
        item.state = state
        if state is BatchState.WAITING:
            item.sentence = item.details = ""
        self._keep(lambda: self._store.note(row, item))
        self.model.changed(row)
        self.changed.emit()

    def _take(self, queue: BatchQueue | None) -> None:
        self.queue = queue
        self.model.set_queue(queue)
        self.changed.emit()

    def _keep(self, write: Callable[[], None]) -> None:
        """Write the queue's state; the batch goes on where that fails."""
        try:
            write()
        except OSError as error:
            self._messages.warning(
                self.tr("The batch's state cannot be saved; it could not go on after a restart."),
                str(error),
            )
