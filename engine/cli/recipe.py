"""``age --recipe``: make a result again from the sidecar that was written beside it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine import __version__
from engine.cli.job import Outcome, open_timed
from engine.cli.naming import Plan
from engine.cli.options import Target
from engine.domain import Face, Photo
from engine.errors import RecipeError
from engine.imaging.export import check_target
from engine.imaging.recipe import read_recipe, same_faces
from engine.orders import Recipe
from engine.service import AgingService


def prepare(
    file: Path, photo: Path | None, output: str | None, *, overwrite: bool
) -> tuple[Recipe, Photo, float]:
    """Read the recipe and its photo, and check that both fit, before any work.

    Args:
        file: the sidecar.
        photo: the source, if it is not where the recipe says.
        output: the file to write, if not that of the recipe.
        overwrite: replace what is there.

    Returns:
        The recipe with its output decided, the photo, and the milliseconds to open it.

    Raises:
        RecipeError: ``recipe.unreadable``, ``recipe.photo``.
        PhotoError, ExportError: as for any other photo.
    """
    recipe = read_recipe(file)
    source, opened_ms = open_timed(photo or recipe.photo)
    if source.sha256 != recipe.sha256:
        name = (photo or recipe.photo).name
        raise RecipeError(
            f"{name} is not the photo that the recipe was made for: its bytes are others.",
            code="recipe.photo",
            name=name,
        )
    path = Path(output) if output else recipe.spec.path
    path = path / recipe.spec.path.name if path.is_dir() else path
    spec = replace(recipe.spec, path=path, overwrite=overwrite)
    check_target(spec, source)
    return replace(recipe, spec=spec), source, opened_ms


def make_again(
    service: AgingService, recipe: Recipe, photo: Photo, *, opened_ms: float = 0.0
) -> Outcome:
    """Age as the recipe says and write the file.

    Raises:
        RecipeError: ``recipe.faces`` where a face is not found again, ``recipe.model`` where the
            model's weights are others.
    """
    start = time.perf_counter()
    faces = _faces(service, recipe, photo)
    requests = [one.request for one in recipe.faces]
    result = service.age_photo(photo, faces, requests, model=recipe.model)
    if result.model_sha256 != recipe.model_sha256:
        raise RecipeError(
            f"The weights of {recipe.model} are not those that the recipe was made with.",
            code="recipe.model",
            name=recipe.model,
        )
    receipt = service.export(result, recipe.spec)
    years = requests[0].target if requests else 0.0
    target = Target(f"{years:g}", years)
    plan = Plan({target.label: receipt.path})
    outcome = Outcome(photo, service.device().kind, recipe.model, faces, plan)
    outcome.aged[target] = result.faces
    outcome.warn([*photo.notices, *result.warnings, *receipt.notices, *_other_versions(recipe)])
    outcome.spent("open", opened_ms)
    outcome.spent("total", opened_ms + 1e3 * (time.perf_counter() - start))
    return outcome


def _faces(service: AgingService, recipe: Recipe, photo: Photo) -> list[Face]:
    """The recipe's faces, found again: by the search, or in the boxes that the user drew."""
    searched = service.find_faces(photo) if any(not one.drawn for one in recipe.faces) else ()
    found: Sequence[Face | None] = same_faces(recipe, searched)
    faces = []
    for one, face in zip(recipe.faces, found, strict=True):
        number = one.request.face
        if one.drawn is not None:
            face = service.find_face_in(photo, one.drawn, index=number)
        if face is None:
            raise RecipeError(
                f"Face {number} of the recipe was not found again.",
                code="recipe.faces",
                number=number,
            )
        faces.append(face if one.age is None else replace(face, age=one.age))
    return faces


def _other_versions(recipe: Recipe) -> list[str]:
    made_with = recipe.versions.get("agelens", __version__)
    if made_with == __version__:
        return []
    return [f"The recipe was made with Agelens {made_with}; the file may differ."]
