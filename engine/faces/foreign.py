"""Things before a face whose colour no skin, hair or make-up's shade of skin has.

Skin and hair of everybody, lit by anything near white, keep to the colours from rose over orange
to yellow; green, blue and violet things do not. That tells scarves, masks, caps and toys from
beards, spots, shadows and grey hair, whose colours are weak or skin's own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray

# Places that are skin in every face: cheeks, nose, forehead.
_SKIN = (50, 280, 205, 425, 6, 197, 151, 108, 337)
_PATCH, _BLUR, _OPEN = 0.02, 0.006, 0.012
_LEAST_CHROMA = 5.0
_WARM = (np.radians(-12.0), np.radians(105.0))  # hues of skin and hair in CIELAB
_MARGIN, _SPREADS = 10.0, 1.0
_SATURATED = 72.0
_SMALLEST = 0.006
_INSIDE, _OUTSIDE = 0.5, 0.05
_COVER = 0.6


def foreign_mask(pixels: NDArray[np.uint8], landmarks: FloatArray, mask: FloatArray) -> FloatArray:
    """Things of a foreign colour that reach over a face from beyond its edge.

    Args:
        pixels: S×S×3 uint8 sRGB, an aligned face.
        landmarks: (478, 2) float32 in crop pixels.
        mask: S×S float32 in 0..1, what may change of the face.

    Returns:
        S×S float32, 0 or 1; all 0 for faces without colour and under coloured light.
    """
    import cv2

    size = len(mask)
    soft = cv2.GaussianBlur(pixels, (0, 0), max(_BLUR * size, 0.8))
    lab = cv2.cvtColor(soft.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB)
    chroma = np.asarray(lab[..., 1:], np.float32)
    skin = _skin_colours(chroma, landmarks)
    typical = np.median(skin, 0)
    if np.hypot(*typical) < _LEAST_CHROMA or _coldness(skin).max() > 0:
        return np.zeros_like(mask)
    spread = float(np.linalg.norm(skin - typical, axis=1).max())
    strong = np.linalg.norm(chroma, axis=2) > _SATURATED
    foreign = (_coldness(chroma) > _MARGIN + _SPREADS * spread) | strong
    side = 2 * max(1, round(_OPEN * size)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    opened = cv2.morphologyEx(foreign.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    return _of_some_size(np.asarray(opened, np.uint8), mask, _around(mask))


def cover_mask(cover: FloatArray, mask: FloatArray) -> FloatArray:
    """Covers that a face parser saw, of some size: dark glasses and pacifiers as well as masks.

    Args:
        cover: S×S float32 in 0..1, the share of covers.
        mask: S×S float32 in 0..1, what may change of the face.

    Returns:
        S×S float32, 0 or 1.
    """
    return _of_some_size((cover > _COVER).astype(np.uint8), mask)


def _skin_colours(chroma: FloatArray, landmarks: FloatArray) -> FloatArray:
    """(n, 2) mean a and b of small squares where a face shows its skin."""
    size = len(chroma)
    reach = max(1, round(_PATCH * size))
    places = np.clip(np.rint(landmarks[list(_SKIN)]), reach, size - 1 - reach).astype(int)
    squares = [chroma[y - reach : y + reach + 1, x - reach : x + reach + 1] for x, y in places]
    return np.array([square.mean((0, 1)) for square in squares], np.float32)


def _coldness(chroma: FloatArray) -> FloatArray:
    """How far colours (…, 2) lie from the nearest warm one; 0 for warm ones and for grey."""
    low, high = _WARM
    strength = np.linalg.norm(chroma, axis=-1)
    hue = np.arctan2(chroma[..., 1], chroma[..., 0])
    middle = (low + high) / 2
    off = np.abs((hue - middle + np.pi) % (2 * np.pi) - np.pi) - (high - low) / 2
    return np.asarray(strength * np.sin(np.clip(off, 0, np.pi / 2)), np.float32)


def _of_some_size(
    things: NDArray[np.uint8], mask: FloatArray, beyond: NDArray[np.bool_] | None = None
) -> FloatArray:
    """The connected parts that take some of the face, and of ``beyond`` where it is given."""
    import cv2

    count, labels = cv2.connectedComponents(things)
    least = _SMALLEST * max(int((mask > _INSIDE).sum()), 1)
    kept = np.zeros_like(mask)
    for label in range(1, count):
        part = labels == label
        reaching = beyond is None or (part & beyond).any()
        if reaching and (part & (mask > _INSIDE)).sum() >= least:
            kept[part] = 1
    return kept


def _around(mask: FloatArray) -> NDArray[np.bool_]:
    """What lies beyond a face's edge; eyes and mouth, which do not change either, are no way in."""
    import cv2

    _, far = cv2.connectedComponents((mask < _OUTSIDE).astype(np.uint8))
    return np.asarray(far == far[0, 0])
