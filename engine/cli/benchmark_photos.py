"""``benchmark --photos``: large photos from file to file, stage by stage, beside re-saving."""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from engine.cli import output
from engine.cli.apart import run_apart
from engine.cli.benchmark_sample import write_sample
from engine.errors import EngineError, FaceError
from engine.service import AgingService

P = ParamSpec("P")
T = TypeVar("T")

KINDS = {
    "12 MP JPEG": ("twelve.jpg", (3000, 4000)),
    "50 MP JPEG": ("fifty.jpg", (6120, 8160)),
    "100 MP TIFF, 16 bit": ("hundred.tif", (8660, 11560)),
}
_COLUMNS = {
    "photo": "photo",
    "open": "open",
    "find faces": "find",
    "age": "age",
    "composite": "put back",
    "export": "export",
    "re-save": "re-save alone",
    "beyond": "beyond that",
    "peak_mb": "peak MB",
}
_TARGET, _RUNS = 65.0, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``--photos``."""
    group = parser.add_argument_group("photos")
    group.add_argument(
        "--photos", action="store_true", help="measure photos of 12, 50 and 100 megapixels"
    )
    group.add_argument("--photo", type=Path, metavar="FILE", help="one photo of your own alone")


def run(args: argparse.Namespace, program: Sequence[str]) -> int:
    """Measure and print. Each photo has a process of its own, so that its memory is its own."""
    from engine.evaluation import speed

    if args.photo is not None:
        rows = [measure(args.photo, args.device, args.model, min(args.runs, _RUNS))]
    else:
        rows = []
        with (
            output.progress("Measuring") as tell,
            tempfile.TemporaryDirectory(prefix="agelens-benchmark-") as folder,
        ):
            for done, (name, (file, size)) in enumerate(KINDS.items()):
                tell(done / len(KINDS), name)
                path = Path(folder) / file
                _write_apart(path, size)
                rows.append(_measure_apart(args, program, path) | {"photo": name})
                path.unlink()
    if args.json:
        output.json_line({"machine": speed.machine(), "photos": rows})
        return 0
    about = speed.machine()
    output.line(f"{about['processor']}, {about['cores']} cores; seconds")
    cells = [["–" if row[key] is None else str(row[key]) for key in _COLUMNS] for row in rows]
    output.table(list(_COLUMNS.values()), cells)
    return 0


def measure(photo: Path, device: str, model: str | None, runs: int) -> dict[str, Any]:
    """Median seconds of each stage for one face, after a run that is not counted.

    ``re-save`` decodes the file and encodes its pixels in the same format, with what Agelens uses
    for that and nothing between; ``beyond`` is what all stages together take more.
    """
    from engine.evaluation import speed
    from engine.inference.pipeline import build_service

    clock = _Clock()
    service = build_service(device)
    with tempfile.TemporaryDirectory(prefix="agelens-benchmark-") as folder:
        target = Path(folder) / f"aged{photo.suffix}"
        try:
            for _ in range(runs + 1):
                _file_to_file(service, photo, target, model, clock)
            peak = speed.own_peak()
        finally:
            service.close()
        for _ in range(runs + 1):
            clock.timed("re-save", _resaved, photo, target)
    medians = {name: statistics.median(values[1:]) for name, values in clock.times.items()}
    beyond = sum(medians.values()) - 2 * medians["re-save"]
    row = medians | {"beyond": beyond}
    return (
        {"photo": photo.name}
        | {name: round(seconds, 3) for name, seconds in row.items()}
        | {"peak_mb": None if peak is None else round(peak, 1)}
    )


class _Clock:
    """Seconds of every run of each stage."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    def timed(self, name: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do some work and note how long it took."""
        start = time.perf_counter()
        result = work(*args, **kwargs)
        self.note(name, time.perf_counter() - start)
        return result

    def note(self, name: str, seconds: float) -> None:
        """Add one run."""
        self.times.setdefault(name, []).append(seconds)


def _file_to_file(
    service: AgingService, photo: Path, target: Path, model: str | None, clock: _Clock
) -> None:
    """Open, age one face, export. Raises EngineError."""
    from engine.domain import AgeRequest
    from engine.orders import ExportSpec

    opened = clock.timed("open", service.open_photo, photo)
    faces = clock.timed("find faces", service.find_faces, opened)
    if not faces:
        raise FaceError(f"No face was found in “{photo.name}”.", code="face.none")
    result = service.age_photo(opened, faces, [AgeRequest(faces[0].index, _TARGET)], model=model)
    for name in ("age", "composite"):
        clock.note(name, result.timings_ms[name] / 1e3)
    clock.timed("export", service.export, result, ExportSpec(target, overwrite=True))


def _resaved(photo: Path, target: Path) -> None:
    """Decode and encode, through the libraries that open and export use."""
    import cv2

    pixels = cv2.imread(str(photo), cv2.IMREAD_UNCHANGED)
    options = [cv2.IMWRITE_JPEG_QUALITY, 95] if photo.suffix == ".jpg" else []
    if pixels is None or not cv2.imwrite(str(target), pixels, options):
        raise EngineError(f"“{photo.name}” could not be re-saved.", code="benchmark.command")


def _write_apart(path: Path, size: tuple[int, int]) -> None:
    """Paint the photo in another process: a child inherits its parent's peak of memory."""
    writer = multiprocessing.get_context("spawn").Process(target=write_sample, args=(path, size))
    writer.start()
    writer.join()
    if writer.exitcode != 0:
        raise EngineError("The photo to measure could not be written.", code="benchmark.command")


def _measure_apart(args: argparse.Namespace, program: Sequence[str], path: Path) -> dict[str, Any]:
    said = ["--device", args.device, "--runs", str(min(args.runs, _RUNS))]
    said += ["--model", args.model] if args.model else []
    command = [*program, "benchmark", "--photos", "--photo", str(path), *said, "--json"]
    row: dict[str, Any] = run_apart(command)["photos"][0]
    return row
