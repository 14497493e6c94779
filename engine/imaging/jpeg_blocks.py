"""JPEG to JPEG without compressing again what no face touches.

A JPEG is a grid of blocks of quantised cosine coefficients. The result is encoded with the
source's own tables and chroma sampling; then every block none of whose pixels changed is taken
from the source, coefficient by coefficient, and the file is written without loss. A photo that
its orientation tag turns is turned by its coefficients, which is exact where its sides are whole
blocks. Any thread.
"""

from __future__ import annotations

import contextlib
import importlib.util
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

from engine.domain import PixelArray
from engine.imaging.jpeg_segments import with_segments, without_metadata
from engine.imaging.metadata import exif_orientation, normalise_exif

_BAND = 1 << 20
_ROWS = 64
_UNIT = 16  # pixels that the coarsest chroma block covers
_MAX_PIXELS = 110_000_000  # two sets of coefficients at a time are held
_FITTED_PIXELS = 24_000_000  # up to here codes are fitted to the picture: some 4 % less, slower
_SAMPLINGS = {"4:4:4": 0, "4:2:2": 1, "4:2:0": 2}
_TURNS = {
    1: (False, False, False),
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}
"""EXIF orientation → swap rows and columns, then turn rows round, turn columns round."""
Coefficients = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class SourceJpeg:
    """A JPEG file, its orientation, and how it is compressed.

    Attributes:
        data: the file.
        orientation: EXIF's, 1..8.
        grey: whether it has one component.
        subsampling: Pillow's number for its chroma sampling, of the upright picture.
        tables: quantisation tables of the upright picture, as Pillow takes them.
    """

    data: bytes
    orientation: int
    grey: bool
    subsampling: int
    tables: list[list[int]]


def available() -> bool:
    """Whether the library is installed; it has no wheels for some systems."""
    return importlib.util.find_spec("jpeglib") is not None


def source_jpeg(data: bytes) -> SourceJpeg | None:
    """What the source is compressed with; ``None`` where a result cannot be compressed likewise.

    That is so for CMYK and RGB files, unusual chroma samplings, and 4:2:2 turned on its side.
    """
    try:
        with Image.open(BytesIO(data), formats=["JPEG"]) as image:
            assert isinstance(image, JpegImagePlugin.JpegImageFile)
            grey = image.mode == "L"
            sampling = 0 if grey else JpegImagePlugin.get_sampling(image)
            tables = [list(table) for _, table in sorted(image.quantization.items())]
            ids = [int(layer[0]) for layer in image.layer]
            adobe = image.info.get("adobe_transform", 1)
            orientation = exif_orientation(normalise_exif(image.info.get("exif")))
    except (OSError, SyntaxError, AssertionError):
        return None
    plain = grey or (len(ids) == 3 and ids != [82, 71, 66] and adobe == 1)
    turned = _TURNS[orientation][0]
    if not plain or sampling < 0 or (turned and sampling == 1) or len(tables) > 3:
        return None
    if turned:
        tables = [np.reshape(table, (8, 8)).T.ravel().tolist() for table in tables]
    return SourceJpeg(data, orientation, grey, sampling, tables)


def carry_over(
    source: SourceJpeg,
    before: PixelArray,
    after: NDArray[np.uint8],
    encode: Callable[[NDArray[np.uint8]], bytes],
) -> bytes | None:
    """A result whose blocks are the source's own, wherever no pixel differs.

    Args:
        source: where the blocks come from.
        before: H×W×3, the source's pixels, upright.
        after: H×W×3, the result's.
        encode: makes a JPEG of pixels, with the source's tables and sampling and the metadata
            that the result shall have. Of an upright source only what changed is encoded.

    Returns:
        The file, or ``None`` where the two cannot be laid over each other block by block.
    """
    height, width = after.shape[:2]
    if not available() or before.shape != after.shape or height * width > _MAX_PIXELS:
        return None
    upright = source.orientation == 1
    with (
        contextlib.suppress(OSError),
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(1) as beside,
    ):
        place = Path(folder)
        _choose_library()
        reading = beside.submit(_read, source.data, place / "theirs.jpg")  # takes longest
        window = _window(before, after) if upright else (slice(0, height), slice(0, width))
        encoded = encode(np.ascontiguousarray(after[window]))
        ours = _read(encoded, place / "ours.jpg")
        changed = differ(before[window], after[window])
        theirs = reading.result()
        if upright:
            corner = window[0].start, window[1].start
            joined = theirs if _put(ours, theirs, source, changed, corner) else None
        else:
            joined = ours if _join(ours, theirs, source, changed) else None
        if joined is not None:
            small = height * width <= _FITTED_PIXELS
            flags = ["+OPTIMIZE_CODING"] if small else []
            joined.write_dct(str(place / "out.jpg"), flags=flags)
            return with_segments(encoded, (place / "out.jpg").read_bytes())
    return None


def differ(before: PixelArray, after: PixelArray) -> NDArray[np.bool_]:
    """Which pixels of two H×W×3 arrays differ."""
    apart = before != after
    either: NDArray[np.bool_] = apart[..., 0] | apart[..., 1] | apart[..., 2]
    return either


def _window(before: PixelArray, after: PixelArray) -> tuple[slice, slice]:
    """The smallest part of whole units that holds every change; one unit where there is none."""
    height, width = after.shape[:2]
    columns = np.zeros(width, bool)
    rows = np.zeros(height, bool)
    for top in range(0, height, _ROWS):
        band = slice(top, top + _ROWS)
        if not np.array_equal(before[band], after[band]):
            apart = differ(before[band], after[band])
            rows[band], columns = apart.any(axis=1), columns | apart.any(axis=0)
    return _units(np.flatnonzero(rows), height), _units(np.flatnonzero(columns), width)


def _units(where: NDArray[np.intp], end: int) -> slice:
    if len(where) == 0:
        return slice(0, min(_UNIT, end))
    return slice(
        int(where[0]) // _UNIT * _UNIT, min(end, -(-(int(where[-1]) + 1) // _UNIT) * _UNIT)
    )


def _choose_library() -> None:
    import jpeglib

    jpeglib.version.set("turbo210")  # of the family that Pillow decodes with


def _read(data: bytes, place: Path) -> Any:
    import jpeglib

    place.write_bytes(without_metadata(data))
    jpeg = jpeglib.read_dct(str(place))
    jpeg.load()
    return jpeg


def _join(ours: Any, theirs: Any, source: SourceJpeg, changed: NDArray[np.bool_]) -> bool:
    """Replace blocks of ``ours`` in place; whether the two fit."""
    height, width = changed.shape
    swap, *flips = _TURNS[source.orientation]
    for index, name in enumerate(_components(source)):
        if not np.array_equal(_table(ours, index), _turned_table(_table(theirs, index), swap)):
            return False
        step = _block_step(ours, index)
        # A partial block at the end of a side would come to lie at its beginning.
        if (flips[0] and height % step[0]) or (flips[1] and width % step[1]):
            return False
        mine, given = getattr(ours, name), _turned(getattr(theirs, name), swap, *flips)
        rows, columns = -(-height // step[0]), -(-width // step[1])
        if (np.minimum(given.shape[:2], mine.shape[:2]) < (rows, columns)).any():
            return False
        same = ~_touched(changed, step)
        mine[:rows, :columns][same] = given[:rows, :columns][same]
    return True


def _put(
    ours: Any,
    theirs: Any,
    source: SourceJpeg,
    changed: NDArray[np.bool_],
    corner: tuple[int, int],
) -> bool:
    """Replace blocks of ``theirs`` in place by those of a part of it; whether the two fit."""
    for index, name in enumerate(_components(source)):
        step = _block_step(theirs, index)
        if step != _block_step(ours, index):
            return False
        if not np.array_equal(_table(ours, index), _table(theirs, index)):
            return False
        part, whole = getattr(ours, name), getattr(theirs, name)
        touched = _touched(changed, step)
        rows, columns = touched.shape
        top, left = corner[0] // step[0], corner[1] // step[1]
        place = whole[top : top + rows, left : left + columns]
        if place.shape[:2] != touched.shape or (np.array(part.shape[:2]) < touched.shape).any():
            return False
        place[touched] = part[:rows, :columns][touched]
    return True


def _components(source: SourceJpeg) -> tuple[str, ...]:
    return ("Y",) if source.grey else ("Y", "Cb", "Cr")


def _table(jpeg: Any, index: int) -> NDArray[Any]:
    return np.asarray(jpeg.qt[jpeg.quant_tbl_no[index]])


def _turned_table(table: NDArray[Any], swap: bool) -> NDArray[Any]:
    return table.T if swap else table


def _block_step(jpeg: Any, index: int) -> tuple[int, int]:
    """Rows and columns of the picture that a block of a component covers."""
    factors = np.asarray(jpeg.samp_factor)
    most = factors.max(axis=0)
    down, across = (8 * most // factors[index]).tolist()
    return int(down), int(across)


def _turned(blocks: Coefficients, swap: bool, flip_rows: bool, flip_columns: bool) -> Coefficients:
    """Blocks (rows × columns × 8 × 8) of the turned picture: odd frequencies change their sign."""
    odd = np.where(np.arange(8) % 2, -1, 1).astype(np.int16)
    if swap:
        blocks = blocks.transpose(1, 0, 3, 2)
    if flip_rows:
        blocks = blocks[::-1] * odd[:, None]
    if flip_columns:
        blocks = blocks[:, ::-1] * odd[None, :]
    return blocks


def _touched(changed: NDArray[np.bool_], step: tuple[int, int]) -> NDArray[np.bool_]:
    """Which blocks hold a changed pixel."""
    down, across = step
    rows = np.logical_or.reduceat(changed, np.arange(0, changed.shape[0], down), axis=0)
    blocks: NDArray[np.bool_] = np.logical_or.reduceat(
        rows, np.arange(0, changed.shape[1], across), axis=1
    )
    return blocks


def likeness(encoded: bytes, pixels: NDArray[np.uint8], where: NDArray[np.bool_]) -> float:
    """How like ``pixels`` (H×W×3) the encoded picture is where ``where`` holds: PSNR in dB."""
    total, count = 0.0, 0
    with Image.open(BytesIO(encoded)) as image:
        decoded = image.convert("RGB")
    rows = max(1, _BAND // pixels.shape[1])
    for top in range(0, len(pixels), rows):
        band = np.asarray(decoded.crop((0, top, decoded.width, min(top + rows, len(pixels)))))
        off = band.astype(np.int32) - pixels[top : top + rows]
        inside = where[top : top + rows]
        total += float((off[inside] ** 2).sum())
        count += 3 * int(inside.sum())
    if total == 0 or count == 0:
        return float("inf")
    return 10 * float(np.log10(255**2 * count / total))
