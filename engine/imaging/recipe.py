"""The sidecar that says how a result was made, so that it can be made again.

JSON beside the result: which photo (by its hash), which faces (by their boxes), at which ages, with
which model (by its hash), written how. Nothing of the picture is in it. Any thread.
"""

from __future__ import annotations

import json
import os
import platform
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine import __version__
from engine.aged import AgingResult
from engine.domain import REGIONS, AgeRequest, Box, Face
from engine.errors import RecipeError
from engine.orders import ExportSpec, Recipe, RecipeFace

SUFFIX = ".agelens.json"
_VERSION = 1
_LOOK = (
    "quality",
    "keep_metadata",
    "keep_place",
    "mark_ai",
    "credentials",
    "own_compression",
    "visible_mark",
)
_MAX_BYTES = 10_000_000


def sidecar_of(file: Path, *, overwrite: bool = False) -> Path:
    """Where a result's sidecar goes: ``me.agelens.json``; ``me.jpg.agelens.json`` if that is taken.

    Args:
        file: the result.
        overwrite: replace what is there.
    """
    usual = file.with_name(f"{file.stem}{SUFFIX}")
    taken = usual.exists() and not overwrite
    return file.with_name(f"{file.name}{SUFFIX}") if taken else usual


def recipe_text(result: AgingResult, spec: ExportSpec, sidecar: Path) -> str:
    """The sidecar of a result that is written as ``spec`` says, at ``spec.when``."""
    photo = result.photo
    when = spec.when or datetime.now(UTC)
    return json.dumps(
        {
            "agelens_recipe": _VERSION,
            "made": when.isoformat(timespec="seconds"),
            "versions": {"agelens": __version__, "python": platform.python_version()},
            "photo": {
                "path": _relative(photo.path, sidecar.parent),
                "sha256": photo.sha256,
                "size": list(photo.size),
            },
            "model": {"name": result.model, "sha256": result.model_sha256},
            "faces": [
                _face_json(aged.request, face)
                for aged, face in zip(result.faces, result.found, strict=True)
            ],
            "output": {
                "file": spec.path.name,
                "max_side": spec.max_side,
                **{name: getattr(spec, name) for name in _LOOK},
            },
        },
        ensure_ascii=False,
        indent=1,
    )


def read_recipe(file: Path) -> Recipe:
    """Read a sidecar.

    Raises:
        RecipeError: ``recipe.unreadable`` for what cannot be read or is no recipe.
    """
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise ValueError("it is too large")
        data = json.loads(file.read_text(encoding="utf-8"))
        return _recipe(data, file)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RecipeError(
            f"{file.name} is no recipe of Agelens that can be read ({reason}).",
            code="recipe.unreadable",
            name=file.name,
        ) from error


def same_faces(recipe: Recipe, found: tuple[Face, ...]) -> list[Face | None]:
    """The face of each of the recipe's that was found by the search, ``None`` where it is missing.

    A face is the same where its box is, to within a tenth of its size.
    """
    return [_same(one, found) for one in recipe.faces]


def _same(one: RecipeFace, found: tuple[Face, ...]) -> Face | None:
    for face in found:
        if _apart(one.box, face.box) <= 0.1:
            number = one.request.face
            return replace(face, index=number, age=one.age if one.age is not None else face.age)
    return None


def _apart(a: Box, b: Box) -> float:
    """The largest distance of two sides, in units of the box's own size."""
    sides = ((a.x, b.x), (a.y, b.y), (a.x + a.w, b.x + b.w), (a.y + a.h, b.y + b.h))
    return max(abs(one - other) for one, other in sides) / max(1.0, a.w, a.h)


def _relative(photo: Path | None, folder: Path) -> str:
    if photo is None:
        return ""
    try:
        return Path(os.path.relpath(photo.absolute(), folder.absolute())).as_posix()
    except ValueError:  # on another drive
        return photo.absolute().as_posix()


def _face_json(request: AgeRequest, face: Face) -> dict[str, Any]:
    return {
        "number": request.face,
        "box": _box_json(face.box),
        "drawn": None if face.drawn is None else _box_json(face.drawn),
        "age": None if face.age is None else float(face.age),
        "source": request.source,
        "target": float(request.target),
        "strength": float(request.strength),
        "regions": sorted(request.regions),
        "shares": {name: float(share) for name, share in request.shares},
    }


def _box_json(box: Box) -> list[float]:
    return [float(side) for side in (box.x, box.y, box.w, box.h)]


def _recipe(data: dict[str, Any], file: Path) -> Recipe:
    if data["agelens_recipe"] != _VERSION:
        raise ValueError(f"version {data['agelens_recipe']}")
    photo, model, output = data["photo"], data["model"], data["output"]
    look = {name: output[name] for name in _LOOK if name in output}
    side = output.get("max_side")
    name = Path(str(output["file"])).name  # a name alone: never out of the recipe's folder
    return Recipe(
        photo=file.absolute().parent / str(photo["path"]),
        sha256=str(photo["sha256"]),
        model=str(model["name"]),
        model_sha256=str(model["sha256"]),
        faces=tuple(_face(one) for one in data["faces"]),
        spec=ExportSpec(
            path=file.parent / name,
            max_side=None if side is None else int(side),
            when=datetime.fromisoformat(str(data["made"])),
            **{key: type(getattr(ExportSpec(Path()), key))(value) for key, value in look.items()},
        ),
        versions={str(k): str(v) for k, v in data.get("versions", {}).items()},
    )


def _face(data: dict[str, Any]) -> RecipeFace:
    age, source, drawn = data["age"], data["source"], data["drawn"]
    return RecipeFace(
        request=AgeRequest(
            face=int(data["number"]),
            target=float(data["target"]),
            source=None if source is None else float(source),
            strength=float(data["strength"]),
            regions=REGIONS & frozenset(map(str, data["regions"])),
            shares=tuple(sorted((str(k), float(v)) for k, v in data.get("shares", {}).items())),
        ),
        box=Box(*map(float, data["box"])),
        drawn=None if drawn is None else Box(*map(float, drawn)),
        age=None if age is None else float(age),
    )
