"""``models``: what is installed, read from the weights' manifest."""

from __future__ import annotations

import argparse

from engine.cli import options, output, report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``models``."""
    options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """List the generators, the default one first."""
    from engine.models.registry import ModelRegistry
    from engine.paths import weights_dir

    cards = ModelRegistry(weights_dir()).cards()
    if args.json:
        output.json_line({"models": [report.model_json(card) for card in cards]})
        return 0
    for card in cards:
        for text in report.model_lines(card):
            output.line(text)
    if not cards:
        output.problem("No generator is installed.")
    return 0
