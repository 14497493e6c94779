"""``batch``: many photos in one process; a failure is told and the rest goes on."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.cli import export_options, options, output, report, session
from engine.cli.age import tell_notices, tell_outcome, wish_of
from engine.cli.job import Planner, age_file, open_timed
from engine.cli.naming import Plan, plan_files
from engine.errors import EngineError, ExportError
from engine.tasks import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``batch``."""
    parser.add_argument("photos", type=Path, nargs="+", metavar="PHOTO", help="the photos")
    parser.add_argument(
        "--out-dir", type=Path, required=True, metavar="DIR", help="an existing folder to write to"
    )
    options.add_aging_options(parser)


def run(args: argparse.Namespace) -> int:
    """Age every photo; 1 if any failed."""
    if not args.out_dir.is_dir():
        raise ExportError(
            f"The folder {args.out_dir} does not exist. Create it or choose another one.",
            code="export.folder_missing",
        )
    failed = 0
    planner = _Planner(args.out_dir)
    with output.progress("Ageing") as tell, session.open_service(args.device) as service:
        export_options.use_certificate(export_options.writing_of(args), service)
        for done, path in enumerate(args.photos):
            here = _share(tell, done, len(args.photos))
            try:
                photo, opened_ms = open_timed(path)
                tell_notices(photo, as_json=args.json)
                outcome = age_file(
                    service,
                    photo,
                    wish_of(args),
                    planner.for_photo(path),
                    opened_ms=opened_ms,
                    progress=here,
                )
            except EngineError as error:
                failed += 1
                _tell_failure(path, error, as_json=args.json)
            else:
                tell_outcome(outcome, as_json=args.json)
    if failed:
        output.problem(f"{failed} of {len(args.photos)} photos failed.")
    return 1 if failed else 0


class _Planner:
    """Plans files in one folder and keeps photos of one name from replacing each other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: dict[Path, Path] = {}

    def for_photo(self, photo: Path) -> Planner:
        """The planner for one photo."""

        def plan(targets: Sequence[options.Target]) -> Plan:
            made = plan_files(photo, f"{self._folder}/", targets)
            for path in made.all:
                owner = self._taken.setdefault(path, photo)
                if owner != photo:
                    raise ExportError(
                        f"{photo} would be written to {path}, as {owner} was; rename one of them.",
                        code="export.exists",
                    )
            return made

        return plan


def _tell_failure(photo: Path, error: EngineError, *, as_json: bool) -> None:
    if as_json:
        output.json_line(report.failure_json(photo, error))
    output.problem(f"{photo}: {error.sentence}")


def _share(tell: Progress, done: int, total: int) -> Progress:
    """Progress within one photo as progress of the whole."""

    def part(fraction: float, message: str) -> None:
        tell((done + fraction) / total, f"photo {done + 1} of {total}: {message}")

    return part
