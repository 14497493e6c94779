"""Why a photo cannot be opened, as errors with a sentence to act on. Pure; any thread."""

from __future__ import annotations

from engine.errors import PhotoError

MAX_PIXELS = 250_000_000


class UnsupportedPixelsError(ValueError):
    """The file's pixels are of a kind that photos do not use, such as 64-bit integers."""


class RawKindError(ValueError):
    """A camera raw file that LibRaw cannot develop."""


class MissingPackageError(ValueError):
    """The package that opens this format is not installed; its name is the argument."""


class ClaimError(ValueError):
    """The header claims a picture out of bounds; the argument says what."""


def check_claim(width: int, height: int, size: int, *, limit: int, roomy: bool = False) -> None:
    """Refuse pictures that are out of bounds, or far more than a file of ``size`` bytes holds.

    Args:
        width: of the picture, in pixels.
        height: of the picture, in pixels.
        size: of the file, in bytes.
        limit: most pixels.
        roomy: whether what fits into the file has been checked already.

    Raises:
        ClaimError: out of bounds.
    """
    pixels = width * height
    if pixels > limit:
        raise ClaimError(f"{width} × {height} pixels")
    if not roomy and pixels > _SMALL and pixels > _MOST_A_BYTE * size:
        raise ClaimError(f"{width} × {height} pixels in {size:,} bytes")


_SMALL = 20_000_000
_MOST_A_BYTE = 4096  # the flattest real photos have about a hundred pixels a byte


def too_large(name: str, claim: str) -> PhotoError:
    """``photo.too_large``."""
    return PhotoError(
        f"{name} is too large to open: it claims {claim}; "
        f"the limit is {MAX_PIXELS // 1_000_000} megapixels. Make it smaller first.",
        code="photo.too_large",
        name=name,
        limit=MAX_PIXELS // 1_000_000,
    )


def truncated(name: str) -> PhotoError:
    """``photo.truncated``."""
    return PhotoError(
        f"{name} is damaged or cut short and cannot be opened. Copy it again from its source.",
        code="photo.truncated",
        name=name,
    )


def refused(error: Exception, name: str) -> PhotoError:
    """What a reader's failure means to whoever wanted the photo called ``name``."""
    match error:
        case ClaimError():
            return too_large(name, str(error))
        case MemoryError():
            return too_large(name, "more than fits into memory")
        case UnsupportedPixelsError():
            return PhotoError(
                f"{name} has pixels of the kind {error}, which photos do not use. "
                "Save it as RGB with 8 or 16 bits a channel.",
                code="photo.pixels",
                name=name,
                kind=error,
            )
        case RawKindError():
            return PhotoError(
                f"{name} is a camera raw file of a kind that cannot be developed here. "
                "Save it as TIFF or DNG first.",
                code="photo.raw",
                name=name,
            )
        case MissingPackageError():
            return PhotoError(
                f"{name} can be opened once the Python package {error} is installed. "
                "Install it, or save the photo as PNG.",
                code="photo.package",
                name=name,
                package=error,
            )
    return truncated(name)
