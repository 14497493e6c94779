"""``age``: the faces of one photo at another age, in the photo itself."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.cli import export_options, options, output, report, session
from engine.cli.job import Outcome, Wish, age_file, open_timed
from engine.cli.naming import Plan, plan_files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``age``."""
    parser.add_argument("photo", type=Path, help="the photo; it is never changed")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="file to write; for several ages a folder, or a name that each age is added to "
        "({age} stands for it); beside the photo without",
    )
    options.add_aging_options(parser)


def run(args: argparse.Namespace) -> int:
    """Age, write, report."""
    # Before the engine takes seconds to load, what is no photo is refused.
    photo, opened_ms = open_timed(args.photo)

    def planner(targets: Sequence[options.Target]) -> Plan:
        return plan_files(args.photo, args.output, targets)

    with output.progress("Ageing") as tell, session.open_service(args.device) as service:
        export_options.use_certificate(export_options.writing_of(args), service)
        outcome = age_file(
            service, photo, wish_of(args), planner, opened_ms=opened_ms, progress=tell
        )
    tell_outcome(outcome, as_json=args.json)
    return 0


def wish_of(args: argparse.Namespace) -> Wish:
    """The options that `age` and `batch` share."""
    return Wish(
        args.to,
        args.face,
        args.source,
        args.strength,
        args.model,
        args.regions,
        export_options.writing_of(args),
    )


def tell_outcome(outcome: Outcome, *, as_json: bool) -> None:
    """Print one photo's outcome."""
    if as_json:
        output.json_line(report.aging_json(outcome))
        return
    for text in report.aging_lines(outcome):
        output.line(text)
    for warning in outcome.warnings:
        output.problem(f"Note: {warning}")
