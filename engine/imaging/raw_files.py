"""Camera raw files, developed by LibRaw through rawpy. Any thread."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from engine.errors import Sentence
from engine.imaging import refusals, tiff
from engine.imaging.metadata import normalise_exif
from engine.imaging.upright import Contents, frozen

_SRGB_CURVE = (2.4, 12.92)
_MOST_CLIPPED = 0.001
_DEVELOPED = Sentence(
    "The camera raw file was developed with the camera's white balance into 16-bit sRGB; "
    "the result becomes a file of its own, such as TIFF or JPEG.",
    "notice.raw",
)


def read(data: bytes, limit: int) -> Contents:
    """Develop a camera's sensor values: its own white balance, 16-bit sRGB, upright.

    Args:
        data: the file's bytes.
        limit: most pixels.

    Raises:
        ClaimError: the header claims more than ``limit`` pixels.
        RawKindError: LibRaw does not know the camera or the compression.
        Exception: LibRaw's own error on damaged data.
    """
    import rawpy

    try:
        with rawpy.imread(BytesIO(data)) as raw:
            sizes = raw.sizes
            claims = ((sizes.raw_width, sizes.raw_height), (sizes.iwidth, sizes.iheight))
            for width, height in claims:
                refusals.check_claim(width, height, len(data), limit=limit)
            pixels = raw.postprocess(
                output_bps=16,
                output_color=rawpy.ColorSpace.sRGB,
                gamma=_SRGB_CURVE,
                use_camera_wb=True,
                auto_bright_thr=_MOST_CLIPPED,
            )
            exif = _exif_of(data) or _exif_of_preview(raw.extract_thumb)
    except (rawpy.LibRawFileUnsupportedError, rawpy.LibRawNotImplementedError) as error:
        raise refusals.RawKindError from error
    planes = frozen(np.asarray(pixels, np.uint16), None)
    return Contents(planes, format="RAW", exif=exif, notices=(_DEVELOPED,))


def _exif_of(data: bytes) -> bytes | None:
    """The file's own tags, where it is built like a TIFF."""
    if not data.startswith((b"II*\0", b"MM\0*")):
        return None
    try:
        return normalise_exif(tiff.exif_of(data))
    except tiff.DAMAGE:
        return None


def _exif_of_preview(extract: Callable[[], Any]) -> bytes | None:
    """The tags of the JPEG that cameras put beside the sensor's values."""
    import rawpy

    try:
        preview = extract()
        if preview.format != rawpy.ThumbFormat.JPEG:
            return None
        with Image.open(BytesIO(preview.data), formats=["JPEG"]) as picture:
            return normalise_exif(picture.info.get("exif"))
    except (rawpy.LibRawError, rawpy.NotSupportedError, *tiff.DAMAGE):
        return None
