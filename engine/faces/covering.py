"""What covers a face stays as it is: hands, and things of a colour that no skin or hair has.

Taking too much for a cover leaves a patch of the face at its old age, which shows more than a
cover that changes a little. So only what is surely none of the face counts.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.domain import AlignedFace, FloatArray
from engine.faces.foreign import cover_mask, foreign_mask
from engine.faces.hands import HandFinder, hand_mask, hands_before
from engine.faces.head import Head, inner
from engine.imaging.geometry import transform_points
from engine.imaging.shown import Picture

_FEATHER = 0.012


class Coverings:
    """Takes what covers a face out of the mask of what may change. One thread."""

    def __init__(self, hands: HandFinder) -> None:
        """``hands`` is used on the calling thread."""
        self._hands = hands

    def taken_out(
        self,
        photo: Picture,
        landmarks: FloatArray,
        aligned: AlignedFace,
        head: Head | None = None,
    ) -> AlignedFace:
        """The aligned face with a mask that leaves its covers alone.

        Args:
            photo: H×W×3 uint8 sRGB; not written to.
            landmarks: (478, 2) float32, the face's, in pixels of ``photo``.
            aligned: the face's crop out of ``photo``.
            head: what is where around it, if that is known.

        Raises FaceError if the search for hands failed.
        """
        size = len(aligned.mask)
        covered = foreign_mask(aligned.pixels, aligned.landmarks, aligned.mask)
        if head is not None:
            covered = np.maximum(covered, cover_mask(head.cover[inner(size)], aligned.mask))
        for hand in hands_before(photo, landmarks, self._hands):
            in_crop = transform_points(aligned.matrix, hand).astype(np.float32)
            covered = np.maximum(covered, hand_mask(in_crop, size))
        if not covered.any():
            return aligned
        return replace(aligned, mask=aligned.mask * (1 - softened(covered)))

    def close(self) -> None:
        """Free the hand finder's native resources; the next use makes them anew."""
        self._hands.close()


def softened(covered: FloatArray) -> FloatArray:
    """S×S weights 0..1, whole out to their edge and falling softly beyond it."""
    import cv2

    soft = cv2.GaussianBlur(covered, (0, 0), max(_FEATHER * len(covered), 0.8))
    return np.asarray(np.clip(2 * soft, 0, 1), np.float32)
