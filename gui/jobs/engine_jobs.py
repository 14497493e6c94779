"""Jobs that change the engine itself: its device and its models."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from engine.domain import DeviceReport, ModelCard
from engine.orders import Recipe
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


@dataclass(frozen=True, slots=True)
class FoundRecipe:
    """A recipe, and whether its photo is where it says (``there``) and still the same."""

    recipe: Recipe
    there: bool
    same: bool


@dataclass(kw_only=True, eq=False)
class ReadRecipeJob(Job[FoundRecipe]):
    """Read how a result was made, and look for its photo."""

    file: Path

    def run(self, service: AgingService, progress: Progress) -> FoundRecipe:
        """Read the sidecar; hash the photo."""
        recipe = service.read_recipe(self.file)
        try:
            with recipe.photo.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return FoundRecipe(recipe, there=False, same=False)
        return FoundRecipe(recipe, there=True, same=digest == recipe.sha256)


@dataclass(kw_only=True, eq=False)
class UseCertificateJob(Job[str]):
    """Sign exports with another certificate from now on; the answer is the name on it."""

    certificate: Path | None
    key: Path | None = None

    def run(self, service: AgingService, progress: Progress) -> str:
        """Check it by signing something with it."""
        return service.use_certificate(self.certificate, self.key)
