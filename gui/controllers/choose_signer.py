"""Use case: choose who signs exports: the user's certificate, or the one of this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.bridge import settings as keys
from gui.bridge.messages import Messages
from gui.bridge.settings import Settings
from gui.jobs.engine_jobs import UseCertificateJob
from gui.jobs.job import Failure, Priority
from gui.jobs.runner import JobRunner


class ChooseSigner(QObject):
    """Has the engine check a certificate; one that can sign is remembered.

    Signals:
        changed: the name on the user's certificate; empty for this computer's.
    """

    changed = Signal(str)

    def __init__(
        self, settings: Settings, runner: JobRunner, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._runner = runner
        self._messages = messages
        self.name = ""

    def start(self) -> None:
        """Use the certificate that was chosen in an earlier session, if any."""
        known = self._settings.get(keys.EXPORT_CERTIFICATE)
        if known:
            self.use(Path(known))

    def use(self, certificate: Path | None) -> None:
        """Sign with it from now on; ``None`` for this computer's."""
        job = UseCertificateJob(
            title=self.tr("Checking the certificate"),
            priority=Priority.INTERACTIVE,
            certificate=certificate,
        )

        def used(name: str) -> None:
            self.name = name
            self._settings.set(keys.EXPORT_CERTIFICATE, str(certificate or ""))
            self.changed.emit(name)

        self._runner.submit(job, used, self._fail)

    def _fail(self, failure: Failure) -> None:
        self._messages.error(failure.sentence, failure.details)
