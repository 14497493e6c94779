"""From an opened file to upright RGB and alpha arrays, whatever the stored mode.

8-bit pictures are taken from Pillow in bands that are written straight to their upright place,
so that a 12-megapixel photo never exists in three copies. 16-bit ones come from OpenCV, since
Pillow holds no 16-bit colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, TiffImagePlugin
from PIL.ImageFile import ImageFile

from engine.domain import PixelArray
from engine.errors import Sentence

_BAND_PIXELS = 1 << 20
_DEEP_NOTICE = Sentence(
    "The file's 16-bit colours are of a kind that can only be read in 8 bits.", "notice.deep"
)


class UnsupportedPixelsError(ValueError):
    """The file's pixels are of a kind that photos do not use, such as 32-bit floats."""


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """Upright pixels of one file.

    Attributes:
        rgb: H×W×3, uint8 or uint16, read-only.
        alpha: H×W in the same dtype, or ``None``.
        icc: profile of ``rgb``; ``None`` means sRGB.
        notices: sentences on what could not be kept.
    """

    rgb: PixelArray
    alpha: PixelArray | None
    icc: bytes | None
    notices: tuple[str, ...]


def planes(image: ImageFile, data: bytes, orientation: int) -> Planes:
    """Decode ``image``, opened from the bytes ``data``, and turn it upright.

    Args:
        image: an opened file.
        data: the file's bytes.
        orientation: EXIF orientation, 1..8.

    Raises:
        UnsupportedPixelsError: 32-bit or floating-point pixels.
        Exception: a decoder's own error on damaged data.
    """
    icc = image.info.get("icc_profile") or None
    deep = _deep_array(data) if is_deep(image, data) else None
    if deep is not None:
        return _deep_planes(image, deep, orientation, icc)
    notices = (_DEEP_NOTICE,) if _claims_16_bits(image, data) else ()
    transform, keep_icc, notice = _to_rgb_transform(image, icc)
    rgb, alpha = _shallow_planes(image, orientation, transform)
    return _frozen(rgb, alpha, icc if keep_icc else None, (*notices, *notice))


def is_deep(image: ImageFile, data: bytes) -> bool:
    """Whether the picture has 16-bit channels that can be kept (PNG, or grey or RGB TIFF)."""
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        plain = image.tag_v2.get(262) in (0, 1, 2) and set(image.tag_v2.get(339, (1,))) == {1}
        return plain and _claims_16_bits(image, data)
    return _claims_16_bits(image, data)


def load_checked(image: ImageFile, data: bytes) -> None:
    """Have Pillow decode, or check that a 16-bit file is whole before OpenCV decodes it.

    OpenCV fills missing rows in silence; Pillow raises.
    """
    if not is_deep(image, data):
        image.load()
    elif isinstance(image, TiffImagePlugin.TiffImageFile):
        for offset_tag, count_tag in ((273, 279), (324, 325)):
            starts, counts = image.tag_v2.get(offset_tag, ()), image.tag_v2.get(count_tag, ())
            if any(s + c > len(data) for s, c in zip(starts, counts, strict=False)):
                raise ValueError("pixel data ends beyond the file")
    else:
        image.load()  # 8 bits only, but it checks the data and reads metadata that follows it


def stored_view(upright: NDArray[Any], orientation: int) -> NDArray[Any]:
    """A view of an upright array in which pixels lie as the file stores them.

    Writing stored pixels into the view turns them upright (EXIF 2.32, tag 0x0112).
    """
    match orientation:
        case 2:
            return upright[:, ::-1]
        case 3:
            return upright[::-1, ::-1]
        case 4:
            return upright[::-1]
        case 5:
            return upright.swapaxes(0, 1)
        case 6:
            return np.rot90(upright, 1)
        case 7:
            return upright[::-1, ::-1].swapaxes(0, 1)
        case 8:
            return np.rot90(upright, -1)
    return upright


def _upright_empty(image: ImageFile, orientation: int, *channels: int, deep: bool) -> PixelArray:
    width, height = image.size if orientation < 5 else image.size[::-1]
    shape = (height, width, *channels)
    return np.empty(shape, np.uint16) if deep else np.empty(shape, np.uint8)


def _frozen(
    rgb: PixelArray, alpha: PixelArray | None, icc: bytes | None, notices: tuple[str, ...]
) -> Planes:
    rgb.flags.writeable = False
    if alpha is not None:
        alpha.flags.writeable = False
    return Planes(rgb, alpha, icc, notices)


# 8 bits ---------------------------------------------------------------------------------------


def _shallow_planes(
    image: ImageFile, orientation: int, transform: ImageCms.ImageCmsTransform | None
) -> tuple[PixelArray, PixelArray | None]:
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        raise UnsupportedPixelsError(image.mode)
    clear = image.has_transparency_data
    rgb = _upright_empty(image, orientation, 3, deep=False)
    alpha = _upright_empty(image, orientation, deep=False) if clear else None
    rgb_out = stored_view(rgb, orientation)
    alpha_out = None if alpha is None else stored_view(alpha, orientation)
    rows = max(1, _BAND_PIXELS // image.width)
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        band: Image.Image = image.crop((0, top, image.width, bottom))
        if alpha_out is not None:
            band = band.convert("RGBA")
            alpha_out[top:bottom] = band.getchannel("A")
        rgb_out[top:bottom] = _band_rgb(band, image.mode, transform)
    return rgb, alpha


def _band_rgb(
    band: Image.Image, mode: str, transform: ImageCms.ImageCmsTransform | None
) -> NDArray[np.uint8]:
    if transform is not None:
        source = "CMYK" if mode == "CMYK" else "L"
        converted = ImageCms.applyTransform(band.convert(source), transform)
        assert converted is not None  # only in-place calls return None
        band = converted
    pixels = np.asarray(band if band.mode in ("RGB", "RGBA") else band.convert("RGB"))
    return pixels[..., :3]


def _to_rgb_transform(
    image: ImageFile, icc: bytes | None
) -> tuple[ImageCms.ImageCmsTransform | None, bool, tuple[str, ...]]:
    """The transform that CMYK or profiled grey needs, whether ``icc`` fits the RGB, a notice."""
    space = icc[16:20] if icc else b""
    if image.mode == "CMYK":
        transform = _transform_to_srgb(icc, "CMYK") if space == b"CMYK" else None
        how = "through its own profile" if transform else "without a profile, colours may differ"
        return (
            transform,
            False,
            (
                Sentence(
                    f"CMYK was converted to sRGB {how}.",
                    "notice.cmyk" if transform else "notice.cmyk_unprofiled",
                ),
            ),
        )
    if space == b"GRAY" and image.mode in ("L", "LA", "1", "P", "PA"):
        transform = _transform_to_srgb(icc, "L")
        return (
            transform,
            False,
            (Sentence("The grey colour profile was replaced by sRGB.", "notice.grey_profile"),),
        )
    if icc and space != b"RGB ":
        return (
            None,
            False,
            (
                Sentence(
                    "The colour profile does not fit the pixels and was left out.", "notice.profile"
                ),
            ),
        )
    return None, True, ()


def _transform_to_srgb(icc: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc or b""))
        return ImageCms.buildTransform(
            profile,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError):
        return None


# 16 bits --------------------------------------------------------------------------------------


def _claims_16_bits(image: ImageFile, data: bytes) -> bool:
    if image.format == "PNG":
        return data[24] == 16
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return set(image.tag_v2.get(258, (1,))) == {16}
    return False


def _deep_array(data: bytes) -> NDArray[np.uint16] | None:
    """OpenCV's decoding, H×W, H×W×3 BGR or H×W×4 BGRA; ``None`` where it is not 16-bit."""
    import cv2

    flags = cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        array = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    except cv2.error:
        return None
    if array is None or array.dtype != np.uint16:
        return None
    return array.astype(np.uint16, copy=False)


def _deep_planes(
    image: ImageFile, array: NDArray[np.uint16], orientation: int, icc: bytes | None
) -> Planes:
    rgb = _upright_empty(image, orientation, 3, deep=True)
    alpha = None
    out = stored_view(rgb, orientation)
    if array.ndim == 2:
        out[...] = array[..., None]
    else:
        out[...] = array[..., 2::-1]
    if array.ndim == 3 and array.shape[2] == 4:
        alpha = _upright_empty(image, orientation, deep=True)
        stored_view(alpha, orientation)[...] = array[..., 3]
    fits = icc is None or icc[16:20] == b"RGB "
    left_out = "The grey colour profile was left out: pixels count as sRGB."
    notice = () if fits else (Sentence(left_out, "notice.grey_profile"),)
    return _frozen(rgb, alpha, icc if fits else None, notice)
