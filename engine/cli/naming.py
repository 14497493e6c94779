"""Which files a command writes: decided, and checked, before any work is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.cli.export_options import Writing
from engine.cli.options import Target
from engine.domain import Photo
from engine.errors import ExportError

AGE_FIELD = "{age}"
STRIP = "strip"


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to come: one a target by its label, and the strip where there are several."""

    files: Mapping[str, Path]
    strip: Path | None = None

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file."""
        return (*self.files.values(), *([self.strip] if self.strip is not None else []))


def plan_files(photo: Path, output: str | None, targets: Sequence[Target]) -> Plan:
    """Name the files.

    Args:
        photo: the source; without ``output`` the files go beside it.
        output: a file for one target; for several a folder, a name that each age is added to,
            or a pattern with ``{age}`` in it.
        targets: at least one.
    """
    several = len(targets) > 1
    folder = output is None or output.endswith(("/", "\\")) or Path(output).is_dir()
    if output is not None and not folder and not several and AGE_FIELD not in output:
        return Plan({targets[0].label: Path(output)})
    pattern = _pattern(photo, output, folder)
    files = {target.label: Path(pattern.replace(AGE_FIELD, target.label)) for target in targets}
    return Plan(files, Path(pattern.replace(AGE_FIELD, STRIP)) if several else None)


def check_plan(plan: Plan, photo: Photo, writing: Writing) -> None:
    """Find out whether every file could be written.

    Raises ExportError as :func:`engine.imaging.export.check_target`.
    """
    from engine.imaging.export import check_target

    if len(set(plan.all)) < len(plan.all):
        raise ExportError("Several ages would be written to one file.", code="export.exists")
    for path in plan.all:
        check_target(writing.spec(path), photo)


def _pattern(photo: Path, output: str | None, folder: bool) -> str:
    if output is not None and AGE_FIELD in output:
        return output
    if output is None or folder:
        place = photo.parent if output is None else Path(output)
        return str(place / f"{photo.stem}_{AGE_FIELD}{_suffix(photo)}")
    named = Path(output)
    return str(named.with_name(f"{named.stem}_{AGE_FIELD}{named.suffix}"))


def _suffix(photo: Path) -> str:
    """The photo's own suffix if it can be written, else TIFF's for camera raw and PNG's."""
    from engine.imaging.encode import FORMATS
    from engine.imaging.formats import CAMERA_RAW

    if photo.suffix.lower() in CAMERA_RAW:
        return ".tif"
    return photo.suffix if photo.suffix.lower() in FORMATS else ".png"
