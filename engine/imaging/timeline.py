"""One face from young to old: as a sheet of pictures, or as an animation. Any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.aged import AgedFace
from engine.domain import Photo
from engine.errors import ExportError, Sentence
from engine.imaging import video
from engine.imaging.credentials import Claim, Seal
from engine.imaging.export import write_image
from engine.imaging.framing import FILM_MOST, SHEET_MOST, frame_of
from engine.imaging.provenance import AGENT, describe, mark_edited
from engine.imaging.signing import Identity
from engine.imaging.strip import contact_sheet, contact_strip, row_height
from engine.imaging.writing import check_place, write_bytes
from engine.orders import Receipt, TimelineSpec
from engine.tasks import CancelToken, Progress, no_progress

# Blended pictures between two ages; a GIF would grow too much.
_BETWEEN = {".gif": 0, ".webp": 2, ".mp4": 4}
_SHORTEST_MS, _FASTEST_FPS = 20, 60
Pixels = NDArray[np.uint8]
Frame = TypeVar("Frame")


@dataclass(frozen=True)
class _Series:
    """What a writer needs; of the marking each takes the form that its file can hold.

    Attributes:
        pictures: H×W×3 uint8 sRGB, all of one size, in the order to show; at least one.
        captions: one for each picture.
        xmp: the marking for formats that hold XMP; None without.
        note: the marking as a sentence; empty without.
        seal: the content credentials; None without.
        token: checked while frames are encoded, and after it.
    """

    pictures: Sequence[Pixels]
    captions: Sequence[str]
    spec: TimelineSpec
    xmp: bytes | None
    note: str
    seal: Seal | None
    token: CancelToken

    def stoppable(self, frames: Iterable[Frame]) -> Iterator[Frame]:
        """The frames one by one; ends in Cancelled when the user has asked to stop."""
        for frame in frames:
            self.token.check()
            yield frame

    def save(self, data: bytes) -> Receipt:
        """Put the encoded file in its place. Raises Cancelled if that is no longer wanted."""
        self.token.check()
        notices: list[str] = []
        if self.seal is not None:
            data = self.seal.put(data, self.spec.path.suffix, notices)
        write_bytes(data, self.spec.path, overwrite=self.spec.overwrite)
        return Receipt(self.spec.path, len(data), tuple(notices))


def export_timeline(
    photo: Photo,
    faces: Sequence[AgedFace],
    spec: TimelineSpec,
    model: str,
    model_sha256: str = "",
    identity: Identity | None = None,
    *,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Write one face at several ages.

    Args:
        photo: the source of every face.
        faces: one face at different ages, in the order to show; at least one.
        spec: where and how.
        model: name of the model used, for the marking.
        model_sha256: of its weights; empty where unknown.
        identity: who signs; this computer's own certificate without.
        cancel: checked at every picture, before every frame of a GIF or a film (Pillow writes a
            WebP in one go), and before the file is put in its place.
        progress: told after every picture.

    Raises:
        ExportError: ``export.format`` for another suffix, ``export.empty`` without faces,
            ``export.encoder`` for ``.mp4`` where nothing writes one, and as
            :func:`engine.imaging.writing.check_place`.
        Cancelled: asked to stop; nothing is left behind.
    """
    tell, token = progress or no_progress, cancel or CancelToken()
    write = _WRITERS.get(spec.path.suffix.lower())
    if write is None:
        raise ExportError(
            f"{spec.path.name} does not end in .png (a sheet), .gif, .webp or .mp4 (an animation).",
            code="export.format",
            name=spec.path.name,
        )
    if not faces:
        raise ExportError("There is no age to write yet.", code="export.empty")
    if write is _write_film and not video.can_write():
        raise video.failed("no encoder was found")
    check_place(spec.path, photo, overwrite=spec.overwrite)
    token.check()
    most = (SHEET_MOST if write is _write_sheet else FILM_MOST)[spec.framing]
    frame = frame_of(photo, faces[0].aligned, spec.framing, most).in_srgb()
    pictures: list[Pixels] = []
    for done, face in enumerate(faces, start=1):
        token.check()
        pictures.append(frame.picture([face]))
        text = f"Picture {done} of {len(faces)}"
        step = Sentence(text, "work.picture", done=done, total=len(faces))
        tell(0.8 * done / len(faces), step)
    captions = [f"{face.request.target:.0f}" for face in faces]
    xmp = mark_edited(None, model, faces, model_sha256)[0] if spec.mark_ai else None
    words = describe(model, faces, model_sha256)
    note = f"{AGENT}: edited with AI, {words}" if spec.mark_ai else ""
    claim = Claim(photo, model, model_sha256, faces, resized=True)
    seal = Seal(claim, identity) if spec.credentials else None
    token.check()
    receipt = write(_Series(pictures, captions, spec, xmp, note, seal, token))
    tell(1.0, Sentence("Done", "work.done"))
    return receipt


def timeline_formats() -> tuple[str, ...]:
    """The endings of what can be written on this computer, the sheet's first."""
    return tuple(suffix for suffix in _WRITERS if suffix != ".mp4" or video.can_write())


def _write_sheet(series: _Series) -> Receipt:
    height = row_height(series.pictures)
    sheet = contact_sheet(series.pictures, series.captions, height=height)
    spec = series.spec
    return write_image(sheet, spec.path, xmp=series.xmp, overwrite=spec.overwrite, seal=series.seal)


def _write_animation(series: _Series) -> Receipt:
    kind = series.spec.path.suffix.lower()
    there = _there(series, kind)
    frames = _few_colours(there) if kind == ".gif" else [Image.fromarray(one) for one in there]
    frames = _and_back(frames)
    options: dict[str, Any] = (
        {"comment": series.note.encode()} if kind == ".gif" and series.note else {}
    )
    if kind == ".webp":
        options = {"quality": 85, "method": 4} | ({"xmp": series.xmp} if series.xmp else {})
    stream = BytesIO()
    frames[0].save(
        stream,
        format=kind[1:],
        save_all=True,
        append_images=series.stoppable(frames[1:]),
        duration=max(_SHORTEST_MS, series.spec.frame_ms // (_BETWEEN[kind] + 1)),
        loop=0,
        **options,
    )
    return series.save(stream.getvalue())


def _write_film(series: _Series) -> Receipt:
    """A film does not begin again by itself: it rests for a moment at both ends."""
    frames = _and_back(_there(series, ".mp4"))
    fps = round(1000 * (_BETWEEN[".mp4"] + 1) / max(series.spec.frame_ms, _SHORTEST_MS))
    fps = min(max(fps, 1), _FASTEST_FPS)
    rest = [frames[0]] * (fps // 2)
    return series.save(
        video.encode(series.stoppable([*rest, *frames, *rest]), fps=fps, xmp=series.xmp)
    )


def _there(series: _Series, kind: str) -> list[Pixels]:
    """Every frame of an animation, from the first picture to the last."""
    height = row_height(series.pictures)
    return [
        contact_strip([picture], [caption], height=height)
        for picture, caption in _tweened(series, _BETWEEN[kind])
    ]


def _and_back(there: list[Any]) -> list[Any]:
    """The frames, and those between them again in reverse."""
    return [*there, *there[-2:0:-1]]


def _few_colours(frames: Sequence[Pixels]) -> list[Image.Image]:
    """The frames with one palette for all, so that what stays the same looks the same."""
    some = np.concatenate([frames[0], frames[len(frames) // 2], frames[-1]])
    palette = Image.fromarray(some).quantize()
    none = Image.Dither.NONE  # it would carry the face's change over into its surroundings
    return [Image.fromarray(one).quantize(palette=palette, dither=none) for one in frames]


def _tweened(series: _Series, between: int) -> list[tuple[Pixels, str]]:
    """Every picture with its caption, and ``between`` mixtures before the next."""
    pictures, captions = series.pictures, series.captions
    steps = [(pictures[0], captions[0])]
    for n in range(1, len(pictures)):
        before, after = pictures[n - 1].astype(np.float32), pictures[n].astype(np.float32)
        for k in range(1, between + 1):
            share = k / (between + 1)
            mixed = np.rint(before + share * (after - before)).astype(np.uint8)
            steps.append((mixed, captions[n - 1 if share < 0.5 else n]))
        steps.append((pictures[n], captions[n]))
    return steps


_WRITERS: dict[str, Callable[[_Series], Receipt]] = {
    ".png": _write_sheet,
    ".gif": _write_animation,
    ".webp": _write_animation,
    ".mp4": _write_film,
}
