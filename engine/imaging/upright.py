"""Arrays as files store them, and as photos are looked at. Any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain import PixelArray


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
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """What a reader takes out of a file.

    Attributes:
        planes: the picture.
        format: as in :class:`engine.domain.Photo`.
        exif: block with its prefix, orientation as found; ``None`` without one.
        xmp: packet, or ``None``.
        along: what else results keep, under the names of :class:`engine.domain.Photo`'s fields.
        notices: on what is not part of the picture, said after the planes' own.
    """

    planes: Planes
    format: str
    exif: bytes | None = None
    xmp: bytes | None = None
    along: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def frozen(
    rgb: PixelArray,
    alpha: PixelArray | None,
    icc: bytes | None = None,
    notices: tuple[str, ...] = (),
) -> Planes:
    """Planes whose arrays cannot be written to any more."""
    rgb.flags.writeable = False
    if alpha is not None:
        alpha.flags.writeable = False
    return Planes(rgb, alpha, icc, notices)


def turned(stored: NDArray[Any], orientation: int) -> NDArray[Any]:
    """The upright array of a stored one; a copy unless it is upright and contiguous already."""
    if orientation == 1:
        return np.ascontiguousarray(stored)
    height, width = stored.shape[:2] if orientation < 5 else stored.shape[1::-1]
    upright = np.empty((height, width, *stored.shape[2:]), stored.dtype)
    stored_view(upright, orientation)[...] = stored
    return upright


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
