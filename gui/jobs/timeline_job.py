"""The jobs that write one face at several ages, and find out in which formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.aged import AgedFace
from engine.domain import Photo
from engine.orders import Receipt, TimelineSpec
from engine.service import AgingService
from engine.tasks import Progress
from gui.jobs.job import Job, Priority


@dataclass(kw_only=True, eq=False)
class TimelineJob(Job[Receipt]):
    """Write a face from young to old as a sheet or an animation."""

    photo: Photo
    faces: Sequence[AgedFace]
    spec: TimelineSpec
    model: str

    def run(self, service: AgingService, progress: Progress) -> Receipt:
        """Composite each age around the face, then write."""
        return service.export_timeline(
            self.photo,
            self.faces,
            self.spec,
            model=self.model,
            cancel=self.cancel,
            progress=progress,
        )


@dataclass(kw_only=True, eq=False)
class TimelineFormatsJob(Job[tuple[str, ...]]):
    """Ask in which formats a timeline can be written."""

    priority: Priority = Priority.BACKGROUND
    quiet: bool = True

    def run(self, service: AgingService, progress: Progress) -> tuple[str, ...]:
        """Try the film encoder, at the first call."""
        return service.timeline_formats()
