"""TIFF directories (TIFF 6.0, DNG 1.7), as far as opening a photo needs them. Any thread."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any

from PIL import Image, TiffImagePlugin

Tags = TiffImagePlugin.ImageFileDirectory_v2

SUBFILE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 254, 256, 257, 258, 259, 262
STRIP_STARTS, ORIENTATION, SAMPLES, STRIP_SIZES = 273, 274, 277, 279
ROWS, PLANES, PREDICTOR, TILE_WIDTH, TILE_HEIGHT, EXTRA = 278, 284, 317, 322, 323, 338
WHITE_IS_ZERO, MULTIPLIED = 0, 1
TILE_STARTS, TILE_SIZES, SUB_DIRECTORIES, SAMPLE_FORMAT = 324, 325, 330, 339
XMP, ICC, LAYERS, DNG_VERSION = 700, 34675, 37724, 50706
DAMAGE = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, OSError, struct.error),
    *(SyntaxError, TypeError, ValueError),
)
"""What Pillow raises on damaged directories and blocks."""
FLOAT = 3
"""What :data:`SAMPLE_FORMAT` says of floating-point pixels."""
_COLOUR_FILTER_ARRAY, _LINEAR_RAW = 32803, 34892
_DIRECTORIES = (0x8769, 0x8825)  # EXIF, GPS
_MOST_SUB_DIRECTORIES = 8
_STRUCTURE = frozenset(
    {
        *range(254, 260),  # kind, size, depth, compression
        *(262, 266, 273, 274, *range(277, 280), 284),  # photometry, orientation, strips, planes
        *(317, 320, *range(322, 326), 330, 332, 338, 339, 347),  # predictor, palette, tiles
        *(340, 341),  # range of the values
        *(*range(512, 516), *range(529, 533)),  # JPEG inside TIFF
        *(700, 33421, 33422, 33723, 34377, 34675, 37724),  # XMP, mosaic, IPTC, Photoshop, ICC
        52545,  # C2PA
    }
)
_DNG = range(DNG_VERSION, 53000)


def read_tags(data: bytes) -> Tags:
    """The first directory of a file.

    Raises:
        Exception: Pillow's own error on damaged data.
    """
    file = BytesIO(data)
    head = file.read(8)
    if head[2:4] in (b"+\0", b"\0+"):
        head += file.read(8)
    tags = Tags(head)
    _load(tags, file, tags.next)
    return tags


def _load(tags: Tags, file: BytesIO, start: int) -> None:
    file.seek(start)
    tags.load(file)


def is_camera_raw(data: bytes) -> bool:
    """Whether the file holds a camera's sensor values rather than a picture."""
    if data[8:10] == b"CR":  # Canon CR2
        return True
    try:
        tags = read_tags(data)
        if DNG_VERSION in tags:
            return True
        kinds = [tags.get(PHOTOMETRIC), *_photometry_of_children(data, tags)]
    except DAMAGE:
        return False  # TIFF's own reader says so
    return _COLOUR_FILTER_ARRAY in kinds or _LINEAR_RAW in kinds


def _photometry_of_children(data: bytes, tags: Tags) -> list[Any]:
    starts = tags.get(SUB_DIRECTORIES, ())
    starts = (starts,) if isinstance(starts, int) else starts
    found = []
    for start in starts[:_MOST_SUB_DIRECTORIES]:
        child, file = Tags(data[:8]), BytesIO(data)
        _load(child, file, int(start))
        found.append(child.get(PHOTOMETRIC))
    return found


def is_float(tags: Tags) -> bool:
    """Whether pixels are floating-point numbers."""
    return FLOAT in tags.get(SAMPLE_FORMAT, (1,))


def bits_of(tags: Tags) -> set[int]:
    """The bits a channel that occur."""
    return set(tags.get(BITS, (1,)))


def odd_pixels(tags: Tags) -> str:
    """In words, the kind of pixels of a directory that is sound but that no reader takes."""
    if not tags.get(WIDTH) or not tags.get(HEIGHT) or tags.get(PHOTOMETRIC) is None:
        return ""
    bits, samples = max(bits_of(tags)), tags.get(SAMPLES, 1)
    return f"TIFF {tags[PHOTOMETRIC]} with {samples} × {bits} bits"


def is_whole(tags: Tags, size: int) -> bool:
    """Whether every strip and tile lies within a file of ``size`` bytes, and there is one."""
    there = False
    for starts_tag, sizes_tag in ((STRIP_STARTS, STRIP_SIZES), (TILE_STARTS, TILE_SIZES)):
        starts, sizes = tags.get(starts_tag, ()), tags.get(sizes_tag, ())
        there = there or bool(starts)
        if len(sizes) < len(starts):
            return False
        if any(s + c > size for s, c in zip(starts, sizes, strict=False)):
            return False
    return there


def orientation_of(tags: Tags) -> int:
    """1..8; 1 where there is none or it is out of range."""
    value = tags.get(ORIENTATION, 1)
    return int(value) if isinstance(value, int) and 1 <= value <= 8 else 1


def exif_of(data: bytes) -> bytes | None:
    """A TIFF's own tags as an EXIF block, less those that describe how its pixels are stored."""
    exif = Image.Exif()
    exif.load_from_fp(BytesIO(data))
    for sub in _DIRECTORIES:  # read now, or they would be written as offsets
        if sub in exif:
            exif.get_ifd(sub)
    for tag in list(exif):
        if tag in _STRUCTURE or tag in _DNG:
            del exif[tag]
    return exif.tobytes() if len(exif) else None
