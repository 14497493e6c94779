"""A contact strip: pictures side by side with captions, for comparing ages at a glance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.domain import PixelArray
from engine.imaging.color import to_8_bits

MAX_HEIGHT = 720
_LEGIBLE = 96
_BACKGROUND = (36, 37, 39)
_TEXT = (232, 232, 230)
_SMALLEST_FONT = 9


def row_height(images: Sequence[PixelArray]) -> int:
    """A height in pixels for pictures of about one size: the tallest's, but captions need some."""
    return max(_LEGIBLE, *(len(image) for image in images))


def contact_strip(
    images: Sequence[PixelArray], captions: Sequence[str], *, height: int | None = None
) -> NDArray[np.uint8]:
    """Lay pictures in a row, all at one height, each with its caption below.

    Args:
        images: H×W×3 RGB, uint8 or uint16, of any sizes; at least one.
        captions: one a picture; shrunk, then cut, where they do not fit.
        height: of the pictures in pixels; by default the tallest's, at most 720.

    Returns:
        H×W×3 uint8 RGB, in the pictures' own colour space.

    Raises:
        ValueError: no pictures, or not as many captions.
    """
    if not images or len(images) != len(captions):
        raise ValueError("needs at least one picture and a caption for each")
    tall = height or min(MAX_HEIGHT, max(image.shape[0] for image in images))
    pictures = [_at_height(image, tall) for image in images]
    gap = max(4, tall // 40)
    line = max(16, tall // 14)
    width = gap + sum(picture.width + gap for picture in pictures)
    sheet = Image.new("RGB", (width, gap + tall + line + gap), _BACKGROUND)
    draw = ImageDraw.Draw(sheet)
    left = gap
    for picture, caption in zip(pictures, captions, strict=True):
        sheet.paste(picture, (left, gap))
        centre = (left + picture.width / 2, gap + tall + (line + gap) / 2)
        _caption(draw, caption, centre, picture.width, line)
        left += picture.width + gap
    return np.asarray(sheet, np.uint8)


def contact_sheet(
    images: Sequence[PixelArray], captions: Sequence[str], *, columns: int = 5, height: int = 360
) -> NDArray[np.uint8]:
    """Lay pictures in rows, in reading order, each with its caption.

    Args:
        images: H×W×3 RGB, uint8 or uint16; at least one.
        captions: one a picture.
        columns: pictures in a row, 1 or more.
        height: of each picture in pixels.

    Returns:
        H×W×3 uint8 RGB.

    Raises:
        ValueError: as :func:`contact_strip`.
    """
    starts = range(0, max(len(images), 1), columns)
    rows = [
        contact_strip(images[n : n + columns], captions[n : n + columns], height=height)
        for n in starts
    ]
    width = max(row.shape[1] for row in rows)
    sheet = np.full((sum(row.shape[0] for row in rows), width, 3), _BACKGROUND, np.uint8)
    top = 0
    for row in rows:
        sheet[top : top + row.shape[0], : row.shape[1]] = row
        top += row.shape[0]
    return sheet


def _at_height(image: PixelArray, height: int) -> Image.Image:
    picture = Image.fromarray(to_8_bits(image))
    width = max(1, round(picture.width * height / picture.height))
    if picture.size == (width, height):
        return picture
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _caption(
    draw: ImageDraw.ImageDraw, text: str, centre: tuple[float, float], width: int, line: int
) -> None:
    """Draw the caption, centred, as large as the line and the picture's width allow."""
    size = line * 0.7
    font = ImageFont.load_default(size)
    while draw.textlength(text, font) > width and size > _SMALLEST_FONT:
        size = max(_SMALLEST_FONT, size * 0.9)
        font = ImageFont.load_default(size)
    while draw.textlength(text, font) > width and len(text) > 1:
        text = text[:-2] + "…"
    draw.text(centre, text, fill=_TEXT, font=font, anchor="mm")
