"""What happens to photos before anybody trains on them: colour, blur, noise, JPEG.

Applied to the faces of a prepared set as they are drawn, as the table ``[augment]`` says; the same
for every recipe. What is off draws no chance, so a run without the table is what it always was.
The differentiable changes, under which a guide sees results, are in :mod:`engine.training.augment`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """The table ``[augment]``. Shares are those of the faces that a change happens to, 0..1.

    Attributes:
        shift: of the crop, up to so many pixels each way; -1 for the recipe's own.
        flip: share mirrored.
        colour: brightness, contrast and the balance of colours change by up to ± this, of 1.
        grey: share turned grey.
        shade: share with the shadow of something beside the light on them, its edge hard or soft,
            which leaves ``shade_light``, low and high, of 1.
        flash: share lit too brightly: ``flash_light``, low and high, times as bright, with what is
            too bright for a file gone.
        blur: share blurred by a Gaussian of ``blur_sigma`` pixels, low and high.
        noise: share with grain of ``noise_sigma``, low and high, of 255.
        jpeg: share written as JPEG of ``jpeg_quality``, low and high, and read again.
    """

    shift: int = -1
    flip: float = 0.5
    colour: float = 0.0
    grey: float = 0.0
    shade: float = 0.0
    shade_light: tuple[float, float] = (0.3, 0.8)
    flash: float = 0.0
    flash_light: tuple[float, float] = (1.15, 1.6)
    blur: float = 0.0
    blur_sigma: tuple[float, float] = (0.5, 1.5)
    noise: float = 0.0
    noise_sigma: tuple[float, float] = (1.0, 6.0)
    jpeg: float = 0.0
    jpeg_quality: tuple[float, float] = (40, 95)

    def __post_init__(self) -> None:
        """Raises ValueError on a share or a range that is none."""
        for name in ("flip", "colour", "grey", "shade", "flash", "blur", "noise", "jpeg"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} should lie in 0 to 1")
        for name, least, most in (
            ("shade_light", 0.0, 1.0),
            ("flash_light", 1.0, 4.0),
            ("blur_sigma", 0.0, 16.0),
            ("noise_sigma", 0.0, 128.0),
            ("jpeg_quality", 1.0, 100.0),
        ):
            span = getattr(self, name)
            if len(span) != 2 or not least <= span[0] <= span[1] <= most:
                raise ValueError(f"{name} should be low and high within {least:g} to {most:g}")


def degraded(crop: Pixels, config: AugmentConfig, random: np.random.Generator) -> Pixels:
    """One face, S×S×3 RGB, as a worse camera and a smaller file would have it.

    In the order of a photo's life: light and colour, focus, grain, file.
    """
    if config.colour > 0:
        crop = _colour(crop, config.colour, random)
    if config.grey > 0 and random.random() < config.grey:
        crop = _pixels(np.repeat((crop @ _LUMA)[..., None], 3, 2))
    if config.shade > 0 and random.random() < config.shade:
        crop = _shaded(crop, random.uniform(*config.shade_light), random)
    if config.flash > 0 and random.random() < config.flash:
        crop = _pixels(crop * np.float32(random.uniform(*config.flash_light)))
    if config.blur > 0 and random.random() < config.blur:
        sigma = random.uniform(*config.blur_sigma)
        if sigma > 0:
            crop = _pixels(cv2.GaussianBlur(crop, (0, 0), sigma, borderType=cv2.BORDER_REFLECT))
    if config.noise > 0 and random.random() < config.noise:
        grain = random.standard_normal(crop.shape, np.float32)
        crop = _pixels(crop + grain * np.float32(random.uniform(*config.noise_sigma)))
    if config.jpeg > 0 and random.random() < config.jpeg:
        crop = _through_jpeg(crop, round(random.uniform(*config.jpeg_quality)))
    return crop


def _colour(crop: Pixels, amount: float, random: np.random.Generator) -> Pixels:
    brightness, contrast = random.uniform(-amount, amount, 2)
    balance = 1 + random.uniform(-amount / 2, amount / 2, 3)
    mean = float(crop.mean())
    return _pixels(((crop - mean) * (1 + contrast) + mean + 255 * brightness / 2) * balance)


def _shaded(crop: Pixels, light: float, random: np.random.Generator) -> Pixels:
    """All that lies beyond a wavy line across the face in the shade, more than that or less."""
    side = len(crop)
    turn, wave, phase = random.uniform(0, 2 * np.pi, 3)
    offset, depth = random.uniform(-0.25, 0.25), random.uniform(0, 0.12)
    width = np.exp(random.uniform(np.log(0.005), np.log(0.2)))
    at = (np.arange(side, dtype=np.float32) + 0.5) / side - 0.5
    x, y = at[None, :], at[:, None]
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    beyond = across - offset - depth * np.sin((2 + wave) * along * np.pi + phase)
    share = 1 / (1 + np.exp(np.clip(-beyond / width, -30, 30)))
    return _pixels(crop * (1 - (1 - light) * share)[..., None])


def _through_jpeg(crop: Pixels, quality: int) -> Pixels:
    """Coded with 4:2:0 colour, as most files on the web are."""
    _, coded = cv2.imencode(".jpg", crop[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    read = cv2.imdecode(coded, cv2.IMREAD_COLOR_RGB)
    assert read is not None, "what was just coded"
    return np.asarray(read, np.uint8)


def _pixels(values: NDArray[np.generic]) -> Pixels:
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)
