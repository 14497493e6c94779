"""The part of the service that writes files and reads how they were made. One thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.aged import AgedFace, AgingResult
from engine.domain import Photo
from engine.imaging.credentials import check_identity
from engine.imaging.export import export_result
from engine.imaging.recipe import read_recipe
from engine.imaging.signing import Identity
from engine.imaging.timeline import export_timeline, timeline_formats
from engine.models.registry import ModelRegistry
from engine.orders import ExportSpec, Receipt, Recipe, TimelineSpec
from engine.tasks import CancelToken, Progress


class Exports:
    """Writes results as the user's certificate, if any, says who they are."""

    def __init__(self, registry: ModelRegistry) -> None:
        """``registry`` tells the models' names and hashes."""
        self._registry = registry
        self._signer: Identity | None = None

    def export(self, result: AgingResult, spec: ExportSpec) -> Receipt:
        """Write a result beside its final name, then replace. Raises ExportError."""
        return export_result(result, spec, self._signer)

    def read_recipe(self, path: Path) -> Recipe:
        """How a result was made, from the sidecar beside it. Raises RecipeError."""
        return read_recipe(path)

    def timeline_formats(self) -> tuple[str, ...]:
        """Endings that a timeline can be written in here; tries the film encoder once."""
        return timeline_formats()

    def export_timeline(
        self,
        photo: Photo,
        faces: Sequence[AgedFace],
        spec: TimelineSpec,
        *,
        model: str | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Receipt:
        """Write one face at several ages as a sheet or an animation. Raises ExportError."""
        used = self._registry.generator(model)
        return export_timeline(
            photo,
            faces,
            spec,
            used.name,
            used.identity,
            self._signer,
            cancel=cancel,
            progress=progress,
        )

    def use_certificate(self, certificate: Path | None, key: Path | None = None) -> str:
        """Sign with it from now on; with this computer's own for ``None``. Raises ExportError."""
        self._signer = None if certificate is None else check_identity(certificate, key)
        return "" if self._signer is None else self._signer.name
