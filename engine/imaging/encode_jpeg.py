"""JPEG, compressed as its source is where there is one. Any thread."""

from __future__ import annotations

from typing import Any

from PIL import Image

from engine.errors import Sentence
from engine.imaging.color import to_8_bits
from engine.imaging.content import Content, extras_of, saved
from engine.imaging.jpeg_blocks import SourceJpeg, carry_over, differ, likeness

FULL_CHROMA_FROM = 90
"""Quality from which colours keep their full resolution, if no source says otherwise."""
_SEGMENT = 65_500
_FAITHFUL = 50.0  # dB


def encode_jpeg(content: Content) -> bytes:
    """JPEG: as ``content.like``, else with full chroma resolution from quality 90."""
    extras = extras_of(content)
    for name, what in (("exif", "EXIF"), ("xmp", "XMP")):
        if len(extras.get(name, b"")) > _SEGMENT:
            del extras[name]
            text = f"The {what} block is too long for a JPEG and was left out."
            content.notices.append(Sentence(text, "notice.too_long", what=what))
    if content.resources:
        extras["extra"] = _photoshop_segments(content.resources)
    if content.comment:
        extras["comment"] = content.comment
    extras |= {"dpi": content.dpi} if content.dpi else {}
    subsampling = 0 if content.quality >= FULL_CHROMA_FROM else 2
    if content.like is None:
        picture = content.picture(alpha=False)
        return saved(picture, "JPEG", quality=content.quality, subsampling=subsampling, **extras)
    return _encode_like(content, content.like, extras)


def _encode_like(content: Content, like: SourceJpeg, extras: dict[str, Any]) -> bytes:
    """Compressed as the source is; its own blocks where nothing changed, if that can be done."""
    options = extras if like.grey else extras | {"subsampling": like.subsampling}

    def encode(picture: Image.Image, **compression: Any) -> bytes:
        picture = picture.convert("L") if like.grey else picture
        return saved(picture, "JPEG", **compression, **options)

    if content.before is None:
        return encode(content.picture(alpha=False), quality=content.quality)
    after = to_8_bits(content.pixels)
    carried = carry_over(
        like, content.before, after, lambda part: encode(Image.fromarray(part), qtables=like.tables)
    )
    if carried is not None:
        return carried
    encoded = encode(content.picture(alpha=False), quality=content.quality)
    decibels = likeness(encoded, after, ~differ(content.before, after))
    if decibels < _FAITHFUL:
        text = f"The whole photo was compressed again: {decibels:.0f} dB like it beside the faces."
        content.notices.append(Sentence(text, "notice.recompressed", decibels=f"{decibels:.0f}"))
    return encoded


def _photoshop_segments(resources: bytes) -> bytes:
    """As many APP13 segments as it takes."""
    head, most = b"Photoshop 3.0\0", _SEGMENT - 20
    parts = [resources[at : at + most] for at in range(0, len(resources), most)]
    return b"".join(
        b"\xff\xed" + (2 + len(head) + len(part)).to_bytes(2, "big") + head + part for part in parts
    )
