"""C2PA content credentials: a signed statement in the file of what was done to which photo.

The manifest says that the photo was opened (``c2pa.opened``, with the photo as its ingredient and
the credentials it came with) and edited (``c2pa.edited``, by a trained model, at which ages and
where). Specification: C2PA 2.x, read and written by c2pa-python. Nothing is asked of any server:
no time stamp, no remote manifest, no revocation list. No thumbnails: that of the source would show
the face as it was. Any thread.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from engine import __version__
from engine.aged import AgedFace
from engine.domain import ZONES, AgeRequest, Box, Face, Photo
from engine.errors import ExportError, Sentence
from engine.imaging.provenance import SOURCE_TYPE
from engine.imaging.signing import Identity, local_identity, own_identity, refused
from engine.imaging.source_file import source_bytes

MIME = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".avif": "image/avif",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".gif": "image/gif",
    ".mp4": "video/mp4",
}
"""Suffix → type, of the files that can be signed."""

READING = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
"""The library's settings for reading: nothing is fetched."""
_WRITING = READING | {"builder": {"thumbnail": {"enabled": False}}}
_OPENED, _EDITED, _RESIZED = "c2pa.opened", "c2pa.edited", "c2pa.resized"


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """What the credentials say.

    Attributes:
        photo: the source; its file is read again for credentials of its own.
        model: name of the model used.
        model_sha256: of its weights; empty where unknown.
        faces: what was done.
        found: those faces in the photo, for where it was done; may be empty.
        resized: whether the picture was made smaller, too.
        named: whether the source's file name is told.
    """

    photo: Photo
    model: str
    model_sha256: str
    faces: Sequence[AgedFace]
    found: Sequence[Face] = ()
    resized: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Seal:
    """A claim, and who makes it: this computer's own certificate where ``identity`` is None."""

    claim: Claim
    identity: Identity | None = None

    def put(self, data: bytes, suffix: str, notices: list[str]) -> bytes:
        """The file with credentials in it; the file as it is, and a notice, where that fails.

        A format that holds none is left as it is without a word: its encoder says what it loses.
        """
        if suffix.lower() not in MIME:
            return data
        if not available():
            text = "The file is not signed: c2pa-python is not installed here."
            notices.append(Sentence(text, "notice.no_credentials"))
            return data
        try:
            return sign(data, suffix, self.claim, self.identity or local_identity())
        except ExportError as error:
            reason = error.__cause__ or error
            text = f"The file was written without content credentials: {reason}."
            notices.append(Sentence(text, "notice.unsigned", reason=reason))
            return data


def available() -> bool:
    """Whether the library is installed; it has no wheels for some systems."""
    return importlib.util.find_spec("c2pa") is not None


def can_sign(suffix: str) -> bool:
    """Whether a format can hold credentials and the library is there to write them."""
    return suffix.lower() in MIME and available()


def sign(data: bytes, suffix: str, claim: Claim, identity: Identity) -> bytes:
    """Put credentials into a file.

    Args:
        data: the file, whole.
        suffix: one of :data:`MIME`.
        claim: what to say.
        identity: who says it.

    Raises:
        ExportError: ``export.signing`` with the library's reason.
    """
    mime = MIME[suffix.lower()]
    return _signed(data, mime, manifest(claim, mime), identity, source_bytes(claim.photo))


def check_identity(certificate: Path, key: Path | None = None) -> Identity:
    """The user's certificate, proved by signing a tiny picture with it.

    Raises:
        ExportError: as :func:`engine.imaging.signing.own_identity`, also where the certificate
            is not one that content credentials allow.
    """
    from PIL import Image

    identity = own_identity(certificate, key)
    if available():
        buffer = BytesIO()
        Image.new("RGB", (1, 1)).save(buffer, "PNG")
        action = {"action": "c2pa.created", "digitalSourceType": SOURCE_TYPE}
        statement = _statement("image/png", [action])
        try:
            _signed(buffer.getvalue(), "image/png", statement, identity, None)
        except ExportError as error:
            raise refused(certificate, error.__cause__ or error) from error
    return identity


def manifest(claim: Claim, mime: str) -> dict[str, Any]:
    """The manifest's definition for a file of type ``mime``, as c2pa-python takes it."""
    label = "source"
    opened: dict[str, Any] = {"action": _OPENED, "parameters": {"ingredientIds": [label]}}
    edited: dict[str, Any] = {
        "action": _EDITED,
        "digitalSourceType": SOURCE_TYPE,
        "softwareAgent": {"name": "Agelens", "version": __version__},
        "description": "Faces were aged by a trained model.",
        "parameters": {
            "com.agelens.model": claim.model,
            "com.agelens.model_sha256": claim.model_sha256,
            "com.agelens.source_sha256": claim.photo.sha256,
            "com.agelens.faces": [_face(one) for one in claim.faces],
        },
    }
    if claim.found and not claim.resized:
        edited["changes"] = [_region(face) for face in claim.found]
    actions = [opened, edited, *([{"action": _RESIZED}] if claim.resized else [])]
    statement = _statement(mime, actions)
    title = claim.photo.path.name if claim.named and claim.photo.path else "photo"
    statement["ingredients"] = [
        {
            "title": title,
            "format": f"image/{claim.photo.format.lower()}",
            "relationship": "parentOf",
            "label": label,
            "instance_id": f"sha256:{claim.photo.sha256}",
        }
    ]
    return statement


def _statement(mime: str, actions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "claim_version": 2,
        "claim_generator_info": [{"name": "Agelens", "version": __version__}],
        "format": mime,
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": actions, "allActionsIncluded": True}}
        ],
    }


def _face(aged: AgedFace) -> dict[str, Any]:
    request = aged.request
    return {
        "face": str(request.face),
        "target_age": f"{request.target:g}",
        "strength": f"{request.strength:g}",
        "regions": ", ".join(_regions(request)),
    }


def _regions(request: AgeRequest) -> list[str]:
    """What could change, each with its share where that is not all of the change."""
    shares = dict(request.shares)
    names = sorted(request.regions | (ZONES & shares.keys()))
    return [f"{name} {shares[name]:g}" if name in shares else name for name in names]


def _region(face: Face) -> dict[str, Any]:
    box: Box = face.box
    shape = {
        "type": "rectangle",
        "unit": "pixel",
        "origin": {"x": round(box.x), "y": round(box.y)},
        "width": round(box.w),
        "height": round(box.h),
        "inside": True,
    }
    return {"region": [{"type": "spatial", "shape": shape}], "description": f"face {face.index}"}


def _signed(
    data: bytes,
    mime: str,
    statement: dict[str, Any],
    identity: Identity,
    source: bytes | None,
) -> bytes:
    import c2pa

    described = dict(statement)
    ingredients = described.pop("ingredients", []) if source is not None else []
    out = BytesIO()
    try:
        with c2pa.Context.from_dict(_WRITING) as context:
            key = c2pa.C2paSignerInfo(identity.algorithm, identity.chain, identity.key, None)
            with c2pa.Signer.from_info(key) as signer, c2pa.Builder(described, context) as builder:
                for one in ingredients:
                    stream = BytesIO(source or b"")
                    builder.add_ingredient(json.dumps(one), str(one["format"]), stream)
                builder.sign(signer, mime, BytesIO(data), out)
    except c2pa.C2paError as error:
        raise ExportError(
            f"The file could not be signed: {error}.", code="export.signing", reason=error
        ) from error
    return out.getvalue()
