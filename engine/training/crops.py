"""From a photo to one aligned crop, or to the word that says why not. Runs in worker processes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.faces.align import template_matrix, warp
from engine.faces.detector import Detector, RawFace
from engine.faces.landmarks import five_points
from engine.faces.mask import region_mask
from engine.faces.pose import face_extent, yaw_degrees
from engine.faces.template import get_template
from engine.imaging.geometry import transform_points

_PAD = 1 / 3


@dataclass(frozen=True, slots=True)
class CropConfig:
    """How faces are cut, and which are dropped.

    Attributes:
        side: of the template's crop in pixels; a rim of a sixteenth on each side is stored with
            it, so that a random crop can shift the face.
        template: how the crop lies around the face.
        yaw_limit: degrees beyond which a face counts as a profile.
        smallest: of the face's longer side in the photo, in pixels; smaller ones are tiny.
        softest: variance of the Laplacian below which a crop is blurred.
    """

    side: int = 128
    template: str = "portrait-v1"
    yaw_limit: float = 50.0
    smallest: float = 48.0
    softest: float = 0.0

    @property
    def stored(self) -> int:
        """Side of what is stored."""
        return self.side + 2 * (self.side // 16)


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One aligned face.

    Attributes:
        image: S×S×3 uint8 RGB, S the stored side.
        mask: S×S uint8, the soft face mask × 255.
        points: (5, 2) float32 pixels of the image.
        sharpness: variance of the Laplacian.
        yaw: degrees.
    """

    image: NDArray[np.uint8]
    mask: NDArray[np.uint8]
    points: FloatArray
    sharpness: float
    yaw: float


def crop_file(path: Path, detector: Detector, config: CropConfig) -> Crop | str:
    """Read a photo, find its one face and align it."""
    data = np.fromfile(path, np.uint8)
    picture = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB) if data.size else None
    if picture is None:
        return "unreadable"
    pad = round(max(picture.shape[:2]) * _PAD)
    padded = cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    faces = detector.detect(np.asarray(padded, np.uint8), max_faces=2)
    if not faces:
        return "no face"
    if len(faces) > 1:
        return "several faces"
    face = replace(faces[0], landmarks=faces[0].landmarks - np.float32(pad))
    return crop_face(face, np.asarray(picture, np.uint8), config)


def crop_face(face: RawFace, rgb: NDArray[np.uint8], config: CropConfig) -> Crop | str:
    """Align one detected face of an RGB uint8 picture, or say in a word why it is dropped."""
    yaw = yaw_degrees(face.landmarks, face.depth)
    if abs(yaw) > config.yaw_limit:
        return "profile"
    if face_extent(face.landmarks) < config.smallest:
        return "tiny"
    stored = config.stored
    matrix = template_matrix(face.landmarks, get_template(config.template), config.side)
    matrix[:, 2] += (stored - config.side) / 2
    points = transform_points(matrix, face.landmarks).astype(np.float32)
    image = warp(rgb, matrix, stored)
    sharpness = float(cv2.Laplacian(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var())
    if sharpness < config.softest:
        return "blurred"
    mask = np.rint(region_mask(points, stored) * 255).astype(np.uint8)
    return Crop(image, mask, five_points(points), sharpness, yaw)
