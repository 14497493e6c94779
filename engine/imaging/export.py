"""Write results: encoded and signed in memory, then put in their place as a whole.

May be called from any thread.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.aged import AgingResult
from engine.domain import Photo, PixelArray
from engine.errors import ExportError, Sentence
from engine.imaging.color import to_srgb8
from engine.imaging.content import Content
from engine.imaging.credentials import Claim, Seal
from engine.imaging.encode import FORMATS, Format
from engine.imaging.exif import THUMBNAIL, with_size, with_thumbnail, without_place
from engine.imaging.jpeg_blocks import source_jpeg
from engine.imaging.metadata import without_previews
from engine.imaging.provenance import mark_edited
from engine.imaging.recipe import recipe_text, sidecar_of
from engine.imaging.resize import shrink
from engine.imaging.signing import Identity
from engine.imaging.source_file import source_bytes
from engine.imaging.tidy_xmp import tidied
from engine.imaging.visible_mark import with_visible_mark
from engine.imaging.writing import check_place, write_bytes
from engine.orders import ExportSpec, Receipt


def export_result(
    result: AgingResult, spec: ExportSpec, identity: Identity | None = None
) -> Receipt:
    """Write a result with the source's profile and metadata, the AI-edit marking and credentials.

    Args:
        result: pixels in the source's depth and colour space.
        spec: where and how.
        identity: who signs; this computer's own certificate without.

    Returns:
        The path, its size, and notices on what the format could not take.

    Raises:
        ExportError: see :func:`check_target`; nothing is left behind.
    """
    check_target(spec, result.photo)
    spec = replace(spec, when=spec.when or datetime.now(UTC))
    photo, notices = result.photo, list[str]()
    pixels = shrink(result.pixels, spec.max_side)
    same_size = pixels.shape == result.pixels.shape
    if spec.visible_mark:
        pixels = with_visible_mark(pixels)
    content = Content(
        pixels=pixels,
        alpha=None if photo.alpha is None else shrink(photo.alpha, spec.max_side),
        icc=photo.icc,
        xmp=_packet(result, spec, _size(pixels), notices),
        dpi=photo.dpi,
        quality=spec.quality,
        notices=notices,
    )
    if spec.keep_metadata:
        content = replace(content, **_kept(photo, spec, pixels))
    if spec.path.suffix.lower() in (".jpg", ".jpeg") and photo.format == "JPEG":
        data = source_bytes(photo)
        like = None if data is None else source_jpeg(data)
        before = photo.pixels if spec.own_compression and same_size else None
        content = replace(content, like=like, before=before)
    claim = Claim(
        photo,
        result.model,
        result.model_sha256,
        result.faces,
        result.found,
        resized=not same_size,
        named=spec.keep_metadata,
    )
    seal = Seal(claim, identity) if spec.credentials else None
    receipt = _write(content, spec.path, overwrite=spec.overwrite, seal=seal)
    if not spec.sidecar:
        return receipt
    sidecar = sidecar_of(spec.path, overwrite=spec.overwrite)
    text = recipe_text(result, spec, sidecar)
    write_bytes(text.encode(), sidecar, overwrite=spec.overwrite)
    return replace(receipt, sidecar=sidecar)


def _size(pixels: PixelArray) -> tuple[int, int]:
    return int(pixels.shape[1]), int(pixels.shape[0])


def _kept(photo: Photo, spec: ExportSpec, pixels: PixelArray) -> dict[str, Any]:
    """The source's metadata as it holds for the result, under the names of :class:`Content`."""
    exif = photo.exif
    if exif is not None:
        exif = with_size(exif, *_size(pixels))
        exif = exif if spec.keep_place else without_place(exif)
        exif = with_thumbnail(exif, lambda: _small_srgb(pixels, photo.icc))
    resources = without_previews(photo.resources) if photo.resources else None
    return {
        "exif": exif,
        "resources": resources,
        "comment": photo.comment,
        "texts": photo.texts,
    }


def _small_srgb(pixels: PixelArray, icc: bytes | None) -> NDArray[np.uint8]:
    """The result as small as a thumbnail needs it."""
    return to_srgb8(shrink(pixels, 4 * THUMBNAIL), icc)


def _packet(
    result: AgingResult, spec: ExportSpec, size: tuple[int, int], notices: list[str]
) -> bytes | None:
    """The source's XMP packet as it holds for the result, with the marking if asked for."""
    packet = result.photo.xmp if spec.keep_metadata else None
    xmp = tidied(packet, size, place=spec.keep_place) if packet else None
    if not spec.mark_ai:
        return xmp
    marked, lost = mark_edited(xmp, result.model, result.faces, result.model_sha256, when=spec.when)
    if lost:
        text = "The photo's XMP packet is damaged and was replaced."
        notices.append(Sentence(text, "notice.xmp"))
    return marked


def write_image(
    pixels: PixelArray,
    path: Path,
    *,
    icc: bytes | None = None,
    xmp: bytes | None = None,
    quality: int = 95,
    overwrite: bool = False,
    seal: Seal | None = None,
) -> Receipt:
    """Write a plain picture, such as a strip.

    Args:
        pixels: H×W×3 RGB, uint8 or uint16.
        path: the file; its suffix chooses the format.
        icc: profile of the pixels, ``None`` for sRGB.
        xmp: packet to embed, or ``None``.
        quality: 1..100 for lossy formats.
        overwrite: replace an existing file.
        seal: content credentials to put in, or ``None``.

    Raises:
        ExportError: as :func:`check_target`.
    """
    check_target(ExportSpec(path=path, quality=quality, overwrite=overwrite))
    content = Content(pixels=pixels, icc=icc, xmp=xmp, quality=quality)
    return _write(content, path, overwrite=overwrite, seal=seal)


def check_target(spec: ExportSpec, photo: Photo | None = None) -> None:
    """Find out before any work whether a result could be written.

    Raises:
        ExportError: ``export.format`` (unknown suffix, photo too large for it, quality out of
            range), ``export.size``, ``export.folder_missing``, ``export.same_as_source``,
            ``export.exists``, ``export.read_only`` or ``export.full``.
    """
    path = spec.path
    chosen = _format(path)
    if spec.max_side is not None and spec.max_side < 1:
        raise ExportError("The longest side must be 1 pixel or more.", code="export.size")
    if not 1 <= spec.quality <= 100:
        text = f"Quality {spec.quality} is not between 1 and 100."
        raise ExportError(Sentence(text, "export.quality"), code="export.format")
    side = 0 if photo is None else min(max(photo.size), spec.max_side or max(photo.size))
    if side > chosen.max_side:
        raise _too_wide(path, chosen)
    check_place(path, photo, overwrite=spec.overwrite)
    if spec.sidecar:
        check_place(sidecar_of(path, overwrite=spec.overwrite), photo, overwrite=spec.overwrite)


def _format(path: Path) -> Format:
    chosen = FORMATS.get(path.suffix.lower())
    if chosen is None:
        raise ExportError(
            f"{path.name} does not end in a format that can be written. "
            f"Use one of {', '.join(sorted(FORMATS))}.",
            code="export.format",
            name=path.name,
        )
    return chosen


def _too_wide(path: Path, chosen: Format) -> ExportError:
    return ExportError(
        f"The photo is too large for {path.suffix} ({chosen.max_side} pixels a side at most). "
        "Use .png or .tiff.",
        code="export.format",
        name=path.name,
    )


def _write(content: Content, path: Path, *, overwrite: bool, seal: Seal | None) -> Receipt:
    chosen = _format(path)
    if max(content.pixels.shape[:2]) > chosen.max_side:
        raise _too_wide(path, chosen)
    try:
        data = chosen.encode(content)
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        raise ExportError(
            f"{path.name} cannot be encoded as {path.suffix}: {error}. Try .png.",
            code="export.format",
            name=path.name,
        ) from error
    if seal is not None:
        data = seal.put(data, path.suffix, content.notices)
    write_bytes(data, path, overwrite=overwrite)
    return Receipt(path=path, size_bytes=len(data), notices=tuple(content.notices))
