"""Models that the user brings: checked, copied into the user's folder, one folder a model."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from pathlib import Path

from engine.errors import ModelError
from engine.models.entry import manifest_in
from engine.models.manifest import MANIFEST, read_manifest, specs_in
from engine.models.spec import GENERATOR, ONNX, SAFETENSORS, ModelSpec
from engine.models.weight_files import is_pickle, verified

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
            if spec.name == place.name
            and _is_plain(spec)
            and all((place / name).is_file() for name, _sha256 in spec.files)
        ]
    return found


def described_in(file: Path) -> ModelSpec:
    """What the manifest beside a weights file says about it.

    Raises ModelError: ``model.weights_missing``, ``model.pickle``, ``model.format``,
    ``model.manifest_missing`` (no manifest beside it, or one without this file),
    ``model.manifest`` or ``model.kind``.
    """
    if not file.is_file():
        raise ModelError(f"There is no file {file}.", code="model.weights_missing", name=file.name)
    if is_pickle(file):
        raise ModelError(
            f"{file.name} is a pickle, which may run code when opened; Agelens takes safetensors "
            "and ONNX only.",
            code="model.pickle",
            name=file.name,
        )
    if file.suffix.lower() not in (SAFETENSORS, ONNX):
        raise ModelError(
            f"{file.name} is neither a {SAFETENSORS} nor an {ONNX} file.",
            code="model.format",
            name=file.name,
        )
    for spec in specs_in(_manifest_of(file), MANIFEST):
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
    target, fresh = folder / spec.name, folder / f".{secrets.token_hex(6)}.part"
    try:
        fresh.mkdir(parents=True)
        names = [name for name, _sha256 in spec.files]
        for name in (*names, file.with_suffix(".md").name):
            if (file.parent / name).is_file():
                shutil.copyfile(file.parent / name, fresh / name)
        (fresh / MANIFEST).write_text(_manifest_of(file), encoding="utf-8")
        verified(fresh, spec)
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


def _manifest_of(file: Path) -> str:
    """The manifest beside a file; an ONNX file that is alone may bring its own along."""
    own = file.suffix.lower() == ONNX
    try:
        text = (file.parent / MANIFEST).read_text(encoding="utf-8")
        listed = not own or any(spec.file == file.name for spec in specs_in(text, MANIFEST))
        return text if listed else manifest_in(file)
    except FileNotFoundError as error:
        if own:
            return manifest_in(file)
        raise ModelError(
            f"Agelens needs the {MANIFEST} that belongs to {file.name}; put it into the same "
            "folder.",
            code="model.manifest_missing",
            name=file.name,
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(
            f"The {MANIFEST} beside {file.name} cannot be read.",
            code="model.manifest",
            name=MANIFEST,
        ) from error


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
    return bool(_PLAIN_NAME.fullmatch(spec.name)) and all(
        Path(name).name == name for name, _sha256 in spec.files
    )
