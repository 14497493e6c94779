"""Third-party files are used only with the hash they are known by."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from engine.errors import ModelError
from engine.models.assets import HANDS, LANDMARKER, SFACE, asset, file_sha256


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An application whose assets lie in a folder of the test's own, as in a frozen bundle."""
    folder = tmp_path / "resources" / "models"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    return folder


@pytest.mark.parametrize("name", [LANDMARKER, HANDS, SFACE])
def test_the_installed_ones_are_whole(name: str) -> None:
    assert asset(name).name == name


def test_a_missing_one_says_how_to_get_it(assets: Path) -> None:
    with pytest.raises(ModelError, match="make assets") as caught:
        asset(LANDMARKER)
    assert caught.value.code == "model.asset_missing"


def test_an_altered_one_is_refused(assets: Path) -> None:
    (assets / LANDMARKER).write_bytes(b"something else")
    with pytest.raises(ModelError, match=LANDMARKER) as caught:
        asset(LANDMARKER)
    assert caught.value.code == "model.asset_altered"


def test_hashes_are_sha256(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert file_sha256(tmp_path / "x") == hashlib.sha256(b"abc").hexdigest()
