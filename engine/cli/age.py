"""``age``: the faces of one photo at another age, in the photo itself."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.cli import export_options, options, output, recipe, report, session
from engine.cli.job import Outcome, Wish, age_file, open_timed
from engine.cli.naming import Plan, plan_files
from engine.domain import Photo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``age``."""
    parser.add_argument("photo", type=Path, nargs="?", help="the photo; it is never changed")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="file to write; for several ages a folder, or a name that each age is added to "
        "({age} stands for it); beside the photo without",
    )
    parser.add_argument(
        "--recipe",
        type=Path,
        metavar="FILE",
        help="make a result again from the .agelens.json beside it; with it --to and what belongs "
        "to it are left out, and PHOTO too where the photo lies where it did",
    )
    options.add_aging_options(parser, needs_ages=False)
    parser.set_defaults(wrong_usage=parser.error)


def run(args: argparse.Namespace) -> int:
    """Age, write, report."""
    if args.recipe is not None:
        return _run_recipe(args)
    if args.photo is None or args.to is None:
        args.wrong_usage("PHOTO and --to are needed, or --recipe")
    # Before the engine takes seconds to load, what is no photo is refused.
    photo, opened_ms = open_timed(args.photo)
    tell_notices(photo, as_json=args.json)

    def planner(targets: Sequence[options.Target]) -> Plan:
        return plan_files(args.photo, args.output, targets)

    with output.progress("Ageing") as tell, session.open_service(args.device) as service:
        export_options.use_certificate(export_options.writing_of(args), service)
        outcome = age_file(
            service, photo, wish_of(args), planner, opened_ms=opened_ms, progress=tell
        )
    tell_outcome(outcome, as_json=args.json)
    return 0


def _run_recipe(args: argparse.Namespace) -> int:
    if args.to is not None:
        args.wrong_usage("--recipe says the ages; leave --to out")
    made, photo, opened_ms = recipe.prepare(
        args.recipe, args.photo, args.output, overwrite=args.overwrite
    )
    with output.progress("Ageing"), session.open_service(args.device) as service:
        export_options.use_certificate(export_options.writing_of(args), service)
        outcome = recipe.make_again(service, made, photo, opened_ms=opened_ms)
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


def tell_notices(photo: Photo, *, as_json: bool) -> None:
    """Say what of the file cannot be kept, before any work; JSON says it with the outcome."""
    for notice in () if as_json else photo.notices:
        output.problem(f"Note: {notice}")


def tell_outcome(outcome: Outcome, *, as_json: bool) -> None:
    """Print one photo's outcome, less what :func:`tell_notices` has said."""
    if as_json:
        output.json_line(report.aging_json(outcome))
        return
    for text in report.aging_lines(outcome):
        output.line(text)
    for warning in outcome.warnings:
        if warning not in outcome.photo.notices:
            output.problem(f"Note: {warning}")
