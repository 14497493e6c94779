"""``self-test``: the main job on a sample photo, one line a step."""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engine import __version__
from engine.aged import AgingResult
from engine.cli import options, output, session
from engine.domain import AgeRequest, Face, Photo
from engine.errors import EngineError, ExportError, FaceError
from engine.orders import ExportSpec
from engine.paths import assets_dir, build_commit, is_frozen, samples_dir, weights_dir
from engine.service import AgingService

_SAMPLE = "grace_hopper.jpg"
_TARGET = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``self-test``."""
    options.add_device(parser)


def run(args: argparse.Namespace) -> int:
    """Run the steps in order; the first that fails is told, and ends it with exit code 1."""
    with tempfile.TemporaryDirectory(prefix="agelens-self-test-") as folder:
        return _Steps(args.device, Path(folder)).run()


class _Steps:
    """The steps, each building on the one before; a step gives the words of its line."""

    def __init__(self, device: str, folder: Path) -> None:
        self._device, self._folder = device, folder
        self._service: AgingService
        self._photo: Photo
        self._faces: tuple[Face, ...]
        self._result: AgingResult
        self._file: Path

    def run(self) -> int:
        steps: tuple[tuple[str, Callable[[], str]], ...] = (
            ("build", self._build),
            ("files", self._files),
            ("photo", self._open),
        )
        for name, step in steps:
            if not _tell(name, step):
                return 1
        try:
            with session.open_service(self._device) as service:
                self._service = service
                later: tuple[tuple[str, Callable[[], str]], ...] = (
                    ("engine", self._engine),
                    ("detection", self._detect),
                    ("ageing", self._age),
                    ("export", self._export),
                    ("reading back", self._read_back),
                )
                return 0 if all(_tell(name, step) for name, step in later) else 1
        except EngineError as error:
            output.line(f"{'engine':<13} FAILED  {error.sentence}")
            return 1

    def _build(self) -> str:
        commit = build_commit()
        where = "packaged" if is_frozen() else "from a checkout"
        named = f"{__version__} ({commit})" if commit else __version__
        return f"Agelens {named}, {where}, Python {platform.python_version()}"

    def _files(self) -> str:
        """All networks are there and are what they should be."""
        from engine.models.assets import HANDS, LANDMARKER, SFACE, asset
        from engine.models.manifest import read_manifest
        from engine.models.weight_files import verified

        specs = read_manifest(weights_dir())
        for spec in specs:
            verified(weights_dir(), spec)
        others = (LANDMARKER, HANDS, SFACE)
        for name in others:
            asset(name)
        folder = assets_dir().name
        return f"{len(specs)} networks and {len(others)} files of {folder} have their hashes"

    def _open(self) -> str:
        from engine.imaging.photo_io import load_photo

        self._photo = load_photo(samples_dir() / _SAMPLE)
        width, height = self._photo.size
        return f"{_SAMPLE}, {width} × {height}"

    def _engine(self) -> str:
        report = self._service.device()
        return f"{report.name}, {report.dtype}"

    def _detect(self) -> str:
        self._faces = self._service.find_faces(self._photo)
        if len(self._faces) != 1:
            raise FaceError(f"{len(self._faces)} faces where there is one.", code="face.none")
        return f"1 face of about {self._faces[0].age:.0f} years"

    def _age(self) -> str:
        request = AgeRequest(face=self._faces[0].index, target=_TARGET)
        self._result = self._service.age_photo(self._photo, self._faces, [request])
        scores = self._result.faces[0].scores
        return f"at {_TARGET:.0f} it looks {scores.age_after:.0f}"

    def _export(self) -> str:
        self._file = self._folder / "aged.png"
        receipt = self._service.export(self._result, ExportSpec(self._file))
        return f"{receipt.size_bytes / 1e3:.0f} kB as PNG"

    def _read_back(self) -> str:
        """The file holds the result: the face has changed, the photo's edge has not."""
        import numpy as np

        again = self._service.open_photo(self._file)
        same = np.array_equal(again.pixels, self._result.pixels)
        changed = (again.pixels != self._photo.pixels).any(axis=2)
        if not same or not changed.any() or changed[0].any() or changed[-1].any():
            raise ExportError("The file does not hold the result.", code="export.format")
        return f"{changed.mean():.0%} of the photo has changed, its edges have not"


def _tell(name: str, step: Callable[[], str]) -> bool:
    """Run a step and say how it went."""
    begun = time.perf_counter()
    try:
        words = step()
    except EngineError as error:
        output.line(f"{name:<13} FAILED  {error.sentence}")
        return False
    output.line(f"{name:<13} ok      {words} ({time.perf_counter() - begun:.2f} s)")
    return True
