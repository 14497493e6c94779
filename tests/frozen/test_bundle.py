"""What lies in the built folder: what must, and nothing that must not."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.frozen.conftest import DIST, ROOT, Teller
from tests.unit.house.scripts import load_script

pytestmark = pytest.mark.package
load_script("system_libraries")
sizes = load_script("bundle")


def test_self_test_with_an_empty_environment(bundle: Path, tmp_path: Path, tell: Teller) -> None:
    done = subprocess.run(
        [str(bundle / "agelens-cli"), "--self-test"],
        env={"HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    tell(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    steps = [line.split()[0] for line in done.stdout.splitlines()]
    assert "ONNX Runtime" in done.stdout
    assert {"window", "build", "files", "detection", "ageing", "export"} <= set(steps)
    assert "FAILED" not in done.stdout
    assert list(tmp_path.rglob("*.png")) == []


def test_sizes_stay_below_the_ceiling(bundle: Path, tell: Teller) -> None:
    tell("\n  ".join(sizes.size_report(sizes.measure(bundle))))


@pytest.mark.parametrize(
    "unwanted",
    [
        *("matplotlib", "sympy", "scipy", "networkx", "tkinter", "PIL/ImageTk*", "libgtk*"),
        *("torch", "safetensors", "onnx", "onnxscript", "**/*libtorch*", "**/*.safetensors"),
        *("onnxruntime/capi/libonnxruntime*", "google/protobuf", "**/*.pyi"),
        *("**/*Qt6Qml*", "**/*Qt6Quick*", "**/*Qt6Pdf*", "**/*Qt5*", "**/platforms/*eglfs*"),
        *("libX11.so*", "libstdc++*", "**/efficientnet*", "engine/training", "**/__pycache__"),
    ],
)
def test_nothing_unused_is_inside(bundle: Path, unwanted: str) -> None:
    assert list((bundle / "_internal").glob(unwanted)) == []


@pytest.mark.parametrize("plugin", ["qxcb", "qwayland", "qoffscreen"])
def test_platform_plugins_are_inside(bundle: Path, plugin: str) -> None:
    assert len(list((bundle / "_internal").glob(f"**/platforms/lib{plugin}.so"))) == 1


def test_licences_and_bill_name_every_part(bundle: Path) -> None:
    table = (bundle / "licences" / "THIRD-PARTY.md").read_text(encoding="utf-8")
    bill = json.loads((bundle / "sbom.cdx.json").read_text(encoding="utf-8"))
    named = {component["name"] for component in bill["components"]}
    assert "| torch |" not in table
    for part in (
        "onnxruntime",
        "numpy",
        "mediapipe",
        "opencv-contrib-python-headless",
        "pillow",
        "pillow-heif",
    ):
        assert f"| {part} |" in table
        assert part in named
        assert any((bundle / "licences" / part).iterdir())
    for folder in (bundle / "licences").iterdir():
        assert not folder.is_dir() or any(folder.iterdir()), folder
    for part in ("pyside6-essentials", "shiboken6"):
        assert (bundle / "licences" / part / "LGPL-3.0.txt").is_file()
    assert {"Python", "pyinstaller", "face_landmarker.task"} <= named
    for row in table.splitlines():
        if row.startswith("| ") and not row.startswith(("| ---", "| part")):
            assert row.split("|")[3].strip() not in {"", "UNKNOWN"}, row
    for component in bill["components"]:
        for one in component.get("hashes", ()):
            assert re.fullmatch(r"[0-9a-f]{64}", one["content"])


def test_identity_is_the_commit(bundle: Path) -> None:
    about = json.loads((bundle / "_internal" / "build.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[0-9a-f]{40}(-changed)?", about["commit"])
    done = subprocess.run(
        [str(bundle / "agelens"), "--version"], capture_output=True, text=True, check=True
    )
    assert about["commit"][:12] in done.stdout
    assert about["version"] in done.stdout


def test_the_builders_folders_are_not_told(bundle: Path) -> None:
    """Neither where it was built nor who built it stands in what people get."""
    told = str(ROOT).encode()
    for path in sizes.files_of(bundle):
        if path.suffix in {".json", ".md", ".toml", ".txt", ".zip", ""}:
            assert told not in path.read_bytes(), path


def test_checksums_hold() -> None:
    sums = DIST / "SHA256SUMS"
    assert sums.is_file()
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", sums.name],
        cwd=DIST,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert (DIST / "build.log").stat().st_size > 1000


def test_read_only_folder_is_enough(bundle: Path) -> None:
    """Nothing in it may be written to by others than its owner, and nothing needs to."""
    for path in bundle.rglob("*"):
        if not path.is_symlink():
            assert not path.stat().st_mode & 0o022, path
    assert os.access(bundle / "agelens", os.X_OK)
