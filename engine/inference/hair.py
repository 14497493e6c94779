"""Hair of a face at another age: measured once a face, then greyed or darkened per age."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.aged import HairChange
from engine.domain import EYES, FACIAL_HAIR, HAIR, SKIN, FloatArray
from engine.faces.head import FRAME, Head, corner
from engine.faces.mask import region_mask
from engine.faces.regions import facial_hair, region_weights
from engine.imaging.hair_tone import HairLook, darkened, greying, look_of, whitened

_LEAST = 0.005  # of the way; less than that nobody sees


@dataclass(frozen=True, slots=True, eq=False)
class Hair:
    """A head's hair.

    Attributes:
        pixels: F×F×3 uint8 RGB, the frame.
        weight: F×F uint8, how sure a pixel is hair.
        look: what it looks like.
        weights: regions and zones over the frame.
        corner: column and row of the frame at which the crop lies.
    """

    pixels: NDArray[np.uint8]
    weight: NDArray[np.uint8]
    look: HairLook
    weights: Mapping[str, FloatArray]
    corner: tuple[int, int]
    _whole: dict[bool, NDArray[np.float16]] = field(default_factory=dict)

    def at(self, source: float, target: float, colour: float) -> HairChange | None:
        """The change from one age to another, years; None where there is none to be seen.

        ``colour`` is how much of its colour the change keeps: 0 for a black-and-white photo.
        """
        way = greying(self.look, source, target)
        if abs(way) < _LEAST:
            return None
        weight = np.asarray(self.weight, np.float32) / np.float32(255)
        change = self._change(way > 0, weight) * np.float32(abs(way))
        if colour < 1:
            grey = change.mean(2, keepdims=True)
            change = np.asarray(grey + np.float32(colour) * (change - grey), np.float32)
        return HairChange(self.pixels, change, weight, self.weights, self.corner)

    def _change(self, whiter: bool, weight: FloatArray) -> FloatArray:
        """The whole way towards white or dark, weighted; kept for the next age."""
        if whiter not in self._whole:
            if whiter:
                whole = whitened(self.pixels, self.look) * weight[..., None]
            else:
                whole = darkened(self.pixels, self.look, weight) * weight[..., None]
            self._whole[whiter] = whole.astype(np.float16)
        return self._whole[whiter].astype(np.float32)


def hair_of(head: Head, landmarks: FloatArray | None = None) -> Hair | None:
    """The hair of a head; None where there is hardly any.

    ``landmarks`` are the face's, (478, 2) in pixels of the crop that the frame lies around; without
    them no regions are known.
    """
    look = look_of(head.pixels, head.hair, head.skin)
    if look is None:
        return None
    weight = np.rint(255 * head.hair).astype(np.uint8)
    place = corner(len(weight) // FRAME)
    weights: Mapping[str, FloatArray] = {}
    if landmarks is not None:
        weights = _FrameWeights(landmarks + np.array(place, np.float32), weight)
    return Hair(head.pixels, weight, look, weights, place)


class _FrameWeights(Mapping[str, FloatArray]):
    """Regions and zones over a frame, computed when they are first asked for.

    Hair beside the face counts as hair, wherever the face's polygons would put it.
    """

    def __init__(self, landmarks: FloatArray, hair: NDArray[np.uint8]) -> None:
        """``landmarks`` (478, 2) in pixels of the frame, ``hair`` F×F, 0..255."""
        self._landmarks, self._hair = landmarks, hair

    def __getitem__(self, name: str) -> FloatArray:
        return self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _all(self) -> dict[str, FloatArray]:
        side = len(self._hair)
        beside = (1 - region_mask(self._landmarks, side)) * (self._hair / np.float32(255))
        planes = region_weights(self._landmarks, side)
        hair = np.maximum(planes[HAIR], beside)
        eyes = planes[EYES] * (1 - beside)
        zone = facial_hair(self._landmarks, side) * (1 - beside)
        skin = np.maximum(1 - hair - eyes, 0)
        return {HAIR: hair, EYES: eyes, SKIN: skin, FACIAL_HAIR: zone}
