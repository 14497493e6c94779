"""The frozen values that flow through the engine. Numpy only; safe to pass between threads.

Conventions: arrays are RGB, H×W×3; coordinates are pixels of the upright photo with (0, 0)
at the top left corner of the top left pixel's centre (OpenCV's convention); ages are years.
Arrays inside these values must not be written to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PixelArray = NDArray[np.uint8] | NDArray[np.uint16]
FloatArray = NDArray[np.float32]

SKIN, EYES, HAIR = "skin", "eyes", "hair"
REGIONS = frozenset({SKIN, EYES, HAIR})
"""What of a face may change: skin, the eyes' surroundings, hair and brows."""
FACIAL_HAIR = "facial-hair"
ZONES = frozenset({FACIAL_HAIR})
"""What lies across regions and can take a share of its own: brows and where a beard grows."""
SAME_PERSON = 0.363
"""The cosine of two embeddings at which SFace's authors call two faces one person's."""


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-aligned rectangle in pixels of the upright photo."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A decoded photo in its own bit depth and colour space, upright.

    Attributes:
        pixels: RGB, H×W×3, uint8 (0..255) or uint16 (0..65535), orientation applied.
        sha256: hex digest of the file's bytes.
        format: Pillow's format name of the file (``"JPEG"``, ``"PNG"``, ``"HEIF"``…).
        path: where it came from; ``None`` for pixels from memory.
        alpha: H×W in the dtype of ``pixels``, or ``None``.
        icc: embedded ICC profile for ``pixels``; ``None`` means sRGB.
        exif: EXIF block with the orientation tag already set to upright, or ``None``.
        xmp: XMP packet as found, or ``None``.
        resources: Photoshop's image resources, which hold the IPTC record, or ``None``.
        comment: a JPEG's comment, or ``None``.
        texts: a PNG's chunks of text as they lie there, or ``None``.
        dpi: resolution for printing, across and down, or ``None``.
        notices: sentences about what the file carried that cannot be kept.
    """

    pixels: PixelArray
    sha256: str
    format: str
    path: Path | None = None
    alpha: PixelArray | None = None
    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    resources: bytes | None = None
    comment: bytes | None = None
    texts: bytes | None = None
    dpi: tuple[float, float] | None = None
    notices: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int(self.pixels.shape[1]), int(self.pixels.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One detected face.

    Attributes:
        index: number shown to the user, from 1, in reading order.
        box: tight box around the landmarks.
        landmarks: (478, 2) float32 pixels of the upright photo, MediaPipe's order.
        score: detector confidence, 0..1.
        roll: in-plane rotation in degrees, positive clockwise, -180..180.
        yaw: left-right turn in degrees, 0 is frontal, positive turns to the image's right.
        sharpness: variance of the Laplacian of the aligned grey crop at 128 px.
        age: estimated age in years, or ``None`` before estimation.
        obstacle: why this face cannot be aged, as a sentence; ``None`` if it can.
        drawn: the box it was found in, if the user drew one.
    """

    index: int
    box: Box
    landmarks: FloatArray
    score: float
    roll: float
    yaw: float
    sharpness: float = 0.0
    age: float | None = None
    obstacle: str | None = None
    drawn: Box | None = None

    @property
    def size(self) -> float:
        """The longer side of the box in pixels: the size shown to the user."""
        return max(self.box.w, self.box.h)


@dataclass(frozen=True, slots=True, eq=False)
class AlignedFace:
    """A face warped to a model's template.

    Attributes:
        pixels: S×S×3 uint8 RGB, sRGB.
        matrix: 2×3 float64 similarity, photo pixel → crop pixel.
        mask: S×S float32 0..1, soft mask of what may change (face oval less eyes and mouth).
        template: name of the alignment template.
        landmarks: (478, 2) float32, crop pixels.
    """

    pixels: NDArray[np.uint8]
    matrix: NDArray[np.float64]
    mask: FloatArray
    template: str
    landmarks: FloatArray


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """A named span of ages that a model offers, both ends included."""

    name: str
    low: float
    high: float

    @property
    def target(self) -> float:
        """The age that stands for the group."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a user needs to know about a model to choose it. The GUI's tabs come from here."""

    name: str
    title: str
    description: str
    continuous: bool
    age_min: float
    age_max: float
    groups: tuple[AgeGroup, ...]
    input_size: int
    size_bytes: int
    licence: str
    training_data: str
    metrics: dict[str, float] = field(default_factory=dict)
    default: bool = False


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """The compute device in use and why: ``kind`` is ``cpu``, ``cuda`` or ``mps``."""

    kind: str
    name: str
    dtype: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgeRequest:
    """Age one face to ``target`` years.

    Attributes:
        face: index of the face in its photo.
        target: years.
        source: the person's age now; ``None`` takes the estimate.
        strength: 0 leaves the face, 1 applies the model's whole change.
        regions: names out of :data:`REGIONS`; what belongs to none of them stays as it is.
        shares: pairs of a name out of :data:`REGIONS` or :data:`ZONES` and how much of the change
            it takes, 0..1, sorted. Regions without one take all of it; a zone without one takes
            what the regions that it lies in take, and with one it takes that, whatever they do.
    """

    face: int
    target: float
    source: float | None = None
    strength: float = 1.0
    regions: frozenset[str] = REGIONS
    shares: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """How a result measures up.

    Attributes:
        age_before: own estimate on the photo, years.
        age_after: own estimate on the result, years.
        identity: cosine similarity of SFace embeddings before and after, -1..1.
        same_person: whether ``identity`` reaches SFace's published threshold.
        reached: whether ``age_after`` came near enough to the target.
        verdict: both in words.
    """

    age_before: float
    age_after: float
    identity: float
    same_person: bool
    reached: bool
    verdict: str
