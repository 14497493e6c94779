"""What is to be written, how and where, and what came of it. Values only; any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path

from engine.domain import AgeRequest, Box


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """How and where to write a result.

    Attributes:
        path: the file to write; its suffix chooses the format.
        quality: 1..100 for lossy formats.
        keep_metadata: carry EXIF, XMP over (the ICC profile is always kept).
        mark_ai: write the AI-edit marking (XMP DigitalSourceType and a history entry).
        credentials: sign the file with C2PA content credentials, where its format holds them.
        keep_place: of the metadata, carry over where the photo was taken (GPS), too.
        own_compression: JPEG to JPEG at the photo's own size: use the source's quantisation tables
            and keep its compressed blocks wherever no face touches; ``quality`` counts elsewhere.
        sidecar: also write how it was made, as a recipe beside it.
        when: the time that marking and recipe tell; now without.
        visible_mark: also write "Edited with AI" into the picture's lower right corner.
        overwrite: replace an existing file (never the source photo, whatever this says).
        max_side: longest side of the file's picture in pixels; a smaller one keeps its size, and
            ``None`` keeps every photo's own.
    """

    path: Path
    quality: int = 95
    keep_metadata: bool = True
    mark_ai: bool = True
    overwrite: bool = False
    max_side: int | None = None
    credentials: bool = True
    keep_place: bool = True
    own_compression: bool = True
    sidecar: bool = False
    when: datetime | None = None
    visible_mark: bool = False


@dataclass(frozen=True, slots=True)
class RecipeFace:
    """One face of a recipe.

    Attributes:
        request: what was asked for it.
        box: where it was found.
        drawn: the box it was found in, if the user drew one.
        age: its estimated age then.
    """

    request: AgeRequest
    box: Box
    drawn: Box | None = None
    age: float | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a result was made.

    Attributes:
        photo: the source's file.
        sha256: hex digest of its bytes.
        model: name of the model used.
        model_sha256: of its weights.
        faces: what was done, in the order it was asked for.
        spec: how the result was written, and when; beside the recipe.
        versions: of the program and Python.
    """

    photo: Path
    sha256: str
    model: str
    model_sha256: str
    faces: tuple[RecipeFace, ...]
    spec: ExportSpec
    versions: Mapping[str, str] = field(default_factory=dict)


class Framing(Enum):
    """What pictures of a face at several ages show.

    Members:
        FACE: the part of the photo around the face, as upright as in the photo, cut at its edges.
        ALIGNED: a square around the face, turned so that the eyes are level.
        PHOTO: the whole photo, scaled down; what is no aged face is the same in every picture.
    """

    FACE = "face"
    ALIGNED = "aligned"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class TimelineSpec:
    """How and where to write one face at several ages.

    Attributes:
        path: the file to write: ``.png`` for a sheet of pictures, ``.gif``, ``.webp`` or (where
            there is an encoder) ``.mp4`` for an animation from young to old and back.
        frame_ms: how long the animation rests at each age, 20 or more.
        mark_ai: write the AI-edit marking.
        overwrite: replace an existing file (never the source photo).
        credentials: sign the file with C2PA content credentials.
        framing: what the pictures show.
    """

    path: Path
    frame_ms: int = 180
    mark_ai: bool = True
    overwrite: bool = False
    credentials: bool = True
    framing: Framing = Framing.FACE


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an export wrote; ``sidecar`` is the recipe beside it."""

    path: Path
    size_bytes: int
    notices: tuple[str, ...] = ()
    sidecar: Path | None = None
