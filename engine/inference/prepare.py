"""What is computed once a face and model, and kept: crop, encoding, identity, age."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain import AlignedFace, Face, FloatArray
from engine.evaluation.identity import IdentityJudge
from engine.faces.align import align
from engine.faces.covering import Coverings
from engine.faces.head import Head, frame_of, heads_in
from engine.faces.landmarks import five_points
from engine.faces.regions import weights_of
from engine.faces.template import get_template
from engine.imaging.shown import Picture
from engine.inference.cache import LruCache
from engine.inference.hair import Hair, hair_of
from engine.inference.predictor import FaceCode, Predictor
from engine.models.spec import ModelSpec

_CACHED_FACES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What is computed once a face and model; ``weights`` are the face's regions and zones."""

    aligned: AlignedFace
    weights: Mapping[str, FloatArray]
    code: FaceCode
    embedding: FloatArray
    age: float
    hair: Hair | None


class Preparer:
    """Encodes faces and remembers the last ones. One thread."""

    def __init__(self, predictor: Predictor, identity: IdentityJudge, coverings: Coverings) -> None:
        """All as the pipeline uses them."""
        self._predictor, self._identity, self._coverings = predictor, identity, coverings
        self._faces: LruCache[Prepared] = LruCache(_CACHED_FACES)

    def prepare(
        self, photo: str, shown: Picture, faces: Sequence[Face], spec: ModelSpec
    ) -> list[Prepared]:
        """From the cache where a face was met before; the rest in one batch.

        Args:
            photo: what tells photos apart, its SHA-256.
            shown: the photo, H×W×3 uint8 sRGB.
            faces: to be prepared, in this order.
            spec: the model, already loaded into the predictor.
        """
        keys = [(photo, spec.name, _fingerprint(face)) for face in faces]
        kept = {key: value for key in keys if (value := self._faces.get(key)) is not None}
        missing = {k: f for k, f in zip(keys, faces, strict=True) if k not in kept}
        if missing:
            template = get_template(spec.template)
            cut = [align(shown, f.landmarks, template, spec.input_size) for f in missing.values()]
            heads = self._heads(shown, cut)
            aligned = [
                self._coverings.taken_out(shown, face.landmarks, one, head)
                for face, one, head in zip(missing.values(), cut, heads, strict=True)
            ]
            hair = [
                None if head is None else hair_of(head, one.landmarks)
                for head, one in zip(heads, aligned, strict=True)
            ]
            crops = [one.pixels for one in aligned]
            codes = self._predictor.encode(spec.name, crops)
            ages = self._known_ages(list(missing.values()), crops)
            for key, one, code, age, own in zip(missing, aligned, codes, ages, hair, strict=True):
                embedding = self._identity.embed(one.pixels, five_points(one.landmarks))
                kept[key] = Prepared(one, weights_of(one), code, embedding, age, own)
                self._faces.put(key, kept[key])
        return [kept[key] for key in keys]

    def _heads(self, shown: Picture, faces: Sequence[AlignedFace]) -> Sequence[Head | None]:
        """What is where around each face; nothing is known of it without a face parser."""
        if not self._predictor.parses:
            return [None] * len(faces)
        return heads_in([frame_of(shown, face) for face in faces], self._predictor.parts)

    def _known_ages(self, faces: Sequence[Face], crops: Sequence[NDArray[np.uint8]]) -> list[float]:
        """Each face's age: as it was estimated before (or corrected), else estimated now."""
        known = [face.age for face in faces]
        unknown = [crop for crop, age in zip(crops, known, strict=True) if age is None]
        fresh = iter(self._predictor.ages(unknown))
        return [next(fresh) if age is None else age for age in known]


def _fingerprint(face: Face) -> str:
    return hashlib.sha256(np.ascontiguousarray(face.landmarks).tobytes()).hexdigest()
