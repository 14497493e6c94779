"""``provenance``: what a file says about how it was made, and whether that still holds."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.cli import options, output
from engine.imaging.reading_back import Credentials, Marking, Provenance, read_provenance

_STATES = {
    "Trusted": "signed by an authority that is trusted, unchanged since",
    "Valid": "unchanged since it was signed; who signed is not vouched for",
    "Invalid": "the file was changed after it was signed, or the credentials are damaged",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``provenance``."""
    parser.add_argument("file", type=Path, help="a picture or film")
    options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print it; 1 where there is nothing to print, or where the credentials do not hold."""
    found = read_provenance(args.file)
    if args.json:
        output.json_line(as_json(args.file, found))
    else:
        for line in as_lines(found):
            output.line(line)
    if not found.readable:
        output.problem("Content credentials were not looked for: c2pa-python is not installed.")
    if found.marking is None and found.credentials is None:
        output.problem(f"{args.file.name} says nothing about how it was made.")
        return 1
    return int(found.credentials is not None and found.credentials.state == "Invalid")


def as_json(file: Path, found: Provenance) -> dict[str, Any]:
    """What ``--json`` prints; see docs/cli.md."""
    return {
        "file": str(file),
        "marking": None if found.marking is None else asdict(found.marking),
        "credentials": None if found.credentials is None else asdict(found.credentials),
    }


def as_lines(found: Provenance) -> list[str]:
    """The same for people."""
    marking, credentials = found.marking, found.credentials
    return [*(_marking(marking) if marking else ()), *(_signed(credentials) if credentials else ())]


def _marking(marking: Marking) -> list[str]:
    kind = marking.source_type.rsplit("/", 1)[-1]
    lines = [f"Marked as     {kind or 'nothing'}"]
    if marking.system:
        lines.append(f"AI system     {marking.system}")
    for entry in marking.history:
        words = [entry.get("when", ""), entry.get("softwareAgent", ""), entry.get("action", "")]
        detail = f": {entry['parameters']}" if "parameters" in entry else ""
        lines.append(f"History       {' '.join(filter(None, words))}{detail}")
    return lines


def _signed(found: Credentials) -> list[str]:
    here = ", made on this computer" if found.made_here else ""
    lines = [f"Credentials   {found.state}: {_STATES.get(found.state, 'not known')}"]
    if found.signer or found.issuer:
        lines.append(f"Signed by     {found.signer} ({found.issuer}{here})")
    if found.generator:
        lines.append(f"Written with  {found.generator}")
    for one in found.ingredients:
        own = ", with credentials of its own" if one["credentials"] else ""
        lines.append(f"Made from     {one['title']} ({one['relationship']}{own})")
    for action in found.actions:
        kind = str(action.get("digitalSourceType", "")).rsplit("/", 1)[-1]
        lines.append(f"Action        {' '.join(filter(None, (action.get('action'), kind)))}")
        lines += [f"              {name}: {value}" for name, value in action["parameters"].items()]
    lines += [f"Remark        {code}" for code in found.problems]
    return lines
