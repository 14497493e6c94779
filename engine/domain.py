"""The frozen values that flow through the engine. Numpy only; safe to pass between threads.

Conventions: arrays are RGB, H×W×3; coordinates are pixels of the upright photo with (0, 0)
at the top left corner of the top left pixel's centre (OpenCV's convention); ages are years.
Arrays inside these values must not be written to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
