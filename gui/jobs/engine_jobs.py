"""Jobs that change the engine itself: its device and its models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.domain import DeviceReport, ModelCard
from engine.service import AgingService
from engine.tasks import Progress
from gui.jobs.job import Job


@dataclass(kw_only=True, eq=False)
class UseDeviceJob(Job[DeviceReport]):
    """Compute on another device from now on."""

    kind: str

    def run(self, service: AgingService, progress: Progress) -> DeviceReport:
        """Load the networks there."""
        return service.use_device(self.kind)


@dataclass(kw_only=True, eq=False)
class ImportModelJob(Job[tuple[ModelCard, tuple[ModelCard, ...]]]):
    """Check a weights file, copy it, and ask which models there are now."""

    file: Path

    def run(
        self, service: AgingService, progress: Progress
    ) -> tuple[ModelCard, tuple[ModelCard, ...]]:
        """The new model's card, and every card."""
        return service.import_model(self.file), service.models()
