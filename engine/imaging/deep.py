"""Pictures of more than 8 bits a channel, which Pillow does not hold. Any thread.

They come from OpenCV (PNG, TIFF, AVIF) and pillow-heif (HEIC) as uint16 over the whole range,
0..65535, in which 10 and 12 bits are told apart exactly.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import TiffImagePlugin
from PIL.ImageFile import ImageFile

from engine.errors import Sentence
from engine.imaging import tiff
from engine.imaging.opencv_files import decoded
from engine.imaging.refusals import UnsupportedPixelsError
from engine.imaging.standard_profiles import fitting_profile
from engine.imaging.tiff_pixels import read_pixels
from engine.imaging.upright import Planes, frozen, turned

_FULL = 65535
_PNG_GREY_ALPHA = 4
_BAND = 1 << 18
_FLOAT = Sentence(
    "The file's floating-point colours were brought into 16 bits; what is darker than black or "
    "brighter than white was cut.",
    "notice.float",
)


def depth_of(image: ImageFile, data: bytes) -> int:
    """Bits a channel that the file says it has, as far as it matters whether they exceed 8."""
    if image.format == "PNG":
        return data[24]
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return max(tiff.bits_of(image.tag_v2))
    if image.format == "HEIF":
        return int(image.info.get("bit_depth", 8))
    return _avif_depth(data) if image.format == "AVIF" else 8


def can_be_kept(image: ImageFile, data: bytes) -> bool:
    """Whether the picture has more than 8 bits, in a form that :func:`read_deep` takes."""
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        plain = image.tag_v2.get(tiff.PHOTOMETRIC) in (0, 1, 2)
        whole_numbers = set(image.tag_v2.get(tiff.SAMPLE_FORMAT, (1,))) == {1}
        return plain and whole_numbers and tiff.bits_of(image.tag_v2) == {16}
    return depth_of(image, data) > 8


def read_deep(image: ImageFile, data: bytes) -> NDArray[np.uint16] | None:
    """Decode: stored H×W×1, ×2 (with alpha), ×3 or ×4, RGB order, 0..65535.

    Returns:
        ``None`` where the decoder has no more than 8 bits to give, or another size than the
        header claims.
    """
    bits, size = depth_of(image, data), image.size
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        array, tags = read_pixels(data, image.tag_v2), image.tag_v2
        size = tags[tiff.WIDTH], tags[tiff.HEIGHT]  # Pillow's own size is the upright one
    else:
        array = _from_heif(data, bits) if image.format == "HEIF" else decoded(data)
    if array is None or array.dtype != np.uint16 or array.shape[1::-1] != size:
        return None
    if image.format == "PNG" and data[25] == _PNG_GREY_ALPHA and array.shape[2] == 4:
        array = array[..., 2:]  # OpenCV makes three of a PNG's one grey channel
    return _widened(array, bits)


def deep_planes(stored: NDArray[np.uint16], orientation: int, icc: bytes | None) -> Planes:
    """Upright planes of what :func:`read_deep` gives; a grey profile becomes one for RGB."""
    channels = stored.shape[2]
    colour = stored[..., :3] if channels >= 3 else stored[..., :1]
    cover = stored[..., -1] if channels in (2, 4) else None
    rgb = turned(np.broadcast_to(colour, (*stored.shape[:2], 3)), orientation)
    alpha = None if cover is None else turned(cover, orientation)
    return frozen(rgb, alpha, *fitting_profile(icc, grey=channels < 3))


def float_planes(data: bytes, tags: tiff.Tags, icc: bytes | None) -> Planes:
    """A floating-point TIFF, 0..1 from black to white, as 16 bits.

    Raises:
        UnsupportedPixelsError: neither 32 nor 64 bits, or neither grey nor RGB.
        ValueError: the file is not whole.
    """
    bits = tiff.bits_of(tags)
    if not bits <= {32, 64} or tags.get(tiff.PHOTOMETRIC) not in (0, 1, 2):
        raise UnsupportedPixelsError(f"{max(bits)}-bit float")
    if not tiff.is_whole(tags, len(data)):
        raise ValueError("pixel data ends beyond the file")
    array = read_pixels(data, tags)
    if array is None or array.dtype not in (np.float32, np.float64):
        raise UnsupportedPixelsError(f"{max(bits)}-bit float")
    if array.shape[1::-1] != (tags.get(tiff.WIDTH), tags.get(tiff.HEIGHT)):
        raise ValueError("another size than the header claims")
    planes = deep_planes(_from_floats(array), tiff.orientation_of(tags), icc)
    return Planes(planes.rgb, planes.alpha, planes.icc, (_FLOAT, *planes.notices))


def _from_floats(array: NDArray[Any]) -> NDArray[np.uint16]:
    out = np.empty(array.shape, np.uint16)
    rows = max(1, _BAND // array.shape[1])
    for top in range(0, len(array), rows):
        band = np.nan_to_num(array[top : top + rows], nan=0.0, posinf=1.0, neginf=0.0)
        out[top : top + rows] = np.rint(np.clip(band, 0, 1) * _FULL)
    return out


def _widened(array: NDArray[np.uint16], bits: int) -> NDArray[np.uint16]:
    """Codes of ``bits`` bits over the whole range of 16, rounded to the nearest."""
    if bits >= 16:
        return array
    top = (1 << bits) - 1
    codes = np.arange(top + 1, dtype=np.uint32)
    table = ((codes * _FULL + top // 2) // top).astype(np.uint16)
    return table[np.minimum(array, top)]


def _from_heif(data: bytes, bits: int) -> NDArray[Any]:
    """pillow-heif's decoding, H×W×channels; it puts the codes into the highest of 16 bits."""
    from pillow_heif import open_heif

    array = np.asarray(open_heif(BytesIO(data), convert_hdr_to_8bit=False))
    codes = array >> (16 - bits) if array.dtype == np.uint16 else array
    return codes if codes.ndim == 3 else codes[..., None]


def _avif_depth(data: bytes) -> int:
    """The depth of the first picture's ``av1C`` box (AV1-ISOBMFF, 2.3.3)."""
    at = data.find(b"av1C")
    flags = data[at + 6] if 0 <= at < len(data) - 6 else 0
    if not flags & 0x40:
        return 8
    return 12 if flags & 0x20 else 10
