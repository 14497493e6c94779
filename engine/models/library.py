"""Models that the user brings: checked, copied into the user's folder, one folder a model."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from pathlib import Path

from engine.errors import ModelError
from engine.models.manifest import MANIFEST, read_manifest
from engine.models.spec import GENERATOR, ModelSpec

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def user_models(folder: Path) -> list[tuple[ModelSpec, Path]]:
    """The models in the user's folder with the place of each; damaged ones are left out."""
    found = []
    places = sorted(folder.iterdir()) if folder.is_dir() else []
    for place in places:
        if place.name.startswith("."):
            continue
        try:
            specs = read_manifest(place)
        except ModelError:
            continue
        found += [
            (spec, place)
            for spec in specs
            if spec.name == place.name and _is_plain(spec) and (place / spec.file).is_file()
        ]
    return found


def described_in(file: Path) -> ModelSpec:
    """What the manifest beside a weights file says about it.

    Raises ModelError: ``model.weights_missing``, ``model.pickle``, ``model.format``,
    ``model.manifest_missing`` (no manifest beside it, or one without this file),
    ``model.manifest`` or ``model.kind``.
    """
    from engine.models.checkpoints import is_pickle

    if not file.is_file():
        raise ModelError(f"There is no file {file}.", code="model.weights_missing", name=file.name)
    if is_pickle(file):
        raise ModelError(
            f"{file.name} is a pickle, which may run code when opened; Agelens takes safetensors "
            "only.",
            code="model.pickle",
            name=file.name,
        )
    if file.suffix.lower() != ".safetensors":
        raise ModelError(
            f"{file.name} is not a .safetensors file.", code="model.format", name=file.name
        )
    if not (file.parent / MANIFEST).is_file():
        raise ModelError(
            f"Agelens needs the {MANIFEST} that belongs to {file.name}; put it into the same "
            "folder.",
            code="model.manifest_missing",
            name=file.name,
        )
    for spec in read_manifest(file.parent):
        if spec.file == file.name:
            return _usable(spec)
    raise ModelError(
        f"The {MANIFEST} beside {file.name} does not list it.",
        code="model.manifest_missing",
        name=file.name,
    )


def take_copy(file: Path, spec: ModelSpec, folder: Path) -> Path:
    """Copy a checked weights file with its manifest and card into the user's folder.

    Returns:
        The model's own folder.

    Raises:
        ModelError: ``model.copy``; nothing is left behind.
    """
    from engine.models.checkpoints import load_weights

    target, fresh = folder / spec.name, folder / f".{secrets.token_hex(6)}.part"
    try:
        fresh.mkdir(parents=True)
        for source in (file, file.parent / MANIFEST, file.with_suffix(".md")):
            if source.is_file():
                shutil.copyfile(source, fresh / source.name)
        load_weights(fresh, spec)
        if target.exists():
            shutil.rmtree(target)
        os.replace(fresh, target)
    except OSError as error:
        raise ModelError(
            f"{file.name} cannot be copied to {folder}: {error.strerror or error}.",
            code="model.copy",
            name=file.name,
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def _usable(spec: ModelSpec) -> ModelSpec:
    if spec.kind != GENERATOR:
        raise ModelError(
            f"{spec.name} is not a model that ages faces.", code="model.kind", name=spec.name
        )
    if not _is_plain(spec):
        raise ModelError(
            f"The name {spec.name!r} cannot be used; names have letters, digits, dots and dashes.",
            code="model.manifest",
            name=spec.name,
        )
    return spec


def _is_plain(spec: ModelSpec) -> bool:
    return bool(_PLAIN_NAME.fullmatch(spec.name)) and Path(spec.file).name == spec.file
