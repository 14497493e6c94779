r"""What a photo's file carries beside the picture and cannot be kept: said once, before any work.

Pure functions; any thread.
"""

from __future__ import annotations

from PIL import TiffImagePlugin
from PIL.ImageFile import ImageFile

from engine.errors import Sentence
from engine.imaging import tiff

ANIMATION = Sentence(
    "The file is an animation; only its first picture is used.", "notice.animation"
)
_ANIMATED = ("GIF", "PNG", "WEBP", "AVIF")
_HEAD = 1 << 16
_GAIN_MAPS = (
    b"hdrgm:Version",
    b"urn:iso:std:iso:ts:21496:-1",
    b"urn:com:apple:photo:2020:aux:hdrgainmap",
    b"http://ns.apple.com/HDRGainMap/",
    b"tmap",
)
_MOTION = (b"GCamera:MotionPhoto=", b"GCamera:MicroVideo=", b"MotionPhoto_Data")


def notices(image: ImageFile, data: bytes, xmp: bytes | None) -> tuple[str, ...]:
    """Sentences on gain maps, moving parts, depth, layers and further pictures.

    Args:
        image: the opened file.
        data: its bytes.
        xmp: its packet.
    """
    said = []
    if _has_gain_map(image, data, xmp or b""):
        text = "The photo's HDR gain map cannot be kept; the result has standard brightness."
        said.append(Sentence(text, "notice.gain_map"))
    elif image.format == "MPO" and not _only_previews(image):
        said.append(_frames())
    if any(mark in (xmp or b"") for mark in _MOTION[:2]) or _MOTION[2] in data:
        text = "The photo's moving part cannot be kept; only the still picture is used."
        said.append(Sentence(text, "notice.motion"))
    if b"HasExtendedXMP" in (xmp or b""):
        text = "The photo's XMP metadata is split; only its main part can be kept."
        said.append(Sentence(text, "notice.split_xmp"))
    if image.info.get("depth_images") or b"GDepth:Data" in data[:_HEAD]:
        text = "The photo's depth map cannot be kept."
        said.append(Sentence(text, "notice.depth_map"))
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return (*said, *tiff_notices(image.tag_v2))
    return (*said, *_more_pictures(image))


def tiff_notices(tags: tiff.Tags) -> tuple[str, ...]:
    """Sentences on the layers and further pages of a TIFF."""
    text = "The file's layers cannot be kept; the flattened picture is used."
    layers = (Sentence(text, "notice.layers"),) if tiff.LAYERS in tags else ()
    return (*layers, *([_frames()] if tags.next else []))


def _has_gain_map(image: ImageFile, data: bytes, xmp: bytes) -> bool:
    if image.format in ("JPEG", "MPO"):
        return any(mark in data for mark in _GAIN_MAPS[:4]) or b"hdrgm:" in xmp
    if image.format in ("HEIF", "AVIF"):
        return any(mark in data[:_HEAD] for mark in _GAIN_MAPS[2:])
    return False


def _only_previews(image: ImageFile) -> bool:
    """Whether an MPO's further pictures are smaller copies of the first, as cameras write them."""
    index = getattr(image, "mpinfo", {}).get(0xB002, ())
    kinds = [str(entry.get("Attribute", {}).get("MPType", "")) for entry in index[1:]]
    return bool(kinds) and all(kind.startswith("Large Thumbnail") for kind in kinds)


def _more_pictures(image: ImageFile) -> tuple[str, ...]:
    if image.format == "MPO" or not getattr(image, "is_animated", False):
        return ()
    if image.format in _ANIMATED:
        return (ANIMATION,)
    return (_frames(),)


def _frames() -> Sentence:
    return Sentence("The file holds several pictures; only the first is used.", "notice.frames")
