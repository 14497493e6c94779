"""Options that several commands share, and what is read off them."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.cli import export_options
from engine.domain import REGIONS, ZONES, AgeGroup, Face, ModelCard
from engine.errors import AgeError, FaceError, ModelError

ALL = "all"
DEVICES = ("auto", "cuda", "mps", "cpu")
Regions = tuple[frozenset[str], tuple[tuple[str, float], ...]]
"""What may change, and how much of the change some of it takes: as in an AgeRequest."""
_WANTED = re.compile(r"[0-9]+(\.[0-9]+)?|[0-9]+-[0-9]+|[0-9]+\+|[^\W\d_]+")  # or a group's name
_DASHES = str.maketrans("–—−", "---")


@dataclass(frozen=True, slots=True)
class Target:
    """An age to go to, and how files and messages call it."""

    label: str
    years: float


def add_aging_options(parser: argparse.ArgumentParser, *, needs_ages: bool = True) -> None:
    """What `age` and `batch` have in common; ``--to`` can be left out unless ``needs_ages``."""
    parser.add_argument(
        "--to",
        type=wanted_ages,
        required=needs_ages,
        metavar="AGE|GROUP|all",
        help="target: years (65), a group of the model (41-50), several (25,41-50), or all groups",
    )
    parser.add_argument(
        "--face",
        type=wanted_faces,
        default=None,
        metavar="N|all",
        help="which faces, by the numbers that `faces` shows; all that can be aged without",
    )
    parser.add_argument(
        "--from", dest="source", type=_years, metavar="AGE", help="the age now, if not estimated"
    )
    parser.add_argument(
        "--strength",
        type=_fraction,
        default=1.0,
        help="0 leaves the face, 1 (default) applies it all",
    )
    parser.add_argument(
        "--regions",
        type=wanted_regions,
        default=(REGIONS, ()),
        metavar="NAME[=SHARE],…",
        help=f"what may change: one or more of {', '.join(sorted(REGIONS | ZONES))}, each with how "
        "much of the change it takes (skin=0.5); all of them, and all of it, without",
    )
    parser.add_argument("--model", metavar="NAME", help="a model that `models` lists")
    export_options.add_arguments(parser)
    add_device(parser)
    add_json(parser)


def add_device(parser: argparse.ArgumentParser) -> None:
    """``--device``."""
    parser.add_argument(
        "--device", choices=DEVICES, default="auto", help="where to compute (default: auto)"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="print JSON (see docs/cli.md)")


def wanted_ages(text: str) -> tuple[str, ...]:
    """``"65"``, ``"41-50"``, ``"25,50+"``, ``"old"``, ``"all"`` as parts; models decide later."""
    parts = tuple(part.strip() for part in text.translate(_DASHES).lower().split(","))
    for part in parts:
        if not _WANTED.fullmatch(part):
            raise argparse.ArgumentTypeError(f"{part!r} is no age, age group or 'all'")
    return tuple(dict.fromkeys(parts))


def wanted_faces(text: str) -> tuple[int, ...] | None:
    """``"2"`` or ``"1,3"`` as numbers; ``"all"`` as ``None``."""
    if text.strip().lower() == ALL:
        return None
    parts = text.split(",")
    if not all(part.strip().isdecimal() and int(part) > 0 for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r} is no face number or 'all'")
    return tuple(dict.fromkeys(int(part) for part in parts))


def wanted_regions(text: str) -> Regions:
    """``"skin=0.5,eyes"`` as regions, and shares of some of them and of zones."""
    shares: dict[str, float] = {}
    for part in text.split(","):
        name, given, share = part.partition("=")
        name = name.strip().lower()
        if name not in REGIONS | ZONES:
            known = ", ".join(sorted(REGIONS | ZONES))
            raise argparse.ArgumentTypeError(f"{name!r} is no region; there are {known}")
        shares[name] = _fraction(share) if given else 1.0
    told = sorted((name, share) for name, share in shares.items() if share < 1 or name in ZONES)
    return REGIONS & frozenset(shares), tuple(told)


def choose_model(cards: Sequence[ModelCard], name: str | None) -> ModelCard:
    """The model of that name, or the default one.

    Raises ModelError (``model.unknown``).
    """
    for card in cards:
        if name is None or card.name == name:
            return card
    if name is None:
        raise ModelError(
            "No generator is installed; reinstall Agelens or train a model.", code="model.unknown"
        )
    known = ", ".join(card.name for card in cards) or "none"
    raise ModelError(f"There is no model {name!r}; installed are: {known}.", code="model.unknown")


def resolve_targets(wanted: Sequence[str], card: ModelCard) -> tuple[Target, ...]:
    """What was asked for in the model's terms.

    Raises:
        AgeError: ``age.range`` or ``age.group`` where the model does not offer it.
    """
    targets: list[Target] = []
    for part in wanted:
        if part == ALL:
            targets += [_of_group(group) for group in card.groups] or _every_ten_years(card)
        elif part.replace(".", "", 1).isdecimal():
            targets.append(_of_age(float(part), card))
        else:
            targets.append(_of_group(_group_named(part, card)))
    return tuple({target.label: target for target in targets}.values())


def choose_faces(
    photo: Path, faces: Sequence[Face], wanted: tuple[int, ...] | None
) -> tuple[list[Face], list[str]]:
    """The faces to age, and a sentence for each that is skipped.

    Raises:
        FaceError: ``face.none`` (no face at all), ``face.unknown`` (no face of that number),
            ``face.obstacle`` (none of those asked for can be aged).
    """
    if not faces:
        raise no_face(photo)
    chosen = list(faces)
    if wanted is not None:
        by_index = {face.index: face for face in faces}
        for index in wanted:
            if index not in by_index:
                count = "one face" if len(faces) == 1 else f"{len(faces)} faces"
                raise FaceError(
                    f"There is no face {index} in {photo.name}: it has {count}.",
                    code="face.unknown",
                )
        chosen = [by_index[index] for index in wanted]
    able = [face for face in chosen if face.obstacle is None]
    obstacles = [face.obstacle for face in chosen if face.obstacle is not None]
    if not able:
        raise FaceError(" ".join(obstacles), code="face.obstacle")
    return able, obstacles


def no_face(photo: Path) -> FaceError:
    """The error for a photo without faces."""
    return FaceError(
        f"No face was found in {photo.name}; choose a photo with a face seen from the front.",
        code="face.none",
    )


def _of_age(years: float, card: ModelCard) -> Target:
    if not card.age_min <= years <= card.age_max:
        raise AgeError(
            f"The age {years:g} is out of range: {card.name} takes "
            f"{card.age_min:g} to {card.age_max:g}.",
            code="age.range",
        )
    if card.continuous:
        return Target(f"{years:g}", years)
    for group in card.groups:
        if group.low <= years <= group.high:
            return _of_group(group)
    raise _unknown_group(f"{years:g}", card)


def _of_group(group: AgeGroup) -> Target:
    return Target(group.name.translate(_DASHES), group.target)


def _group_named(name: str, card: ModelCard) -> AgeGroup:
    for group in card.groups:
        if name in (group.name.translate(_DASHES).lower(), f"{group.low:g}-{group.high:g}"):
            return group
    raise _unknown_group(name, card)


def _unknown_group(name: str, card: ModelCard) -> AgeError:
    groups = ", ".join(group.name for group in card.groups) or "none"
    return AgeError(
        f"{card.name} has no age group {name}; its groups are: {groups}.", code="age.group"
    )


def _every_ten_years(card: ModelCard) -> list[Target]:
    first = math.ceil(card.age_min / 10) * 10
    return [Target(f"{age}", float(age)) for age in range(first, int(card.age_max) + 1, 10)]


def _years(text: str) -> float:
    years = _number(text)
    if not 0 <= years <= 116:
        raise argparse.ArgumentTypeError(f"{text!r} is no age of a person (0 to 116)")
    return years


def _fraction(text: str) -> float:
    value = _number(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 0 and 1")
    return value


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
