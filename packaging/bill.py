"""The bill of materials of a bundle as CycloneDX 1.6, checked against its schema."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bundle

if TYPE_CHECKING:
    from inventory import Part

_TYPES = {
    "python": "library",
    "system": "library",
    "model": "machine-learning-model",
    "runtime": "platform",
}
_LIBRARIES = (".so", ".dll", ".pyd", ".dylib")


class BillError(Exception):
    """The bill breaks the schema."""


def write(parts: Sequence[Part], folder: Path, about: Mapping[str, str]) -> str:
    """The bill as JSON: packages, models, and every native library with its hash.

    Args:
        parts: what the bundle is made of.
        folder: the bundle.
        about: ``version``, ``commit`` and ``date`` of the build.

    Raises BillError if it breaks the schema.
    """
    components = [_part(part, folder) for part in parts] + _libraries(folder)
    seed = json.dumps(components, sort_keys=True) + about["commit"]
    document: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, seed)}",
        "version": 1,
        "metadata": {
            "timestamp": about["date"],
            "component": {
                "type": "application",
                "bom-ref": "agelens",
                "name": "Agelens",
                "version": about["version"],
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "properties": [{"name": "agelens:commit", "value": about["commit"]}],
            },
        },
        "components": components,
    }
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    _check(text)
    return text


def _part(part: Part, folder: Path) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": _TYPES[part.kind],
        "bom-ref": f"{part.kind}:{part.name}",
        "name": part.name,
    }
    if part.version:
        entry["version"] = part.version
    if part.licence:
        entry["licenses"] = [{"license": {"name": " ".join(part.licence.split())[:200]}}]
    if part.about:
        entry["description"] = part.about
    if part.kind == "python":
        entry["purl"] = f"pkg:pypi/{part.name}@{part.version}"
    if part.kind == "system":
        entry["purl"] = f"pkg:deb/debian/{part.name}@{part.version}"
    if part.kind == "model":
        file = next(iter(sorted(folder.rglob(part.name))), None)
        if file is not None:
            entry["hashes"] = [_hash(file)]
    return entry


def _libraries(folder: Path) -> list[dict[str, Any]]:
    """Native libraries as files of the bundle."""
    return [
        {
            "type": "file",
            "bom-ref": f"file:{path.relative_to(folder).as_posix()}",
            "name": path.relative_to(folder).as_posix(),
            "hashes": [_hash(path)],
        }
        for path in bundle.files_of(folder)
        if any(ending in path.name for ending in _LIBRARIES)
    ]


def _hash(path: Path) -> dict[str, str]:
    with path.open("rb") as stream:
        return {"alg": "SHA-256", "content": hashlib.file_digest(stream, "sha256").hexdigest()}


def _check(text: str) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem is not None:
        raise BillError(str(problem)[:2000])
