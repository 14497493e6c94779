"""The only door the window goes through. Implemented by :mod:`engine.inference.pipeline`.

All methods may be slow and must be called on one worker thread, always the same; none
touches Qt. Every failure is an :class:`engine.errors.EngineError`; a cancelled token raises
:class:`engine.errors.Cancelled`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from engine.aged import AgedFace, AgingResult
from engine.domain import AgeRequest, Box, DeviceReport, Face, ModelCard, Photo
from engine.orders import ExportSpec, Receipt, Recipe, TimelineSpec
from engine.tasks import CancelToken, Progress


class AgingService(Protocol):
    """Open photos, find faces, age them, write results."""

    def models(self) -> tuple[ModelCard, ...]:
        """Installed models, the default first. Reads the manifest only."""

    def device(self) -> DeviceReport:
        """The device in use and why; loads it at the first call."""

    def open_photo(self, path: Path) -> Photo:
        """Decode a file. Raises PhotoError."""

    def find_faces(
        self, photo: Photo, *, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> tuple[Face, ...]:
        """Detect faces and estimate their ages, in reading order; may be empty."""

    def find_face_in(
        self, photo: Photo, box: Box, *, index: int, cancel: CancelToken | None = None
    ) -> Face:
        """Find the one face inside a box that the user drew, and estimate its age.

        ``index`` is the number it gets. Raises FaceError ``face.none_in_box`` where there is
        none, ``face.box_outside`` where the box lies beside the photo.
        """

    def age_face(
        self, photo: Photo, face: Face, request: AgeRequest, *, model: str | None = None
    ) -> AgedFace:
        """One preview at the model's size; a face is encoded once, a further age is one decode.

        Raises FaceError if ``face.obstacle`` is set, AgeError for a target out of range.
        """

    def age_photo(
        self,
        photo: Photo,
        faces: Sequence[Face],
        requests: Sequence[AgeRequest],
        *,
        model: str | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> AgingResult:
        """Age the requested faces and composite them into the photo at native resolution."""

    def export(self, result: AgingResult, spec: ExportSpec) -> Receipt:
        """Write a result beside its final name, then replace. Raises ExportError."""

    def read_recipe(self, path: Path) -> Recipe:
        """How a result was made, from the sidecar beside it. Raises RecipeError."""

    def timeline_formats(self) -> tuple[str, ...]:
        """Endings that a timeline can be written in here: ``.mp4`` only with an encoder."""

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

    def use_device(self, kind: str) -> DeviceReport:
        """Compute on ``auto``, ``cpu``, ``cuda`` or ``mps`` from now on. Raises DeviceError."""

    def use_certificate(self, certificate: Path | None, key: Path | None = None) -> str:
        """Sign content credentials with a PEM certificate and its key from now on.

        ``None`` signs with the one made on this computer. Gives the name on the certificate, empty
        for ``None``. Raises ExportError ``export.certificate``; then nothing changes.
        """

    def import_model(self, file: Path) -> ModelCard:
        """Check a weights file and take a copy into the user's models. Raises ModelError."""

    def rest(self) -> None:
        """Give memory back that the next call makes anew within a moment; loses nothing."""

    def close(self) -> None:
        """Free native resources. The service cannot be used afterwards."""


ServiceFactory = Callable[[], AgingService]
"""Builds the service; called on the worker thread, where the heavy imports happen."""
