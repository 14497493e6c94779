"""File names from patterns such as ``{name}-at-{age}``, and names that are free. Any thread."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path

FIELDS = ("name", "age", "number")
WRITABLE = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")
"""Endings of the formats that a photo can be written in."""
CAMERA_RAW = (
    *(".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dng", ".erf", ".iiq", ".kdc", ".mef", ".mos"),
    *(".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".srw", ".x3f"),
)
"""Endings of camera raw files, which are developed and never written."""
_FIELD = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def fill(pattern: str, *, name: str, age: str, number: int) -> str:
    """The pattern with its fields filled in; what no file name may hold becomes a dash.

    Args:
        pattern: words with ``{name}``, ``{age}`` and ``{number}`` in them; other braces stay.
        name: of the photo, without its ending.
        age: what was asked for, ``"65"`` or ``"25-65"``.
        number: counts the files of one export, from 1.
    """
    values = {"name": name, "age": age, "number": f"{number:03d}"}
    filled = _FIELD.sub(lambda field: values.get(field.group(1), field.group(0)), pattern)
    return _FORBIDDEN.sub("-", filled).strip().strip(".")


def unknown_fields(pattern: str) -> list[str]:
    """What stands in braces and is no field."""
    return [found for found in _FIELD.findall(pattern) if found not in FIELDS]


def free_name(path: Path, taken: Container[Path] = ()) -> Path:
    """``path``, or with a number before the suffix where it is taken or a file is there."""
    candidate, number = path, 2
    while candidate in taken or candidate.exists():
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return candidate


def own_suffix(photo: Path) -> str:
    """A photo's own ending in small letters; camera raw becomes ``.tif``, others ``.png``."""
    suffix = photo.suffix.lower()
    if suffix in CAMERA_RAW:
        return ".tif"
    return suffix if suffix in WRITABLE else ".png"


def split_suffix(pattern: str) -> tuple[str, str]:
    """A pattern without the ending that chooses a format, and that ending; else an empty one."""
    for suffix in WRITABLE:
        if pattern.lower().endswith(suffix) and len(pattern) > len(suffix):
            return pattern[: -len(suffix)], suffix
    return pattern, ""
