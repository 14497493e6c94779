"""Data sets whose file names are the labels: UTKFace, CACD, and folders that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.training.sources.sample import Sample, pictures

_UTK_NAME = re.compile(r"^(\d{1,3})_([01])_([0-4])_\d+")
_CACD_NAME = re.compile(r"^(\d{1,3})_(.+)_(\d{4})$")


def utkface(root: Path) -> Iterator[Sample]:
    """UTKFace: ``age_gender_race_date.jpg.chip.jpg``; broken names are passed over."""
    for path in pictures(root):
        match = _UTK_NAME.match(path.name)
        if match:
            age, gender, race = (int(part) for part in match.groups())
            yield Sample(path, float(age), gender, race, "utkface")


def cacd(root: Path) -> Iterator[Sample]:
    """CACD: ``age_First_Last_0001.jpg``; the name is the subject, broken names are passed over.

    B.-C. Chen et al., "Cross-Age Reference Coding for Age-Invariant Face Recognition and
    Retrieval", ECCV 2014. Its ages come from the year of a search and are noisy.
    """
    for path in pictures(root):
        match = _CACD_NAME.match(path.stem)
        if match:
            yield Sample(path, float(match[1]), -1, -1, "cacd", subject=match[2])


def folder(root: Path) -> Iterator[Sample]:
    """Any folder of pictures, nothing known of the people (FFHQ and the like)."""
    for path in pictures(root):
        yield Sample(path, None, -1, -1, root.name)
