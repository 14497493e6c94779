"""A face at another age, and how its change is weighed and laid on. Frozen values, numpy only.

Arrays inside these values must not be written to; the conventions are those of
:mod:`engine.domain`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from engine.domain import (
    REGIONS,
    SKIN,
    ZONES,
    AgeRequest,
    AlignedFace,
    Face,
    FloatArray,
    Photo,
    PixelArray,
    Scores,
)


def apply_change(
    crop: NDArray[np.uint8], change: FloatArray, weight: FloatArray
) -> NDArray[np.uint8]:
    """An S×S×3 uint8 crop plus ``change`` (S×S×3, ±1 of full range) times ``weight`` (S×S)."""
    aged = crop + 255 * change * weight[..., None]
    return np.clip(np.rint(aged), 0, 255).astype(np.uint8)


def taken(weights: Mapping[str, FloatArray], request: AgeRequest) -> FloatArray:
    """What a request's regions and shares take of S×S weights by name: S×S float32 in 0..1."""
    regions, shares = request.regions, dict(request.shares)
    of = {name: np.float32(shares.get(name, 1.0)) for name in sorted(regions & REGIONS)}
    total = np.zeros_like(weights[SKIN])
    if len(of) == len(REGIONS) and min(of.values()) >= 1:
        total += 1
    else:
        for name, share in of.items():  # sums of floats come out the same in one order only
            total += weights[name] * share
    for name in ZONES & shares.keys():
        total += weights[name] * (np.float32(shares[name]) - total)
    return np.asarray(np.clip(total, 0, 1), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class HairChange:
    """What hair changes by at an age, in a frame around the model's crop and at its scale.

    Attributes:
        pixels: F×F×3 uint8 RGB, sRGB, the frame as it is in the photo.
        change: F×F×3 float32, sRGB difference in units of full range (-1..1), weighted.
        weight: F×F float32 0..1, where there is hair.
        weights: the face's regions and zones over the frame, as in :func:`taken`.
        corner: column and row of the frame at which the crop lies.
    """

    pixels: NDArray[np.uint8]
    change: FloatArray
    weight: FloatArray
    weights: Mapping[str, FloatArray]
    corner: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class AgedFace:
    """A face at another age, at the model's size: the change and where it applies.

    Attributes:
        request: what was asked.
        aligned: the crop it was made from.
        change: S×S×3 float32, sRGB difference in units of full range (-1..1), strength 1.
        mask: S×S float32 0..1, soft.
        scores: measured on crop + change × mask × strength, and the hair's change.
        whole: ``mask`` with no region left out.
        weights: the face's regions and zones as in :func:`taken`.
        hair: what hair changes by beside that; None where it stays as it is.
    """

    request: AgeRequest
    aligned: AlignedFace
    change: FloatArray
    mask: FloatArray
    scores: Scores
    whole: FloatArray
    weights: Mapping[str, FloatArray]
    hair: HairChange | None = None

    def asked(self, request: AgeRequest) -> AgedFace:
        """The same change, and scores, at another strength or region shares; no network runs."""
        return replace(self, request=request, mask=self.whole * taken(self.weights, request))

    def framed(self) -> FramedChange:
        """The whole change, hair and all, in the smallest frame that holds it."""
        if self.hair is None:
            return FramedChange(self.aligned.pixels, self.change, self.mask, self.whole, (0, 0))
        hair, (x, y), side = self.hair, self.hair.corner, len(self.mask)
        part = slice(y, y + side), slice(x, x + side)
        share = taken(hair.weights, self.request)
        total, weight = hair.change * share[..., None], hair.weight * share
        whole = hair.weight.copy()
        total[part] += self.change * self.mask[..., None]
        weight[part] = np.maximum(weight[part], self.mask)
        whole[part] = np.maximum(whole[part], self.whole)
        change = total / np.maximum(weight, np.float32(1e-6))[..., None]
        return FramedChange(hair.pixels, change, weight, whole, hair.corner)

    def preview(self) -> NDArray[np.uint8]:
        """The aged crop, S×S×3 uint8 RGB."""
        framed, side = self.framed(), len(self.mask)
        (x, y), crop = framed.corner, framed.applied(self.request.strength)
        return crop[y : y + side, x : x + side]


@dataclass(frozen=True, slots=True, eq=False)
class FramedChange:
    """A change in the frame that it needs: the model's crop, or a larger one around it.

    Attributes:
        pixels: F×F×3 uint8 RGB, sRGB, before.
        change: F×F×3 float32 in units of full range, strength 1.
        mask: F×F float32 0..1, where and how much of it applies.
        whole: ``mask`` with no region left out.
        corner: column and row of the frame at which the crop lies.
    """

    pixels: NDArray[np.uint8]
    change: FloatArray
    mask: FloatArray
    whole: FloatArray
    corner: tuple[int, int]

    def applied(self, strength: float) -> NDArray[np.uint8]:
        """The frame after, F×F×3 uint8 RGB."""
        return apply_change(self.pixels, self.change, self.mask * np.float32(strength))


@dataclass(frozen=True, slots=True, eq=False)
class AgingResult:
    """A whole photo with aged faces.

    Attributes:
        photo: the untouched source.
        pixels: RGB in the source's dtype, size and colour space.
        faces: what was done, one entry a changed face.
        model: name of the model used.
        model_sha256: of the model's weights; empty where unknown.
        found: the faces that were changed as they were found, in the order of ``faces``; may be
            empty.
        timings_ms: stage name → milliseconds.
        warnings: sentences a user should see.
    """

    photo: Photo
    pixels: PixelArray
    faces: tuple[AgedFace, ...]
    model: str
    timings_ms: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    model_sha256: str = ""
    found: tuple[Face, ...] = ()
