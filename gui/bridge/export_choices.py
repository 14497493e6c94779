"""What an export makes of each photo: its name, how it is written, what if a file is there."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from enum import Enum
from pathlib import Path

from engine.orders import ExportSpec
from gui.bridge.naming import fill, free_name, own_suffix, split_suffix

_JPEG = {".jpg", ".jpeg", ".jpe", ".jfif"}


class Conflict(Enum):
    """What happens where a file of that name is there already."""

    NUMBER = "number"
    SKIP = "skip"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class ExportSource:
    """A photo that can be exported.

    Attributes:
        path: the photo's file.
        ages: what was asked for, as in the file's name: ``"65"`` or ``"25-65"``.
        beside: where its file goes if no folder is chosen.
    """

    path: Path
    ages: str
    beside: Path


@dataclass(frozen=True, slots=True)
class ExportLook:
    """How files are named and written: what a preset keeps.

    Attributes:
        pattern: as in :func:`gui.bridge.naming.fill`; one that ends in a format's ending chooses
            that format. Empty in a preset that leaves names alone.
        suffix: ``.jpg``…, or empty for each photo's own where it can be written.
        quality, max_side, keep_metadata, mark_ai, credentials, keep_place, own_compression,
            visible_mark, sidecar: as in :class:`engine.orders.ExportSpec`.
    """

    pattern: str = "{name}-at-{age}"
    suffix: str = ""
    quality: int = 95
    max_side: int | None = None
    keep_metadata: bool = True
    mark_ai: bool = True
    credentials: bool = True
    keep_place: bool = True
    own_compression: bool = True
    visible_mark: bool = False
    sidecar: bool = False

    def file_name(self, source: ExportSource, number: int) -> str:
        """The name of a photo's file; ``number`` counts the files of one export from 1."""
        pattern, suffix = split_suffix(self.pattern)
        suffix = suffix or self.suffix or own_suffix(source.path)
        name = fill(pattern, name=source.path.stem, age=source.ages, number=number)
        return f"{name}{suffix}"

    def keeps_jpeg(self, source: ExportSource) -> bool:
        """Whether a JPEG is made of a JPEG at its own size."""
        made = Path(self.file_name(source, 1)).suffix.lower()
        return self.max_side is None and {source.path.suffix.lower(), made} <= _JPEG

    def fits(self, other: ExportLook) -> bool:
        """Whether ``other`` is what this preset makes of it."""
        return asdict(self) | ({} if self.pattern else {"pattern": other.pattern}) == asdict(other)


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What the user chose for one export.

    Attributes:
        look: how the files are named and written.
        folder: where they go; ``None`` for beside each photo.
        conflict: what happens where a file is there already.
    """

    look: ExportLook
    folder: Path | None = None
    conflict: Conflict = Conflict.NUMBER

    def wanted(self, source: ExportSource, number: int) -> Path:
        """The file that a photo asks for, before looking whether it is there."""
        return (self.folder or source.beside) / self.look.file_name(source, number)

    def spec(
        self,
        source: ExportSource,
        number: int,
        *,
        taken: Collection[Path] = (),
        originals: Collection[Path] = (),
    ) -> ExportSpec | None:
        """How to write a photo; ``None`` where it is to be skipped.

        Args:
            source: the photo.
            number: counts the files of one export, from 1.
            taken: names given to other files of this export.
            originals: files that are never replaced, whatever was chosen.
        """
        path = self.wanted(source, number)
        there = path.exists()
        replace = self.conflict is Conflict.REPLACE and there
        if self.conflict is Conflict.SKIP and (there or path in taken):
            return None
        if not replace or path in taken or _is_one_of(path, originals):
            path, replace = free_name(path, taken), False
        look = self.look
        return ExportSpec(
            path=path,
            quality=look.quality,
            keep_metadata=look.keep_metadata,
            mark_ai=look.mark_ai,
            overwrite=replace,
            max_side=look.max_side,
            credentials=look.credentials,
            keep_place=look.keep_place,
            own_compression=look.own_compression,
            visible_mark=look.visible_mark,
            sidecar=look.sidecar,
        )


@dataclass(frozen=True, slots=True)
class Foresight:
    """What an export would write.

    Attributes:
        files: in order, under the names they would get.
        there: how many of the names asked for are taken already.
    """

    files: tuple[Path, ...]
    there: int


def foresee(
    sources: Sequence[ExportSource], choices: ExportChoices, originals: Collection[Path]
) -> Foresight:
    """Go through an export without writing anything."""
    files: list[Path] = []
    there = 0
    for number, source in enumerate(sources, start=1):
        wanted = choices.wanted(source, number)
        there += wanted in files or wanted.exists()
        spec = choices.spec(source, number, taken=files, originals=originals)
        if spec is not None:
            files.append(spec.path)
    return Foresight(tuple(files), there)


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """Which photos to export, and how."""

    photos: tuple[Path, ...]
    choices: ExportChoices


@dataclass(frozen=True, slots=True)
class Preset:
    """Choices under a name."""

    name: str
    look: ExportLook
    built_in: bool = False


def presets_to_text(presets: Sequence[Preset]) -> str:
    """The user's own presets as JSON."""
    own = [{"name": p.name} | asdict(p.look) for p in presets if not p.built_in]
    return json.dumps(own, ensure_ascii=False)


def presets_from_text(text: str) -> tuple[Preset, ...]:
    """Read what :func:`presets_to_text` wrote; what makes no sense is left out."""
    try:
        entries = json.loads(text)
    except ValueError:
        return ()
    found = [_preset(entry) for entry in entries] if isinstance(entries, list) else []
    return tuple(preset for preset in found if preset is not None)


def _preset(entry: object) -> Preset | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return None
    kinds = {one.name: type(one.default) for one in fields(ExportLook)}
    kinds["max_side"] = int
    known = {n: entry[n] for n, kind in kinds.items() if isinstance(entry.get(n), kind)}
    return Preset(entry["name"], ExportLook(**known))


def _is_one_of(path: Path, originals: Collection[Path]) -> bool:
    """Whether two names are one file, also where the disk does not tell capitals apart."""
    name = path.name.casefold()
    alike = (one for one in originals if one.name.casefold() == name and one.exists())
    return any(path.samefile(one) for one in alike)
