"""Hair turned grey or dark again, strand by strand, out of the photo's own pixels.

White hair is hair without pigment: the light and dark of its strands stay, their colour goes and
all of it is lighter. In CIELAB that is a shift of L*, the same for every strand, and less chroma.
How light white hair is, beside the brightest skin of the same face under the same light, was
measured on 54 grey-haired people among 440 studio portraits of members of the US Congress (median
0.71 of the skin's L*, and 0.25 for the dark hair of those below 48; the strands' spread was the
same, 25). The curve of greying is a fit to the medians of the 240 men among them by their age.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray

_WHITE, _DARK = 0.71, 0.25  # median L* of such hair, in shares of the skin's highlights
_CHROMA_LEFT = 0.3  # of its colour that hair without pigment keeps: light of its surroundings
_BROWN = (0.48, 4.0, 7.0)  # L* in shares of the highlights, a* and b* of an ash brown
_AROUND = 0.02
_GREY_CHROMA, _COLOURED_CHROMA = 8.0, 16.0
_SPAN = 25.0  # of hair's L*, from its darkest tenth to its lightest
_STRAND, _CONTRAST = 0.006, 0.8  # width of strands that are told apart, and how much more they are
_HALF_GREY, _SPREAD = 62.5, 7.0  # years
_HIGHLIGHTS = 95.0  # percentile
_SURE = 0.6
_LEAST = 0.004  # of the picture


@dataclass(frozen=True, slots=True)
class HairLook:
    """What hair looks like beside its face's skin.

    Attributes:
        light: L* of the skin's highlights, 0..100.
        middle: median L* of the hair.
        grey: 0 for dark or coloured hair, 1 for white.
    """

    light: float
    middle: float
    grey: float


def greyness(age: float) -> float:
    """How grey hair is at an age in years, 0..1, half of it at 62."""
    return float(1 / (1 + np.exp((_HALF_GREY - age) / _SPREAD)))


def greying(look: HairLook, source: float, target: float) -> float:
    """What share of the way hair goes: up to 1 towards white, down to -1 towards dark.

    Hair that is not grey has no darker youth to go back to. 0 where source and target are one.
    """
    now, then = greyness(source), greyness(target)
    if then >= now:
        return (then - now) / (1 - now)
    return -look.grey * (now - then) / now


def look_of(pixels: NDArray[np.uint8], hair: FloatArray, skin: FloatArray) -> HairLook | None:
    """Measure a head.

    Args:
        pixels: S×S×3 uint8 sRGB.
        hair: S×S float32, how sure a pixel is hair, 0..1.
        skin: the same for the face's skin.

    Returns:
        ``None`` where there is hardly any hair or skin.
    """
    strands, face = hair > _SURE, skin > _SURE
    least = _LEAST * hair.size
    if strands.sum() < least or face.sum() < least:
        return None
    lab = _to_lab(pixels)
    light = float(np.percentile(lab[..., 0][face], _HIGHLIGHTS))
    lightness, a, b = (float(np.median(lab[..., c][strands])) for c in range(3))
    bright = (lightness / max(light, 1.0) - _DARK) / (_WHITE - _DARK)
    pale = float(_paleness(np.array(np.hypot(a, b), np.float32)))
    return HairLook(light, lightness, float(np.clip(bright, 0, 1)) * pale)


def whitened(pixels: NDArray[np.uint8], look: HairLook) -> FloatArray:
    """What every pixel of S×S×3 uint8 sRGB would change by if it were hair that turned white.

    Strands that catch the light turn whitest, so single ones stand out from the grey; and what is
    as light as white hair already stays so, which keeps the skin at the hair's edge from glowing.

    Returns:
        S×S×3 float32, in units of full range, ±1.
    """
    import cv2

    lab = _to_lab(pixels)
    lightness, white = lab[..., 0], _WHITE * look.light
    shift = max(white - look.middle, 0.0)
    left = (white + _SPAN - lightness) / max(white - look.middle, 1.0)
    strands = lightness - cv2.GaussianBlur(lightness, (0, 0), max(_STRAND * len(pixels), 0.8))
    after = lab * np.array([1, _CHROMA_LEFT, _CHROMA_LEFT], np.float32)
    apart = _CONTRAST * min(shift / _SPAN, 1.0) * np.clip(strands, -_SPAN, _SPAN)
    after[..., 0] += (shift + apart) * np.clip(left, 0, 1)
    return _difference(pixels, after)


def darkened(pixels: NDArray[np.uint8], look: HairLook, hair: FloatArray) -> FloatArray:
    """The same for hair that has its pigment again; hair that is darker already stays as dark.

    It becomes an ash brown, and only where hair (S×S, 0..1) is as pale as white hair around: a
    bald scalp is not. What it was is in no picture; a dark guess shows each strand that was missed.
    """
    import cv2

    lab = _to_lab(pixels)
    near = cv2.GaussianBlur(hair, (0, 0), _AROUND * len(pixels))
    around = cv2.GaussianBlur(lab[..., 1:] * hair[..., None], (0, 0), _AROUND * len(pixels))
    around = around / np.maximum(near, _LEAST)[..., None]
    pale = _paleness(np.hypot(around[..., 0], around[..., 1]))
    after = lab.copy()
    after[..., 0] += min(_BROWN[0] * look.light - look.middle, 0)
    after[..., 1:] = _BROWN[1:]
    return _difference(pixels, after) * pale[..., None]


def _paleness(chroma: FloatArray) -> FloatArray:
    """1 for what is as grey as white hair, 0 for what has a colour."""
    share = (_COLOURED_CHROMA - chroma) / (_COLOURED_CHROMA - _GREY_CHROMA)
    return np.asarray(np.clip(share, 0, 1), np.float32)


def _to_lab(pixels: NDArray[np.uint8]) -> FloatArray:
    import cv2

    return np.asarray(cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)


def _difference(pixels: NDArray[np.uint8], lab: FloatArray) -> FloatArray:
    import cv2

    lab[..., 0] = np.clip(lab[..., 0], 0, 100)
    after = np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), 0, 1)
    return np.asarray(after - pixels.astype(np.float32) / 255, np.float32)
