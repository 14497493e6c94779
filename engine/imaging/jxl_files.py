"""JPEG XL files, through pylibjxl where that package is installed. Any thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.imaging import carried, refusals
from engine.imaging.decode import DEEP_NOTICE
from engine.imaging.metadata import normalise_exif
from engine.imaging.pillow_files import checked_profile
from engine.imaging.standard_profiles import fitting_profile
from engine.imaging.upright import Contents, Planes, frozen

_PACKAGE = "pylibjxl"


def read(data: bytes, limit: int) -> Contents:
    """Decode a JPEG XL file's first picture, in 8 bits, upright as its header says.

    Args:
        data: the file's bytes.
        limit: most pixels.

    Raises:
        ClaimError: the header claims more than ``limit`` pixels.
        MissingPackageError: pylibjxl is not installed.
        Exception: libjxl's own error on damaged data.
    """
    try:
        import pylibjxl
    except ImportError as error:
        raise refusals.MissingPackageError(_PACKAGE) from error
    head = pylibjxl.probe(data)
    refusals.check_claim(int(head["width"]), int(head["height"]), len(data), limit=limit)
    array, blocks = pylibjxl.decode(data, metadata=True)
    icc, said = checked_profile(blocks.get("icc") or None)
    more = (DEEP_NOTICE,) if int(head["bits_per_sample"]) > 8 else ()
    if head["have_animation"]:
        more = (*more, carried.ANIMATION)
    return Contents(
        planes=_planes(np.asarray(array, np.uint8), icc),
        format="JXL",
        exif=normalise_exif(blocks.get("exif")),
        xmp=blocks.get("xmp") or None,
        notices=(*said, *more),
    )


def _planes(array: NDArray[np.uint8], icc: bytes | None) -> Planes:
    """Planes of H×W or H×W×(1, 3 or 4) values."""
    values = array if array.ndim == 3 else array[..., None]
    colour = values[..., :3] if values.shape[2] >= 3 else values[..., :1]
    rgb = np.ascontiguousarray(np.broadcast_to(colour, (*values.shape[:2], 3)))
    alpha = np.ascontiguousarray(values[..., 3]) if values.shape[2] == 4 else None
    return frozen(rgb, alpha, *fitting_profile(icc, grey=values.shape[2] == 1))
