"""Files whose headers Pillow reads: all but camera raw and JPEG XL. Any thread, one at a time."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin, UnidentifiedImageError
from PIL.ImageFile import ImageFile

from engine.errors import Sentence
from engine.imaging import carried, decode, deep, jpeg, refusals, tiff
from engine.imaging.metadata import carried_along, exif_orientation, normalise_exif
from engine.imaging.untagged import meant_profile
from engine.imaging.upright import Contents

# Retouched photos carry histories that are longer than what Pillow takes for an attack.
PngImagePlugin.MAX_TEXT_CHUNK = 16 * 1024**2
_DEFLATE_MOST = 1040  # deflate cannot shrink more than 1032 times
_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DAMAGED_PROFILE = Sentence(
    "The colour profile is damaged and was left out; colours count as sRGB.",
    "notice.profile_damaged",
)


def read(data: bytes, kind: str, limit: int) -> Contents:
    """Decode the first picture of a file.

    Args:
        data: the file's bytes.
        kind: Pillow's name of its format.
        limit: most pixels.

    Raises:
        ClaimError: the header claims more than ``limit`` pixels or than the file can hold.
        UnsupportedPixelsError: pixels of a kind that photos do not use.
        Exception: a decoder's own error on damaged data.
    """
    if kind == "TIFF" and tiff.is_float(tags := tiff.read_tags(data)):
        return _read_float(data, tags, limit)
    image = _open(data, kind, limit)
    _check_claim(image, data, limit)
    return _decode(image, data)


def _open(data: bytes, kind: str, limit: int) -> ImageFile:
    """Parse the header only."""
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    if kind == "JPEG" and (frame := jpeg.read_frame(data)) is not None and not frame.usual:
        raise refusals.UnsupportedPixelsError(f"{frame.bits}-bit or lossless JPEG")
    Image.MAX_IMAGE_PIXELS = limit  # Pillow's own guard would refuse real 200 MP photos
    try:
        return Image.open(BytesIO(data), formats=[kind])
    except Image.DecompressionBombError as error:
        raise refusals.ClaimError("more") from error
    except UnidentifiedImageError as error:
        if kind == "TIFF" and (odd := tiff.odd_pixels(tiff.read_tags(data))):
            raise refusals.UnsupportedPixelsError(odd) from error
        raise


def _check_claim(image: ImageFile, data: bytes, limit: int) -> None:
    """Refuse sizes that are out of bounds or that the file cannot hold."""
    width, height = image.size
    is_png = image.format == "PNG"
    refusals.check_claim(width, height, len(data), limit=limit, roomy=is_png)
    if is_png:
        bits = data[24] * _PNG_CHANNELS.get(data[25], 1)
        if height * (1 + width * bits // 8) > _DEFLATE_MOST * len(data):
            raise ValueError("fewer pixels than the header claims")


def _decode(image: ImageFile, data: bytes) -> Contents:
    decode.load_checked(image, data)
    exif, turn = _exif_and_turn(image, data)
    icc, said = _profile(image, data, exif)
    planes = decode.planes(image, data, turn, icc)
    found = image.info.get("xmp")
    xmp = found.encode() if isinstance(found, str) else found or None
    return Contents(
        planes=planes,
        format="JPEG" if image.format == "MPO" else str(image.format),
        exif=exif,
        xmp=xmp,
        along=carried_along(image, data),
        notices=(*said, *carried.notices(image, data, xmp)),
    )


def _exif_and_turn(image: ImageFile, data: bytes) -> tuple[bytes | None, int]:
    """The EXIF block as found, and how the picture lies, 1..8."""
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return normalise_exif(tiff.exif_of(data)), tiff.orientation_of(image.tag_v2)
    exif = normalise_exif(_exif_of(image))
    return exif, exif_orientation(exif)


def _exif_of(image: ImageFile) -> bytes | None:
    exif = image.info.get("exif")
    if exif is None and "Raw profile type exif" in image.info:
        return image.getexif().tobytes()
    return bytes(exif) if exif else None


def _profile(
    image: ImageFile, data: bytes, exif: bytes | None
) -> tuple[bytes | None, tuple[str, ...]]:
    """The profile that the file embeds or means, and what to say of it."""
    icc = image.info.get("icc_profile") or None
    return meant_profile(image, data, exif) if icc is None else checked_profile(icc)


def checked_profile(icc: bytes | None) -> tuple[bytes | None, tuple[str, ...]]:
    """An embedded profile, ``None`` where it is damaged; and what to say of it."""
    try:
        if icc is not None:
            ImageCms.ImageCmsProfile(BytesIO(icc))
    except (ImageCms.PyCMSError, OSError):
        return None, (_DAMAGED_PROFILE,)
    return icc, ()


def _read_float(data: bytes, tags: tiff.Tags, limit: int) -> Contents:
    """A floating-point TIFF, most kinds of which Pillow does not open."""
    width, height = int(tags.get(tiff.WIDTH, 0)), int(tags.get(tiff.HEIGHT, 0))
    refusals.check_claim(width, height, len(data), limit=limit)
    icc, xmp = (tags.get(tag) or None for tag in (tiff.ICC, tiff.XMP))
    icc, said = checked_profile(icc)
    return Contents(
        planes=deep.float_planes(data, tags, icc),
        format="TIFF",
        exif=normalise_exif(tiff.exif_of(data)),
        xmp=xmp,
        notices=(*said, *carried.tiff_notices(tags)),
    )
