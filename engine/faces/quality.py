"""Whether a face is good enough to be aged, and how sharp it is."""

from __future__ import annotations

from engine.domain import FloatArray
from engine.errors import Sentence
from engine.faces.align import align
from engine.faces.template import PORTRAIT
from engine.imaging.shown import Picture

MIN_SIZE = 40
MAX_YAW = 55.0
_SHARPNESS_SIDE = 128


def sharpness(photo: Picture, landmarks: FloatArray) -> float:
    """Variance of the Laplacian of the aligned grey crop at 128 px.

    Args:
        photo: H×W×3 uint8 RGB.
        landmarks: (478, 2) pixels of the photo.

    Source: Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000.
    """
    import cv2

    crop = align(photo, landmarks, PORTRAIT, _SHARPNESS_SIDE).pixels
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    return float(cv2.Laplacian(grey, cv2.CV_64F).var())


def obstacle(index: int, size: float, yaw: float) -> str | None:
    """Why a face cannot be aged, as a sentence; ``None`` if it can.

    Args:
        index: the number shown to the user.
        size: longer side of the landmarks' box in pixels.
        yaw: left-right turn in degrees.
    """
    if size < MIN_SIZE:
        return Sentence(
            f"Face {index} is {int(size)} pixels across; at least {MIN_SIZE} are needed.",
            "face.too_small",
            number=index,
            size=int(size),
            least=MIN_SIZE,
        )
    if abs(yaw) > MAX_YAW:
        return Sentence(
            f"Face {index} is in full profile, turned by {abs(yaw):.0f} degrees; "
            f"faces turned by up to {MAX_YAW:.0f} can be aged.",
            "face.profile",
            number=index,
            degrees=f"{abs(yaw):.0f}",
            most=f"{MAX_YAW:.0f}",
        )
    return None
