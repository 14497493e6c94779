"""What a file shall hold, before any format has a say in it. Any thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.domain import PixelArray
from engine.errors import Sentence
from engine.imaging.color import to_8_bits
from engine.imaging.jpeg_blocks import SourceJpeg


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What a file shall hold.

    Attributes:
        pixels: H×W×3 RGB, uint8 or uint16.
        alpha: H×W in the dtype of ``pixels``, or ``None``.
        icc: profile of the pixels, ``None`` for sRGB.
        exif: block with its ``Exif`` prefix, or ``None``.
        xmp: packet, or ``None``.
        resources: Photoshop's image resources, or ``None``.
        comment: for JPEG, or ``None``.
        texts: whole chunks for PNG, or ``None``.
        dpi: resolution for printing, or ``None``.
        quality: 1..100 for lossy formats.
        like: a JPEG whose chroma sampling a JPEG takes, or ``None``.
        before: the pixels of ``like``, to keep its blocks where nothing changed; ``None`` encodes
            everything anew, at ``quality``.
        notices: filled with sentences on what the format could not take.
    """

    pixels: PixelArray
    alpha: PixelArray | None = None
    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    resources: bytes | None = None
    comment: bytes | None = None
    texts: bytes | None = None
    dpi: tuple[float, float] | None = None
    quality: int = 95
    like: SourceJpeg | None = None
    before: PixelArray | None = None
    notices: list[str] = field(default_factory=list)

    @property
    def deep(self) -> bool:
        """Whether the channels have 16 bits."""
        return bool(self.pixels.dtype == np.uint16)

    def picture(self, *, alpha: bool) -> Image.Image:
        """An 8-bit Pillow picture; without ``alpha`` transparency is laid on white."""
        if self.deep:
            self.notices.append(
                Sentence(
                    "The 16-bit colours were rounded to 8 bits for this format.", "notice.rounded"
                )
            )
        if self.alpha is None:
            return Image.fromarray(to_8_bits(self.pixels))
        if alpha:
            return Image.fromarray(np.dstack([to_8_bits(self.pixels), to_8_bits(self.alpha)]))
        self.notices.append(
            Sentence(
                "This format has no transparency; the photo was laid on white.", "notice.on_white"
            )
        )
        return Image.fromarray(on_white(self.pixels, self.alpha))


def on_white(pixels: PixelArray, alpha: PixelArray) -> NDArray[np.uint8]:
    """H×W×3 RGB laid on white by how opaque it is (H×W), as 8 bits."""
    out = to_8_bits(pixels).copy()
    for row, cover in zip(out, to_8_bits(alpha), strict=True):
        share = cover[:, None].astype(np.float32) / 255
        row[...] = np.rint(row * share + 255 * (1 - share))
    return out


def extras_of(content: Content) -> dict[str, Any]:
    """The metadata that is there, under the names Pillow's writers know."""
    named = {"icc_profile": content.icc, "exif": content.exif, "xmp": content.xmp}
    return {name: value for name, value in named.items() if value}


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """What Pillow's writer of that format makes of a picture."""
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
