"""From a file that Pillow opens to upright RGB and alpha arrays, whatever the stored mode.

8-bit pictures are taken from Pillow in bands that are written straight to their upright place,
so that a photo never exists in three copies; deeper ones go through :mod:`engine.imaging.deep`.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, TiffImagePlugin
from PIL.ImageFile import ImageFile

from engine.domain import PixelArray
from engine.errors import Sentence
from engine.imaging import deep, jpeg, tiff
from engine.imaging.opencv_files import decoded_rgb8
from engine.imaging.refusals import UnsupportedPixelsError
from engine.imaging.standard_profiles import fitting_profile, rgb_of_grey
from engine.imaging.upright import Planes, frozen, stored_view, turned

_BAND_PIXELS = 1 << 20
_GREY_MODES = ("L", "LA", "1", "P", "PA")
_CMYK_PROFILED = Sentence("CMYK was converted to sRGB through its own profile.", "notice.cmyk")
_CMYK_PLAIN = Sentence(
    "CMYK was converted to sRGB without a profile, colours may differ.", "notice.cmyk_unprofiled"
)
DEEP_NOTICE = Sentence(
    "The file has more than 8 bits a colour, in a form of which only 8 bits can be read.",
    "notice.deep",
)


def load_checked(image: ImageFile, data: bytes) -> None:
    """Have Pillow decode, or check that a deeper file is whole before others decode it.

    OpenCV fills missing rows of a PNG or TIFF in silence; Pillow raises.
    """
    if _is_plain_jpeg(image, data):
        return
    if not deep.can_be_kept(image, data):
        image.load()
    elif isinstance(image, TiffImagePlugin.TiffImageFile):
        if not tiff.is_whole(image.tag_v2, len(data)):
            raise ValueError("pixel data ends beyond the file")
    elif image.format == "PNG":
        image.load()  # 8 bits only, but it checks the data and reads metadata that follows it


def planes(image: ImageFile, data: bytes, orientation: int, icc: bytes | None) -> Planes:
    """Decode ``image``, opened from the bytes ``data``, and turn it upright.

    Args:
        image: an opened file.
        data: the file's bytes.
        orientation: EXIF orientation, 1..8.
        icc: the profile that the file embeds or means, if any.

    Raises:
        UnsupportedPixelsError: 32-bit whole numbers and the like.
        Exception: a decoder's own error on damaged data.
    """
    if _is_plain_jpeg(image, data) and (direct := decoded_rgb8(data, image.size)) is not None:
        return frozen(turned(direct, orientation), None, *fitting_profile(icc, grey=False))
    stored = deep.read_deep(image, data) if deep.can_be_kept(image, data) else None
    if stored is not None:
        return deep.deep_planes(stored, orientation, icc)
    image.load()
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        orientation = 1  # Pillow has turned it
    notices = (DEEP_NOTICE,) if deep.depth_of(image, data) > 8 else ()
    transform, kept, notice = _to_rgb_transform(image, icc)
    rgb, alpha = _shallow_planes(image, orientation, transform)
    return frozen(rgb, alpha, kept, (*notices, *notice))


def _is_plain_jpeg(image: ImageFile, data: bytes) -> bool:
    """Whether OpenCV can decode the file: as Pillow would, without Pillow's fourth byte a pixel."""
    return image.format in ("JPEG", "MPO") and image.mode == "RGB" and jpeg.is_whole(data)


def _upright_empty(image: ImageFile, orientation: int, *channels: int) -> NDArray[np.uint8]:
    width, height = image.size if orientation < 5 else image.size[::-1]
    return np.empty((height, width, *channels), np.uint8)


def _shallow_planes(
    image: ImageFile, orientation: int, transform: ImageCms.ImageCmsTransform | None
) -> tuple[PixelArray, PixelArray | None]:
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        raise UnsupportedPixelsError(image.mode)
    clear = image.has_transparency_data
    rgb = _upright_empty(image, orientation, 3)
    alpha = _upright_empty(image, orientation) if clear else None
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
        source = mode if mode in ("CMYK", "LAB") else "L"
        converted = ImageCms.applyTransform(band.convert(source), transform)
        assert converted is not None  # only in-place calls return None
        band = converted
    pixels = np.asarray(band if band.mode in ("RGB", "RGBA") else band.convert("RGB"))
    return pixels[..., :3]


def _to_rgb_transform(
    image: ImageFile, icc: bytes | None
) -> tuple[ImageCms.ImageCmsTransform | None, bytes | None, tuple[str, ...]]:
    """The transform that CMYK, Lab or odd grey needs, the profile of what results, a notice."""
    space = icc[16:20] if icc else b""
    if image.mode == "CMYK":
        transform = _transform_to_srgb(icc, "CMYK") if space == b"CMYK" else None
        return transform, None, (_CMYK_PROFILED if transform else _CMYK_PLAIN,)
    if image.mode == "LAB":
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
        text = "Lab colours were converted to sRGB."
        return _transform_to_srgb(lab, "LAB"), None, (Sentence(text, "notice.lab"),)
    if icc and space == b"GRAY" and image.mode in _GREY_MODES:
        if exact := rgb_of_grey(icc):
            return None, exact, ()
        text = "The grey colour profile was replaced by sRGB."
        return _transform_to_srgb(icc, "L"), None, (Sentence(text, "notice.grey_profile"),)
    fitting, notice = fitting_profile(icc, grey=False)
    return None, fitting, notice


def _transform_to_srgb(icc: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc or b""))
        return ImageCms.buildTransform(
            profile,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC,
        )
    except (ImageCms.PyCMSError, OSError):
        return None
