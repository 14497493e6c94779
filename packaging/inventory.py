"""Which installed packages went into a bundle, and their licences. Runs in the build's environment.

Started by the build, which says where PyInstaller has left its tables::

    python packaging/inventory.py --work FOLDER --bundle FOLDER --out FOLDER

Writes ``licences/`` (one text a part, and ``THIRD-PARTY.md``, a table of all) and the bill of
materials ``sbom.cdx.json`` (CycloneDX) into the folder ``--out``.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import bill
import bundle

ROOT = Path(__file__).resolve().parent.parent
# Whose code ends up in every bundle without being imported.
ALWAYS = ("pyinstaller",)
# Texts for packages that name a licence and bring no copy of it.
_LICENCES = ROOT / "packaging" / "licences"
TEXTS = {
    "LGPL-3.0": (_LICENCES / "LGPL-3.0.txt", _LICENCES / "GPL-3.0.txt"),
    "Apache-2.0": (ROOT / "LICENSE",),
}
_WORDS = ("LICEN", "COPYING", "NOTICE", "THIRDPARTYNOTICE", "COPYRIGHT", "AUTHORS")
_TABLES = ("Analysis-00.toc", "PYZ-00.toc", "COLLECT-00.toc")


@dataclass(frozen=True, slots=True)
class Part:
    """Something in the bundle with a licence of its own.

    Attributes:
        name: as its makers call it.
        version: may be empty.
        licence: short name or SPDX expression.
        kind: ``python``, ``native``, ``system``, ``model`` or ``runtime``.
        texts: name of a file → licence or notice in full.
        about: where it comes from or what it is for.
    """

    name: str
    version: str
    licence: str
    kind: str
    texts: dict[str, str]
    about: str = ""


def sources(work: Path) -> set[Path]:
    """The files that PyInstaller's tables say were taken, wherever they lay."""
    found: set[Path] = set()
    for table in _TABLES:
        path = work / table
        if path.is_file():
            found |= set(_paths(ast.literal_eval(path.read_text(encoding="utf-8"))))
    return found


def _paths(value: object) -> Iterable[Path]:
    """Every absolute path in nested tuples and lists."""
    if isinstance(value, str):
        if Path(value).is_absolute():
            yield Path(value)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _paths(one)


def distributions_of(files: set[Path], left_out: Iterable[str]) -> list[metadata.Distribution]:
    """The installed packages that own one of the files, by name."""
    unwanted = {name.replace("_", "-").lower() for name in left_out}
    found = {}
    for one in metadata.distributions():
        name = one.metadata["Name"]
        if name.lower() in unwanted or name in found:
            continue
        code = [f for f in one.files or () if ".dist-info" not in f.parts[0]]
        if name in ALWAYS or any(Path(str(one.locate_file(f))) in files for f in code):
            found[name] = one
    return [found[name] for name in sorted(found, key=str.casefold)]


def python_parts(names: list[str]) -> list[Part]:
    """Packages with their licences, by pip-licenses; texts straight from their metadata."""
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--from=mixed", "--with-urls"]
    told = subprocess.run(
        [*command, "--with-system", "--packages", *names],
        capture_output=True,
        text=True,
        check=True,
    )
    return [_python_part(entry) for entry in json.loads(told.stdout)]


def _python_part(entry: dict[str, str]) -> Part:
    licence = _expression(entry["Name"]) or entry["License"]
    texts = texts_of(metadata.distribution(entry["Name"])) or missing_texts(licence)
    name = re.sub(r"[-_.]+", "-", entry["Name"]).lower()
    url = "" if entry["URL"] == "UNKNOWN" else entry["URL"]
    return Part(name, entry["Version"], licence, "python", texts, url)


def missing_texts(licence: str) -> dict[str, str]:
    """The texts of a licence whose package brings none, as far as they are kept here."""
    files = [file for name, some in TEXTS.items() if name in licence for file in some]
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def _expression(name: str) -> str:
    return metadata.metadata(name).get("License-Expression") or ""


def texts_of(package: metadata.Distribution) -> dict[str, str]:
    """Licences and notices that lie with a package's metadata or at the top of its folder."""
    found: dict[str, str] = {}
    for file in sorted(package.files or (), key=lambda one: ".dist-info" not in one.parts[0]):
        about = ".dist-info" in file.parts[0] or len(file.parts) == 2
        if not about or not file.name.upper().startswith(_WORDS) or file.suffix == ".py":
            continue
        path = Path(str(package.locate_file(file)))
        inner = "-".join(file.parts[1:]).removeprefix("licenses-")
        if path.is_file():
            found.setdefault(inner, path.read_text(encoding="utf-8", errors="replace"))
    return found


def system_parts(files: set[Path], folder: Path) -> list[Part]:
    """Libraries that were taken from this Linux system, with Debian's word on their licences."""
    parts = {}
    names = {path.name for path in bundle.files_of(folder)}
    for path in sorted(files):
        if path.name not in names or not str(path).startswith(("/lib/", "/usr/lib/")):
            continue
        owner = _debian_package(path)
        if owner is None:
            continue
        name, version = owner
        text = Path("/usr/share/doc") / name / "copyright"
        told = text.read_text(encoding="utf-8", errors="replace") if text.is_file() else ""
        parts[name] = Part(
            name, version, "see its text", "system", {"copyright": told}, f"Debian's {path.name}"
        )
    return list(parts.values())


def _debian_package(path: Path) -> tuple[str, str] | None:
    """Name and version of the package that owns a library, or ``None``."""
    for candidate in (path, path.resolve(), Path("/lib") / path.relative_to(path.parents[-2])):
        told = subprocess.run(
            ["dpkg", "-S", str(candidate)], capture_output=True, text=True, check=False
        ).stdout
        if told:
            name = told.split(":", 1)[0].split(",", 1)[0]
            query = ["dpkg-query", "-W", "-f=${Version}", name]
            version = subprocess.run(query, capture_output=True, text=True, check=False).stdout
            return name, version
    return None


def other_parts(folder: Path) -> list[Part]:
    """Python itself and the models of a bundle, which are no packages."""
    python = Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    text = python / "LICENSE.txt"
    told = {"LICENSE.txt": text.read_text(encoding="utf-8")} if text.is_file() else {}
    parts = [Part("Python", sys.version.split()[0], "PSF-2.0", "runtime", told)]
    lock = tomllib.loads((ROOT / "packaging" / "assets.lock.toml").read_text(encoding="utf-8"))
    parts += [
        Part(one["file"], "", one["licence"], "model", {}, one["purpose"])
        for one in lock["asset"]
        if one["group"] == "runtime"
    ]
    manifest = folder / "_internal" / "weights" / "manifest.toml"
    models = tomllib.loads(manifest.read_text(encoding="utf-8"))
    parts += [
        Part(one[key], "", str(one.get("licence", "")), "model", {}, str(one.get("title", name)))
        for name, one in models["models"].items()
        for key in ("file", "decoder")
        if key in one
    ]
    return parts


def write_licences(parts: list[Part], target: Path) -> None:
    """One folder a part with its texts, and a table of all."""
    target.mkdir(parents=True, exist_ok=True)
    rows = ["# What the packaged Agelens is made of", "", "| part | version | licence |"]
    rows.append("| --- | --- | --- |")
    for part in parts:
        for name, text in part.texts.items():
            path = target / part.name / name.replace("/", "-")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        licence = " ".join(part.licence.split()).replace("|", "/")
        rows.append(f"| {part.name} | {part.version} | {licence} |")
    rows += ["", "Agelens itself stands under Apache-2.0 (LICENSE). The licences in full, and what"]
    rows += ["the packages carry along in native libraries, are in the folders beside this file."]
    (target / "THIRD-PARTY.md").write_text("\n".join(rows) + "\n", encoding="utf-8")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Licences and bill of materials of a bundle.")
    for name in ("--work", "--bundle", "--out"):
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args()
    files = sources(options.work)
    names = [one.metadata["Name"] for one in distributions_of(files, ())]
    parts = python_parts(names) + other_parts(options.bundle)
    if sys.platform.startswith("linux"):
        parts += system_parts(files, options.bundle)
    parts.sort(key=lambda part: (part.kind, part.name.casefold()))
    write_licences(parts, options.out / "licences")
    about = json.loads((options.bundle / "_internal" / "build.json").read_text(encoding="utf-8"))
    text = bill.write(parts, options.bundle, about)
    (options.out / "sbom.cdx.json").write_text(text, encoding="utf-8")
    print(f"{len(parts)} parts, {sum(len(part.texts) for part in parts)} licence texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
