"""Whether a request can be done, and what a user should hear about its results."""

from __future__ import annotations

from collections.abc import Sequence

from engine.aged import AgedFace
from engine.domain import REGIONS, ZONES, AgeRequest, Face, Photo
from engine.errors import AgeError, FaceError, Sentence
from engine.models.spec import ModelSpec


def pick(faces: dict[int, Face], index: int) -> Face:
    """The face of that number. Raises FaceError (``face.unknown``)."""
    if index not in faces:
        raise FaceError(
            f"There is no face {index}; this photo has {len(faces)}.",
            code="face.unknown",
            number=index,
        )
    return faces[index]


def check(face: Face, request: AgeRequest, spec: ModelSpec) -> None:
    """Whether a model can do what is asked. Raises FaceError or AgeError."""
    if face.obstacle is not None:
        raise FaceError(face.obstacle, code="face.obstacle")
    for years, what in ((request.target, "target"), (request.source, "source")):
        if years is None:
            continue
        low, high = (spec.age_min, spec.age_max) if what == "target" else (0.0, 116.0)
        if not low <= years <= high:
            raise AgeError(
                f"The {what} age {years:g} is out of range: {spec.name} takes {low:g} to {high:g}.",
                code="age.range",
                age=f"{years:g}",
                low=f"{low:g}",
                high=f"{high:g}",
            )
    for strength in (request.strength, *(share for _, share in request.shares)):
        if not 0 <= strength <= 1:
            raise AgeError(
                f"The strength {strength:g} is out of range: 0 to 1.", code="age.strength"
            )
    shared = {name for name, _ in request.shares} - ZONES
    if unknown := (request.regions | shared) - REGIONS:
        raise FaceError(
            f"There is no region {min(unknown)!r}; there are {', '.join(sorted(REGIONS))}.",
            code="face.region",
            name=min(unknown),
        )


def warnings(photo: Photo, aged: Sequence[AgedFace]) -> tuple[str, ...]:
    """The photo's own notices, then a sentence for each result that is doubtful."""
    doubtful = [
        Sentence(
            f"Face {face.request.face} at {face.request.target:.0f}: {face.scores.verdict}.",
            "result.doubtful",
            number=face.request.face,
            age=f"{face.request.target:.0f}",
        )
        for face in aged
        if not face.scores.same_person
    ]
    return (*photo.notices, *doubtful)
