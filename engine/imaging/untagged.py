"""What the colours of a file mean that embeds no profile, as a profile. Any thread."""

from __future__ import annotations

from PIL import Image
from PIL.ImageFile import ImageFile

from engine.errors import Sentence
from engine.imaging.standard_profiles import (
    Primaries,
    adobe_rgb,
    chromatic_profile,
    coded_profile,
    is_hdr,
)
from engine.imaging.tiff import DAMAGE

_EXIF, _INTEROPERABILITY, _COLOUR_SPACE = 0x8769, 0xA005, 0xA001
_ADOBE, _UNCALIBRATED = 2, 0xFFFF
HDR = Sentence(
    "The photo is in HDR; the result keeps it, but brighter than white is seen as white.",
    "notice.hdr",
)


def codes_of(data: bytes, kind: str) -> tuple[int, int] | None:
    """Primaries and transfer of H.273 that a HEIC, AVIF or PNG file names, if it names any."""
    mark = b"cICP" if kind == "PNG" else b"colrnclx"
    if kind not in ("PNG", "HEIF", "AVIF") or (found := data.find(mark)) < 0:
        return None
    at = found + len(mark)
    wide = 1 if kind == "PNG" else 2
    codes = data[at : at + 2 * wide]
    if len(codes) < 2 * wide:
        return None
    return int.from_bytes(codes[:wide], "big"), int.from_bytes(codes[wide:], "big")


def meant_profile(
    image: ImageFile, data: bytes, exif: bytes | None
) -> tuple[bytes | None, tuple[str, ...]]:
    """The profile of a file that embeds none, ``None`` for sRGB; and what to say of it."""
    codes = codes_of(data, str(image.format))
    if codes is not None:
        return coded_profile(*codes), (HDR,) if is_hdr(codes[1]) else ()
    if image.format == "PNG":
        return _of_chromaticities(image), ()
    return (adobe_rgb() if _names_adobe_rgb(exif) else None), ()


def _of_chromaticities(image: ImageFile) -> bytes | None:
    """PNG's gAMA and cHRM, where no sRGB chunk overrules them."""
    gamma, places = image.info.get("gamma"), image.info.get("chromaticity")
    if "srgb" in image.info or not gamma or not places:
        return None
    white, red, green, blue = (tuple(places[i : i + 2]) for i in range(0, 8, 2))
    primaries: Primaries = (red, green, blue)
    return chromatic_profile(white, primaries, 1 / gamma)


def _names_adobe_rgb(block: bytes | None) -> bool:
    """Whether EXIF says Adobe RGB the way cameras do (DCF 2.0: uncalibrated and R03)."""
    exif = Image.Exif()
    try:
        exif.load(block or b"")
        space = exif.get_ifd(_EXIF).get(_COLOUR_SPACE)
        if space != _UNCALIBRATED:
            return bool(space == _ADOBE)
        return str(exif.get_ifd(_INTEROPERABILITY).get(1))[:3] == "R03"
    except DAMAGE:
        return False
